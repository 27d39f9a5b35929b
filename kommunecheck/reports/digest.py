"""The night in short: as Markdown for the summary of a job, and as one line for the subject of a mail."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kommunecheck.domain.days import danish
from kommunecheck.domain.names import COUNTS, KINDS, capital
from kommunecheck.domain.report import Report
from kommunecheck.domain.standing import State
from kommunecheck.domain.wording import kroner, number, printable, share, span, whole
from kommunecheck.reports.assessed import AFTER, how_judged
from kommunecheck.reports.basis import reservations_in_lines
from kommunecheck.reports.further import own_findings
from kommunecheck.reports.loss import NOT_EXAMINED, is_examined, loss_told, may_be_less, with_further
from kommunecheck.reports.phrases import cases
from kommunecheck.reports.running import cost_per_day, still_running
from kommunecheck.reports.section import judged_by, only_further, summaries
from kommunecheck.reports.since import new_or_worse, states_told

RUNNING = 10
"""How many running losses are told; it says of how many."""
NEW = 20
"""How many findings that count are told; it says of how many."""


def write(report: Report) -> Iterator[bytes]:
    """The summary as Markdown."""
    yield "\n".join(_parts(report)).encode() + b"\n"


def subject(report: Report) -> Iterator[bytes]:
    """One line: the loss, what is new, and what is wrong with the run."""
    run, nightly = report.run, report.nightly
    parts = [_first(report)]
    if nightly is not None and nightly.compared:
        states = Counter(placed.standing.state for placed in report.findings)
        new = states[State.NEW] + states[State.REOPENED]
        parts.append(number(new, "nyt fund", "nye fund") if new else "intet nyt")
    per_day = cost_per_day(still_running(report))
    if per_day:
        parts.append(f"{kroner(per_day)} løber på om dagen")
    if nightly is not None and nightly.broken:
        parts.append(number(len(nightly.broken), "grænse brudt", "grænser brudt"))
    if not run.complete:
        parts.append("UFULDSTÆNDIG")
    if run.synthetic:
        parts.append("OPDIGTEDE TAL")
    name = re.sub(r"\s+", " ", printable(run.municipality_name or "Kommunen"))
    yield f"{name}: {', '.join(parts)} (pr. {danish(run.cutoff)})\n".encode()


def _parts(report: Report) -> Iterator[str]:
    run = report.run
    yield f"# {_plain(run.municipality_name or 'Kommunen')}: {_plain(judged_by(report))} pr. {danish(run.cutoff)}\n"
    if run.synthetic:
        yield "**OPDIGTEDE TAL**\n"
    if only_further(report):
        said, about = loss_told(report)
        yield f"**{said}** {_plain(about)} Perioden {span(run.window)}.\n"
        yield from _nightly(report)
        yield from _reservations(report)
        return
    lost, beside = kroner(report.summary.expected.refund_lost), with_further(report)
    more = "".join(f" {_plain(said)}" for said in (beside, may_be_less(report)) if said)
    amount = f"**Forventet tab af refusion: {lost.removesuffix('.')}.**"
    yield f"{amount}{more} Perioden {span(run.window)}.\n"
    yield from _nightly(report)
    if report.assessed is not None:
        after = kroner(report.assessed.after.expected.refund_lost)
        yield f"{AFTER}: {after} forventet tab. {how_judged(report.assessed)}\n"
    rows = [
        (capital(kind.full), kroner(amounts.refund_lost), whole(amounts.days))
        if is_examined(report, kind)
        else (capital(kind.full), NOT_EXAMINED, "")
        for kind, amounts in zip(KINDS, report.summary.kinds, strict=True)
    ]
    yield from _table(("Tab", "Refusion", "Dage"), rows, 2)
    counts = [(one, sum(report.summary.outcomes[outcome] for outcome in one.outcomes)) for one in COUNTS]
    told = [(capital(one.title), whole(count), share(count, report.summary.cases)) for one, count in counts]
    yield from _table(("Sager", "Antal", "Andel"), told, 2)
    yield from _running(report)
    yield from _reservations(report)


def _first(report: Report) -> str:
    """The loss, or how much was found where no supervision that counts refund was run."""
    if not summaries(report):
        return number(len(own_findings(report)), "fund", "fund")
    lost = report.combined.expected if only_further(report) else report.summary.expected
    return "forventet tab af ukendt beløb" if lost.refund_lost is None else f"{kroner(lost.refund_lost)} forventet tab"


def _reservations(report: Report) -> Iterator[str]:
    lines = reservations_in_lines(report)
    if lines:
        yield "## Forbehold\n"
        yield from (f"- {_plain(sentence)}" for sentence in lines)
        yield ""


def _nightly(report: Report) -> Iterator[str]:
    nightly = report.nightly
    if nightly is None:
        return
    yield from (f"> **Grænsen {one.gate} er brudt.** {_plain(one.sentence)}\n" for one in nightly.broken)
    if nightly.after_waivers is not None and not only_further(report):
        yield f"Uden de accepterede fund: {kroner(nightly.after_waivers.expected.refund_lost)}\n"
    if not nightly.compared:
        return
    yield f"Siden sidst: {states_told(report, nightly)}\n"
    counting = new_or_worse(report)
    if counting:
        yield f"## Nyt eller værre: {number(len(counting), 'fund', 'fund')}\n"
        rows = [
            (placed.finding.rule.code, placed.sag_id or placed.subject.id, placed.team or "", placed.finding.message)
            for placed in counting[:NEW]
        ]
        yield from _table(("Regel", "Sag", "Team", "Fundet"), rows, 0)
        if len(counting) > NEW:
            yield f"De {NEW} dyreste af {whole(len(counting))}.\n"


def _running(report: Report) -> Iterator[str]:
    running = still_running(report)
    if not running:
        return
    per_day = cost_per_day(running)
    yield f"## Løber stadig: {cases(len(running)) if per_day is None else f'{kroner(per_day)} om dagen'}\n"
    rows = [(one.sag_id, one.team or "", one.daily, one.told) for one in running[:RUNNING]]
    yield from _table(("Sag", "Team", "Om dagen", "Stop tabet"), rows, 0)
    if len(running) > RUNNING:
        yield f"De dyreste {RUNNING} af {whole(len(running))}.\n"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: int) -> Iterator[str]:
    """A table; the last ``numbers`` columns hold numbers."""
    yield "| " + " | ".join(headings) + " |"
    texts = len(headings) - numbers
    yield "| " + " | ".join([":--"] * texts + ["--:"] * numbers) + " |"
    for row in rows:
        yield "| " + " | ".join(map(_plain, row)) + " |"
    yield ""


_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|!~])")


def _plain(text: str) -> str:
    """The text as it is: on one line, and none of it taken for Markdown or HTML."""
    return _SIGNS.sub(r"\\\1", re.sub(r"\s+", " ", printable(text)))
