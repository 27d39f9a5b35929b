"""Days outside the supervision, and days that are never lost (the guidance to § 2, stk. 2)."""

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import Day, Days, Period, union
from kommunecheck.domain.records import Circumstance
from kommunecheck.law.law import Law

ALWAYS = frozenset({"revalidering", "forrevalidering", "foertidspension", "orlovsydelse", "anden_ydelse"})
"""Circumstances that put the citizen outside the target group whenever they are."""

REFORM = frozenset(
    {
        "venter_folkepension", "venter_foertidspension", "under_18", "barsel", "langvarig_behandling",
        "job_inden_4_uger", "barsel_inden_4_uger",
    }
)  # fmt: skip
"""Circumstances that do so from the day the welfare reform's groups left the supervision."""

EXCLUDING = ALWAYS | REFORM
"""Circumstances that put the citizen outside the target group."""

CIRCUMSTANCES = EXCLUDING | {"sygdom", "loentilskud"}
"""Every type of ``perioder``."""


def excluded_days(circumstances: tuple[Circumstance, ...], law: Law) -> Days:
    """The days on which the citizen is outside the target group."""
    reform_from = law.number("reform_exclusions_from")
    return union(
        Period(c.fra if c.type in ALWAYS else max(c.fra, reform_from), c.til)
        for c in circumstances
        if c.type in EXCLUDING
    )


def never_lost_days(circumstances: tuple[Circumstance, ...], excluded: Days) -> Days:
    """Excluded days and days of wage subsidy, where the refund cannot be taken."""
    return union((*excluded, *(Period(c.fra, c.til) for c in circumstances if c.type == "loentilskud")))


def touches_reform(case: Case, first: Day, last: Day, law: Law) -> bool:
    """Whether a circumstance of the reform's groups touches the days, so that the reform's own day matters."""
    if not case.circumstances or not law.unverified("reform_exclusions_from"):
        return False
    return any(c.type in REFORM and c.fra <= last and c.til >= first for c in case.circumstances)
