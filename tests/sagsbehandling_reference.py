"""The supervision of casework read a second time from the contract: slow, day by day, and sharing no code with ours.

It takes the cells of the three tables as text and gives what must be found and measured. ``None`` is what is not there,
``UNREAD`` what cannot be read.
"""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

UNREAD = "ulæselig"
DAY = timedelta(days=1)

DATES = ("modtaget_dato kvittering_dato underretning_dato forventet_dato afgoerelse_dato partshoering_dato").split()
YES_NO = "partshoering_kraevet begrundelse klagevejledning skriftlig".split()
NEEDS = {
    "SB101": ["afgoerelse_dato"],
    "SB102": ["afgoerelse_dato", "underretning_dato", "forventet_dato"],
    "SB103": ["underretning_dato", "forventet_dato"],
    "SB104": ["afgoerelse_dato", "underretning_dato", "forventet_dato"],
    "SB105": ["afgoerelse_dato", "kvittering_dato"],
    "SB106": ["afgoerelse_dato"],
    "SB201": ["afgoerelse_dato", "udfald", "partshoering_kraevet", "partshoering_dato"],
    "SB202": ["afgoerelse_dato", "udfald", "begrundelse", "skriftlig"],
    "SB203": ["afgoerelse_dato", "udfald", "klagevejledning", "skriftlig"],
    "SB204": ["afgoerelse_dato", "udfald", "skriftlig"],
    "SB205": ["afgoerelse_dato", "udfald"],
}


def day(text):
    """A cell as a date: ``None`` for blank, ``UNREAD`` for what is no date."""
    if text in (None, "", UNREAD):
        return text or None
    return date.fromisoformat(text)


class Seen:
    """One application as it was known on the cutoff."""

    def __init__(self, row, steps, cutoff, settings, absent):
        self.id, self.type, self.unit, self.group = (
            row["ansoegning_id"],
            row["sagstype"],
            row["enhed"],
            row["maalgruppe"],
        )
        self.row, self.cutoff, self.absent = row, cutoff, absent
        cells = {name: day(row[name]) for name in DATES}
        self.received = cells["modtaget_dato"]
        self.unread = {name for name in (*DATES, *YES_NO, "udfald") if row[name] == UNREAD}
        known = {
            name: None if isinstance(value, date) and value > cutoff and name != "forventet_dato" else value
            for name, value in cells.items()
        }
        self.receipt, self.notice, self.heard = (
            known[name] for name in ("kvittering_dato", "underretning_dato", "partshoering_dato")
        )
        self.promised = cells["forventet_dato"]
        if isinstance(cells["underretning_dato"], date) and self.notice is None:
            self.promised = None  # nobody had been promised anything yet
        self.deadline = deadline_of(self.type, self.received, settings)
        self.state, self.end = self.how_it_stood(cells["afgoerelse_dato"], row["udfald"])
        self.steps = sorted(
            ((date.fromisoformat(one["dato"]), one) for one in steps if one["dato"] != UNREAD), key=lambda pair: pair[0]
        )
        self.steps = [pair for pair in self.steps if pair[0] <= cutoff]
        self.steps_known = not any(UNREAD in one.values() for one in steps)

    def how_it_stood(self, decision, outcome):
        if "afgoerelse_dato" in self.absent or decision == UNREAD:
            return "unknown", None
        if decision is None:
            given = outcome not in (None, "") and "udfald" not in self.absent
            return ("unknown", None) if given else ("open", None)
        if decision > self.cutoff:
            return "open", None
        if decision < self.received:
            return "unknown", None
        if "udfald" in self.absent or outcome == UNREAD:
            return "ended", decision
        return ("withdrawn" if outcome == "frafaldet" else "decided"), decision

    def can_read(self, *names):
        return not any(name in self.absent or name in self.unread for name in names)

    def is_overdue(self):
        if self.deadline is None or self.state == "unknown":
            return False
        return (self.end or self.cutoff) > self.deadline

    def against(self):
        """Decided, and not granted in full."""
        return self.state == "decided" and self.row["udfald"] in ("delvis", "afslag")

    # dead periods, one day at a time

    def idle_days(self):
        """Each day without a step, with whom it is put down to; ``None`` where that cannot be told."""
        if not self.steps_known or self.state == "unknown":
            return None
        if {"kvittering_dato", "underretning_dato", "partshoering_dato"} & self.unread:
            return None
        step_days = {when for when, _ in self.steps} | {self.receipt, self.notice, self.heard}
        idle, waits = {}, []
        begin = min([self.received, *(when for when, _ in self.steps)])
        today = begin
        last = self.cutoff if self.end is None else self.end - DAY
        while today <= last:
            rows = [one for when, one in self.steps if when == today]
            for one in rows:  # ends come before beginnings
                if one["type"] == "venter_slut":
                    waits = []
                elif one["type"] not in ("venter_borger", "venter_tredjepart"):
                    waits = [wait for wait in waits if wait[1] != one["aktoer"]]
            for one in rows:
                if one["type"] in ("venter_borger", "venter_tredjepart"):
                    waits.append((today, one["type"].removeprefix("venter_")))
            if today > self.received and today not in step_days:
                idle[today] = "kommune" if not waits else min(waits)[1]  # of two on a day, b comes before t
            today += DAY
        return idle

    def dead_periods(self, most):
        """(first, last, cause) of each run of more than ``most`` days of one cause."""
        idle = self.idle_days()
        runs = []
        for when in sorted(idle or ()):
            if runs and runs[-1][1] == when - DAY and runs[-1][2] == idle[when]:
                runs[-1][1] = when
            else:
                runs.append([when, when, idle[when]])
        return [tuple(run) for run in runs if (run[1] - run[0]).days + 1 > most]


def deadline_of(kind, received, settings):
    for name in (kind, "default"):
        given = settings["deadlines"].get(name)
        if isinstance(given, int):
            return received + timedelta(days=given)
        for value in given or ():
            if value.get("from", date.min) <= received <= value.get("to", date.max):
                return received + timedelta(days=value["days"])
    return None


def breaches(one, settings):  # noqa: C901 - the rules one after another, as they stand
    """(code, date, from, to) of every rule, whatever the window."""
    found = []
    last = one.end or one.cutoff
    overdue = one.is_overdue()
    if overdue:
        found.append(("SB101", one.deadline, one.deadline + DAY, last))
        if one.can_read("underretning_dato") and (one.notice is None or one.notice > one.deadline):
            found.append(("SB102", one.deadline, one.deadline + DAY, last))
    if one.can_read("underretning_dato", "forventet_dato") and one.notice:
        if not one.row["forventet_dato"]:
            found.append(("SB103", one.notice, None, None))
        elif overdue and one.state in ("open", "decided") and last > one.promised:
            found.append(("SB104", one.promised, one.promised + DAY, last))
    tenth = one.received + timedelta(days=settings["receipt_days"])
    slow = one.state != "unknown" and one.can_read("kvittering_dato") and last > tenth
    if slow and (one.receipt is None or one.receipt > tenth):
        found.append(("SB105", tenth, None, None))
    for first, end, cause in one.dead_periods(settings["dead_period_days"]):
        if cause == "kommune":
            found.append(("SB106", first + timedelta(days=settings["dead_period_days"]), first, end))
    if one.against():
        row = one.row
        written = row["skriftlig"] == "ja"
        required = one.can_read("partshoering_kraevet", "partshoering_dato") and row["partshoering_kraevet"] == "ja"
        if required and (one.heard is None or one.heard >= one.end):
            found.append(("SB201", one.end, None, None))
        if one.can_read("skriftlig") and not written:
            found.append(("SB204", one.end, None, None))
        for code, name in (("SB202", "begrundelse"), ("SB203", "klagevejledning")):
            if one.can_read("skriftlig", name) and written and row[name] != "ja":
                found.append((code, one.end, None, None))
    if one.state == "decided" and one.steps_known and not any(row["type"] == "notat" for _, row in one.steps):
        found.append(("SB205", one.end, None, None))
    return found


def smallest(times, share):
    """The smallest number of days within which at least the share was decided."""
    for days in range(max(times, default=-1) + 1):
        if Fraction(sum(time <= days for time in times), len(times)) >= share:
            return days
    return None


def kaplan_meier(pairs, share):
    """The first day on which the estimate of those still waiting is no more than what is left of the share."""
    waiting = Fraction(1)
    for days in range(max((time for time, _ in pairs), default=-1) + 1):
        at_risk = sum(time >= days for time, _ in pairs)
        decided = sum(time == days and event for time, event in pairs)
        if decided:
            waiting *= 1 - Fraction(decided, at_risk)
            if 1 - waiting >= share:
                return days
    return None


def measure(group, window):  # noqa: C901 - as above
    due = kept = overdue = noticed = decided = undecided = 0
    times, pairs = [], []
    unknown_notice = 0
    for one in group:
        if one.state == "open":
            undecided += 1
            pairs.append(((one.cutoff - one.received).days, False))
        if one.state == "withdrawn":
            pairs.append(((one.end - one.received).days, False))
        if one.state == "decided":
            pairs.append(((one.end - one.received).days, True))
            if window[0] <= one.end <= window[1]:
                decided += 1
                times.append((one.end - one.received).days)
        if one.deadline is None or one.state == "unknown" or not window[0] <= one.deadline <= window[1]:
            continue
        if one.is_overdue():
            due += 1
            overdue += 1
            if not one.can_read("underretning_dato", "forventet_dato"):
                unknown_notice += 1
            elif one.notice and one.notice <= one.deadline and one.promised:
                noticed += 1
        elif one.state == "decided":
            due += 1
            kept += 1
    return {
        "due": due,
        "kept": kept,
        "decided": decided,
        "median_days": smallest(times, Fraction(1, 2)),
        "p90_days": smallest(times, Fraction(9, 10)),
        "undecided": undecided,
        "survival_median_days": kaplan_meier(pairs, Fraction(1, 2)),
        "survival_p90_days": kaplan_meier(pairs, Fraction(9, 10)),
        "overdue": overdue,
        "overdue_with_notice": None if overdue and unknown_notice == overdue else noticed,
    }


def judge(applications, steps, window, cutoff, settings, absent=frozenset(), with_steps=True):  # noqa: C901 - as above
    """The findings of applications as (code, id, date, from, to), dead periods, measures, and the oddities by id."""
    seen = []
    for row in applications:
        if day(row["modtaget_dato"]) <= cutoff:
            own = [one for one in steps if one["ansoegning_id"] == row["ansoegning_id"]]
            seen.append(Seen(row, own, cutoff, settings, absent))
    findings, dead, odd = set(), [], set()
    for one in seen:
        for code, when, first, last in breaches(one, settings):
            runs = not set(NEEDS[code]) & absent and (with_steps or code not in ("SB106", "SB205"))
            if runs and window[0] <= when <= window[1] and when <= cutoff:
                findings.add((code, one.id, when, first, last))
        if with_steps and "afgoerelse_dato" not in absent:
            for first, last, cause in one.dead_periods(settings["dead_period_days"]):
                dead.append((one.id, first, last, cause))
        outcome, decision = one.row["udfald"], day(one.row["afgoerelse_dato"])
        if "afgoerelse_dato" not in absent and not (isinstance(decision, date) and decision > cutoff):
            if isinstance(decision, date) and decision < one.received:
                odd.add(one.id)
            elif "udfald" not in absent:
                if isinstance(decision, date) and not outcome:
                    odd.add(one.id)
                if decision is None and outcome and outcome != UNREAD:
                    odd.add(one.id)
    types = {kind: measure([one for one in seen if one.type == kind], window) for kind in {one.type for one in seen}}
    units = {unit: measure([one for one in seen if one.unit == unit], window) for unit in {one.unit for one in seen}}
    short = set()
    if not {"afgoerelse_dato", "udfald"} & absent:
        for kind, found in types.items():
            if found["due"] and Fraction(found["kept"], found["due"]) < Fraction(settings["target_share"], 100):
                short.add(kind)
    without = {one.type for one in seen if one.deadline is None}
    return {
        "findings": findings,
        "dead": dead,
        "odd": odd,
        "types": types,
        "units": units,
        "total": measure(seen, window),
        "short": short,
        "without": without,
        "applications": len(seen),
    }


def complaints(rows, window, cutoff, units):
    """(quarter, category, channel, unit) to (count, change, partial), one day at a time."""
    last = min(window[1], cutoff)
    counts, days_in = Counter(), Counter()
    today = window[0]
    while today <= last:
        quarter = f"{today.year}-Q{(today.month + 2) // 3}"
        days_in[quarter] += 1
        for row in rows:
            if row["modtaget_dato"] == today.isoformat():
                counts[quarter, row["kategori"], row["kanal"], row["enhed"]] += 1
        today += DAY
    told, before = {}, None
    for quarter in sorted(days_in):
        year, number = int(quarter[:4]), int(quarter[-1])
        begins = date(year, 3 * number - 2, 1)
        ends = date(year + number // 4, (3 * number) % 12 + 1, 1)
        partial = days_in[quarter] != (ends - begins).days
        for category in ("sagsbehandling", "sagsbehandlingstid", "retssikkerhed", "realitet"):
            for channel in ("borgmester", "borgerraadgiver", "andet"):
                for unit in units:
                    key = (category, channel, unit)
                    change = None
                    if before is not None and not partial and not before[1]:
                        change = counts[quarter, *key] - counts[before[0], *key]
                    told[quarter, *key] = (counts[quarter, *key], change, partial)
        before = (quarter, partial)
    return told
