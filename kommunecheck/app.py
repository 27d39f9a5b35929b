"""A whole run, in the order it happens. Also the library call: ``check(path, options)`` gives a ``Report``."""

import difflib
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import orjson
import polars as pl

from kommunecheck import __version__, engine
from kommunecheck.config import FILE_NAME, Config, Rules, as_config, open_config, plugin_choice, read_law
from kommunecheck.domain.case import Case, Municipality
from kommunecheck.domain.days import iso
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.finding import Finding, Subject, in_order, of_problem
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.report import (
    NO_EXPOSURE,
    UNKNOWN_EXPOSURE,
    CaseResult,
    Combined,
    Outcome,
    ParameterUsed,
    Placed,
    Report,
    Run,
    Source,
)
from kommunecheck.domain.rule import SUPERVISION, Rule
from kommunecheck.domain.supervision import Oddity
from kommunecheck.domain.wording import span
from kommunecheck.intake.cases import lay_out, pieces, untold
from kommunecheck.intake.records import Audited, Records, audited, dated_by, take_in
from kommunecheck.intake.screen import OUTSIDE, WITHDRAWN, screen, unscreened
from kommunecheck.intake.sources import Opened, find_sources, open_sources
from kommunecheck.journal.reader import read_note
from kommunecheck.judging import Bench, Helpers, judge_all, no_cyclic_gc
from kommunecheck.law.law import Law
from kommunecheck.law.measure import measure
from kommunecheck.law.weighing import Weighed, weigh_case, weigh_deadlines, weigh_steps
from kommunecheck.plugins.finished import with_sections
from kommunecheck.plugins.host import Plugins, load
from kommunecheck.ports import AnyCheck, Check
from kommunecheck.supervising import Further, combine, supervise
from kommunecheck.totals import summarise

Progress = Callable[[int, int], None]
"""Told how many cases are judged, and of how many."""

Stage = Callable[[str], None]
"""Told the name of each stage of the run as it begins: for whoever measures where the time goes."""

TOLD_EVERY = 4096
"""Cases between two words of progress."""

MINIMUM_KEY = 16
"""Bytes a key must have before it hides anything."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line or a script asks for beside the configuration; ``None`` and empty mean not said."""

    first: date | None = None
    to: date | None = None
    cutoff: date | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setup:
    """All that is known before a file is opened."""

    folder: Path
    config: Config
    law: Law
    plugins: Plugins
    key: bytes | None


def set_up(path: Path, options: Options | None = None) -> Setup:
    """Read the configuration at ``path`` (a file, or a folder with or without one) and the law.

    Raises ``UserError`` for anything that is wrong with them or with the options.
    """
    if not path.exists():
        raise UserError(f"{path.name} findes ikke. Skriv en mappe med tabeller eller en {FILE_NAME}.")
    file = path / FILE_NAME if path.is_dir() else path
    given = open_config(file) if file.exists() else {}
    choice = plugin_choice(file.name, given)
    plugins = load(choice.allow, choice.disable)
    config = as_config(file.name, given, plugins.settings)
    _known_codes(config.rules, options or Options(), plugins)
    law = read_law(config.parameters, plugins.law_texts, config.sections)
    return Setup(file.parent, config, law, plugins, _read_key(file.parent, config))


def _known_codes(rules: Rules, options: Options, plugins: Plugins) -> None:
    codes = [check.RULE.code for check in plugins.stated]
    for given in rules.severity:
        if given not in codes:
            raise UserError(
                f"[rules] severity: der ventes en hel kode, fx {codes[-1]}. Se dem med: kommunecheck rules."
            )
    for given in (*rules.select, *rules.ignore, *options.select, *options.ignore):
        if not any(code.startswith(given) for code in codes):
            raise UserError(f"Ingen regel har en kode, der begynder med »{given}«. Se dem med: kommunecheck rules.")


def _read_key(folder: Path, config: Config) -> bytes | None:
    if config.privacy.key_file is None:
        return None
    file = folder / config.privacy.key_file
    try:
        key = file.read_bytes().strip() if file.is_file() else None  # a pipe would never end
    except OSError:
        key = None
    if key is None:
        raise UserError("[privacy] key_file: nøglefilen kan ikke læses. Kontrollér stien i kommunecheck.toml.")
    if len(key) < MINIMUM_KEY:
        raise UserError(f"[privacy] key_file: nøglen er for kort. Brug mindst {MINIMUM_KEY} tilfældige tegn.")
    return key


def check(
    path: Path, options: Options | None = None, progress: Progress | None = None, stage: Stage | None = None
) -> Report:
    """Judge every case of the municipality at ``path``. Raises ``UserError`` when no report can be made."""
    options = options or Options()
    return run(set_up(path, options), options, progress, stage)


def run(
    setup: Setup,
    options: Options,
    progress: Progress | None = None,
    stage: Stage | None = None,
    helpers: Helpers | None = None,
) -> Report:
    """Rows, records, cases, findings, exposure, report.

    ``helpers`` are given cases to judge where there are many; without them everything is done in this process. Raises
    ``UserError`` when no report can be made; everything else that goes wrong stands in the report.
    """
    begins = stage or (lambda _: None)
    with no_cyclic_gc():
        begins("read")
        opened, records, audit = _read(setup, options)
        begins("judge")
        checks = _chosen(setup, records)
        judged = _judge(setup, records, audit, checks, progress, helpers)
        further = _supervise(setup, records, audit)
        begins("summarise")
        summary = summarise(judged.cases)
        combined = Combined(summary.expected, 0)
        if further.rulings:
            combined = _combined(setup, records, judged, further)
            _place_further(judged, further, setup, opened)
        stated = sorted((*(check.RULE for check in setup.plugins.checks), *further.rules), key=lambda rule: rule.code)
        not_run = tuple(sorted((*checks.not_run, *further.not_run)))
        facts = _facts(setup, options, opened, records, audit, stated, not_run, judged, further)
        ignored = {code for code, _ in facts.ignored}
        shown = tuple(one for one in judged.placed if one.finding.rule.code not in ignored)
        report = Report(
            facts,
            summary,
            tuple(judged.cases),
            shown,
            rules=tuple(stated),
            explanations={check.RULE.code: check.EXPLAIN for check in setup.plugins.stated},
            acts=setup.law.acts,
            word_cases=setup.config.report.word_cases,
            combined=combined,
            supervisions=tuple(ruling.supervised for ruling in further.rulings),
        )
        return with_sections(report, setup.plugins)


def _chosen(setup: Setup, records: Records) -> engine.Checks:
    """The checks that can be run. Without ``samtaler`` no case is judged by the visitationstilsyn or beside it."""
    checks = setup.plugins.checks
    if "samtaler" in records.present:
        return engine.choose(checks, records.present)
    apart = [one for one in checks if one.RULE.supervision == SUPERVISION or one.JUDGES in engine.ASPECTS]
    chosen = engine.choose([one for one in checks if one not in apart], records.present)
    reasons = (*chosen.not_run, *((one.RULE.code, "tabellen samtaler er ikke med") for one in apart))
    return replace(chosen, not_run=tuple(sorted(reasons)))


def _supervise(setup: Setup, records: Records, audit: Audited) -> Further:
    """Let the further supervisions judge whose own tables are among the sources."""
    return supervise(setup.plugins.supervisions, records, audit, _municipality(setup), setup.law)


def _combined(setup: Setup, records: Records, judged: "Judged", further: Further) -> Combined:
    """The expected loss of all supervisions together."""
    priced = {sag_id: case for ruling in further.rulings for sag_id, case in ruling.priced.items()}
    results = [judged.cases, *(ruling.supervised.cases or () for ruling in further.rulings)]
    return combine(results, priced, setup.law, records.udbetalinger is not None)


def _place_further(judged: "Judged", further: Further, setup: Setup, opened: Opened) -> None:
    """Put the findings of the further supervisions among those of the cases, in the contract's order."""
    rules = setup.config.rules
    whole = Subject("kommune", _shown(setup.config.municipality.code) or "")
    for ruling in further.rulings:
        for case in ruling.supervised.cases or ():
            judged.placed.extend(
                _placed(list(case.findings), Subject("sag", case.sag_id), case.sag_id, case.team, rules)
            )
        judged.placed.extend(_placed(list(ruling.findings), whole, None, None, rules))
        for odd in ruling.oddities:
            subject = whole if odd.sag_id is None else Subject("sag", odd.sag_id)
            judged.placed.extend(_placed(_odd(odd, setup, opened), subject, odd.sag_id, None, rules))
    judged.placed.sort(key=lambda one: (one.sag_id is not None, one.sag_id or "", in_order(one.finding, one.subject)))


def _odd(odd: Oddity, setup: Setup, opened: Opened) -> list[Finding]:
    """The finding for a row that a further supervision found not to fit the others."""
    rule = next(check.RULE for check in setup.plugins.checks if check.RULE.code == odd.code)
    file = opened.files[odd.evidence[0].source]
    problem = Problem(
        odd.code,
        "odd",
        file.table,
        file.name,
        odd.evidence,
        odd.sag_id,
        odd.date,
        False,
        odd.assessable,
        {},
        file.sheet,
    )
    return [of_problem(rule, problem, masked(odd.sentence))]


@dataclass(frozen=True, slots=True)
class Account:
    """How one rule was used on one case; ``not_run`` says why the rule was not checked at all."""

    rule: Rule
    sag_id: str
    weighed: tuple[Weighed, ...]
    findings: tuple[Finding, ...]
    not_run: str | None


def find_check(code: str) -> Check:
    """The check with this code, or the supervision's rule.

    Raises ``UserError`` if there is none, with the nearest that there is.
    """
    checks = {one.RULE.code: one for one in load().stated}
    if code not in checks:
        near = difflib.get_close_matches(code, checks, n=1)
        meant = f" Mente du {near[0]}?" if near else ""
        raise UserError(f"Der er ingen regel med den kode.{meant} Se alle med: kommunecheck rules.")
    return checks[code]


def account_for(path: Path, code: str, sag_id: str, options: Options) -> Account:
    """How a rule was used on one case: what was weighed, and what came of it.

    Raises ``UserError`` if there is no such rule or case.
    """
    rule = find_check(code).RULE
    setup = set_up(path, options)
    _, records, audit = _read(setup, options)
    checks = _chosen(setup, records)
    found = next((one for one in setup.plugins.checks if one.RULE.code == code), None)
    if found is None:
        return _account_further(_supervise(setup, records, audit), rule, sag_id)
    if sag_id not in records.names:
        raise UserError("Sagen findes ikke i sager. Skriv sag_id, som rapporten viser det.")
    problems = records.problems.get(sag_id, ())
    findings = engine.row_findings(problems, checks).findings
    weighed: tuple[Weighed, ...] = ()
    screened = unscreened(len(records.names))
    wanted = untold(records, screened) & (pl.Series(records.names) == sag_id)
    for laid in chain.from_iterable(lay_out(piece) for piece in pieces(records, audit, screened, wanted)):
        verdict = engine.judge(laid.case, laid.assessable, checks, setup.law)
        findings = [*(verdict.findings if verdict else ()), *findings]
        weighed = tuple(weigh(measure(laid.case, setup.law, checks.steps), found, setup.law))
    own = tuple(finding for finding in findings if finding.rule.code == code)
    return Account(rule, sag_id, weighed, own, dict(checks.not_run).get(code))


def _account_further(further: Further, rule: Rule, subject: str) -> Account:
    """What a further supervision found by one of its rules in a case, or of a subject of its own."""
    own: list[Finding] = []
    for ruling in further.rulings:
        own += [one for case in ruling.supervised.cases or () if case.sag_id == subject for one in case.findings]
        own += [one for one in ruling.findings if one.subject is not None and one.subject.id == subject]
    not_run = dict(further.not_run).get(rule.code)
    if rule not in further.rules:
        not_run = f"ingen af tabellerne til tilsynet {rule.supervision} er med"
    return Account(rule, subject, (), tuple(one for one in own if one.rule == rule), not_run)


def weigh(case: Case, found: AnyCheck, law: Law) -> Iterator[Weighed]:
    """What was weighed in a measured case for a rule of this kind."""
    if found.JUDGES == "deadlines":
        return weigh_deadlines(case, law)
    if found.JUDGES == "steps":
        return weigh_steps(case, law)
    return weigh_case(case)


def _read(setup: Setup, options: Options) -> tuple[Opened, Records, Audited]:
    shapes, opened = setup.plugins.tables, Opened()
    plugins = setup.plugins
    sources = find_sources(setup.folder, setup.config.sources, shapes, plugins.adapters, plugins.further_tables)
    if setup.key is None and any(source.case_key == "cpr" for source in sources):
        raise UserError(
            '[[sources]]: case_key = "cpr" kræver en nøgle, så ingen CPR-numre vises. Læg mindst 16 tilfældige tegn i '
            'en fil uden for udtrækket, og skriv den i kommunecheck.toml: [privacy] key_file = "noegle.txt".'
        )
    tables = open_sources(setup.folder, sources, shapes, plugins.adapters, opened)
    records = take_in(tables, opened.files, read_note, setup.key)
    if "samtaler" not in records.present:
        records = dated_by(records, [field for one in plugins.supervisions for field in one.done])
    given = setup.config.audit
    audit = audited(records, options.first or given.from_, options.to or given.to, options.cutoff or given.cutoff)
    return opened, records, audit


class Judged(NamedTuple):
    """All that came of judging: the cases, the findings in the contract's order, and the rules that crashed where."""

    cases: list[CaseResult]
    placed: list[Placed]
    crashes: list[tuple[str, str | None]]
    outside: int


def _judge(
    setup: Setup,
    records: Records,
    audit: Audited,
    checks: engine.Checks,
    progress: Progress | None,
    helpers: Helpers | None,
) -> Judged:
    judged = _judge_whole(setup, records, checks)
    if "samtaler" not in records.present:
        for name in sorted(name for name in records.problems if name is not None):
            _place(judged, name, None, None, engine.row_findings(records.problems[name], checks), setup.config.rules)
        return judged
    bench = Bench(checks, setup.law, records.udbetalinger is not None)
    count = len(records.names)
    screened = unscreened(count) if engine.looks_at_plain_cases(checks) else screen(records, audit, setup.law)
    wanted = untold(records, screened)
    results = judge_all(pieces(records, audit, screened, wanted), bench, helpers)
    cases = zip(records.names, records.sager["team"].to_list(), screened.told, wanted.to_list(), strict=True)
    for number, (name, team, told, laid_out) in enumerate(cases, start=1):
        result = next(results) if laid_out else _plain(name, team, told, bench)
        problems = records.problems.get(name, ())
        if result is not None:
            judged.cases.append(result)
        if problems or (result is not None and (result.findings or result.crashed)):
            _place(judged, name, team, result, engine.row_findings(problems, checks), setup.config.rules)
        if progress is not None and (number % TOLD_EVERY == 0 or number == count):
            progress(number, count)
    return judged._replace(outside=count - len(judged.cases))


def _judge_whole(setup: Setup, records: Records, checks: engine.Checks) -> Judged:
    """What is found of the municipality itself and of rows that belong to no case."""
    municipality = _municipality(setup)
    subject = Subject("kommune", _shown(setup.config.municipality.code) or "")
    own = engine.municipality_findings(municipality, checks, setup.law)
    rows = engine.row_findings(records.problems.get(None, ()), checks)
    placed = _placed(own.findings + rows.findings, subject, None, None, setup.config.rules)
    crashes: list[tuple[str, str | None]] = [(code, None) for code in (*own.crashed, *rows.crashed)]
    return Judged([], sorted(placed, key=lambda one: in_order(one.finding, one.subject)), crashes, 0)


def _municipality(setup: Setup) -> Municipality:
    return Municipality(dict(setup.config.municipality.procedures))


def _place(
    judged: Judged, name: str, team: str | None, result: CaseResult | None, rows: engine.Found, rules: Rules
) -> None:
    """Put the findings of one case, and of its rows, behind those of the cases before it."""
    findings = [*(result.findings if result else ()), *rows.findings]
    own = _placed(findings, Subject("sag", name), name, team, rules)
    if rows.findings:
        own.sort(key=lambda one: in_order(one.finding, one.subject))
    judged.placed.extend(own)
    judged.crashes.extend((code, name) for code in (*(result.crashed if result else ()), *rows.crashed))


def _plain(name: str, team: str | None, told: int, bench: Bench) -> CaseResult | None:
    """What a case came out as that was not laid out; ``None`` if it has no day of benefit in the window.

    It was told to be plain, or its own row could not be used and nothing can be judged.
    """
    if told == OUTSIDE:
        return None
    fully = bool(told) and bench.checks.complete
    outcome = Outcome.NO_CRITICISM if fully else Outcome.NOT_ASSESSED
    nothing = NO_EXPOSURE if bench.paid_known else UNKNOWN_EXPOSURE
    return CaseResult(name, team, Outcome.WITHDRAWN if told == WITHDRAWN else outcome, fully, (), nothing)


def _placed(
    findings: list[Finding], subject: Subject, sag_id: str | None, team: str | None, rules: Rules
) -> list[Placed]:
    return [
        Placed(
            finding,
            finding.subject or subject,
            sag_id,
            team,
            rules.severity.get(finding.rule.code, finding.rule.severity),
        )
        for finding in findings
    ]


def _facts(
    setup: Setup,
    options: Options,
    opened: Opened,
    records: Records,
    audit: Audited,
    stated: Sequence[Rule],
    not_run: tuple[tuple[str, str], ...],
    judged: Judged,
    further: Further,
) -> Run:
    config = setup.config
    sources = {
        number: Source(*file, records.rows[number], records.used[number])
        for number, file in sorted(opened.files.items())
    }
    parameters = parameters_used(setup.law)
    unchecked = {code for code, _ in not_run}
    cell = audit.cutoff_from
    return Run(
        version=__version__,
        digest=_digest(setup, audit, parameters, sources.values()),
        synthetic=config.municipality.synthetic,
        municipality_code=_shown(config.municipality.code),
        municipality_name=_shown(config.municipality.name),
        ruleset=setup.law.ruleset.name,
        window=audit.window,
        cutoff=audit.cutoff,
        cutoff_from=cell and (sources[cell[0]].file, cell[1], cell[2]),
        parameters=parameters,
        sources=sources,
        plugins=setup.plugins.names,
        rules_run=tuple(rule.code for rule in stated if rule.code not in unchecked),
        not_run=not_run,
        ignored=_ignored(setup, options, stated),
        warnings=(
            *setup.plugins.failures,
            *opened.warnings,
            *_late_cutoff(audit, records, sources),
            *_warnings(setup.law, audit, records),
            *(warning for ruling in further.rulings for warning in ruling.warnings),
            *further.failures,
        ),
        crashes=tuple(judged.crashes),
        cases_outside_window=judged.outside,
        complete=not (setup.plugins.failures or opened.left_out or judged.crashes or further.failures),
    )


def _shown(text: str | None) -> str | None:
    return None if text is None else masked(text)


def _ignored(setup: Setup, options: Options, stated: Sequence[Rule]) -> tuple[tuple[str, str], ...]:
    """The codes whose findings are not shown, each with the reason. They count in outcomes and money all the same."""
    rules = setup.config.rules
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


def _warnings(law: Law, audit: Audited, records: Records) -> Iterator[str]:
    if "samtaler" not in records.present:
        yield "Visitationstilsynet er ikke med, fordi tabellen samtaler ikke er det. Kun andre tilsyn er ført."
        return
    vouched, window = law.ruleset.vouched, audit.window
    if window.first < vouched.first or window.last > vouched.last:
        yield (
            f"Perioden {span(window)} går ud over den tid, reglerne er kontrolleret for ({span(vouched)}). "
            "Brug tallene med forbehold."
        )
    if records.perioder is None:
        yield "Tabellen perioder er ikke med: sygdom, løntilskud og dage uden for målgruppen er ikke set."
    if records.udbetalinger is None:
        yield "Tabellen udbetalinger er ikke med: de tabte dage er fundet, men ingen beløb."
    elif "i_tilbud" not in records.present["udbetalinger"]:
        yield "Kolonnen i_tilbud mangler i udbetalinger: satsen kendes ikke, og tabte dage er uden pris."


def _digest(setup: Setup, audit: Audited, parameters: tuple[ParameterUsed, ...], sources: Iterable[Source]) -> str:
    """A hash of everything the result follows from: files, period, parameters, the program's version and plugins."""
    facts: Mapping[str, object] = {
        "version": __version__,
        "ruleset": setup.law.ruleset.name,
        "from": audit.window.first,
        "to": audit.window.last,
        "cutoff": audit.cutoff,
        "parameters": {one.name: one.value for one in parameters},
        "sources": sorted((source.table, source.sha256) for source in sources),
        "plugins": setup.plugins.names,
        "settings": {name: section.model_dump(mode="json") for name, section in setup.config.sections.items()},
    }
    return hashlib.sha256(orjson.dumps(facts, option=orjson.OPT_SORT_KEYS)).hexdigest()
