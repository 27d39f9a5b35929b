"""The review of cases: what no export shows, asked of a few decided cases, one safeguard at a time.

Pure: drawing, what is asked, the kept answers, and counting them. The workbook is made and read in ``form``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kommunecheck.audit.draw import hash_of_list, order
from kommunecheck.domain.money import decimals
from kommunecheck.domain.wilson import wilson
from kommunecheck.plugins.sagsbehandling.complaints import in_order
from kommunecheck.plugins.sagsbehandling.course import Course

SAFEGUARDS = (
    ("Samtykke", "Er der samtykke til at indhente og videregive oplysninger?"),
    ("Partsrepræsentation", "Har borgeren kunnet lade sig repræsentere eller have en bisidder med?"),
    ("Aktindsigt", "Er en anmodning om aktindsigt besvaret rigtigt og i tide?"),
    ("Habilitet", "Er sagen behandlet af nogen, der ikke er inhabil?"),
    ("Tavshedspligt", "Er fortrolige oplysninger kun givet til dem, der må have dem?"),
    ("Vejledning", "Har borgeren fået den vejledning, der var brug for?"),
    ("Helhedsvurdering", "Er alle muligheder for hjælp vurderet i sammenhæng?"),
    ("Ligebehandling", "Er sagen afgjort som andre sager af samme slags?"),
    ("Officialprincippet", "Var sagen fuldt oplyst, før den blev afgjort?"),
    ("Journalisering og dokumentation", "Er sagens oplysninger og skridt journaliseret, så de kan findes?"),
    ("Begrundelsen", "Er begrundelsen fyldestgørende og til at forstå?"),
    ("Klagevejledningen", "Er klagevejledningen fyldestgørende og til at forstå?"),
    ("Sagsbehandler og skift", "Ved borgeren, hvem der er sagsbehandler, også efter et skift?"),
    ("Svar på henvendelser", "Er borgerens henvendelser besvaret?"),
    ("Borgerens medvirken", "Har borgeren kunnet medvirke i sin sag (retssikkerhedsloven § 4)?"),
)
"""Each safeguard that a case is reviewed for, and what is asked."""

ANSWERS = ("opfyldt", "ikke opfyldt", "ikke relevant", "kan ikke ses")
SCHEMA = "kommunecheck/sagsbehandling/review/1"


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Answered(_Kept):
    """One safeguard in one case."""

    ansoegning_id: str
    enhed: str | None
    maalgruppe: str | None
    garanti: str
    svar: Literal["opfyldt", "ikke opfyldt", "ikke relevant", "kan ikke ses"]


class Review(_Kept):
    """The answers of a review as they are kept. Notes stay in the workbook: they may be about persons."""

    schema_: Literal["kommunecheck/sagsbehandling/review/1"] = Field(
        default="kommunecheck/sagsbehandling/review/1", alias="schema"
    )
    from_: date = Field(alias="from")
    to: date
    cutoff: date
    seed: str
    n: int
    list_sha256: str
    answers: list[Answered]

    @property
    def cases(self) -> int:
        """How many cases were reviewed."""
        return len({one.ansoegning_id for one in self.answers})

    def counts(self, part_of: Callable[[Answered], str | None]) -> list["Count"]:
        """The answers to each safeguard in each part, in the order of the safeguards."""
        numbers: Counter[tuple[str, str | None, str]] = Counter(
            (one.garanti, part_of(one), one.svar) for one in self.answers
        )
        parts = in_order(part_of(one) for one in self.answers)
        found = (
            Count(name, part, tuple(numbers[name, part, answer] for answer in ANSWERS))
            for name, _ in SAFEGUARDS
            for part in parts
        )
        return [one for one in found if sum(one.numbers)]

    def told(self) -> Mapping[str, object]:
        """The review in the JSON report."""
        return {
            "from": self.from_.isoformat(),
            "to": self.to.isoformat(),
            "cutoff": self.cutoff.isoformat(),
            "applications": self.cases,
            "safeguards": [one.told() for one in self.counts(_all)],
            "units": [one.told() | {"enhed": one.part} for one in self.counts(lambda one: one.enhed)],
            "target_groups": [one.told() | {"maalgruppe": one.part} for one in self.counts(lambda one: one.maalgruppe)],
        }


def _all(_: Answered) -> None:
    return None


class Count(NamedTuple):
    """The answers to one safeguard in one part of the review, in the order of ``ANSWERS``."""

    safeguard: str
    part: str | None
    numbers: tuple[int, ...]

    @property
    def asked(self) -> int:
        """The cases where it was fulfilled or not: the others say nothing of the share."""
        return self.numbers[0] + self.numbers[1]

    @property
    def interval(self) -> tuple[str, str]:
        """The 95 % interval after Wilson of the share fulfilled, in per cent with a decimal."""
        return tuple(f"{100 * end:.1f}" for end in wilson(self.numbers[0], self.asked))  # type: ignore[return-value]

    def told(self) -> dict[str, object]:
        """The count in the JSON report; the share is ``None`` where it was asked of no case."""
        low, high = self.interval
        share = decimals(self.numbers[0] * 100, self.asked, 1) if self.asked else None
        answers: dict[str, object] = dict(
            zip(("fulfilled", "not_fulfilled", "not_relevant", "not_visible"), self.numbers, strict=True)
        )
        known: dict[str, object] = {"share": share, "low": low if share else None, "high": high if share else None}
        return {"safeguard": self.safeguard} | answers | known


class Drawn(NamedTuple):
    """The cases to review, and the SHA-256 of all that could be drawn."""

    courses: tuple[Course, ...]
    strata: tuple[tuple[str | None, str | None, int, int], ...]
    """Target group, unit, decided in the window, drawn."""
    list_hash: str


def draw(decided: Sequence[Course], n: int, seed: str) -> Drawn:
    """The first ``n`` of each target group and unit, by SHA-256 of ``seed:id``: anybody can draw the same."""
    strata: dict[tuple[str | None, str | None], list[Course]] = {}
    for one in decided:
        strata.setdefault((one.row.maalgruppe, one.row.enhed), []).append(one)
    drawn: list[Course] = []
    told = []
    for group, unit in sorted(strata, key=lambda key: tuple((part is None, part or "") for part in key)):
        own = sorted(strata[group, unit], key=lambda one: (order(seed, one.row.ansoegning_id), one.row.ansoegning_id))
        drawn += own[:n]
        told.append((group, unit, len(own), min(n, len(own))))
    return Drawn(tuple(drawn), tuple(told), hash_of_list(map(_listed, decided)))


def _listed(one: Course) -> str:
    """A case as it stands on the list: moved to another unit, it would be drawn otherwise."""
    return "\t".join((one.row.ansoegning_id, one.row.maalgruppe or "", one.row.enhed or ""))


def read_kept(files: Mapping[str, bytes | None], name: str) -> tuple[Review | None, tuple[str, ...]]:
    """The kept answers that the settings name, and what must be said where they cannot be read."""
    if name not in files:
        return None, ()
    content = files[name]
    if content is None:
        return None, (
            "Gennemgangen af sager, som opsætningen nævner ([sagsbehandling] review), kan ikke læses og er ikke talt "
            "med. Skriv den med: kommunecheck review read FIL.xlsx MAPPE -o FIL.json.",
        )
    try:
        return Review.model_validate_json(content), ()
    except ValidationError:
        return None, (
            "Filen, som opsætningen nævner under [sagsbehandling] review, er ikke svarene fra en gennemgang og er ikke "
            "talt med. Skriv den igen med: kommunecheck review read FIL.xlsx MAPPE -o FIL.json.",
        )


def kept(answers: Iterable[Answered], drawn: Drawn, dates: tuple[date, date, date], seed: str, n: int) -> bytes:
    """The answers as they are kept, the same bytes for the same answers."""
    first, to, cutoff = dates
    facts = {"from": first, "to": to, "cutoff": cutoff, "seed": seed, "n": n, "list_sha256": drawn.list_hash}
    review = Review.model_validate({**facts, "answers": [one.model_dump() for one in answers]})
    return (review.model_dump_json(by_alias=True, indent=1) + "\n").encode()
