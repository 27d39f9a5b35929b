"""Danish phrases of the supervision."""

from kommunecheck.domain.days import MONTHS, Period, iso
from kommunecheck.domain.wording import number, whole
from kommunecheck.plugins.kontrolsager.use import Run, Use, share


def month_name(month: Period | str) -> str:
    """``maj 2024``, of a month or of its text ``2024-05``."""
    told = month if isinstance(month, str) else iso(month.first)
    return f"{MONTHS[int(told[5:7]) - 1]} {told[:4]}"


def short_month(month: str) -> str:
    """``maj 2024`` with three letters for the month, of ``2024-05``."""
    return f"{MONTHS[int(month[5:7]) - 1][:3]} {month[:4]}"


def in_danish(per_cent: str | None) -> str:
    """``29,17 %``, of ``29.17``."""
    return "ingen andel" if per_cent is None else f"{per_cent.replace('.', ',')} %"


def drawn_of(use: Use) -> str:
    """How much was drawn of what there was: ``7 af 24 sager (29,17 %)``."""
    of = use.drawn + use.left
    return f"{whole(use.drawn)} af {number(of, 'sag', 'sager')} ({in_danish(share(use.drawn, of))})"


def months_in_a_row(run: Run) -> str:
    """The months of a run: ``1 måned (maj 2024)``, ``6 måneder i træk (januar 2024 til juni 2024)``."""
    first, last = run.months[0].month, run.months[-1].month
    if len(run.months) == 1:
        return f"1 måned ({month_name(first)})"
    return f"{whole(len(run.months))} måneder i træk ({month_name(first)} til {month_name(last)})"


def low_use_of(trin: str, run: Run) -> str:
    """What a run of months under the threshold comes to."""
    last = run.months[-1]
    return (
        f"Trin {trin}: {drawn_of(last)} er udtaget i de 12 måneder til og med {month_name(last.month)}. Andelen har "
        f"ligget under {last.threshold} % ved udgangen af {months_in_a_row(run)}."
    )


def lacks(to_draw: int) -> str:
    """How many more cases would have been enough."""
    return f"Det havde været nok at udtage {number(to_draw, 'sag', 'sager')} mere."
