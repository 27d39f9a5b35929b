"""The section of the report: how many cases to draw, how each kontroltrin stands, and the measures as pictures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final, NamedTuple

from kommunecheck.domain.days import danish, day_of, iso
from kommunecheck.domain.report import Report
from kommunecheck.domain.section import Bars, Columns, Section, SectionCell, SectionTable
from kommunecheck.domain.wording import number, whole
from kommunecheck.plugins.kontrolsager.counting import ALL, TOGETHER, TRIN_2, TRIN_3, VIEWS, WINDOW, View, month_of
from kommunecheck.plugins.kontrolsager.table import NAME
from kommunecheck.plugins.kontrolsager.use import share
from kommunecheck.plugins.kontrolsager.words import in_danish, month_name, short_month
from kommunecheck.ports import ReportSection

BENEFIT: Final = {
    "kontanthjaelp": "kontanthjælp",
    "sygedagpenge": "sygedagpenge",
    "oekonomisk_friplads": "økonomisk friplads",
}

REASONS: Final = (
    "STAR er opmærksom på, at der kan være valide årsager til forskellig brug af sagerne, og nævner selv (STAR, "
    "benchmarking af kontrolsager, henvendelse fra STAR): 1) forskellige kontrolstrategier og snydmønstre i de enkelte "
    "kommuner, 2) oplevet dårlig »hitrate« på sagerne og deraf følgende prioritering af andre sager internt i "
    "kommunen, og 3) andre kilder til kontrolsager."
)

OF_THOSE_LEFT: Final = (
    "»Af tilbage, %« er udtaget / tilbage. Er der udtaget flere, end der er tilbage, er andelen over 100 %. Ingen "
    "regel dømmer efter den; se »Sådan er kontrolsagerne talt«."
)
"""What stands over the first table that has the share: it may be far over 100."""

NO_BREAK: Final = "\u00a0"
"""A space at which no line is broken."""

Month = Mapping[str, Any]
"""A month of a view, as the JSON report has it."""


class Told(NamedTuple):
    """The measures of the supervision, as the JSON report has them."""

    measures: Mapping[str, Any]

    def months(self, view: View) -> list[Month]:
        """The latest twelve months of a view, the earliest first."""
        own = [one for one in self.measures["months"] if (one["kontroltrin"], one["ydelse"]) == view]
        return own[-WINDOW:]

    @property
    def latest(self) -> str | None:
        """The last whole month."""
        months: Sequence[Month] = self.measures["months"]
        return months[-1]["month"] if months else None

    @property
    def limit(self) -> int | None:
        """The threshold on the last day of the last whole month, in per cent."""
        return None if self.latest is None else self.limit_of(self.latest)

    def limit_of(self, month: str) -> int | None:
        """The threshold on a month's last day, in per cent."""
        last = month_of(day_of(f"{month}-01")).last
        held = [one for one in self.measures["thresholds"] if day_of(one["from"]) <= last]
        return held[-1]["per_cent"] if held else None

    def is_low(self, month: Month) -> bool:
        """Whether the share is under the threshold, in whole numbers as the rules judge it."""
        limit = self.limit_of(month["month"])
        if limit is None or month["drawn"] is None or month["left"] is None:
            return False
        return bool(month["drawn"] * 100 < limit * (month["drawn"] + month["left"]))

    @property
    def standings(self) -> list[tuple[Mapping[str, Any], Month]]:
        """How each kontroltrin with any cases stands, with its last whole month; trin 3 first, as STAR shows it."""
        of_trin = {one["kontroltrin"]: one for one in self.measures["trin"]}
        found = []
        for view in (TRIN_3, TRIN_2):
            months = self.months(view)
            if months and view.kontroltrin in of_trin and months[-1]["share"] is not None:
                found.append((of_trin[view.kontroltrin], months[-1]))
        return found


def written(report: Report) -> Section | None:
    """The section; nothing where the table is not among the sources."""
    measures = next((one.measures for one in report.supervisions if one.name == NAME), None)
    if measures is None:
        return None
    told = Told(measures)
    if told.latest is None:
        said = ("Der er ingen hel måned at opgøre. Tabellen skal have mindst én sag og nå en måneds sidste dag.",)
        return Section("Kontrolsager", (*said, *_aside(told)))
    lead = (*_lead(told), *_stand(told), *_do(told), *_provisional(told), *_aside(told), *_unknown(told))
    parts = [part for view in VIEWS if (part := _drawn(told, view)) is not None]
    parts[:1] = [replace(one, paragraphs=(OF_THOSE_LEFT, *one.paragraphs)) for one in parts[:1]]
    parts += [part for part in (_closed(told), _answer(told)) if part is not None]
    return Section("Kontrolsager", lead, _standing_table(told), parts=(*parts, _method(told)))


def _lead(told: Told) -> Iterator[str]:
    """How many cases must be drawn this month."""
    standings = told.standings
    if not told.measures["trin"]:
        yield (
            "Andelen kan ikke regnes ud, for tabellen har ikke både udtaget_dato og fjernet_dato. Hvor mange sager der "
            "er udtaget eller står tilbage, er derfor ikke dømt."
        )
        return
    if not standings:
        yield "Der er hverken udtaget sager eller sager tilbage på listen i de seneste 12 måneder."
        return
    told_of = [one for one, _ in standings if one["to_draw_next"] is not None]
    if not told_of:
        return
    coming = iso(month_of(day_of(f"{told.latest}-01")).last + 1)[:7]
    wanted = [(one["to_draw_next"], one["kontroltrin"]) for one in told_of]
    parts = [f"{number(more, 'sag', 'sager')} på trin {trin}" for more, trin in wanted]
    if not any(more for more, _ in wanted):
        yield (
            f"0 sager: kommunen ligger på {told.limit_of(coming)} % eller derover ved udgangen af "
            f"{month_name(coming)}, selv om den ikke udtager flere, når der hverken udstilles eller fjernes sager."
        )
    else:
        yield (
            f"{' og '.join(parts)}: så mange skal kommunen mindst udtage i {month_name(coming)} for at ligge på "
            f"{told.limit_of(coming)} % eller derover ved månedens udgang, hvis der hverken udstilles eller fjernes "
            "flere sager."
        )


def _stand(told: Told) -> Iterator[str]:
    """How each kontroltrin stands, and why."""
    for one, month in told.standings:
        of = month["drawn"] + month["left"]
        said = (
            f"Trin {one['kontroltrin']}: {whole(month['drawn'])} af "
            f"{number(of, 'tilgængelig sag', 'tilgængelige sager')} er udtaget i de "
            f"12 måneder til og med {month_name(month['month'])}: {in_danish(month['share'])}."
        )
        low = one["months_low"]
        if low:
            row = f" og har været det ved udgangen af {whole(low)} måneder i træk" if low > 1 else ""
            said += f" Det er under {told.limit} %{row}."
            if low != one["months_low_complete"]:
                said += f" I {one['months_low_complete']} af dem dækker registret alle 12 måneder."
        elif told.limit is not None:
            said += f" Det er ikke under {told.limit} %."
        yield said


def _do(told: Told) -> Iterator[str]:
    if any(one["months_low"] for one, _ in told.standings):
        yield (
            "Det gør I: Gå bruttolisten igennem, udtag sagerne til prioriteringslisten, og visitér dem. Kan sagerne "
            "ikke bruges, så hav begrundelsen klar: STAR kan tage kontakt til en kommune, der i over 6 måneder har "
            "udtaget for få på enten trin 2 eller 3."
        )


def _provisional(told: Told) -> Iterator[str]:
    """The month that the cutoff cuts short: as it stands, and what it still takes."""
    for one in told.measures["provisional"]:
        if one["share"] is not None:
            lacking = one["to_draw"]
            yield (
                f"Foreløbigt, trin {one['kontroltrin']} pr. {danish(day_of(told.measures['cutoff']))}: "
                f"{whole(one['drawn'])} udtaget, {whole(one['left'])} tilbage, {in_danish(one['share'])}."
                + (f" Udtag {number(lacking, 'sag', 'sager')} mere inden månedens udgang." if lacking else "")
                + " Ingen regel dømmer den måned endnu."
            )


def _aside(told: Told) -> Iterator[str]:
    """How many rows are counted nowhere, and of which trin."""
    rows = told.measures["set_aside"]
    if rows:
        by = ", ".join(
            f"{whole(one['rows'])} {_on_trin(one['kontroltrin'])}" for one in told.measures["set_aside_by_trin"]
        )
        yield f"{number(rows, 'række er', 'rækker er')} lagt til side og tæller ikke med ({by}). Se fundene om data."


def _unknown(told: Told) -> Iterator[str]:
    """Of how many cases nobody knows what they came to, and what is not shown because of it."""
    cases = told.measures["result_unknown"]
    if cases:
        yield (
            f"{number(cases, 'afsluttet sag', 'afsluttede sager')} har et beløb, der ikke kan læses. Om det er et "
            "resultat, vides ikke. Derfor vises hverken antal med resultat eller hitrate, hvor en sådan sag er talt "
            "med. Ret beløbet; se fundene om data."
        )


def _on_trin(trin: str | None) -> str:
    return "uden kendt trin" if trin is None else f"på trin {trin}"


def _standing_table(told: Told) -> SectionTable | None:
    headings = (
        "Trin",
        "Udtaget",
        "Tilbage",
        "Andel, %",
        "Under grænsen",
        "Måneder i træk",
        "Udtag nu",
        "Udtag næste måned",
    )
    rows: list[tuple[SectionCell, ...]] = [
        (
            f"Trin {one['kontroltrin']}",
            month["drawn"],
            month["left"],
            _decimal(month["share"]),
            "ja" if told.is_low(month) else "nej",
            one["months_low"],
            one["to_draw"],
            one["to_draw_next"],
        )
        for one, month in told.standings
    ]
    return SectionTable(headings, tuple(rows)) if rows else None


def _title(view: View) -> str:
    if view == TOGETHER:
        return "Trin 2 og 3 tilsammen (vores egen sum)"
    if view.ydelse == ALL:
        return "Trin 3 i alt" if view == TRIN_3 else "Trin 2"
    return f"Trin {view.kontroltrin}: {BENEFIT[view.ydelse]}"


def _drawn(told: Told, view: View) -> Section | None:
    """Measures 1 and 3 of a view: the share of drawn cases month by month, and the numbers under it."""
    months = told.months(view)
    if all(one["share"] is None for one in months):
        return None
    title = _title(view)
    heads = tuple(short_month(one["month"]) for one in months)
    shares = tuple(_decimal(one["share"]) for one in months)
    judged = view in (TRIN_2, TRIN_3)
    limit = None if view == TOGETHER else told.limit
    picture = Columns("Udtaget af de tilgængelige sager", "%", heads, ((title, shares),), limit)
    said = []
    if view == TOGETHER:
        said.append("STAR viser ikke den sum, og ingen regel dømmer den.")
    elif not judged:
        said.append("Ingen regel dømmer en ydelse for sig; STAR ser på kontroltrinnet.")
    if not all(one["complete_window"] for one in months):
        since = danish(day_of(told.measures["register_from"]))
        said.append(f"Registret begynder {since}: de måneder, der er mærket *, har ikke alle 12 måneder bag sig.")
    return Section(title, tuple(said), _drawn_table(told, months, view), picture)


def _unbroken(text: str) -> str:
    """The text on one line."""
    return text.replace(" ", NO_BREAK)


def _under(told: Told, month: Month) -> str | None:
    """Whether the share is under the threshold, where there are both."""
    if month["share"] is None or told.limit_of(month["month"]) is None:
        return None
    return "ja" if told.is_low(month) else "nej"


def _drawn_table(told: Told, months: Sequence[Month], view: View) -> SectionTable:
    headings = ("Måned", "Udtaget", "Tilbage", "Andel, %", "Under grænsen", "Heraf oprettet", "Af tilbage, %")
    rows = tuple(
        (
            _unbroken(short_month(one["month"])) + ("" if one["complete_window"] else NO_BREAK + "*"),
            one["drawn"],
            one["left"],
            _decimal(one["share"]),
            None if view == TOGETHER else _under(told, one),
            one["opened"],
            _decimal(share(one["drawn"], one["left"])),
        )
        for one in months
    )
    return SectionTable(headings, rows)


def _closed(told: Told) -> Section | None:
    """Measure 2 in the last whole month: what came of the cases that were closed, and how many still are open."""
    last = [(view, told.months(view)[-1]) for view in VIEWS]
    shown = [(view, one) for view, one in last if one["closed"] or one["opened_in_window"]]
    if not shown:
        return None
    rows = tuple(
        (
            _title(view),
            one["closed"],
            one["closed_with_result"],
            _decimal(share(one["closed_with_result"], one["closed"])),
            one["opened_in_window"],
            one["not_closed"],
            _decimal(share(one["not_closed"], one["opened_in_window"])),
        )
        for view, one in shown
    )
    headings = (
        "Visning",
        "Afsluttet",
        "Med resultat",
        "Hitrate, %",
        "Oprettet",
        "Ikke afsluttet",
        "Ikke afsluttet, %",
    )
    hits = tuple((title, hit) for title, _, _, hit, *_ in rows if hit is not None)
    said = (
        f"De 12 måneder til og med {month_name(str(told.latest))}. Med resultat er et krav om tilbagebetaling eller en "
        "mindreudgift over 0 kr. De afsluttede og de oprettede sager er to forskellige grupper og lægges ikke sammen.",
    )
    picture = Bars("Hitrate: afsluttet med resultat", "%", hits) if hits else None
    return Section("Afsluttede kontrolsager", said, SectionTable(headings, rows), picture)


def _answer(told: Told) -> Section | None:
    """Material for the answer to STAR, where a kontroltrin is under the threshold."""
    low = [one for one, _ in told.standings if one["months_low"]]
    if not low:
        return None
    said = [REASONS]
    for one in low:
        month = told.months(View(one["kontroltrin"], ALL))[-1]
        hit = share(month["closed_with_result"], month["closed"])
        if hit is not None:
            said.append(
                f"Trin {one['kontroltrin']}: {whole(month['closed_with_result'])} af "
                f"{number(month['closed'], 'afsluttet kontrolsag', 'afsluttede kontrolsager')} gav et resultat, en "
                f"hitrate på {in_danish(hit)}."
            )
        else:
            none_closed = month["closed"] == 0
            why = "ingen kontrolsag er afsluttet" if none_closed else _why_unknown(told)
            said.append(f"Trin {one['kontroltrin']}: hitraten kan ikke regnes ud, for {why}.")
    return Section("Materiale til svaret til STAR", tuple(said))


def _why_unknown(told: Told) -> str:
    """Why the results of cases that were closed cannot be counted."""
    return (
        "et beløb kan ikke læses" if told.measures["result_unknown"] else "tabellen mangler en kolonne, den hviler på"
    )


def _method(told: Told) -> Section:
    """How it is counted, and what is uncertain."""
    limits = " ".join(_limit(one) for one in told.measures["thresholds"])
    return Section(
        "Sådan er kontrolsagerne talt",
        (
            f"Opgjort pr. {danish(day_of(told.measures['cutoff']))} for hele måneder, hver over de 12 måneder, der "
            f"slutter med den. Registret regnes for fuldt fra {danish(day_of(told.measures['register_from']))}. En "
            "måned uden alle 12 måneder bag sig er vist, men tæller ikke mod de måneder i træk, STAR ser på.",
            "Andel = udtaget / (udtaget + tilbage). Udtaget er de sager, der er kommet på prioriteringslisten i de 12 "
            "måneder. Tilbage er de sager på bruttolisten, der ved månedens udgang hverken er udtaget eller fjernet. "
            "En sag, der fjernes ubrugt, tæller ingen af stederne.",
            "Det er en læsning: notatets ord »dvs. de sager der står tilbage på bruttolisten« kan også betyde "
            "udtaget / tilbage. Den andel er vist i kolonnen »Af tilbage, %«, og ingen regel dømmer efter den.",
            f"Grænsen: {limits} Præcis på grænsen er ikke under. At »over 6 måneder« er 6 hele måneder i træk, er en "
            "læsning; fristen for at visitere er vores egen. En høj andel er vist, men ingen regel dømmer den.",
        ),
    )


def _limit(one: Mapping[str, Any]) -> str:
    until = "" if one["to"] is None else f" til {danish(day_of(one['to']))}"
    return f"{one['per_cent']} % fra {danish(day_of(one['from']))}{until}."


def _decimal(per_cent: str | None) -> Decimal | None:
    return None if per_cent is None else Decimal(per_cent)


SECTION: Final = ReportSection(NAME, written)
