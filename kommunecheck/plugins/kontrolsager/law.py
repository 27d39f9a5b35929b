"""What STAR has written, and the numbers that are read from it."""

from typing import Final

from kommunecheck.domain.days import Day, day_of
from kommunecheck.law.law import Law, LawTexts, Parameter
from kommunecheck.plugins.kontrolsager.settings import Settings
from kommunecheck.plugins.kontrolsager.table import NAME

IN_FORCE: Final = day_of("2021-05-31")
"""The day STAR published its benchmarking."""

CRITERION: Final = "STAR, benchmarking af kontrolsager, opfølgningskriterier"
MEASURES: Final = "STAR, benchmarking af kontrolsager, det viser målingen"

DRAWN_AND_LEFT: Final = "drawn+left"
"""What a share of drawn cases is a share of: those drawn, and those left on the list."""

LAW_TEXTS = LawTexts(
    {
        "STAR, benchmarking af kontrolsager": "Benchmarking af kommunernes brug af Den Fælles Dataenheds leverancer "
        "(Styrelsen for Arbejdsmarked og Rekruttering, offentliggjort 31. maj 2021)",
    },
    (
        Parameter(
            "low_use_threshold",
            "Kontrolsager: den andel, der skal være udtaget, i procent",
            30,
            False,
            IN_FORCE,
            None,
            "seed",
            CRITERION,
        ),
        Parameter(
            "low_months",
            "Kontrolsager: hele måneder i træk under grænsen, før STAR kan tage kontakt",
            6,
            False,
            IN_FORCE,
            None,
            "unverified",
            f"{CRITERION} (»over 6 måneder« læst som 6 måneder)",
        ),
        Parameter(
            "draw_denominator",
            "Kontrolsager: hvad andelen er en andel af (drawn+left: de udtagne og de tilbageværende sager)",
            DRAWN_AND_LEFT,
            False,
            IN_FORCE,
            None,
            "unverified",
            f"{MEASURES} (notatets forklaring nævner kun de tilbageværende)",
        ),
        Parameter(
            "screening_days",
            "Kontrolsager: dage til at visitere en udtaget sag",
            90,
            False,
            None,
            None,
            "unverified",
            "vores egen grænse; STAR har ingen",
        ),
    ),
)


def settings_of(law: Law) -> Settings:
    """What the municipality's configuration says of the supervision."""
    given = law.settings.get(NAME)
    return given if isinstance(given, Settings) else Settings()


def thresholds_of(law: Law) -> tuple[tuple[Day, int], ...]:
    """The thresholds in whole per cent, each with the day from which it holds, in order; no day has two."""
    first = law.parameters["low_use_threshold"].first
    ours = {IN_FORCE if first is None else first: law.number("low_use_threshold")}
    given = {day_of(one.from_): one.per_cent for one in settings_of(law).thresholds}
    return tuple(sorted((ours | given).items()))


def threshold_on(thresholds: tuple[tuple[Day, int], ...], day: Day) -> int | None:
    """The threshold on a day; ``None`` before there was one."""
    return next((per_cent for first, per_cent in reversed(thresholds) if first <= day), None)
