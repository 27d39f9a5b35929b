"""The sections that stand beside the visitationstilsyn's own, and how their cells are shown, alike in every format."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from kommunecheck.domain.report import CaseResult, Outcome, Report, Summary, Supervised
from kommunecheck.domain.rule import DATA, SUPERVISION
from kommunecheck.domain.section import Section, SectionCell, SectionTable, Value
from kommunecheck.domain.wording import kroner, number
from kommunecheck.reports.phrases import listed


def visitation_run(report: Report) -> bool:
    """Whether the visitationstilsyn judged anything: without ``samtaler`` none of its rules is run."""
    return any(rule.supervision == SUPERVISION and rule.code in report.run.rules_run for rule in report.rules)


def only_further(report: Report) -> bool:
    """Whether further supervisions were run and the visitationstilsyn was not: its counts and sums say nothing then."""
    return bool(report.supervisions) and not visitation_run(report)


def judged_by(report: Report) -> str:
    """The supervision that a short report is about, or those that were run where it was not."""
    if not only_further(report):
        return "visitationstilsyn"
    return listed(one.title[:1].lower() + one.title[1:] for one in report.supervisions)


def named_in_sentence(one: Supervised) -> str:
    """A supervision as it stands in a sentence: ``rådighedstilsynet``, ``sagsbehandling``."""
    name = one.title[:1].lower() + one.title[1:]
    return f"{name}et" if name.endswith("tilsyn") else name


def losing(report: Report) -> list[Supervised]:
    """The further supervisions that expect a loss."""
    return [one for one in report.supervisions if one.summary is not None and one.summary.expected.days]


def summaries(report: Report) -> tuple[Summary, ...]:
    """The totals of the visitationstilsyn or, where only others were run, of those of them that judge cases."""
    if not only_further(report):
        return (report.summary,)
    return tuple(one.summary for one in report.supervisions if one.summary is not None)


def results(report: Report) -> Iterator[CaseResult]:
    """The results that those totals are of; a case stands in it once for each supervision that judges it."""
    if not only_further(report):
        yield from report.cases
        return
    for one in report.supervisions:
        yield from one.cases or ()


def every_case(report: Report) -> Iterator[CaseResult]:
    """The results of every supervision: a case stands in it once for each that judges it."""
    return chain(report.cases, *(one.cases or () for one in report.supervisions))


def judged(report: Report) -> tuple[CaseResult, ...]:
    """The same, for whoever tells of the cases one by one: none where some case would stand there twice."""
    if not only_further(report):
        return report.cases
    found = tuple(results(report))
    return found if len({case.sag_id for case in found}) == len(found) else ()


def told_sections(report: Report) -> tuple[Section, ...]:
    """What each further supervision came to, where there are any, and then what plugins add."""
    return (*_further(report), *report.sections)


def sections_after(report: Report) -> tuple[Section, ...]:
    """The same without the table of all supervisions, where the summary shows it: see ``together``."""
    return report.sections if only_further(report) else told_sections(report)


def together(report: Report) -> Section | None:
    """All supervisions beside one another, for a summary that is of further ones alone; blank columns are left out.

    Nothing where that would be one number, which the summary tells already.
    """
    if not only_further(report):
        return None
    (told,) = _further(report)
    table = told.table
    if table is None or (len(table.rows) == 1 and not summaries(report)):
        return None
    kept = [place for place, _ in enumerate(table.headings) if any(row[place] is not None for row in table.rows)]
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    title = told.title if len(rows) > 1 else "Tilsynet i tal"
    return Section(title, table=SectionTable(tuple(table.headings[place] for place in kept), rows))


def _further(report: Report) -> Iterator[Section]:
    """All supervisions beside one another, and together."""
    if not report.supervisions:
        return
    found = Counter(placed.finding.rule.supervision for placed in report.findings)
    headings = ("Tilsyn", "Sager", "Med fejl", "Forventet tab, kr.", "Tabte dage", "Muligt tab, kr.", "Fund")
    rows: list[tuple[SectionCell, ...]] = []
    if visitation_run(report):
        rows.append(("Visitationstilsyn", *_judged(report.summary), found[SUPERVISION]))
    rows += [(one.title, *_judged(one.summary), found[one.name]) for one in report.supervisions]
    yield Section("Tilsynene under ét", tuple(_together(report)), SectionTable(headings, tuple(rows)))


def _together(report: Report) -> Iterator[str]:
    """The days of all supervisions, none counted twice."""
    if any(one.summary is not None for one in report.supervisions):
        expected = report.combined.expected
        once = f" {counted_once(report)}." if report.combined.shared_days else ""
        lost = f"{kroner(expected.refund_lost)} for {number(expected.days, 'dag', 'dage')}"
        yield f"Alle tilsyn tilsammen: forventet tab {lost}.{once}"
    data = sum(placed.finding.rule.supervision == DATA for placed in report.findings)
    if data:
        yield f"Dertil kommer {number(data, 'fund', 'fund')} om data i filerne."


def counted_once(report: Report) -> str:
    """That days of several supervisions are counted once, and what they cost: a sentence without its full stop."""
    together, shared = report.combined.expected.refund_lost, report.combined.shared_days
    others = [one.summary for one in report.supervisions if one.summary is not None]
    alone = [one.expected.refund_lost for one in ([report.summary] if visitation_run(report) else []) + others]
    costs = ""
    if shared and together is not None and None not in alone:
        costs = f" ({kroner(sum(one or 0 for one in alone) - together)})"
    days = number(shared, "dag", "dage")
    return f"{days}{costs} rammes af flere tilsyn og er kun talt én gang"


def _judged(summary: Summary | None) -> tuple[SectionCell, ...]:
    """The counts and amounts of a supervision's cases; blank where it judges none."""
    if summary is None:
        return (None,) * 5
    wrong = summary.outcomes[Outcome.ERROR_WITH_LOSS] + summary.outcomes[Outcome.ERROR_WITHOUT_LOSS]
    lost, possible = summary.expected, summary.discretionary
    return summary.cases, wrong, _in_kroner(lost.refund_lost), lost.days, _in_kroner(possible.refund_lost)


def _in_kroner(oere: int | None) -> Decimal | None:
    return None if oere is None else Decimal(oere).scaleb(-2)


def is_number(table: SectionTable, place: int) -> bool:
    """Whether a column holds numbers alone, and stands to the right; texts that tell a number are some."""
    cells = [row[place] for row in table.rows if row[place] not in (None, "")]
    return bool(cells) and (unit_of(table, place) is not None or not any(isinstance(cell, str) for cell in cells))


def unit_of(table: SectionTable, place: int) -> str | None:
    """What the texts of a column tell numbers of: ``%``, ``dage``, ``+`` for changes; ``None`` where any does not.

    ``over 365 dage`` tells no number, but may stand among those that do.
    """
    cells = {row[place] for row in table.rows} - {None, ""}
    told = [None if not isinstance(cell, str) else told_number(cell.removeprefix("over ")) for cell in cells]
    units = {None if one is None else one.unit for one in told}
    return units.pop() if len(units) == 1 else None


class ToldNumber(NamedTuple):
    """A number that a text tells, and what of."""

    value: Decimal
    unit: str


_TOLD = re.compile(r"(\d{1,3}(?:\.?\d{3})*(?:,\d+)?) (%|dage?)|([+-]\d+)")


def told_number(text: str) -> ToldNumber | None:
    """The number that a text is: ``80,0 %``, ``1.204 dage``, ``+2``."""
    found = _TOLD.fullmatch(text)
    if found is None:
        return None
    number_told, unit, change = found.groups()
    if change is not None:
        return ToldNumber(Decimal(change), "+")
    plain = number_told.replace(".", "").replace(",", ".")
    return ToldNumber(Decimal(plain), "%" if unit == "%" else "dage")


def shown(cell: SectionCell) -> str:
    """A cell as a Danish reader writes it: ``1.204``, ``1.204,50``."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    text = f"{cell:,.2f}" if isinstance(cell, Decimal) else f"{cell:,}"
    return text.translate(_DANISH)


def with_unit(value: Value, unit: str) -> str:
    """A value of a picture with what it is counted in, with no more decimals than it has: ``29,5 %``, ``12 dage``."""
    text = shown(value)
    if isinstance(value, Decimal):
        text = text.rstrip("0").rstrip(",")
    return f"{text} {unit}" if unit else text


_DANISH = str.maketrans(",.", ".,")
