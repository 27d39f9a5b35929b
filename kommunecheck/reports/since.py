"""What is new since last, what is accepted and which gates broke: the same sentences in every format a person reads."""

from collections import Counter

from kommunecheck.domain.cost import case_of, cost_of
from kommunecheck.domain.days import count, danish
from kommunecheck.domain.names import STATE, STATES, capital
from kommunecheck.domain.report import Nightly, Placed, Report
from kommunecheck.domain.standing import State
from kommunecheck.domain.wording import kroner, number
from kommunecheck.reports.assessed import judged_as
from kommunecheck.reports.phrases import listed
from kommunecheck.reports.section import only_further

NEW = 5
"""How many findings that are new or worse are named; it says of how many."""


def since_last(report: Report) -> list[str]:
    """How the findings stand, and those that are new or worse; none where nothing is known to hold them against."""
    nightly = report.nightly
    if nightly is None or not nightly.compared:
        return []
    said = [states_told(report, nightly)]
    counting = new_or_worse(report)
    said += [f"{placed.about or 'Kommunen'}: {placed.finding.message}{mark(placed)}" for placed in counting[:NEW]]
    if len(counting) > NEW:
        said.append(f"Det er de {NEW} dyreste af {number(len(counting), 'fund', 'fund')}, der er nye eller værre.")
    return said


def new_or_worse(report: Report) -> list[Placed]:
    """The findings that count as new or worse, the dearest first."""
    cases = case_of(report)

    def dearest_first(placed: Placed) -> tuple[int, int]:
        _, lost = cost_of(placed.finding.lost, cases(placed))
        return -(lost or 0), -count(placed.finding.lost)

    return sorted((placed for placed in report.findings if placed.standing.counts), key=dearest_first)


def kept_in_view(report: Report) -> list[str]:
    """The gates that broke, what was not seen again, and what is accepted."""
    nightly = report.nightly
    if nightly is None:
        return []
    said = [f"Grænsen {gate.gate} er brudt. {gate.sentence}" for gate in nightly.broken]
    if nightly.not_seen:
        unseen = number(len(nightly.not_seen), "kendt fund er", "kendte fund er")
        said.append(
            f"{unseen} ikke set efter: reglen er ikke kørt, sagen er ikke med, eller det ligger uden for perioden."
        )
    if nightly.after_waivers is not None:
        accepted = sum(placed.standing.accepted is not None for placed in report.findings)
        told = f"{number(accepted, 'fund er', 'fund er')} accepteret." if accepted else "Intet fund er accepteret."
        left = kroner(nightly.after_waivers.expected.refund_lost)
        without = f" Uden {'det' if accepted == 1 else 'dem'} er det forventede tab {left}" if accepted else ""
        said.append(told if only_further(report) else told + without)
    return said


def states_told(report: Report, nightly: Nightly) -> str:
    """How many findings stand in each way, and how many are gone; what there is none of is not said."""
    states = Counter(placed.standing.state for placed in report.findings)
    told = [number(states[state], STATE[state], name) for state, name in STATES.items() if states[state]]
    fixed = len(nightly.fixed)
    counted = [*told, *([number(fixed, "løst", "løste")] if fixed else [])]
    return f"{listed(counted) if counted else 'Ingen fund'}."


def mark(placed: Placed) -> str:
    """How one finding stands, behind what was found; nothing where there is nothing to say."""
    said = []
    standing = placed.standing
    then = standing.before
    if standing.state is State.CHANGED and then is not None:
        lost = number(then.days, "tabt dag", "tabte dage")
        said.append(f"Ændret: før {then.code} med {lost} og {kroner(then.refund_lost)}")
    elif standing.state in (State.NEW, State.REOPENED):
        said.append(f"{capital(STATE[standing.state])}.")
    if standing.accepted is not None:
        by = standing.accepted
        said.append(f"Accepteret til og med {danish(by.expires)} ({by.id}).")
    said += [f"Vurderet: {judged_as(one)}." for one in placed.judged]
    return "".join(f" {one}" for one in said)
