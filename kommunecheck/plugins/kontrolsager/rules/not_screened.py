"""KS103: a case was drawn, and nothing has been done with it since."""

from kommunecheck.domain.days import Day, danish, iso
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import Finding, Subject
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.kontrolsager.law import MEASURES
from kommunecheck.plugins.kontrolsager.table import Kontrolsag

RULE = Rule(
    code="KS103",
    name="udtaget-uden-visitering",
    title="En udtaget sag er ikke visiteret",
    severity=Severity.INFO,
    citations=(MEASURES,),
    supervision="kontrolsager",
)

NEEDS = tuple(
    f"kontrolsager.{column}"
    for column in ("udtaget_dato", "visiteret_dato", "fjernet_dato", "oprettet_dato", "afsluttet_dato")
)

EXPLAIN = Explanation(
    says=(
        "STAR måler, hvor mange af de udtagne sager der er visiteret og oprettet som kontrolsager. Hvor hurtigt det "
        "skal ske, står der intet om; 90 dage er vores egen grænse."
    ),
    fails="Sagen er udtaget 1. marts og hverken visiteret, oprettet, afsluttet eller fjernet 30. maj, 90 dage efter.",
    passes="Sagen er udtaget 1. marts og fjernet ved visiteringen samme dag.",
    costs="Intet. Sagen tæller som udtaget, men ikke som oprettet.",
    remedy="Visitér sagen, eller fjern den fra prioriteringslisten, og registrér dagen.",
    blind="Er sagen visiteret uden at dagen er registreret, kan tjekket ikke se det.",
)

_DONE = ("visiteret_dato", "oprettet_dato", "afsluttet_dato")


def finding(row: Kontrolsag, cutoff: Day, law: Law) -> Finding | None:
    """The finding for a case whose days to be screened are over at the cutoff; what cannot be read is not judged."""
    drawn = row.udtaget_dato
    if drawn is None or "visiteret_dato" in row.unread.split():
        return None
    limit = drawn + law.number("screening_days")
    done = [getattr(row, name) for name in _DONE]
    done.append(row.fjernet_dato if row.fjernet_dato is not None and row.fjernet_dato >= drawn else None)
    if limit > cutoff or any(day is not None and day <= cutoff for day in done):
        return None
    message = (
        f"Sagen blev udtaget {danish(drawn)} og skulle være visiteret senest {danish(limit)}. Den er pr. "
        f"{danish(cutoff)} hverken visiteret, oprettet, afsluttet eller fjernet."
    )
    return Finding(
        RULE,
        message,
        date=limit,
        arose=drawn,
        evidence=(Evidence(row.source, row.row, "udtaget_dato", iso(drawn)),),
        rests_on=law.unverified("screening_days"),
        subject=Subject("kontrolsag", row.kontrolsag_id),
    )
