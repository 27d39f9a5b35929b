"""Write Lilleby, a made-up municipality in which every rule is broken once and nearly broken once.

Run ``python examples/make_lilleby.py [FOLDER]``; without a folder the files go to ``lilleby`` beside this script.
Every case shows one thing. What must be found in it was reasoned out by hand, day by day, and stands beside the case
and in ``forventet.csv``: one row per case and code, or the code ``ingen`` where nothing may be found.

Nobody in Lilleby exists: the CPR numbers have 60 added to the day, and there are no names.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import lilleby_kontrolsager
import lilleby_raadighed
import lilleby_sagsbehandling

Row = dict[str, str]

CUTOFF = date(2007, 12, 31)
HOLIDAYS = {
    date.fromisoformat(day)
    for day in (
        *(
            "2006-04-13",
            "2006-04-14",
            "2006-04-17",
            "2006-05-12",
            "2006-05-25",
            "2006-06-05",
            "2006-12-25",
            "2006-12-26",
        ),
        *("2007-01-01", "2007-04-05", "2007-04-06", "2007-04-09", "2007-05-04", "2007-05-17", "2007-05-28"),
        *("2007-12-25", "2007-12-26"),
    )
}

TEAMS = ("Team Nord", "Team Syd", "Jobteam")
WORKERS = 6
RATES = (  # kroner a month by year: 25 or older with child, without child, under 25 away from home
    {2006: 11_625, 2007: 11_904},
    {2006: 8_749, 2007: 8_959},
    {2006: 5_638, 2007: 5_773},
)
START_HELP = {2006: 5_600, 2007: 5_734}

COLUMNS = {
    "sager": "sag_id cpr ydelsestype anmodningsdato ophoersdato team sagsbehandler",
    "samtaler": "samtale_id sag_id type status indkaldt_dato planlagt_dato afholdt_dato opfoelgning_dato "
    "matchkategori grovmatch opmaerksomhedsomraader registreret_dato arbejdssoegende fritagelsesaarsag kontaktform "
    "team sagsbehandler",
    "perioder": "sag_id type fra til dokumenteret",
    "udbetalinger": "udbetaling_id sag_id fra til beloeb ydelsestype i_tilbud anmeldt_refusion berigtiget_refusion "
    "konto",
    "journal": "notat_id sag_id dato registreret_dato tekst forfatter",
    "forventet": "sag_id kode begrundelse",
}

CONFIGURATION = """\
[municipality]
name = "Lilleby"
code = "999"
synthetic = true
procedures = { visitation = "Forretningsgang for kontaktsamtaler, 2007" }

[audit]
from = 2007-01-01
to = 2007-12-31
cutoff = 2007-12-31
"""


@dataclass
class Case:
    """One course of benefit, told in a few words; unless something else is said, everything about it is sound.

    It has a first contact on its first day and a monthly payment, and from the last interview told to its end (or to
    the cutoff) an interview every three months, summoned a fortnight before, held on the last working day on or
    before its due date and fully registered the same day. Days are written ``2007-03-31`` and are inclusive.
    """

    number: int
    sag_id: str
    start: date
    end: date | None
    benefit: str
    category: str
    areas: str
    job_seeker: str
    exemption: str
    cpr: str
    goes_on: bool = True
    offer: tuple[str, str] = ("9999", "")
    gaps: list[tuple[str, str]] = field(default_factory=list)
    samtaler: list[Row] = field(default_factory=list)
    perioder: list[Row] = field(default_factory=list)
    udbetalinger: list[Row] = field(default_factory=list)
    journal: list[Row] = field(default_factory=list)
    forventet: list[Row] = field(default_factory=list)

    # What happened

    def row(self, kind: str, status: str, **columns: str) -> Case:
        """Add any row to ``samtaler``; the columns not named are blank."""
        place = len(self.samtaler) + 1
        known = {"samtale_id": f"{self.sag_id}-{place:02d}", "sag_id": self.sag_id, "type": kind, "status": status}
        self.samtaler.append(known | self._staff() | columns)
        return self

    def held(self, day: str, **columns: str) -> Case:
        """Hold an interview, sound but for the columns named."""
        sound = {
            "indkaldt_dato": _fortnight_before(day),
            "planlagt_dato": day,
            "afholdt_dato": day,
            "matchkategori": self.category,
            "grovmatch": "nej",
            "opmaerksomhedsomraader": self.areas,
            "registreret_dato": day,
            "arbejdssoegende": self.job_seeker,
            "fritagelsesaarsag": self.exemption,
            "kontaktform": "personligt",
        }
        return self.row("kontaktsamtale", "afholdt", **(sound | columns))

    def not_held(self, status: str, planned: str, **columns: str) -> Case:
        """Summon to an interview that came to nothing: ``udeblevet``, ``sygdom``, ``aflyst`` or ``planlagt``."""
        sound = {"indkaldt_dato": _fortnight_before(planned), "planlagt_dato": planned}
        return self.row("kontaktsamtale", status, **(sound | columns))

    def first_contact(self) -> Case:
        """Receive the citizen for the first time, with a grovmatch, which is right there."""
        day = self.start.isoformat()
        rough = "3" if self.category in "123" else "4"
        dates = {"afholdt_dato": day, "registreret_dato": day}
        return self.row("foerste_henvendelse", "afholdt", **dates, matchkategori=rough, grovmatch="ja")

    def again(self, **columns: str) -> Case:
        """Repeat the last row of ``samtaler`` under the same id, but for the columns named."""
        self.samtaler.append(self.samtaler[-1] | columns)
        return self

    def no_more(self) -> Case:
        """Hold no interviews beyond those told."""
        self.goes_on = False
        return self

    def not_in_drv(self) -> Case:
        """Leave the case without any row in ``samtaler``."""
        self.samtaler.clear()
        return self.no_more()

    def period(self, kind: str, first: str, last: str, documented: str = "") -> Case:
        """Add a row to ``perioder``; illness is undocumented and all else documented unless said."""
        documented = documented or ("nej" if kind == "sygdom" else "ja")
        columns = {"sag_id": self.sag_id, "type": kind, "fra": first, "til": last, "dokumenteret": documented}
        self.perioder.append(columns)
        return self

    def unpaid(self, first: str, last: str) -> Case:
        """Drop the monthly payments that touch these days."""
        self.gaps.append((first, last))
        return self

    def paid(self, first: str, last: str, amount: str, **columns: str) -> Case:
        """Add a payment beside the monthly ones; the amount as in ``8959,00``."""
        offer = "ja" if self.offer[0] <= first <= self.offer[1] else "nej"
        known = {"sag_id": self.sag_id, "fra": first, "til": last, "beloeb": amount, "ydelsestype": self.benefit}
        row = known | {"i_tilbud": offer, "konto": "5.57.75" if offer == "ja" else "5.57.73"} | columns
        if row["ydelsestype"] in ("kontanthjaelp", "starthjaelp") and "anmeldt_refusion" not in columns:
            row["anmeldt_refusion"] = _claim(date.fromisoformat(first), date.fromisoformat(last), amount, offer == "ja")
        self.udbetalinger.append(row)
        return self

    def in_offer(self, first: str, last: str) -> Case:
        """Let the payments that begin on these days be in an activation offer."""
        self.offer = (first, last)
        return self

    def note(self, day: str, text: str) -> Case:
        """Write in the journal."""
        place = len(self.journal) + 1
        columns = {"notat_id": f"{self.sag_id}-N{place}", "sag_id": self.sag_id, "dato": day, "tekst": text}
        self.journal.append(columns | {"forfatter": self._staff()["sagsbehandler"]})
        return self

    # What must be found

    def expect(self, code: str, why: str) -> Case:
        """Say that the code must be found in the case, and why, in Danish."""
        self.forventet.append({"sag_id": self.sag_id, "kode": code, "begrundelse": why})
        return self

    def silent(self, why: str) -> Case:
        """Say that nothing may be found in the case, and why, in Danish."""
        return self.expect("ingen", why)

    # What follows by itself

    def finish(self) -> None:
        """Add the interviews and payments that go without saying."""
        last = min(self.end or CUTOFF, CUTOFF)
        if self.goes_on:
            interviews = [row["afholdt_dato"] for row in self.samtaler if _is_interview(row)]
            previous = max((date.fromisoformat(day) for day in interviews), default=self.start)
            while (day := _working_day_by(_three_months_after(previous))) <= last:
                self.held(day.isoformat())
                previous = day
        self._pay_monthly(last)

    def _pay_monthly(self, last: date) -> None:
        own, self.udbetalinger = self.udbetalinger, []
        first = self.start
        while first <= last:
            month_end = _next_month(first) - timedelta(1)
            until = min(month_end, last)
            if not any(first.isoformat() <= b and a <= until.isoformat() for a, b in self.gaps):
                rate = (START_HELP if self.benefit == "starthjaelp" else RATES[self.number % 3])[first.year]
                amount = _part(rate * 100, (until - first).days + 1, month_end.day)
                self.paid(first.isoformat(), until.isoformat(), _kroner(amount))
            first = _next_month(first)
        self.udbetalinger = sorted(self.udbetalinger + own, key=lambda row: row["fra"])
        for place, row in enumerate(self.udbetalinger, start=1):
            row["udbetaling_id"] = f"{self.sag_id}-U{place:02d}"

    def sag(self) -> Row:
        """Return the case's row in ``sager``."""
        columns = {"sag_id": self.sag_id, "cpr": self.cpr, "ydelsestype": self.benefit}
        end = self.end.isoformat() if self.end else ""
        return columns | {"anmodningsdato": self.start.isoformat(), "ophoersdato": end} | self._staff()

    def _staff(self) -> Row:
        worker = self.number % WORKERS
        return {"team": TEAMS[worker % len(TEAMS)], "sagsbehandler": f"Sagsbehandler {worker + 1}"}


class Town:
    """The cases of Lilleby in the order they are told."""

    def __init__(self) -> None:
        self.cases: list[Case] = []
        self.strays: list[Case] = []

    def case(
        self,
        sag_id: str,
        start: str,
        end: str = "",
        *,
        benefit: str = "kontanthjaelp",
        category: str = "3",
        areas: str = "helbred",
        job_seeker: str = "ja",
        exemption: str = "",
        cpr: str = "",
    ) -> Case:
        """Begin a case on the day help was asked for, and with the last day of benefit if it ended."""
        number = len(self.cases) + 1
        if sag_id != f"L{number:03d}":
            raise ValueError(f"{sag_id} is not the next case")
        ended = date.fromisoformat(end) if end else None
        cpr = cpr or f"{61 + number % 28}{1 + number % 12:02d}{55 + number % 30}{number * 37 % 4000:04d}"
        first = date.fromisoformat(start)
        told = Case(number, sag_id, first, ended, benefit, category, areas, job_seeker, exemption, cpr)
        self.cases.append(told)
        return told.first_contact()

    def newcomer(self, sag_id: str, end: str = "") -> Case:
        """Begin a case whose first interview is due on Tuesday 1 May 2007; its falduge ends on Sunday 6 May."""
        return self.case(sag_id, "2007-02-01", end)

    def regular(self, sag_id: str, end: str = "") -> Case:
        """Begin a case held on 3 April 2007 and due again on Tuesday 3 July; that falduge ends on Sunday 8 July."""
        return self.case(sag_id, "2007-01-03", end).held("2007-04-03")

    def autumn(self, sag_id: str) -> Case:
        """Begin a case held on 24 September 2007 and due again on Monday 24 December; its falduge ends on the 30th."""
        return self.case(sag_id, "2007-06-25").held("2007-09-24").no_more()

    def stray(self, sag_id: str) -> Case:
        """Begin rows of a case that is not in ``sager``."""
        told = Case(0, sag_id, CUTOFF, None, "kontanthjaelp", "3", "helbred", "ja", "", "")
        self.strays.append(told)
        return told.no_more()

    def table(self, name: str) -> list[Row]:
        """Return the rows of a table, case by case."""
        if name == "sager":
            return [case.sag() for case in self.cases]
        rows: list[Row] = []
        for case in (*self.cases, *self.strays):
            rows += getattr(case, name)
        return rows


# The calendar and the money


def _is_interview(row: Row) -> bool:
    return row["type"] == "kontaktsamtale" and row["status"] == "afholdt"


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(4)).replace(day=1)


def _three_months_after(day: date) -> date:
    month = _next_month(_next_month(_next_month(day)))
    return month.replace(day=min(day.day, (_next_month(month) - timedelta(1)).day))


def _working_day_by(day: date) -> date:
    while day.weekday() > 4 or day in HOLIDAYS:
        day -= timedelta(1)
    return day


def _fortnight_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(14)).isoformat()


def _part(amount: int, numerator: int, denominator: int) -> int:
    return (2 * amount * numerator + denominator) // (2 * denominator)


def _kroner(amount: int) -> str:
    return f"{amount // 100},{amount % 100:02d}"


def _claim(first: date, last: date, amount: str, offer: bool) -> str:
    """Return what the municipality claims: 50 % before 1 July 2006, then 35 %, or 65 % in an offer."""
    oere, length = int(amount.replace(",", "")), (last - first).days + 1
    old = min(max((date(2006, 7, 1) - first).days, 0), length)
    return _kroner(
        _part(oere * old, 50, 100 * length) + _part(oere * (length - old), 65 if offer else 35, 100 * length)
    )


# The municipality, rule by rule: the fault, then what looks like it and is none


def sound(town: Town) -> None:
    """Tell the cases in which everything is as it should be."""
    # Match 3 all through the year.
    town.case("L001", "2006-10-02").silent("Alle samtaler er holdt til tiden og fuldt registreret.")
    # Match 1 needs no areas.
    town.case("L002", "2006-10-09", category="1", areas="").silent(
        "Borgeren er i matchkategori 1, som ikke kræver opmærksomhedsområder."
    )
    # Match 2 with two areas.
    two = "faglige_praktiske_kvalifikationer|personlige_kompetencer"
    town.case("L003", "2006-11-06", category="2", areas=two).silent("Alle tre trin er taget ved hver samtale.")
    # Match 4 need not be registered as a job seeker.
    town.case("L004", "2006-11-14", category="4", job_seeker="nej").silent(
        "Borgeren er i matchkategori 4 og skal ikke registreres som arbejdssøgende."
    )
    # Match 5, the highest category there is.
    town.case("L005", "2006-12-05", category="5", areas="helbred|oekonomi_netvaerk", job_seeker="nej").silent(
        "Matchkategori 5 er gyldig og kræver ikke registrering som arbejdssøgende."
    )
    # Not a job seeker for the time being, with the reason.
    town.case("L006", "2007-01-09", job_seeker="nej", exemption="mangler børnepasning").silent(
        "Årsagen til, at borgeren for tiden ikke er arbejdssøgende, er registreret."
    )
    # Starthjælp is under the supervision too.
    town.case("L007", "2007-01-16", benefit="starthjaelp", category="2").silent("Starthjælp uden fejl.")
    # Ended in June, before the second falduge was over.
    town.case("L008", "2007-01-23", "2007-06-29").silent("Sagen er uden fejl og ophører før næste falduge er slut.")
    # An old case; a payment crosses 1 July 2006, when the refund rates changed.
    town.case("L009", "2006-03-15").unpaid("2006-06-15", "2006-07-15").paid(
        "2006-06-01", "2006-07-31", "23250,00"
    ).silent("Udbetalingen over satsskiftet 1. juli 2006 koster intet, når ingen dage er tabt.")
    # A cancellation, a cv interview and something else beside interviews in time.
    case = town.case("L010", "2007-01-15").row("cv_samtale", "afholdt", afholdt_dato="2007-02-02")
    case.not_held("aflyst", "2007-04-03").held("2007-04-11").row("anden", "afholdt", afholdt_dato="2007-05-02")
    case.silent("Den aflyste samtale blev holdt inden falddatoen.")


def vt101_late(town: Town) -> None:
    """Tell of interviews held after their falduge."""
    # The Monday after the falduge. Lost: 1 May to 6 May.
    town.newcomer("L011").held("2007-05-07").expect(
        "VT101", "Samtalen skulle holdes senest søndag 6. maj 2007 og blev holdt mandag 7. maj."
    )
    # The Sunday of the falduge.
    town.newcomer("L012").held("2007-05-06").silent("Samtalen er holdt på faldugens sidste dag, søndag 6. maj 2007.")
    # Due 3 April, falduge ends on Easter Sunday; held on the first working day after Easter. Lost: 3 April to 9 April.
    town.case("L013", "2007-01-03").held("2007-04-10").expect(
        "VT101", "Faldugen slutter påskedag 8. april 2007, og helligdage giver ingen ekstra dage."
    )
    # 30 November and three months is 28 February; held on that week's Sunday.
    town.case("L014", "2006-11-30").held("2007-03-04").silent(
        "Falddatoen er 28. februar 2007, og samtalen er holdt søndag 4. marts i samme uge."
    )
    # The municipality cancelled. Lost: 1 May to 9 May.
    town.newcomer("L015").not_held("aflyst", "2007-05-02").held("2007-05-10").expect(
        "VT101", "Kommunens egen aflysning undskylder ikke, at samtalen først blev holdt 10. maj 2007."
    )
    # A cv interview in the falduge is no contact interview. Lost: 1 May to 13 May.
    town.newcomer("L016").row("cv_samtale", "afholdt", afholdt_dato="2007-05-02").held("2007-05-14").expect(
        "VT101", "En cv-samtale i faldugen er ikke en kontaktsamtale, og den blev først holdt 14. maj 2007."
    )
    # Ill from 1 to 5 May but well on the Sunday: not ill for the whole falduge.
    town.newcomer("L017").period("sygdom", "2007-04-20", "2007-05-05").held("2007-05-14").expect(
        "VT101", "Borgeren var rask søndag 6. maj 2007, så sygdommen dækkede ikke resten af faldugen."
    )


def vt101_money(town: Town) -> None:
    """Tell of late interviews whose lost days are paid for in unusual ways."""
    # Wage subsidy on every lost day: the fault stands, nothing is lost.
    town.newcomer("L018").period("loentilskud", "2007-04-16", "2007-05-31").held("2007-05-14").expect(
        "VT101", "Samtalen er holdt for sent, men refusion kan ikke fratages under løntilskud."
    )
    # In an offer: 65 %. Lost: 1 May to 13 May.
    town.newcomer("L019").in_offer("2007-05-01", "2007-07-31").held("2007-05-14").expect(
        "VT101", "Samtalen er holdt for sent, mens borgeren var i tilbud med 65 procents refusion."
    )
    # One payment for a year, across 1 July 2006: the whole length counts. Lost: 1 March to 11 March, at 35 %.
    case = town.case("L020", "2006-06-01").held("2006-09-01").held("2006-12-01").held("2007-03-12")
    case.unpaid("2006-06-01", "2007-05-31").paid("2006-06-01", "2007-05-31", "68331,00").expect(
        "VT101", "Samtalen skulle holdes senest søndag 4. marts 2007 og blev holdt 12. marts."
    )
    # Nothing was paid from 6 to 12 May: unpaid days. Lost: 1 May to 20 May.
    case = town.newcomer("L021").unpaid("2007-05-01", "2007-05-31").paid("2007-05-01", "2007-05-05", "1920,00")
    case.paid("2007-05-13", "2007-05-31", "7296,00").held("2007-05-21").expect(
        "VT101", "Samtalen er holdt for sent, men 7 af de tabte dage er der ikke udbetalt for."
    )
    # May was paid as introduktionsydelse, for which there is no rate: unpriced days. Lost: 1 May to 13 May.
    case = town.newcomer("L022").unpaid("2007-05-01", "2007-05-31").held("2007-05-14")
    case.paid("2007-05-01", "2007-05-31", "8959,00", ydelsestype="introduktionsydelse").expect(
        "VT101", "Samtalen er holdt for sent, men udbetalingen i maj har ingen kendt refusionssats."
    )


def excluded_days(town: Town) -> None:
    """Tell of deadlines that days outside the target group move."""
    # Seven excluded days move the deadline from 1 May to Tuesday 8 May; held on the Sunday.
    town.newcomer("L023").period("orlovsydelse", "2007-03-05", "2007-03-11").held("2007-05-13").silent(
        "Syv dages orlov flytter falddatoen til 8. maj 2007, og samtalen er holdt søndag 13. maj i samme uge."
    )
    # The same, held on the Monday. Lost: 8 May to 13 May.
    town.newcomer("L024").period("orlovsydelse", "2007-03-05", "2007-03-11").held("2007-05-14").expect(
        "VT101", "Syv dages orlov flytter falddatoen til 8. maj 2007, men samtalen er først holdt mandag 14. maj."
    )
    # Leave of childbirth counts from 1 March only: 86 days passed before it, the last 4 after it; due Tuesday 5 June.
    town.case("L025", "2006-12-05").period("barsel", "2007-03-01", "2007-05-31").held("2007-06-08").silent(
        "Barslen fra 1. marts 2007 tæller ikke med, så falddatoen er 5. juni, og samtalen er holdt i samme uge."
    )
    # Due 20 February, before such leave counts. Lost: 20-28 February and 1-5 June; the excluded days never.
    town.case("L026", "2006-11-20").period("barsel", "2007-02-12", "2007-05-31").held("2007-06-06").expect(
        "VT101", "Barsel undtager først fra 1. marts 2007, så samtalen skulle holdes senest søndag 25. februar."
    )


def vt102_missing(town: Town) -> None:
    """Tell of interviews that were never held."""
    # Runs to the cutoff; the last payment runs past it, with its full length.
    case = town.regular("L027").no_more().unpaid("2007-12-01", "2007-12-31")
    case.paid("2007-12-01", "2008-01-31", "23808,00").expect(
        "VT102", "Samtalen skulle holdes senest søndag 8. juli 2007 og er ikke holdt, og tabet løber fra 3. juli."
    )
    # Leaves on the Saturday of the falduge.
    town.regular("L028", "2007-07-07").silent("Borgeren ophører lørdag 7. juli 2007, før faldugen er slut.")
    # Leaves on its Sunday. Lost: 3 July to 8 July.
    town.regular("L029", "2007-07-08").no_more().expect(
        "VT102", "Borgeren fik hjælp til og med søndag 8. juli 2007, hvor faldugen var slut uden samtale."
    )
    # Due 27 December, falduge over the day before the cutoff. Lost: 27 December to 31 December, and running.
    town.case("L030", "2007-06-27").held("2007-09-27").no_more().expect(
        "VT102", "Faldugen sluttede søndag 30. december 2007 uden samtale, og tabet løber ved opgørelsesdagen."
    )
    # Due 1 January 2008, after the window.
    town.case("L031", "2007-07-02").held("2007-10-01").no_more().silent(
        "Næste falddato er 1. januar 2008 og ligger efter perioden."
    )
    # Never interviewed at all: missing, and nothing but a first contact. Lost: from 8 August.
    town.case("L032", "2007-05-08").no_more().expect(
        "VT102", "Første samtale skulle holdes senest søndag 12. august 2007 og er aldrig holdt."
    ).expect("VT107", "Sagen har en første henvendelse, men ingen kontaktsamtale.")


def vt103_summoned_late(town: Town) -> None:
    """Tell of no-shows at interviews that were planned too late."""
    # Planned Wednesday 9 May, after the falduge. Expected: 1 May to 8 May; discretionary: 9 May to 22 May.
    case = town.newcomer("L033").not_held(
        "udeblevet", "2007-05-09", indkaldt_dato="2007-05-02", opfoelgning_dato="2007-05-10"
    )
    case.held("2007-05-23", indkaldt_dato="2007-05-10").expect(
        "VT103", "Borgeren udeblev fra en samtale, der først var planlagt 9. maj 2007, efter faldugen."
    )
    # Planned on the falduge's Sunday: a timely summons.
    case = town.newcomer("L034").not_held("udeblevet", "2007-05-06", opfoelgning_dato="2007-05-08")
    case.held("2007-05-15", indkaldt_dato="2007-05-08").expect(
        "VT105", "Borgeren udeblev fra en samtale planlagt søndag 6. maj 2007, altså rettidigt, og kommunen fulgte op."
    )


def vt104_not_followed_up(town: Town) -> None:
    """Tell of no-shows on which nothing was done in time."""
    # The fifth working day after Monday 30 April is 8 May (4 May is store bededag); summoned again on the sixth.
    case = town.newcomer("L035").not_held("udeblevet", "2007-04-30")
    case.held("2007-05-29", indkaldt_dato="2007-05-09").expect(
        "VT104", "Borgeren udeblev 30. april 2007 og blev først indkaldt igen på den sjette arbejdsdag, 9. maj."
    )
    # Acted upon on the fifth working day.
    case = town.newcomer("L036").not_held("udeblevet", "2007-04-30", opfoelgning_dato="2007-05-08")
    case.held("2007-05-29").expect(
        "VT105", "Udeblivelsen 30. april 2007 blev fulgt op på den femte arbejdsdag, 8. maj."
    )
    # Not followed up, but the interview was held in time all the same.
    town.newcomer("L037").not_held("udeblevet", "2007-04-10").held("2007-05-03").silent(
        "Borgeren udeblev 10. april 2007, men samtalen blev holdt i faldugen."
    )
    # Two no-shows, the second forgotten.
    case = town.newcomer("L038").not_held("udeblevet", "2007-04-25", opfoelgning_dato="2007-04-26")
    case.not_held("udeblevet", "2007-05-10").held("2007-06-12").expect(
        "VT104", "Den første udeblivelse blev fulgt op, men den anden, 10. maj 2007, blev ikke."
    )
    # 29 days of illness that nobody documented are no illness: the no-show counts, and nothing was done.
    case = town.newcomer("L039").period("sygdom", "2007-04-24", "2007-05-22").not_held("udeblevet", "2007-05-02")
    case.held("2007-06-04").expect(
        "VT104", "29 dages sygdom uden dokumentation undskylder ikke udeblivelsen 2. maj 2007, som ikke blev fulgt op."
    )


def vt105_followed_up(town: Town) -> None:
    """Tell of no-shows at interviews planned in time on which the municipality acted."""
    # The interview itself was held within five working days. Discretionary: 1 May to 7 May.
    town.newcomer("L040").not_held("udeblevet", "2007-05-03").held("2007-05-08").expect(
        "VT105", "Borgeren udeblev 3. maj 2007, og samtalen blev holdt på den anden arbejdsdag efter, 8. maj."
    )
    # Summoned again on the fourth working day, for a day after the cutoff. Discretionary: from 10 December.
    case = town.case("L041", "2007-06-11").held("2007-09-10").no_more().not_held("udeblevet", "2007-12-13")
    case.not_held("planlagt", "2008-01-08", indkaldt_dato="2007-12-19").expect(
        "VT105", "Borgeren udeblev 13. december 2007 og blev indkaldt igen 19. december til en samtale i januar."
    )
    # The five working days after 27 December are not over at the cutoff. Discretionary: from 24 December.
    town.autumn("L042").not_held("udeblevet", "2007-12-27").expect(
        "VT105", "Borgeren udeblev 27. december 2007, og fristen for opfølgning er ikke udløbet på opgørelsesdagen."
    )


def vt106_illness(town: Town) -> None:
    """Tell of interviews that illness put off."""
    # Ill on Wednesday 2 May; the tenth working day after is Friday 18 May. Lost: 3 May to 20 May.
    town.newcomer("L043").not_held("sygdom", "2007-05-02").held("2007-05-21").expect(
        "VT106", "Sygdommen sluttede 2. maj 2007, og samtalen blev først holdt på den ellevte arbejdsdag, 21. maj."
    )
    # Held on the tenth.
    town.newcomer("L044").not_held("sygdom", "2007-05-02").held("2007-05-18").silent(
        "Samtalen blev holdt på den tiende arbejdsdag efter sygdommen."
    )
    # Exactly 28 days of illness need no documents; the no-show falls within them.
    case = town.newcomer("L045").period("sygdom", "2007-04-25", "2007-05-22").not_held("udeblevet", "2007-05-02")
    case.held("2007-06-04").silent("28 dages sygdom kræver ikke dokumentation, og samtalen blev holdt hurtigt efter.")
    # 29 days, documented (without documents: L039).
    case = town.newcomer("L046").period("sygdom", "2007-04-24", "2007-05-22", "ja").not_held("udeblevet", "2007-05-02")
    case.held("2007-06-04").silent("De 29 dages sygdom er dokumenteret, og samtalen blev holdt hurtigt efter.")
    # Nobody was summoned, but ill from the due date to Sunday and on to 10 May; the tenth working day is 25 May.
    town.newcomer("L047").period("sygdom", "2007-04-20", "2007-05-10").held("2007-05-25").silent(
        "Borgeren var syg i hele resten af faldugen, og samtalen blev holdt på den tiende arbejdsdag efter."
    )
    # The same, held on the eleventh (28 May is a holiday). Lost: 11 May to 28 May.
    town.newcomer("L048").period("sygdom", "2007-04-20", "2007-05-10").held("2007-05-29").expect(
        "VT106", "Sygdommen sluttede 10. maj 2007, og samtalen blev først holdt på den ellevte arbejdsdag, 29. maj."
    )
    # Ill on 27 December; ten working days have not passed at the cutoff.
    town.autumn("L049").not_held("sygdom", "2007-12-27").silent(
        "Borgeren var syg 27. december 2007, og fristen efter sygdommen er ikke udløbet på opgørelsesdagen."
    )


def vt107_first_contact(town: Town) -> None:
    """Tell of cases with nothing but a first contact."""
    # Left before the first falduge.
    town.case("L050", "2007-09-17", "2007-11-30").expect(
        "VT107", "Sagen har kun en første henvendelse og ophørte før den første falddato."
    )
    # The interview was held on the very last day.
    town.case("L051", "2007-09-17", "2007-11-30").held("2007-11-30").silent(
        "Kontaktsamtalen blev holdt på sagens sidste dag."
    )


def vt201_no_category(town: Town) -> None:
    """Tell of interviews without a match category."""
    # Blank on 3 July, placed on 3 October. Lost: 3 July to 2 October.
    town.regular("L052").held("2007-07-03", matchkategori="").expect(
        "VT201", "Borgeren blev ikke indplaceret ved samtalen 3. juli 2007, men først 3. oktober."
    )
    # Blank on 31 December: the time for registering is not over at the cutoff.
    case = town.case("L053", "2007-07-02").held("2007-10-01")
    case.held("2007-12-31", matchkategori="", opmaerksomhedsomraader="", arbejdssoegende="").silent(
        "Fristen for at registrere samtalen 31. december 2007 er ikke udløbet på opgørelsesdagen."
    )
    # Somebody cannot be placed: no placement.
    case = town.regular("L054").held("2007-07-03", matchkategori="")
    case.note("2007-07-03", "Borgeren kan ikke indplaceres i matchkategori 3.").expect(
        "VT201", "Notatet siger, at borgeren ikke kan indplaceres, og er ingen indplacering."
    )
    # An expectation is no placement.
    case = town.regular("L055").held("2007-07-03", matchkategori="")
    case.note("2007-07-03", "Borgeren forventes indplaceret i matchkategori 2.").expect(
        "VT201", "En forventning om matchkategori 2 er ingen indplacering."
    )
    # Nor is a grovmatch.
    case = town.regular("L056").held("2007-07-03", matchkategori="")
    case.note("2007-07-03", "Grovmatch: borgeren er i match 1-3.").expect(
        "VT201", "Et notat om grovmatch er ingen indplacering."
    )
    # A note from the day before the interview does not count.
    case = town.regular("L057").held("2007-07-03", matchkategori="")
    case.note("2007-07-02", "Borgeren er indplaceret i matchkategori 3.").expect(
        "VT201", "Notatet er fra dagen før samtalen 3. juli 2007 og tæller ikke for den."
    )


def vt202_rough_category(town: Town) -> None:
    """Tell of interviews with a grovmatch in place of a category."""
    # Only roughly matched on 3 July, placed on 3 October. Lost: 3 July to 2 October.
    town.regular("L058").held("2007-07-03", grovmatch="ja").expect(
        "VT202", "Ved samtalen 3. juli 2007 blev der kun grovmatchet."
    )
    # A grovmatch at first contact, a real category at every interview.
    town.case("L059", "2007-03-06").silent("Grovmatch er kun brugt ved første henvendelse, hvor det er rigtigt.")


def vt203_no_areas(town: Town) -> None:
    """Tell of interviews without opmærksomhedsområder."""
    # Match 3 without areas on 3 July, with areas on 3 October. Lost: 3 July to 2 October.
    town.regular("L060").held("2007-07-03", opmaerksomhedsomraader="").expect(
        "VT203", "Borgeren er i matchkategori 3, men fik ingen opmærksomhedsområder 3. juli 2007."
    )
    # Match 1 on that day: none needed.
    town.regular("L061").held("2007-07-03", matchkategori="1", opmaerksomhedsomraader="").silent(
        "Borgeren var i matchkategori 1 ved samtalen 3. juli 2007, og så kræves ingen opmærksomhedsområder."
    )


def vt204_registered_late(town: Town) -> None:
    """Tell of interviews that came too late into DRV."""
    # Held on Tuesday, registered on Thursday: all three steps. Lost: 3 July and 4 July.
    town.regular("L062").held("2007-07-03", registreret_dato="2007-07-05").expect(
        "VT204", "Samtalen tirsdag 3. juli 2007 blev først registreret torsdag 5. juli, to arbejdsdage efter."
    )
    # Held on Friday, registered on Monday: the next working day.
    town.regular("L063").held("2007-07-06", registreret_dato="2007-07-09").silent(
        "Samtalen fredag 6. juli 2007 blev registreret mandag 9. juli, næste arbejdsdag."
    )
    # Held on the Wednesday before Easter; the next working day is Tuesday 10 April.
    town.case("L064", "2007-01-04").held("2007-04-04", registreret_dato="2007-04-10").silent(
        "Samtalen onsdag 4. april 2007 blev registreret tirsdag 10. april, første arbejdsdag efter påske."
    )
    # One day later. Lost: 4 April to 10 April.
    town.case("L065", "2007-01-04").held("2007-04-04", registreret_dato="2007-04-11").expect(
        "VT204", "Samtalen 4. april 2007 blev først registreret 11. april, anden arbejdsdag efter påske."
    )


def vt205_journal_only(town: Town) -> None:
    """Tell of steps that stand in the journal alone."""
    # Placed in a note of the same day.
    case = town.regular("L066").held("2007-07-03", matchkategori="")
    case.note("2007-07-03", "Borgeren er indplaceret i matchkategori 3.").expect(
        "VT205", "Indplaceringen 3. juli 2007 står kun i journalen."
    )
    # A note of the next working day, Monday 9 July, is still at once.
    case = town.regular("L067").held("2007-07-06", matchkategori="")
    case.note("2007-07-09", "Borgeren er indplaceret i matchkategori 3.").expect(
        "VT205", "Indplaceringen står kun i journalen, næste arbejdsdag efter samtalen 6. juli 2007."
    )
    # A note two working days later: missing on 3 and 4 July, from 5 July in the journal alone.
    case = town.regular("L068").held("2007-07-03", matchkategori="")
    case.note("2007-07-05", "Borgeren er indplaceret i matchkategori 3.").expect(
        "VT201", "Borgeren blev først indplaceret i et notat to arbejdsdage efter samtalen 3. juli 2007."
    ).expect("VT205", "Fra 5. juli 2007 til næste samtale står indplaceringen kun i journalen.")
    # Areas in a note of the same day.
    case = town.regular("L069").held("2007-07-03", opmaerksomhedsomraader="")
    case.note("2007-07-03", "Opmærksomhedsområder: helbred.").expect(
        "VT205", "Opmærksomhedsområdet 3. juli 2007 står kun i journalen."
    )
    # Registration as a job seeker in a note of the same day.
    case = town.regular("L070").held("2007-07-03", arbejdssoegende="nej")
    case.note("2007-07-03", "Borgeren er registreret som arbejdssøgende.").expect(
        "VT205", "Registreringen som arbejdssøgende 3. juli 2007 står kun i journalen."
    )
    # A note about what is registered as well changes nothing.
    case = town.regular("L071").held("2007-07-03")
    case.note("2007-07-03", "Borgeren er indplaceret i matchkategori 3. Opmærksomhedsområder: helbred.").silent(
        "Alt i notatet er også registreret samme dag."
    )


def vt206_invalid_category(town: Town) -> None:
    """Tell of interviews with a category that does not exist."""
    # Category 7 on 3 July. Lost: 3 July to 2 October.
    town.regular("L072").held("2007-07-03", matchkategori="7").expect(
        "VT206", "Matchkategori 7 ved samtalen 3. juli 2007 findes ikke."
    )
    # Category 5 does exist.
    town.regular("L073").held("2007-07-03", matchkategori="5").silent("Matchkategori 5 er den højeste gyldige.")


def vt301_no_job_seeker(town: Town) -> None:
    """Tell of interviews without registration as a job seeker."""
    # Match 3, not registered and no reason. Lost: 3 July to 2 October.
    town.regular("L074").held("2007-07-03", arbejdssoegende="nej").expect(
        "VT301", "Borgeren i matchkategori 3 var ikke registreret som arbejdssøgende 3. juli 2007, og årsagen mangler."
    )
    # With the reason.
    town.regular("L075").held("2007-07-03", arbejdssoegende="nej", fritagelsesaarsag="sygdom").silent(
        "Årsagen til, at borgeren ikke er arbejdssøgende, blev registreret 3. juli 2007."
    )
    # Match 4 is not asked.
    town.regular("L076").held("2007-07-03", matchkategori="4", arbejdssoegende="nej").silent(
        "Matchkategori 4 skal ikke registreres som arbejdssøgende."
    )


def several_faults(town: Town) -> None:
    """Tell of a case with two causes of the same lost days."""
    # No category on 3 April and never again an interview: both causes cover the days from 3 July.
    town.case("L077", "2007-01-03").held("2007-04-03", matchkategori="").no_more().expect(
        "VT201", "Borgeren blev ikke indplaceret ved samtalen 3. april 2007 eller senere."
    ).expect("VT102", "Næste samtale skulle holdes senest søndag 8. juli 2007 og er ikke holdt.")


def vt401_unknown_benefit(town: Town) -> None:
    """Tell of interviews on days without a payment."""
    # Nothing was paid in July.
    town.regular("L078").held("2007-07-03").unpaid("2007-07-01", "2007-07-31").expect(
        "VT401", "Ingen udbetaling dækker dagen for samtalen 3. juli 2007."
    )
    # A payment begins on the day of the interview, the day after another ends.
    case = town.regular("L079").held("2007-07-03").unpaid("2007-06-01", "2007-07-31")
    case.paid("2007-06-01", "2007-07-02", "9537,00").paid("2007-07-03", "2007-07-31", "8381,00").silent(
        "Udbetalingen begynder samme dag som samtalen 3. juli 2007."
    )


def vt402_not_in_drv(town: Town) -> None:
    """Tell of payments to people who are not in DRV."""
    # Paid for more than three months and gone the day before the first falduge ended.
    town.case("L080", "2007-02-01", "2007-05-05").not_in_drv().expect(
        "VT402", "Der er udbetalt i mere end tre måneder, men sagen har ingen samtaler i DRV."
    )
    # Paid for exactly three months.
    town.case("L081", "2007-02-01", "2007-04-30").not_in_drv().silent(
        "Der er udbetalt i præcis tre måneder, så det kræver ikke en samtale i DRV."
    )
    # Paid to the cutoff: missing as well. Lost: from 1 June.
    town.case("L082", "2007-03-01").not_in_drv().expect(
        "VT402", "Der er udbetalt i ti måneder, men sagen har ingen samtaler i DRV."
    ).expect("VT102", "Første samtale skulle holdes senest søndag 3. juni 2007 og er aldrig holdt.")


def vt403_outside(town: Town) -> None:
    """Tell of interviews with people outside the target group, and of cases that are withdrawn."""
    # Held during revalidering: it counts, its steps are not judged. The next is due on 1 November, 29 days later.
    case = town.regular("L083").period("revalidering", "2007-06-01", "2007-07-31")
    case.held("2007-07-03", matchkategori="").held("2007-10-30").expect(
        "VT403", "Samtalen 3. juli 2007 er holdt under revalidering, hvor borgeren er uden for målgruppen."
    )
    # Held the day after revalidering.
    town.regular("L084").period("revalidering", "2007-06-01", "2007-07-02").held("2007-07-03").silent(
        "Samtalen er holdt dagen efter, at revalideringen sluttede."
    )
    # Leave of childbirth, 28 February: not excluded yet. The next is due on 28 August.
    case = town.case("L085", "2006-11-28").period("barsel", "2007-02-12", "2007-05-31").held("2007-02-28")
    case.held("2007-08-24").silent("Samtalen 28. februar 2007 er holdt før barsel blev en undtagelse 1. marts.")
    # The same on 1 March: excluded.
    case = town.case("L086", "2006-12-01").period("barsel", "2007-02-12", "2007-05-31").held("2007-03-01")
    case.held("2007-08-28").expect(
        "VT403", "Samtalen er holdt 1. marts 2007, den første dag hvor barsel undtager borgeren."
    )
    # Another benefit, no interview: withdrawn.
    town.case("L087", "2007-01-22", benefit="revalidering").no_more().silent("Revalidering: sagen udgår.")
    # Another benefit with an interview: withdrawn, and said.
    town.case("L088", "2007-01-22", benefit="introduktionsydelse").held("2007-04-20").no_more().expect(
        "VT403", "Borgeren får introduktionsydelse, så sagen udgår, men der er holdt en kontaktsamtale."
    )
    # Excluded on every day of the window: withdrawn.
    town.case("L089", "2006-12-11").period("forrevalidering", "2006-12-15", "").no_more().silent(
        "Borgeren er under forrevalidering i hele perioden, så sagen udgår."
    )
    # Ended before the window: not counted, whatever it lacks.
    town.case("L090", "2006-02-01", "2006-12-31").no_more().silent("Sagen sluttede før perioden begyndte.")


def data_of_persons(town: Town) -> None:
    """Tell of CPR numbers and rows that fit no case (DQ001, DQ002)."""
    # Month 13.
    town.case("L091", "2007-01-10", cpr="6113700123").expect("DQ001", "CPR-nummeret har måned 13.")
    # 29 February 1968 plus 60: a day that existed.
    town.case("L092", "2007-01-11", cpr="8902680124").silent("1968 var skudår, så 29. februar plus 60 er en dato.")
    # Rows of a case that nobody knows; they belong to no case.
    stray = town.stray("L999").row(
        "kontaktsamtale", "afholdt", afholdt_dato="2007-05-15", registreret_dato="2007-05-15"
    )
    stray.forventet.append(
        {"sag_id": "", "kode": "DQ002", "begrundelse": "Samtalen hører til sag L999, som ikke er i sager.csv."}
    )


def data_unreadable(town: Town) -> None:
    """Tell of values that cannot be read and rows that come twice (DQ003, DQ004)."""
    # 31 February, on a row no deadline needs.
    town.regular("L093").row("cv_samtale", "aflyst", planlagt_dato="31-02-2007").expect(
        "DQ003", "Datoen 31-02-2007 findes ikke."
    )
    # An amount in words.
    case = town.regular("L094").unpaid("2007-08-01", "2007-08-31")
    case.paid("2007-08-01", "2007-08-31", "ca. 9000", anmeldt_refusion="").expect(
        "DQ003", "Beløbet ca. 9000 kan ikke læses."
    )
    # Other ways to write a date are read.
    town.regular("L095").held("2007-07-03", indkaldt_dato="19.06.2007", registreret_dato="03/07/2007").silent(
        "Datoerne er skrevet på andre måder, men kan læses."
    )
    # The same row twice: counts once.
    town.regular("L096").row("cv_samtale", "afholdt", afholdt_dato="2007-05-02").again().expect(
        "DQ004", "Samme række står to gange."
    )
    # One id, two statements: both are set aside.
    case = town.regular("L097").row("cv_samtale", "afholdt", afholdt_dato="2007-05-02")
    case.again(status="aflyst", afholdt_dato="", planlagt_dato="2007-05-02").expect(
        "DQ004", "To forskellige rækker har samme samtale_id."
    )
    # Two interviews on one day, each with its id.
    town.regular("L098").held("2007-07-03").held("2007-07-03").silent(
        "To samtaler samme dag med hver sit nummer er ingen dublet."
    )


def data_order(town: Town) -> None:
    """Tell of dates in an impossible order (DQ005)."""
    # Registered the day before it was held; in DRV it counts from the day it was held.
    town.regular("L099").held("2007-07-03", registreret_dato="2007-07-02").expect(
        "DQ005", "Samtalen er registreret 2. juli 2007, dagen før den blev holdt."
    )
    # A period that ends before it begins.
    town.regular("L100").period("sygdom", "2007-05-20", "2007-05-10").expect(
        "DQ005", "Sygdomsperioden slutter før den begynder."
    )
    # Summoned, held and registered on one day.
    town.regular("L101").held("2007-07-03", indkaldt_dato="2007-07-03").silent(
        "Indkaldt, holdt og registreret samme dag er ingen umulig rækkefølge."
    )


def data_of_payments(town: Town) -> None:
    """Tell of payments that overlap or lie outside the case (DQ006, DQ007), and of unknown codes (DQ008)."""
    # A supplement for the second half of August.
    town.regular("L102").paid("2007-08-15", "2007-08-31", "1500,00").expect(
        "DQ006", "Udbetalingen fra 15. august 2007 overlapper månedens udbetaling, og begge tæller med."
    )
    # August in two halves.
    case = town.regular("L103").unpaid("2007-08-01", "2007-08-31")
    case.paid("2007-08-01", "2007-08-15", "4335,00").paid("2007-08-16", "2007-08-31", "4624,00").silent(
        "De to udbetalinger i august støder op til hinanden uden at overlappe."
    )
    # July was paid after the case had ended in June.
    town.regular("L104", "2007-06-29").paid("2007-07-01", "2007-07-31", "5773,00").expect(
        "DQ007", "Udbetalingen for juli 2007 ligger helt efter sagens ophør 29. juni."
    )
    # All of June was paid though the case ended on the 20th.
    case = town.regular("L105", "2007-06-20").unpaid("2007-06-01", "2007-06-20")
    case.paid("2007-06-01", "2007-06-30", "11904,00").silent("Udbetalingen for juni 2007 dækker også dage i sagen.")
    # A status that is not in the list, on a row no deadline needs.
    town.regular("L106").row("cv_samtale", "gennemført", planlagt_dato="2007-05-02").expect(
        "DQ008", "Status gennemført er ikke en kendt kode."
    )
    # The form of contact has no list.
    town.regular("L107").held("2007-07-03", kontaktform="hjemmebesøg").silent(
        "Kontaktformen er fri tekst, så hjemmebesøg er ingen ukendt kode."
    )


CHAPTERS = (
    *(sound, vt101_late, vt101_money, excluded_days, vt102_missing, vt103_summoned_late, vt104_not_followed_up),
    *(vt105_followed_up, vt106_illness, vt107_first_contact, vt201_no_category, vt202_rough_category, vt203_no_areas),
    *(vt204_registered_late, vt205_journal_only, vt206_invalid_category, vt301_no_job_seeker, several_faults),
    *(vt401_unknown_benefit, vt402_not_in_drv, vt403_outside, data_of_persons, data_unreadable, data_order),
    data_of_payments,
)


def write_lilleby(folder: Path) -> None:
    """Write the tables, ``kommunecheck.toml`` and what must be found into ``folder``."""
    town = Town()
    for chapter in CHAPTERS:
        chapter(town)
    for case in town.cases:
        case.finish()
    folder.mkdir(parents=True, exist_ok=True)
    configuration = CONFIGURATION + lilleby_sagsbehandling.CONFIGURATION
    (folder / "kommunecheck.toml").write_text(configuration, encoding="utf-8", newline="\n")
    for name, header in COLUMNS.items():
        rows = town.table(name)
        if name == "forventet":
            rows += [{"kode": code, "begrundelse": why} for code, why in lilleby_kontrolsager.EXPECTED]
            rows += [{"kode": code, "begrundelse": why} for code, why in lilleby_sagsbehandling.EXPECTED]
        write_table(folder / f"{name}.csv", header.split(), rows)
    for name, rows in lilleby_kontrolsager.tables().items():
        write_table(folder / f"{name}.csv", lilleby_kontrolsager.COLUMNS[name].split(), rows)
    for name, rows in lilleby_raadighed.tables().items():
        write_table(folder / f"{name}.csv", lilleby_raadighed.COLUMNS[name].split(), rows)
    for name, rows in lilleby_sagsbehandling.tables().items():
        write_table(folder / f"{name}.csv", lilleby_sagsbehandling.COLUMNS[name].split(), rows)


def write_table(file: Path, columns: list[str], rows: Iterable[Row]) -> None:
    """Write a table with its headings."""
    lines = [columns, *([row.get(column, "") for column in columns] for row in rows)]
    file.write_text("".join(";".join(line) + "\n" for line in lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_lilleby(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "lilleby")
