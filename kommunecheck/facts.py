"""The facts of a run: what was read, with which law, what was not checked, and what a reader must be warned of."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import orjson
import polars as pl

from kommunecheck import __version__
from kommunecheck.config import Rules
from kommunecheck.domain.days import danish, day_of, iso
from kommunecheck.domain.privacy import looks_like_cpr, masked, with_hyphen, without_last_four
from kommunecheck.domain.report import (
    ParameterUsed,
    People,
    Run,
    Source,
)
from kommunecheck.domain.rule import Rule
from kommunecheck.domain.wording import number, span, whole
from kommunecheck.intake.keys import plain_cpr
from kommunecheck.intake.records import Audited, Records
from kommunecheck.intake.sources import Opened
from kommunecheck.law.law import Law
from kommunecheck.setup import Options, Setup
from kommunecheck.supervising import Further


def facts_of(
    setup: Setup,
    options: Options,
    opened: Opened,
    records: Records,
    audit: Audited,
    stated: Sequence[Rule],
    not_run: tuple[tuple[str, str], ...],
    further: Further,
    crashes: Sequence[tuple[str, str | None]],
    outside: int,
) -> Run:
    """All of that. ``crashes`` are rules that failed, each with its case; ``outside`` is cases not in the window."""
    config = setup.config
    set_aside = _set_aside(further)
    sources = {
        number: Source(*file, records.rows[number], records.used[number] - set_aside[number])
        for number, file in sorted(opened.files.items())
    }
    idle = setup.plugins.idle_parameters(records.present)
    parameters = tuple(one for one in parameters_used(setup.law) if one.name not in idle)
    unchecked = {code for code, _ in not_run}
    cell = audit.cutoff_from
    return Run(
        version=__version__,
        digest=_digest(setup, options, audit, parameters, sources.values()),
        synthetic=config.municipality.synthetic,
        municipality_code=shown(config.municipality.code),
        municipality_name=shown(config.municipality.name),
        ruleset=setup.law.ruleset.name,
        window=audit.window,
        cutoff=audit.cutoff,
        cutoff_from=cell and (sources[cell[0]], cell[1], cell[2]),
        parameters=parameters,
        sources=MappingProxyType(sources),
        plugins=setup.plugins.names,
        rules_run=tuple(rule.code for rule in stated if rule.code not in unchecked),
        not_run=not_run,
        ignored=ignored(setup.config.rules, options, stated),
        warnings=(
            *setup.plugins.failures,
            *setup.plugins.remarks,
            *opened.warnings,
            *_nameless(records),
            *_late_cutoff(audit, records, sources),
            *_warnings(setup.law, audit, records, opened),
            *_later(options, records),
            *_hardly_used(options, sources.values()),
            *(warning for ruling in further.rulings for warning in ruling.warnings),
            *further.failures,
        ),
        crashes=tuple(crashes),
        left_out=tuple(left.file for _, left in sorted(opened.left_out.items())),
        cases_outside_window=outside,
        complete=not (setup.plugins.failures or opened.left_out or crashes or further.failures),
    )


def _set_aside(further: Further) -> Counter[int]:
    """How many rows of each source the further supervisions read and used for nothing."""
    odd = {odd.evidence[0][:2] for ruling in further.rulings for odd in ruling.oddities if odd.set_aside}
    return Counter(source for source, _ in odd)


def shown(text: str | None) -> str | None:
    """A text of the configuration without CPR numbers."""
    return None if text is None else masked(text)


def ignored(rules: Rules, options: Options, stated: Iterable[Rule]) -> tuple[tuple[str, str], ...]:
    """The codes whose findings are not shown, each with the reason. They count in outcomes and money all the same."""
    select = options.select or tuple(rules.select)
    reasons = dict(rules.ignore) | dict.fromkeys(options.ignore, "fravalgt på kommandolinjen")
    found = []
    for code in (rule.code for rule in stated):
        reason = next((why for prefix, why in reasons.items() if code.startswith(prefix)), None)
        if reason is None and select and not code.startswith(select):
            reason = "ikke blandt de valgte regler"
        if reason is not None:
            found.append((code, masked(reason)))
    return tuple(found)


def parameters_used(law: Law) -> tuple[ParameterUsed, ...]:
    """Every number of the law as this run uses it; the refund rates stand together under one name."""
    numbers = [
        ParameterUsed(
            one.name,
            one.title,
            iso(one.value) if one.is_date else one.value,
            one.first,
            one.last,
            one.certainty,
            one.citation,
            one.overridden,
        )
        for one in law.parameters.values()
    ]
    rates = [
        {
            "benefit": benefit,
            "from": value.first and iso(value.first),
            "to": value.last and iso(value.last),
            "passive": float(value.value.passive * 100),
            "offer": float(value.value.offer * 100),
            "certainty": value.certainty,
            "citation": masked(value.citation),
        }
        for benefit, dated in law.rates.items()
        for value in dated.values
    ]
    return (
        *numbers,
        ParameterUsed(
            "refund_rates",
            "Statens andel af ydelsen i procent: passiv (uden tilbud) og i tilbud",
            rates,
            None,
            None,
            "unverified" if law.overridden_rates else "found",
            "lov 239/2006; L 71 (2010-11)",
            bool(law.overridden_rates),
        ),
    )


FAR_BEHIND = 366
"""Days between the latest day of an export and the one before it, from which the latest is taken for a typing error."""


def _late_cutoff(audit: Audited, records: Records, sources: Mapping[int, Source]) -> Iterator[str]:
    """A single mistyped year would set the cutoff, and let every loss run on to it."""
    latest = records.latest
    if audit.cutoff_from is None or latest is None or latest.before is None or latest.day - latest.before <= FAR_BEHIND:
        return
    number, row, column = latest.cell
    yield (
        f"Opgørelsesdagen {iso(latest.day)} kommer fra {sources[number].place}, række {row}, kolonne {column}. Den "
        f"næstseneste dag er {iso(latest.before)}. Er det en tastefejl, så ret cellen, eller skriv dagen: "
        f"--cutoff {iso(latest.before)}."
    )


def _nameless(records: Records) -> Iterator[str]:
    """Cases that nobody would miss: they are in no count."""
    if records.nameless:
        rows = number(records.nameless, "række", "rækker")
        about, missed = ("den", "Den sag") if records.nameless == 1 else ("de", "De sager")
        yield (
            f"I sager er der {rows}, hvor det ikke kan ses, hvilken sag {about} handler om. {missed} er slet ikke med "
            "i rapporten. Ret filen, og kør igen; fundene om data siger hvor."
        )


def _warnings(law: Law, audit: Audited, records: Records, opened: Opened) -> Iterator[str]:
    if "samtaler" not in records.present:
        absent = "samtaler" if "samtaler" not in opened.tables else "sager"
        yield f"Visitationstilsynet er ikke med, fordi tabellen {absent} ikke er det. Kun andre tilsyn er ført."
        return
    vouched, window = law.ruleset.vouched, audit.window
    if window.first < vouched.first or window.last > vouched.last:
        yield (
            f"Perioden {span(window)} går ud over den tid, reglerne er kontrolleret for ({span(vouched)}). "
            "Brug tallene med forbehold."
        )
    if audit.cutoff < window.first:
        yield (
            f"Opgørelsesdagen {danish(audit.cutoff)} ligger før perioden {span(window)}, så intet i den kan være sket. "
            "Ret cutoff eller perioden."
        )
    if records.perioder is None:
        yield "Tabellen perioder er ikke med: sygdom, løntilskud og dage uden for målgruppen er ikke set."
    if records.udbetalinger is None:
        yield "Tabellen udbetalinger er ikke med: de tabte dage er fundet, men ingen beløb."
    elif "i_tilbud" not in records.present["udbetalinger"]:
        yield "Kolonnen i_tilbud mangler i udbetalinger: satsen kendes ikke, og tabte dage er uden pris."


def _later(options: Options, records: Records) -> Iterator[str]:
    """What was registered too late to be judged with."""
    if options.known_on is None:
        return
    known = danish(day_of(options.known_on))
    counted = [
        f"{number(count, 'række', 'rækker')} i {table}" for table, count in sorted(records.later.items()) if count
    ]
    if counted:
        yield f"Vurderet, som det var kendt {known}: {' og '.join(counted)} er registreret senere og er ikke brugt."
    else:
        yield f"Vurderet, som det var kendt {known}. Ingen rækker er registreret senere."


def _hardly_used(options: Options, sources: Iterable[Source]) -> Iterator[str]:
    """Tables of which most rows are of no use: what is wrong is wrong with the export, and not with its rows."""
    if options.known_on is not None:  # rows that came later are not used either
        return
    rows, used = Counter[str](), Counter[str]()
    for source in sources:
        rows[source.table] += source.rows
        used[source.table] += source.rows_used
    for table, count in rows.items():
        if count >= TELLING and used[table] * 2 < count:
            how_many = f"Kun {whole(used[table])}" if used[table] else "Ingen"
            yield (
                f"{how_many} af {whole(count)} rækker i {table} er brugt, så tallene her kan ikke bruges endnu. "
                "Fundene om data siger, hvad der er galt."
            )


TELLING = 10
"""Rows from which it says something of a table that most cannot be used."""


def people_of(setup: Setup, records: Records) -> People | None:
    """The CPR numbers of the cases as ``[privacy] cpr`` lets them be shown; ``None`` where it does not.

    Whatever else stands in the column is left out: it may be a name.
    """
    asked = setup.config.privacy.cpr
    if asked == "none" or "cpr" not in records.sager.columns:
        return None
    shown = with_hyphen if asked == "full" else without_last_four
    numbers = records.sager.select(plain_cpr(pl.col("cpr"))).to_series()
    told = zip(records.names, numbers, strict=True)
    return People(
        asked == "full",
        MappingProxyType({sag_id: shown(cpr) for sag_id, cpr in told if cpr is not None and looks_like_cpr(cpr)}),
    )


def _digest(
    setup: Setup, options: Options, audit: Audited, parameters: tuple[ParameterUsed, ...], sources: Iterable[Source]
) -> str:
    """A hash of everything the result follows from: files, period, parameters, the program's version and plugins."""
    facts: dict[str, object] = {
        "version": __version__,
        "ruleset": setup.law.ruleset.name,
        "from": audit.window.first,
        "to": audit.window.last,
        "cutoff": audit.cutoff,
        "parameters": {one.name: one.value for one in parameters},
        "sources": sorted((source.table, source.sha256) for source in sources),
        "plugins": setup.plugins.names,
        "words": setup.config.journal.words,
        "settings": {name: section.model_dump(mode="json") for name, section in setup.config.sections.items()},
    }
    if setup.files:
        facts |= {"files": {name: _hash(content) for name, content in sorted(setup.files.items())}}
    if options.known_on is not None:
        facts |= {"known_on": options.known_on}
    return hashlib.sha256(orjson.dumps(facts, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _hash(content: bytes | None) -> str | None:
    """The SHA-256 of a file, an empty one too; ``None`` of one that cannot be read."""
    return None if content is None else hashlib.sha256(content).hexdigest()
