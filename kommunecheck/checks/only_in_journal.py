"""VT205: a step is proved by a journal note only, not by the register."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding, missed_step
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import spans
from kommunecheck.law.law import Law
from kommunecheck.law.proving import proving_note, read_in, told
from kommunecheck.law.steps import STEP_NAMES

RULE = Rule(
    code="VT205",
    name="kun-dokumenteret-i-journal",
    title="Skridtet er kun dokumenteret i journalen",
    severity=Severity.WARNING,
    citations=("BEK 1714/2006 § 5, stk. 2", "vejl. til § 5, stk. 1"),
)

JUDGES: Final = "steps"
NEEDS = (
    "sager.ophoersdato",
    "samtaler.afholdt_dato",
    "samtaler.registreret_dato",
    "samtaler.matchkategori",
    "samtaler.grovmatch",
    "perioder?.til",
    "journal.dato",
)

EXPLAIN = Explanation(
    says=(
        "Er et skridt ikke registreret i DRV, kan kommunen dokumentere det på anden vis, fx med et journalnotat, hvor "
        "indplaceringen og opmærksomhedsområderne fremgår."
    ),
    fails=(
        "Feltet for matchkategori er tomt ved samtalen 4. juni 2007, men et notat fra samme dag siger, at borgeren er "
        "indplaceret i matchkategori 3."
    ),
    passes=("Kategorien er registreret ved samtalen. Så er notatet ikke nødvendigt, og der er intet at bemærke."),
    costs=(
        "Intet, så længe notatet holder som dokumentation. Kan det ikke bruges, mistes refusionen for de viste dage."
    ),
    remedy=(
        "Find notatet frem, og sørg for, at det kan læses for sig. Ret registreringen, så næste samtale ikke hviler "
        "på et notat."
    ),
    blind=(
        "Notater læses efter faste regler og hellere for strengt end for mildt. Læs selv det notat, der er henvist til."
    ),
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """A finding for each judged interview and step that only a note proves."""
    for lapse in case.lapses:
        if lapse.code == RULE.code:
            held = danish(lapse.interview.held_on)
            message = (
                f"Samtalen {held}: {STEP_NAMES[lapse.step]} er kun dokumenteret i journalen. "
                f"Holder notatet ikke, mistes refusionen {spans(lapse.documentation) or 'for ingen dage'}."
            )
            note = proving_note(case, lapse)
            found = missed_step(RULE, lapse, message if note is None else f"{message} {told(note, lapse.step)}")
            yield found if note is None else found._replace(evidence=(*found.evidence, read_in(note, lapse.step)))
