"""What is lost, in a sentence, and what that is made of. Every format that a person reads begins with it."""

from collections.abc import Iterator

from kommunecheck.domain.names import JOURNAL, Kind
from kommunecheck.domain.report import Outcome, Report
from kommunecheck.domain.rule import DATA
from kommunecheck.domain.wording import kroner
from kommunecheck.reports.further import in_a_sentence, made_of, share_of_paid
from kommunecheck.reports.phrases import cases, days, listed
from kommunecheck.reports.section import counted_once, losing, named_in_sentence, only_further


def loss_told(report: Report) -> tuple[str, str]:
    """The loss in a sentence, and what it is made of; of the supervisions that were run."""
    if only_further(report):
        return in_a_sentence(report), made_of(report)
    said, about = _of_visitation(report)
    return said, " ".join(filter(None, (about, with_further(report))))


UNSEEN = {
    "perioder": "sygdom, løntilskud og dage uden for målgruppen er ikke trukket fra, fordi perioder ikke er med",
    "journal": "skridt, der kun står i notater, er regnet som ikke taget, fordi journalen ikke er med",
}
"""What is counted as lost that a table would have saved, by the table."""


def may_be_less(report: Report) -> str:
    """That the loss may be less than it seems, and why; nothing where every table that could tell is there."""
    there = {source.table for source in report.run.sources.values()}
    unseen = [*_unread(report), *(why for table, why in UNSEEN.items() if table not in there)]
    if only_further(report) or not report.summary.expected.days or not unseen:
        return ""
    return f"Tabet kan være mindre: {'; '.join(unseen)}."


def _unread(report: Report) -> Iterator[str]:
    """How much of it lies in cases with data that could not be used: these may show that a step was taken."""
    odd = {placed.sag_id for placed in report.findings if placed.finding.rule.supervision == DATA}
    lost = [
        case.exposure.expected
        for case in report.cases
        if not case.fully_assessed and case.sag_id in odd and case.exposure.expected.days
    ]
    if lost:
        much = days(sum(one.days for one in lost))
        if report.summary.paid_known:
            much = kroner(sum(one.refund_lost or 0 for one in lost))
        yield f"{much} ligger i {cases(len(lost))}, hvor noget i rækkerne ikke kan bruges"


NOT_EXAMINED = "ikke undersøgt"
"""What stands in place of an amount of a kind of loss that the files could not tell of."""


def is_examined(report: Report, kind: Kind) -> bool:
    """Whether the files could tell of this kind of loss: what rests on the journal stands in the journal."""
    return kind is not JOURNAL or any(source.table == "journal" for source in report.run.sources.values())


def _of_visitation(report: Report) -> tuple[str, str]:
    expected, found = report.summary.expected, report.summary.outcomes[Outcome.ERROR_WITH_LOSS]
    if not expected.days:
        return f"Der er ikke fundet fejl, der koster refusion{_in_visitation(report)}.", ""
    where = f"{days(expected.days)} i {cases(found)}"
    if expected.refund_lost is None:
        about = "Beløbet kan ikke regnes ud, fordi udtrækket er uden udbetalinger."
        return f"Kommunen står til at miste refusion for {where}{_in_visitation(report)}.", about
    return (
        f"Kommunen står til at miste {kroner(expected.refund_lost)} i refusion{_in_visitation(report)}.",
        f"{share_of_paid(expected, where, 'reglerne om kontaktsamtaler', bool(report.summary.unpriced_days))} "
        "Ingen dag er talt to gange.",
    )


def title_of_loss(report: Report) -> str:
    """What the expected loss is called: whose it is, where a further supervision expects one too."""
    return f"Forventet tab af refusion{_in_visitation(report)}"


def title_of_running(report: Report) -> str:
    """What the running loss of a day is called: those of all supervisions stand together."""
    return f"Løber stadig, om dagen{', i alle tilsyn' if with_further(report) else ''}"


def _in_visitation(report: Report) -> str:
    return " i visitationstilsynet" if with_further(report) else ""


def with_further(report: Report) -> str:
    """What it comes to with the further supervisions; nothing where none of them expects a loss, or no other is run."""
    broken = losing(report)
    if only_further(report) or not broken:
        return ""
    lost = report.combined.expected
    amount = days(lost.days) if lost.refund_lost is None else f"{kroner(lost.refund_lost)} for {days(lost.days)}"
    once = f"; {counted_once(report)}" if report.combined.shared_days else ""
    return f"Med {listed(map(named_in_sentence, broken))} er det {amount}{once}."


def beside_figures(report: Report) -> str:
    """Whose the expected loss is, for who gets no summary; nothing where no further supervision expects one."""
    beside = with_further(report)
    return beside and f"Det forventede tab er visitationstilsynets. {beside}"
