"""What came, went and moved between two stored runs, and what it means in kroner."""

from kommunecheck.domain.errors import UserError
from kommunecheck.domain.standing import Difference, State
from kommunecheck.nightly.compare import Known, Looked, compare
from kommunecheck.nightly.history import History


def between(history: History, before: int, after: int) -> Difference:
    """From one run to another, by their numbers. Raises ``UserError`` when there is no such run."""
    runs = {run.number: run for run in history.runs()}
    for number in (before, after):
        if number not in runs:
            raise UserError(f"Der er ingen kørsel {number}. Se numrene med: kommunecheck history.")
    now = history.findings(after)
    ran = frozenset(runs[after].ran)
    compared = compare(now, Known(history.findings(before)), Looked(ran, None))
    pairs = list(zip(now, compared.standings, strict=True))
    return Difference(
        runs[before],
        runs[after],
        came=tuple(one for one, standing in pairs if standing.state is State.NEW),
        gone=compared.fixed,
        not_seen=compared.not_seen,
        moved=tuple((one, standing) for one, standing in pairs if standing.state is State.CHANGED),
        unchanged=sum(standing.state is State.UNCHANGED for _, standing in pairs),
    )
