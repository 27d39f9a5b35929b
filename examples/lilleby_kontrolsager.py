"""Lilleby's control cases: two years of what Den Fælles Dataenhed handed out, and what the municipality did with it.

The register is of 2022 and 2023, long after the rest of Lilleby: there was none before 2021. In 2022 two cases a month
were issued on each kontroltrin; one was drawn and the other taken off unused, so that none is left at the end of the
year. What happens in 2023 stands in ``ISSUED``: one case a month is drawn, and no other leaves the list.

Trin 2: 34 cases are issued from January to June 2023, 6 of them drawn: 28 are left, and with the 6 draws from July to
December 2022 that is 12 of 40, exactly 30 % and not under. From July on the share is 12 of 42, 43, 44, 45, 46, 47: six
months under, and STAR may ask (KS101). 30 % of 47 is 14.1: 15 draws, three more, would do.

Trin 3: 39 cases are issued from January to November 2023, 11 of them drawn: 28 are left, and 12 of 40 is exactly 30 %.
In December two more are issued and one drawn: 12 of 41 is under, for the first time (KS102).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Row = dict[str, str]

COLUMNS = {
    "kontrolsager": "kontrolsag_id kontroltrin ydelse udstillet_dato udtaget_dato visiteret_dato fjernet_dato "
    "oprettet_dato afsluttet_dato tilbagebetalingskrav mindreudgift"
}

LAST = date(2023, 12, 31)
ISSUED = {"2": (6, 6, 6, 6, 5, 5, 3, 2, 2, 2, 2, 2), "3": (4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 2)}
BENEFITS = {"2": ("kontanthjaelp",), "3": ("kontanthjaelp", "sygedagpenge", "oekonomisk_friplads")}

UNUSUAL_DRAWS = {("3", 2023, 10): 2, ("2", 2023, 10): 3}
"""The days of October 2023 on which a case was drawn that nothing was done with.

90 days after the first is 31 December, after the second 1 January.
"""

EXPECTED = (
    ("KS101", "Trin 2 er under 30 % ved udgangen af juli til december 2023. I juni var det præcis 30 %."),
    ("KS102", "Trin 3 er 12 af 41 ved udgangen af december 2023. I november var det 12 af 40, præcis 30 %."),
    ("KS103", "Sagen er udtaget 2. oktober 2023, og 90 dage efter er 31. december. Den 3. oktober er dagen for sen."),
    ("DQ005", "En sag er udtaget 5. januar 2022, før den er udstillet 10. januar."),
    ("DQ008", "En sag på trin 2 handler om sygedagpenge, og trin 2 har kun kontanthjælp."),
)
"""What must be found of the municipality and of its control cases: the code, and why."""


def tables() -> dict[str, list[Row]]:
    """The rows of each table."""
    rows = [
        row for year in (2022, 2023) for month in range(1, 13) for trin in "23" for row in _month(trin, year, month)
    ]
    odd = {"kontroltrin": "3", "ydelse": "sygedagpenge", "udstillet_dato": "2022-01-10", "udtaget_dato": "2022-01-05"}
    unfit = {"kontroltrin": "2", "ydelse": "sygedagpenge", "udstillet_dato": "2023-05-02"}
    rows += [odd | {"visiteret_dato": "2022-01-12", "fjernet_dato": "2022-01-12"}, unfit]
    return {"kontrolsager": [row | {"kontrolsag_id": f"K{number:03d}"} for number, row in enumerate(rows, start=1)]}


def _month(trin: str, year: int, month: int) -> list[Row]:
    """The cases of one month: the first is drawn; in 2022 the second is taken off, in 2023 the others are left."""
    issued = 2 if year == 2022 else ISSUED[trin][month - 1]
    rows: list[Row] = []
    for place in range(issued):
        benefit = BENEFITS[trin][(month + place) % len(BENEFITS[trin])]
        day = date(year, month, 1 + 3 * place)
        row = {"kontroltrin": trin, "ydelse": benefit, "udstillet_dato": day.isoformat()}
        if place == 0:
            row |= _drawn(trin, date(year, month, UNUSUAL_DRAWS.get((trin, year, month), 20)), month)
        elif year == 2022:
            row["fjernet_dato"] = date(year, month, monthrange(year, month)[1]).isoformat()
        rows.append(row)
    return rows


def _drawn(trin: str, day: date, month: int) -> Row:
    """What became of a drawn case: screened after a few days, then every fourth dropped and the others opened.

    Every third of those that are closed gave nothing; the others a claim or a reduced spending.
    """
    row = {"udtaget_dato": day.isoformat()}
    if (trin, day.year, day.month) in UNUSUAL_DRAWS:
        return row
    screened, opened, closed = (day + timedelta(days=days) for days in (5, 9, 70))
    row["visiteret_dato"] = screened.isoformat()
    if month % 4 == 0:
        return row | {"fjernet_dato": screened.isoformat()}
    if opened <= LAST:
        row["oprettet_dato"] = opened.isoformat()
    if closed <= LAST:
        row["afsluttet_dato"] = closed.isoformat()
        if month % 3 == 1:
            row["tilbagebetalingskrav"] = f"{1000 + 250 * month},50"
        elif month % 3 == 2:
            row["mindreudgift"] = f"{400 * month},00"
    return row
