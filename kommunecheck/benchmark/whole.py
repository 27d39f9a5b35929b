"""The whole benchmark: files to what they tell, what can be compared, and what it comes to."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from kommunecheck import __version__
from kommunecheck.benchmark.control import compare_control
from kommunecheck.benchmark.fitting import Fitting, Misfit, fit
from kommunecheck.benchmark.measuring import Goals, Names, Told, compare, rate
from kommunecheck.benchmark.reading import UnreadableError, read
from kommunecheck.domain.benchmark import LEAST, Apart, Benchmark, Compared, Control, Counts, Reported, Unread
from kommunecheck.domain.days import Period, danish
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.rule import SUPERVISION
from kommunecheck.domain.wording import number, span, whole

Progress = Callable[[int, int], None]
"""Told how many files are read, and of how many."""


def benchmark(files: Sequence[Path], goals: Mapping[str, Goals], told: Told, progress: Progress) -> Benchmark:
    """What the reports in the files come to, held against one another; one file is read at a time.

    ``goals`` are those of each supervision. Raises ``UserError`` where fewer than two reports can be compared.
    """
    reports: list[Reported] = []
    refused: list[Unread] = []
    for place, (file, shown) in enumerate(_shown(files)):
        progress(place, len(files))
        try:
            reports.append(read(file)._replace(file=shown))
        except UnreadableError as error:
            refused.append(Unread(shown, str(error)))
    fitting = fit(reports)
    refused = sorted([*refused, *fitting.refused])
    kept = [one for by_window in fitting.owners.values() for one in by_window.values()]
    if len(kept) < 2:
        said = list(_said(refused, fitting.apart))
        more = [f"Sådan er det også med {whole(len(said) - SAID)} andre."] if len(said) > SAID else []
        raise UserError("\n".join([_TOO_FEW, *said[:SAID], *more]))
    names = _names(fitting)
    control, about_control = _control(fitting, names)
    return Benchmark(
        version=__version__,
        synthetic=any(one.synthetic for one in kept),
        cutoff=max(one.cutoff for one in kept),
        reports=len(kept),
        periods=fitting.periods,
        municipalities=len(names),
        ruleset=kept[0].ruleset,
        parameters=kept[0].parameters,
        compared=tuple(_compared(fitting, names, goals, told)),
        control=control,
        apart=tuple(_apart(one) for one in fitting.apart),
        refused=tuple(refused),
        notes=(*_notes(kept), *about_control),
    )


SAID = 20
"""How many files are named where nothing can be compared."""
_TOO_FEW = "Der skal mindst to rapporter til, som kan sammenlignes: af flere kommuner, eller af én over tid."


def _said(refused: Iterable[Unread], apart: Iterable[Misfit]) -> Iterable[str]:
    """A sentence for each report that is not compared."""
    yield from (f"{one.file} {one.reason}" for one in refused)
    yield from (f"{one.report.file} {one.reason}" for one in apart)


def _shown(files: Sequence[Path]) -> list[tuple[Path, str]]:
    """The files, each with a name that may be shown and that no other has."""
    alike = Counter(file.name for file in files)
    taken: Counter[str] = Counter()
    named = []
    for file in files:
        name = masked(file.name if alike[file.name] == 1 else f"{file.parent.name}/{file.name}")
        taken[name] += 1
        named.append((file, name if taken[name] == 1 else f"{name} ({taken[name]})"))
    return named


_LETTERS = str.maketrans({"æ": "z1", "ø": "z2", "å": "z3"})
"""The last three letters, so that names stand as in a Danish list on every machine."""


def _names(fitting: Fitting) -> Names:
    """Code and name of each municipality, by name; the name is the one its latest report gives."""
    latest = {owner: by_window[max(by_window)] for owner, by_window in fitting.owners.items()}
    told = {owner: one.name or f"Kommune {one.code}" for owner, one in latest.items()}
    alike = Counter(told.values())
    shown = {
        owner: (latest[owner].code, name if alike[name] == 1 else f"{name} ({owner})") for owner, name in told.items()
    }
    return dict(sorted(shown.items(), key=lambda item: (item[1][1].lower().translate(_LETTERS), item[0])))


def _compared(fitting: Fitting, names: Names, goals: Mapping[str, Goals], told: Told) -> Iterable[Compared]:
    """The visitationstilsyn first, then the others by name."""
    counted: dict[str, dict[str, dict[Period, Counts]]] = {}
    for owner, by_window in fitting.owners.items():
        for window, one in by_window.items():
            for supervision, counts in one.supervisions.items():
                counted.setdefault(supervision, {}).setdefault(owner, {})[window] = counts
    for supervision in sorted(counted, key=lambda name: (name != SUPERVISION, name)):
        yield compare(supervision, counted[supervision], names, goals.get(supervision, {}), told)


def _control(fitting: Fitting, names: Names) -> tuple[Control | None, list[str]]:
    """The kontrolsager of each municipality's latest report that carries them, and what must be said of them."""
    owned = []
    for owner, (_, name) in names.items():
        carried = [one for _, one in sorted(fitting.owners[owner].items()) if one.control is not None]
        if carried and (control := carried[-1].control) is not None:
            owned.append((name, control))
    made = compare_control(owned)
    notes = []
    if made.no_month:
        notes.append("Kontrolsagerne er ikke sammenlignet: der er ingen måned, som alle har tal for.")
    elif len(owned) == 1 and len(names) > 1:
        notes.append(f"Kontrolsagerne er ikke sammenlignet: kun {owned[0][0]} har dem med.")
    notes += [
        f"Kontrolsagerne fra {name} er regnet på en anden måde end de andres og er ikke med." for name in made.apart
    ]
    return made.control, notes


def _apart(misfit: Misfit) -> Apart:
    """A report that is not compared, with its own shares, so that nothing is lost."""
    one = misfit.report
    rates = {
        name: rate(counts.errors, counts.judged) if counts.judged >= LEAST else None
        for name, counts in one.supervisions.items()
    }
    return Apart(one.file, one.name or one.code or "", one.window, misfit.reason, rates)


def _notes(kept: Sequence[Reported]) -> Iterable[str]:
    """What must be known of reports that are compared all the same."""
    versions = sorted({one.version for one in kept})
    if len(versions) > 1:
        yield (
            f"Flere udgaver af kommunecheck har skrevet rapporterne: {', '.join(versions)}. De er sammenlignet, fordi "
            "regelsæt og parametre er de samme."
        )
    for window in sorted({one.window for one in kept}):
        cutoffs = Counter(one.cutoff for one in kept if one.window == window)
        if len(cutoffs) > 1:
            usual, _ = max(cutoffs.items(), key=lambda item: (item[1], item[0]))
            others = sum(many for day, many in cutoffs.items() if day != usual)
            yield (
                f"I perioden {span(window)} er {number(others, 'rapport', 'rapporter')} opgjort en anden dag end "
                f"{danish(usual)}. Tabet løber til opgørelsesdagen og kan ikke helt sammenlignes."
            )
    unpriced = sum(any(counts.refund_lost is None for counts in one.supervisions.values()) for one in kept)
    if unpriced:
        yield f"{number(unpriced, 'rapport', 'rapporter')} har ingen udbetalinger med, og tabet dér er ukendt i kroner."
