"""Small random cases that sit on the boundaries of the contract, one to three per seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from reference import (
    ALWAYS_EXCLUDED,
    REFORM_EXCLUDED,
    Settings,
    add_months,
    after_workdays,
    due_date,
    excluded_days,
    read,
    settings_from,
    sunday_of_week,
)

Record = dict[str, Any]
Tables = dict[str, list[Record]]

FIRST_DAY = date(2006, 1, 1)
LAST_DAY = date(2008, 12, 31)
HOLIDAY_ANCHORS = (
    date(2006, 4, 16),
    date(2007, 4, 8),
    date(2008, 3, 23),
    date(2006, 6, 4),
    date(2007, 5, 4),
    date(2006, 12, 25),
    date(2007, 12, 25),
    date(2007, 1, 1),
    date(2008, 1, 1),
)
MONTH_ENDS = (
    date(2006, 11, 30),
    date(2007, 11, 30),
    date(2006, 11, 29),
    date(2007, 11, 29),
    date(2007, 11, 28),
    date(2006, 8, 31),
    date(2006, 1, 31),
    date(2007, 1, 31),
    date(2006, 3, 31),
    date(2007, 5, 31),
    date(2006, 12, 31),
    date(2007, 8, 30),
)


def plus(day: date, count: int) -> date:
    """The day so many days later (or earlier)."""
    return day + timedelta(days=count)


class Maker:
    """Builds the tables of one seed; `anchors` collects the days on which something turns."""

    def __init__(self, seed: int) -> None:
        """Start with empty tables and drawn parameters."""
        self.rng = random.Random(seed)
        self.seed = seed
        self.parameters = draw_parameters(self.rng)
        self.settings: Settings = settings_from(self.parameters)
        self.tables: Tables = {"sager": [], "samtaler": [], "perioder": [], "udbetalinger": [], "journal": []}
        self.anchors: list[date] = []
        self.serial = 0

    def chance(self, share: float) -> bool:
        """True in that share of the draws."""
        return self.rng.random() < share

    def near(self, day: date, reach: int = 1) -> date:
        """The day or one close to it, the day itself most often."""
        return day if self.chance(0.4) else plus(day, self.rng.randint(-reach, reach))

    def next_id(self, letter: str) -> str:
        """A unique id whose text order is not the order of creation."""
        self.serial += 1
        return f"{letter}{self.rng.choice('abcxyz')}{self.serial}"

    def anchor(self, *days: date) -> None:
        """Remember days on which something turns."""
        self.anchors.extend(days)


def draw_parameters(rng: random.Random) -> dict[str, Any]:
    """Nothing in most seeds; else one or two parameters, or rates of its own."""
    parameters: dict[str, Any] = {}
    if rng.random() < 0.25:
        choices: dict[str, Sequence[Any]] = {
            "interval_months": (1, 2, 4),
            "first_interview_months": (1, 2, 6),
            "registration_workdays": (0, 2, 5),
            "followup_workdays": (0, 3, 8),
            "sickness_workdays": (0, 5, 15),
            "long_sickness_days": (14, 27, 29),
            "reform_exclusions_from": (date(2006, 6, 1), date(2007, 1, 1), date(2007, 3, 2), date(2008, 1, 1)),
        }
        for name in rng.sample(sorted(choices), rng.choice((1, 1, 2))):
            parameters[name] = rng.choice(choices[name])
    if rng.random() < 0.15:
        parameters["refund_rates"] = draw_rates(rng)
    return parameters


def draw_rates(rng: random.Random) -> list[Record]:
    """Rates for introduktionsydelse, or own rates for kontanthjaelp that end and leave days unpriced."""
    third, half, most = Fraction(33333, 100000), Fraction(1, 2), Fraction(65, 100)
    introduction: Record = {"benefit": "introduktionsydelse", "from": None, "to": None, "passive": third, "offer": most}
    before: Record = {
        "benefit": "kontanthjaelp",
        "from": None,
        "to": date(2006, 12, 31),
        "passive": half,
        "offer": half,
    }
    after: Record = {
        "benefit": "kontanthjaelp",
        "from": date(2007, 1, 1),
        "to": date(2007, 5, 15),
        "passive": third,
        "offer": most,
    }
    choices: list[list[Record]] = [[introduction], [before, after], [introduction, before, after]]
    return rng.choice(choices)


# ---------------------------------------------------------------------------------------------------------------
# Rows
# ---------------------------------------------------------------------------------------------------------------


def add_interview(maker: Maker, sag_id: str, **values: object) -> Record:
    """A row of `samtaler` with every column."""
    row: Record = {
        "samtale_id": maker.next_id("s"),
        "sag_id": sag_id,
        "type": "kontaktsamtale",
        "status": "afholdt",
        "indkaldt_dato": None,
        "planlagt_dato": None,
        "afholdt_dato": None,
        "opfoelgning_dato": None,
        "matchkategori": None,
        "grovmatch": False,
        "opmaerksomhedsomraader": None,
        "registreret_dato": None,
        "arbejdssoegende": None,
        "fritagelsesaarsag": None,
        "kontaktform": None,
        "team": None,
        "sagsbehandler": None,
    }
    row.update(values)
    maker.tables["samtaler"].append(row)
    return row


def add_period(maker: Maker, sag_id: str, kind: str, fra: date, til: date | None, documented: bool) -> None:
    """A row of `perioder`, unless the case already has one of that type from that day or the row would be empty."""
    if til is not None and til < fra:
        return
    for row in maker.tables["perioder"]:
        if (row["sag_id"], row["type"], row["fra"]) == (sag_id, kind, fra):
            return
    row = {"sag_id": sag_id, "type": kind, "fra": fra, "til": til, "dokumenteret": documented}
    maker.tables["perioder"].append(row)


def add_payment(maker: Maker, sag_id: str, fra: date, til: date) -> None:
    """A row of `udbetalinger` with a drawn amount, benefit and offer."""
    rng = maker.rng
    amount = rng.choice((895900, 578900, rng.randint(1, 2000000), rng.randint(1, 99), 100, 0))
    if maker.chance(0.03):
        amount = -amount
    benefit = None
    if maker.chance(0.25):
        benefit = rng.choice(("kontanthjaelp", "starthjaelp", "introduktionsydelse", "introduktionsydelse", "anden"))
    row = {
        "udbetaling_id": None if maker.chance(0.1) else maker.next_id("u"),
        "sag_id": sag_id,
        "fra": fra,
        "til": til,
        "beloeb": amount,
        "ydelsestype": benefit,
        "i_tilbud": maker.chance(0.3),
        "anmeldt_refusion": None,
        "berigtiget_refusion": None,
        "konto": None,
    }
    maker.tables["udbetalinger"].append(row)


def add_note(maker: Maker, sag_id: str, dato: date, entered: date | None) -> None:
    """A row of `journal` with its already read content."""
    rng = maker.rng
    share = rng.choice((0.1, 0.7))
    row = {
        "sag_id": sag_id,
        "notat_id": None if maker.chance(0.15) else maker.next_id("n"),
        "dato": dato,
        "registreret_dato": entered,
        "placed": rng.choice((None, "1", "2", "3", "4", "5")),
        "areas": maker.chance(share),
        "jobseeker": maker.chance(share),
    }
    maker.tables["journal"].append(row)


def add_held(maker: Maker, sag_id: str, day: date, summoned: date | None = None) -> None:
    """A held kontaktsamtale; in about a third of them every step is there, else each column is drawn."""
    rng = maker.rng
    limit = after_workdays(day, maker.settings.registration_workdays)
    maker.anchor(day, limit)
    late = rng.choice((None, None, day, limit, plus(limit, 1), plus(limit, rng.randint(2, 30)), plus(day, -1)))
    row: Record = {
        "indkaldt_dato": summoned,
        "planlagt_dato": rng.choice((None, day, day, plus(day, -3))),
        "afholdt_dato": day,
        "registreret_dato": late,
        "matchkategori": rng.choice(("1", "2", "3", "4", "5")),
        "opmaerksomhedsomraader": "helbred|bolig",
        "arbejdssoegende": "ja",
    }
    if late is not None:
        maker.anchor(late)
    if maker.chance(0.65):
        row["matchkategori"] = rng.choice(("1", "1", "1", "2", "3", "3", "4", "5", None, None, "0", "6", "A", "2,5"))
        row["grovmatch"] = maker.chance(0.25)
        areas = (None, None, "helbred") if row["matchkategori"] == "1" else (None, "helbred", "helbred|bolig")
        row["opmaerksomhedsomraader"] = rng.choice(areas)
        row["arbejdssoegende"] = rng.choice((None, "nej", "ja"))
        row["fritagelsesaarsag"] = rng.choice((None, None, "barsel"))
    add_interview(maker, sag_id, **row)


# ---------------------------------------------------------------------------------------------------------------
# One case
# ---------------------------------------------------------------------------------------------------------------


def pick_start(maker: Maker) -> date:
    """A request whose first due date falls at a month's end, near a holiday, near a change of law, or anywhere."""
    rng = maker.rng
    style = rng.choice(("month_end", "holiday", "rates", "reform", "any", "any"))
    if style == "month_end":
        return rng.choice(MONTH_ENDS)
    if style == "holiday":
        due = plus(rng.choice(HOLIDAY_ANCHORS), rng.randint(-9, 9))
    elif style == "rates":
        due = plus(date(2006, 7, 1), rng.randint(-20, 10))
    elif style == "reform":
        due = plus(date(2007, 3, 1), rng.randint(-20, 25))
    else:
        due = plus(FIRST_DAY, rng.randint(95, 800))
    return max(FIRST_DAY, plus(due, -rng.choice((89, 90, 91, 92))))


def draw_exclusions(maker: Maker, sag_id: str, start: date) -> None:
    """Excluded periods and loentilskud close to the first due date, to the reform and to each other."""
    rng = maker.rng
    due = add_months(start, maker.settings.first_interview_months)
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
        kind = rng.choice((*ALWAYS_EXCLUDED, *REFORM_EXCLUDED))
        fra = rng.choice((plus(due, rng.randint(-12, 12)), plus(start, rng.randint(-20, 200)), start, plus(start, 1)))
        if kind in REFORM_EXCLUDED and maker.chance(0.5):
            fra = plus(maker.settings.reform_exclusions_from, rng.randint(-20, 3))
        til = None if maker.chance(0.12) else plus(fra, rng.choice((0, 1, 6, 13, 20, 30, 60)))
        add_period(maker, sag_id, kind, fra, til, maker.chance(0.5))
    if maker.chance(0.22):
        fra = plus(due, rng.choice((-8, -1, 0, 1, 7, rng.randint(-60, 60))))
        til = None if maker.chance(0.2) else plus(fra, rng.choice((3, 8, 30, 90)))
        add_period(maker, sag_id, "loentilskud", fra, til, maker.chance(0.5))


def own_excluded(maker: Maker, sag_id: str) -> frozenset[date]:
    """The excluded days of the case as far as they are drawn."""
    periods = [row for row in maker.tables["perioder"] if row["sag_id"] == sag_id]
    return excluded_days(periods, maker.settings, date(2009, 12, 31))


def play_chain(maker: Maker, sag_id: str, start: date) -> None:
    """Play one to four deadlines; each decides on its own how it was met or missed."""
    rng = maker.rng
    months = maker.settings.first_interview_months
    for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
        due = due_date(start, months, own_excluded(maker, sag_id), date(2009, 6, 30))
        if due is None or due > LAST_DAY:
            return
        sunday = sunday_of_week(due)
        maker.anchor(due, sunday)
        play = rng.choice((play_in_time, play_in_time, play_late, play_no_shows, play_no_shows, play_illness))
        held = play(maker, sag_id, start, due, sunday)
        if held is None:
            return
        summoned = rng.choice((None, plus(held, -rng.randint(0, 15)), min(maker.anchors[-1], held)))
        add_held(maker, sag_id, held, summoned)
        if maker.chance(0.1):
            add_held(maker, sag_id, held)
        start, months = held, maker.settings.interval_months


def play_in_time(maker: Maker, sag_id: str, start: date, due: date, sunday: date) -> date | None:
    """Held on or before the Sunday, now and then on an excluded day."""
    excluded = sorted(day for day in own_excluded(maker, sag_id) if start < day <= sunday)
    if excluded and maker.chance(0.5):
        return maker.rng.choice(excluded)
    early = plus(start, maker.rng.randint(0, max(1, (due - start).days)))
    return maker.rng.choice((sunday, sunday, plus(sunday, -1), due, plus(due, -1), early))


def play_late(maker: Maker, sag_id: str, start: date, due: date, sunday: date) -> date | None:
    """Held on the Monday or later, or never; perhaps with a cancellation or a first attempt at the very start."""
    rng = maker.rng
    if maker.chance(0.4):
        planned = rng.choice((start, plus(start, 1), due, sunday, plus(sunday, 2)))
        status = rng.choice(
            ("aflyst", "planlagt", "udeblevet", "sygdom") if planned == start else ("aflyst", "planlagt")
        )
        add_interview(maker, sag_id, status=status, planlagt_dato=planned, indkaldt_dato=plus(planned, -7))
    held = plus(sunday, rng.choice((1, 1, 2, 7, rng.randint(3, 60))))
    if maker.chance(0.12):
        add_period(maker, sag_id, "loentilskud", plus(due, rng.choice((0, 0, 1))), rng.choice((None, held)), False)
    return None if maker.chance(0.3) else held


def play_no_shows(maker: Maker, sag_id: str, start: date, due: date, sunday: date) -> date | None:
    """One to three no-shows around the Sunday, each followed up at, just before or just after its limit, or not."""
    rng = maker.rng
    planned = plus(sunday, rng.choice((-10, -6, -3, -1, 0, 0, 1, 1, 2, 9)))
    limit = planned
    if maker.chance(0.1):
        add_period(maker, sag_id, "loentilskud", due, rng.choice((plus(planned, -1), planned, None)), True)
    for _ in range(rng.choice((1, 1, 2, 3))):
        limit = after_workdays(planned, maker.settings.followup_workdays)
        maker.anchor(limit)
        acted = rng.choice((None, planned, maker.near(limit), limit, plus(limit, 1), plus(limit, -2)))
        add_interview(
            maker,
            sag_id,
            status="udeblevet",
            planlagt_dato=planned,
            indkaldt_dato=plus(planned, -rng.randint(3, 14)),
            opfoelgning_dato=acted if maker.chance(0.6) else None,
        )
        if maker.chance(0.4):
            draw_new_summons(maker, sag_id, planned, limit)
        planned = plus(planned, rng.choice((1, 5, 7, 8, 14)))
    if maker.chance(0.35):
        return None
    return max(plus(start, 1), rng.choice((limit, maker.near(limit), plus(limit, 1), plus(limit, 20), plus(sunday, 1))))


def draw_new_summons(maker: Maker, sag_id: str, planned: date, limit: date) -> None:
    """A new summons sent on or around the limit, for a day after it, before it, or long after."""
    rng = maker.rng
    sent = rng.choice((planned, maker.near(limit), limit, plus(limit, 1), plus(planned, -1)))
    day = plus(sent, rng.choice((0, 3, 10, 60)))
    if maker.chance(0.12):
        add_held(maker, sag_id, plus(limit, rng.randint(1, 20)), sent)
        return
    status = rng.choice(("planlagt", "planlagt", "aflyst", "udeblevet"))
    kind = rng.choice(("kontaktsamtale", "kontaktsamtale", "kontaktsamtale", "cv_samtale", "anden"))
    if maker.chance(0.3):
        day = plus(planned, rng.choice((-1, 0, 1)))
    add_interview(maker, sag_id, type=kind, status=status, indkaldt_dato=sent, planlagt_dato=day)


def play_illness(maker: Maker, sag_id: str, start: date, due: date, sunday: date) -> date | None:
    """Illness of 27 to 29 days, documented or not, in one or two adjacent periods, with or without an attempt."""
    rng = maker.rng
    planned = plus(sunday, rng.choice((-9, -3, 0, 0, 1)))
    fra = rng.choice((planned, plus(planned, -5), plus(planned, 1), due, plus(due, 1), plus(due, -4), plus(due, -20)))
    til: date = plus(fra, rng.choice((26, 27, 27, 28, 0, 3, 6)))
    if maker.chance(0.15):
        til = maker.near(sunday)
    ending: date | None = None if maker.chance(0.08) else til
    if maker.chance(0.9):
        add_period(maker, sag_id, "sygdom", fra, ending, maker.chance(0.4))
    if maker.chance(0.3):
        following = plus(til, rng.choice((1, 1, 2)))
        til = plus(following, rng.choice((4, 27, 28)))
        add_period(maker, sag_id, "sygdom", following, til, maker.chance(0.4))
    if maker.chance(0.65):
        status = rng.choice(("sygdom", "sygdom", "udeblevet", "udeblevet", "aflyst"))
        add_interview(maker, sag_id, status=status, planlagt_dato=planned, indkaldt_dato=plus(planned, -8))
    if maker.chance(0.4):
        again = rng.choice((plus(til, rng.randint(-3, 6)), sunday, plus(sunday, -2), plus(fra, -1), plus(planned, -8)))
        add_interview(maker, sag_id, status=rng.choice(("sygdom", "udeblevet")), planlagt_dato=again)
    end = til if maker.chance(0.7) else planned
    limit = after_workdays(end, maker.settings.sickness_workdays)
    maker.anchor(til, limit)
    if maker.chance(0.35):
        return None
    return max(plus(start, 1), rng.choice((limit, maker.near(limit), plus(limit, 1), plus(limit, 15), plus(sunday, 1))))


def draw_case(maker: Maker, number: int, start: date) -> None:
    """One case: most with a chain of deadlines, some with only a first contact, some never registered at all."""
    rng = maker.rng
    sag_id = f"sag-{maker.seed}-{number}"
    benefit = rng.choice(("kontanthjaelp",) * 6 + ("starthjaelp",) * 2)
    if maker.chance(0.07):
        benefit = rng.choice(("introduktionsydelse", "revalidering", "foertidspension", "anden"))
    cpr = f"{rng.randint(61, 88)}{rng.randint(1, 12):02}{rng.randint(40, 88)}{rng.randint(0, 9999):04}"
    sag: Record = {
        "sag_id": sag_id,
        "cpr": None if maker.chance(0.2) else cpr,
        "ydelsestype": benefit,
        "anmodningsdato": start,
        "ophoersdato": None,
        "team": rng.choice((None, "Team Nord", "Team Syd")),
        "sagsbehandler": None,
    }
    maker.tables["sager"].append(sag)
    before = len(maker.anchors)
    style = rng.choice(("chain",) * 16 + ("contact", "contact", "unregistered", "unregistered", "excluded"))
    if style == "unregistered":
        first_pay = add_months(start, maker.settings.interval_months)
        maker.anchor(first_pay, plus(first_pay, rng.randint(0, 30)))
    elif style == "contact":
        maker.anchor(sunday_of_week(add_months(start, 3)))
        draw_contact(maker, sag_id, start)
    else:
        if style == "excluded":
            add_period(maker, sag_id, "revalidering", plus(start, rng.choice((-1, 0, 0, 1))), None, False)
        draw_exclusions(maker, sag_id, start)
        play_chain(maker, sag_id, start)
        draw_extras(maker, sag_id, start)
    if maker.chance(0.35):
        sag["ophoersdato"] = max(start, maker.near(rng.choice(maker.anchors[before:] or [plus(start, 100)])))


def draw_contact(maker: Maker, sag_id: str, start: date) -> None:
    """A first contact with a rough match, dated by any of its three dates, or by none."""
    day = plus(start, maker.rng.randint(-3, 20))
    row: Record = {"type": "foerste_henvendelse", "status": "afholdt", "grovmatch": True, "matchkategori": "3"}
    column = maker.rng.choice(("afholdt_dato", "afholdt_dato", "planlagt_dato", "indkaldt_dato", None))
    if column is not None:
        row[column] = day
        maker.anchor(day)
    if column != "afholdt_dato":
        row["status"] = maker.rng.choice(("planlagt", "udeblevet", "aflyst"))
    add_interview(maker, sag_id, **row)
    if maker.chance(0.25):
        draw_contact(maker, sag_id, start)


def draw_extras(maker: Maker, sag_id: str, start: date) -> None:
    """Rows that meet no deadline: first contacts, cv interviews, interviews before the request or on excluded days."""
    rng = maker.rng
    if maker.chance(0.3):
        draw_contact(maker, sag_id, start)
    if maker.chance(0.12):
        kind = rng.choice(("cv_samtale", "anden"))
        add_interview(maker, sag_id, type=kind, afholdt_dato=plus(start, rng.randint(10, 120)), matchkategori="2")
    if maker.chance(0.05):
        add_held(maker, sag_id, plus(start, -1))
    if maker.chance(0.05):
        add_held(maker, sag_id, start)
    excluded = sorted(own_excluded(maker, sag_id))
    if excluded and maker.chance(0.2):
        planned = rng.choice(excluded[:60])
        status = rng.choice(("planlagt", "aflyst", "udeblevet", "sygdom"))
        add_interview(maker, sag_id, status=status, planlagt_dato=planned, indkaldt_dato=plus(planned, -5))


# ---------------------------------------------------------------------------------------------------------------
# What depends on the cutoff: payments and notes
# ---------------------------------------------------------------------------------------------------------------


def draw_payments(maker: Maker, sag: Record, cutoff: date) -> None:
    """Payments of odd lengths from about the start to about the end or the cutoff, with gaps and overlaps."""
    rng = maker.rng
    if maker.chance(0.05):
        return
    day = plus(sag["anmodningsdato"], rng.choice((-20, -1, 0, 0, 0, 0, 3, 15)))
    stop = plus(sag["ophoersdato"] or cutoff, rng.choice((-30, -1, 0, 5, 20)))
    while day <= stop:
        til = plus(day, rng.choice((0, 6, 13, 27, 28, 29, 30, 30, 30, 36)))
        if maker.chance(0.15):
            til = stop
        add_payment(maker, sag["sag_id"], day, max(day, til))
        day = plus(max(day, til), 1)
        if maker.chance(0.1):
            day = plus(day, rng.choice((1, 5, 30)))
        if maker.chance(0.08):
            day = plus(day, -rng.choice((1, 4)))
    if maker.chance(0.06):
        day = plus(sag["anmodningsdato"], -40)
        add_payment(maker, sag["sag_id"], day, plus(day, rng.choice((29, 39, 40))))
    if sag["ophoersdato"] is not None and maker.chance(0.1):
        day = plus(sag["ophoersdato"], rng.choice((0, 1, 2)))
        add_payment(maker, sag["sag_id"], day, plus(day, 29))


def draw_notes(maker: Maker, sag: Record, cutoff: date) -> None:
    """Notes before, on and after each interview, its limit, the end of the case and the cutoff; some entered late."""
    rng = maker.rng
    last = min(sag["ophoersdato"] or cutoff, cutoff)
    rows = [row for row in maker.tables["samtaler"] if row["sag_id"] == sag["sag_id"] and row["afholdt_dato"]]
    for row in rows:
        day = row["afholdt_dato"]
        limit = after_workdays(day, maker.settings.registration_workdays)
        other = rng.choice(rows)
        entry = other["registreret_dato"] or other["afholdt_dato"]
        for _ in range(rng.choice((0, 0, 1, 2))):
            edges = (plus(day, -1), day, plus(limit, -1), limit, plus(limit, 1), plus(day, rng.randint(3, 40)), entry)
            dato = rng.choice((*edges, *edges, last, plus(last, 1), cutoff))
            entered = None
            if maker.chance(0.35):
                entered = rng.choice((limit, plus(limit, 1), plus(dato, 9), plus(dato, -1), cutoff, plus(cutoff, 1)))
            add_note(maker, sag["sag_id"], dato, entered)
        if maker.chance(0.15):
            draw_close_notes(maker, sag["sag_id"], day, limit)


def draw_close_notes(maker: Maker, sag_id: str, day: date, limit: date) -> None:
    """Two or three notes on the same or neighbouring days, in time or just too late."""
    rng = maker.rng
    together = rng.choice((day, limit, limit, plus(limit, 3), rng.choice(maker.anchors)))
    for _ in range(rng.choice((2, 3))):
        add_note(maker, sag_id, rng.choice((day, together, maker.near(together))), rng.choice((None, None, together)))


def draw_strangers(maker: Maker, cutoff: date) -> None:
    """Rows of a case that is not in `sager`."""
    stranger = f"fremmed-{maker.seed}"
    add_held(maker, stranger, plus(cutoff, -10))
    add_payment(maker, stranger, plus(cutoff, -40), plus(cutoff, -10))


def draw_window(maker: Maker, cutoff: date) -> tuple[date, date]:
    """Mostly all three years or up to the cutoff; sometimes a window whose ends sit on the turning days."""
    rng = maker.rng
    if maker.chance(0.75):
        return FIRST_DAY, rng.choice((LAST_DAY, cutoff))
    ends = sorted((maker.near(rng.choice(maker.anchors)), maker.near(rng.choice([*maker.anchors, cutoff]))))
    if maker.chance(0.3):
        return FIRST_DAY, ends[1]
    if maker.chance(0.4):
        return ends[0], LAST_DAY
    return ends[0], ends[1]


def random_tables(seed: int, sizes: Sequence[int] = (1, 2, 3, 4, 5)) -> tuple[Tables, date, date, date, dict[str, Any]]:
    """The tables, the window's first and last day, the cutoff and the parameters of one seed, of one of the sizes."""
    maker = Maker(seed)
    rng = maker.rng
    start = pick_start(maker)
    maker.anchor(plus(start, 120))
    for number in range(rng.choice(sizes)):
        draw_case(maker, number, plus(start, rng.randint(-10, 40)) if number else start)
    cutoff = plus(max(maker.anchors), rng.randint(3, 60))
    if maker.chance(0.5):
        cutoff = max(plus(start, 1), maker.near(rng.choice(maker.anchors)))
    for sag in maker.tables["sager"]:
        draw_payments(maker, sag, cutoff)
        draw_notes(maker, sag, cutoff)
    if maker.chance(0.04):
        draw_strangers(maker, cutoff)
    first, to = draw_window(maker, cutoff)
    for name in ("samtaler", "perioder", "udbetalinger", "journal"):
        rng.shuffle(maker.tables[name])
    for name, share in (("perioder", 0.04), ("udbetalinger", 0.08), ("journal", 0.08)):
        if maker.chance(share):
            del maker.tables[name]
    return maker.tables, first, to, cutoff, maker.parameters


# ---------------------------------------------------------------------------------------------------------------
# The count
# ---------------------------------------------------------------------------------------------------------------


def count(seeds: int) -> tuple[Counter[str], Counter[tuple[str, int, str]]]:
    """How often each state and each code (with step and certainty) arises over the first so many seeds."""
    states: Counter[str] = Counter()
    codes: Counter[tuple[str, int, str]] = Counter()
    for seed in range(seeds):
        tables, first, to, cutoff, parameters = random_tables(seed)
        for case in read(tables, first, to, cutoff, parameters).cases.values():
            states[case.state] += 1
            if case.running_per_day is not None:
                states["(running at the cutoff)"] += 1
            if case.unpriced_days:
                states["(with unpriced days)"] += 1
            if case.unpaid_days:
                states["(with unpaid days)"] += 1
            for found in case.found:
                codes[(found.code, found.step or 0, found.certainty)] += 1
    return states, codes


def main() -> None:
    """Print the count over 3000 seeds."""
    states, codes = count(3000)
    for state, times in sorted(states.items()):
        print(f"{state:26} {times:6}")
    for (code, step, certainty), times in sorted(codes.items()):
        print(f"{code} {step or '-'} {certainty:14} {times:6}")
    for title, place in (("code", 0), ("certainty", 2)):
        totals: Counter[str] = Counter()
        for key, times in codes.items():
            totals[str(key[place])] += times
        print(title, dict(sorted(totals.items())))


if __name__ == "__main__":
    main()
