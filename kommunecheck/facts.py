"""The facts of a run: what was read, with which law, and what was not checked."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from types import MappingProxyType

import orjson
import polars as pl

from kommunecheck import __version__
from kommunecheck.cautions import warnings_of
from kommunecheck.config import Rules
from kommunecheck.domain.days import iso
from kommunecheck.domain.privacy import looks_like_cpr, masked, with_hyphen, without_last_four
from kommunecheck.domain.report import ParameterUsed, People, Run, Source
from kommunecheck.domain.rule import Rule
from kommunecheck.engine import Checks
from kommunecheck.intake.keys import plain_cpr
from kommunecheck.intake.records import Audited, Records
from kommunecheck.law.law import Law
from kommunecheck.placing import Judged
from kommunecheck.reading import Read
from kommunecheck.setup import Options, Setup
from kommunecheck.supervising import Further


def facts_of(
    setup: Setup,
    options: Options,
    read: Read,
    rules: Sequence[Rule],
    checks: Checks,
    judged: Judged,
    further: Further,
) -> Run:
    """All of that. ``rules`` are those of all supervisions whose tables are there."""
    opened, records, audit = read
    config = setup.config
    set_aside = _set_aside(further)
    sources = {
        number: Source(*file, records.rows[number], records.used[number] - set_aside[number])
        for number, file in sorted(opened.files.items())
    }
    idle = setup.plugins.idle_parameters(records.present)
    parameters = tuple(one for one in parameters_used(setup.law) if one.name not in idle)
    not_run = tuple(sorted((*checks.not_run, *further.not_run)))
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
        rules_run=tuple(rule.code for rule in rules if rule.code not in unchecked),
        not_run=not_run,
        ignored=ignored(config.rules, options, rules),
        warnings=warnings_of(setup, options, read, sources, further),
        crashes=tuple(judged.crashes),
        left_out=tuple(left.file for _, left in sorted(opened.left_out.items())),
        cases_outside_window=judged.outside,
        complete=not (setup.plugins.failures or opened.left_out or judged.crashes or further.failures),
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
