"""The measures of the control cases once more, read off the contract row by row and as slowly as it says it.

Knows nothing of the product: rows are plain dictionaries of dates, and every count is a loop over all of them.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Row = dict[str, Any]

BENEFITS = ("kontanthjaelp", "sygedagpenge", "oekonomisk_friplads")
VIEWS = (("3", "alle"), *(("3", benefit) for benefit in BENEFITS), ("2", "alle"), ("alle", "alle"))
DATES = ("udstillet_dato", "udtaget_dato", "visiteret_dato", "fjernet_dato", "oprettet_dato", "afsluttet_dato")
THRESHOLD_FROM = date(2021, 5, 31)


def end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def months_back(year: int, month: int, back: int) -> tuple[int, int]:
    whole = year * 12 + month - 1 - back
    return whole // 12, whole % 12 + 1


def is_set_aside(row: Row) -> bool:
    """Trin 2 knows only kontanthjælp."""
    return row["kontroltrin"] == "2" and row["ydelse"] != "kontanthjaelp"


def is_odd(row: Row) -> bool:
    """DQ005: any order but issued, drawn, opened, closed; removed before drawn; a step without the one before it."""
    steps = [row[name] for name in ("udstillet_dato", "udtaget_dato", "oprettet_dato", "afsluttet_dato")]
    there = [day for day in steps if day is not None]
    if there != sorted(there):
        return True
    if row["fjernet_dato"] and row["udtaget_dato"] and row["fjernet_dato"] < row["udtaget_dato"]:
        return True
    opened_undrawn = row["oprettet_dato"] is not None and row["udtaget_dato"] is None
    closed_unopened = row["afsluttet_dato"] is not None and row["oprettet_dato"] is None
    return opened_undrawn or closed_unopened


def in_view(row: Row, view: tuple[str, str]) -> bool:
    return view[0] in ("alle", row["kontroltrin"]) and view[1] in ("alle", row["ydelse"])


def counts(rows: list[Row], first: date, last: date) -> dict[str, int]:
    """Everything as of ``last``, the last day of the window that begins with ``first``."""

    def inside(day: date | None) -> bool:
        return day is not None and first <= day <= last

    def by_then(day: date | None) -> bool:
        return day is not None and day <= last

    found = dict.fromkeys(
        ("drawn", "left", "opened", "closed", "closed_with_result", "opened_in_window", "not_closed"), 0
    )
    for row in rows:
        if inside(row["udtaget_dato"]):
            found["drawn"] += 1
            found["opened"] += by_then(row["oprettet_dato"])
        if by_then(row["udstillet_dato"]) and not by_then(row["udtaget_dato"]) and not by_then(row["fjernet_dato"]):
            found["left"] += 1
        if inside(row["afsluttet_dato"]):
            found["closed"] += 1
            found["closed_with_result"] += (row["tilbagebetalingskrav"] or 0) > 0 or (row["mindreudgift"] or 0) > 0
        if inside(row["oprettet_dato"]):
            found["opened_in_window"] += 1
            found["not_closed"] += not by_then(row["afsluttet_dato"])
    return found


def share_of(drawn: int, left: int) -> str | None:
    """Per cent with two decimals, half up."""
    if drawn + left == 0:
        return None
    hundredths = int(Fraction(drawn * 10_000, drawn + left) + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def is_under(drawn: int, left: int, last: date, threshold: int = 30) -> bool:
    if last < THRESHOLD_FROM or drawn + left == 0:
        return False
    return Fraction(drawn, drawn + left) < Fraction(threshold, 100)


def smallest(drawn: int, left: int, last: date, threshold: int = 30) -> int | None:
    """Try every number."""
    if last < THRESHOLD_FROM:
        return None
    return next(n for n in range(left + 1) if not is_under(drawn + n, left - n, last, threshold))


def expected(rows: list[Row], cutoff: date | None = None) -> dict[str, Any]:
    """The measures, and the findings as (code, subject, date, from, to); ``None`` cutoff is the default."""
    used = [row for row in rows if not is_set_aside(row)]
    odd = sum(map(is_odd, used))
    if not used:
        return {"months": [], "trin": [], "findings": [], "odd": odd, "cutoff": None}
    earliest = min(row["udstillet_dato"] for row in used)
    if cutoff is None or cutoff < earliest:
        latest = max(row[name] for row in used for name in DATES if row[name] is not None)
        cutoff = end_of_month(latest.year, latest.month)
    register_from = earliest.replace(day=1)
    listed: list[dict[str, Any]] = []
    year, month = earliest.year, earliest.month
    ends: list[tuple[date, date, bool]] = []
    while end_of_month(year, month) <= cutoff:
        first = date(*months_back(year, month, 11), 1)
        last = end_of_month(year, month)
        ends.append((first, last, first >= register_from))
        for view in VIEWS:
            own = counts([row for row in used if in_view(row, view)], first, last)
            said = {"month": f"{last:%Y-%m}", "kontroltrin": view[0], "ydelse": view[1]}
            said |= {"complete_window": first >= register_from}
            listed.append(said | own | {"share": share_of(own["drawn"], own["left"])})
        year, month = months_back(year, month, -1)
    trins, findings = [], []
    for trin in ("2", "3"):
        told = standing([row for row in used if row["kontroltrin"] == trin], ends)
        trins.append({"kontroltrin": trin} | told)
        if told["months_low"]:
            code = "KS101" if told["months_low_complete"] >= 6 else "KS102"
            begins = ends[-told["months_low"]][1].replace(day=1)
            findings.append((code, f"trin {trin}", ends[-1][1], begins, ends[-1][1]))
    findings += [
        ("KS103", row["kontrolsag_id"], row["udtaget_dato"] + timedelta(days=90), None, None)
        for row in used
        if is_unscreened(row, cutoff)
    ]
    return {"months": listed, "trin": trins, "findings": sorted(findings, key=str), "odd": odd, "cutoff": cutoff}


def standing(rows: list[Row], ends: list[tuple[date, date, bool]]) -> dict[str, int | None]:
    """How the kontroltrin stands at the last of the months."""
    if not ends:
        return {"months_low": 0, "months_low_complete": 0, "to_draw": None, "to_draw_next": None}
    low: list[bool] = []
    for first, last, complete in reversed(ends):
        own = counts(rows, first, last)
        if not is_under(own["drawn"], own["left"], last):
            break
        low.append(complete)
    first, last, _ = ends[-1]
    now = counts(rows, first, last)
    coming = end_of_month(*months_back(last.year, last.month, -1))
    still = counts(rows, date(*months_back(coming.year, coming.month, 11), 1), last)
    return {
        "months_low": len(low),
        "months_low_complete": sum(low),
        "to_draw": smallest(now["drawn"], now["left"], last),
        "to_draw_next": smallest(still["drawn"], now["left"], coming),
    }


def is_unscreened(row: Row, cutoff: date) -> bool:
    """Ninety days after the draw, and at the cutoff nothing has been done with it."""
    drawn = row["udtaget_dato"]
    if drawn is None or drawn + timedelta(days=90) > cutoff:
        return False
    done = [row[name] for name in ("visiteret_dato", "oprettet_dato", "afsluttet_dato")]
    if row["fjernet_dato"] is not None and row["fjernet_dato"] >= drawn:
        done.append(row["fjernet_dato"])
    return not any(day is not None and day <= cutoff for day in done)
