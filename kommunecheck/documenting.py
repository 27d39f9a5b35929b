"""What the municipality sends the directorate about cases, from files to values: the run is that of ``check``."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import orjson

from kommunecheck import app
from kommunecheck.adapters.files import read_named
from kommunecheck.asked import Material as Made
from kommunecheck.domain.case import Case
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.privacy import has_cpr
from kommunecheck.domain.report import CaseResult, Report
from kommunecheck.domain.wording import span
from kommunecheck.filled import column_in, facts_in
from kommunecheck.intake.records import Records
from kommunecheck.judging import laid_out_anew
from kommunecheck.law.hearing import Hearing, hearing_of
from kommunecheck.law.material import Dossier, material_of
from kommunecheck.placing import chosen
from kommunecheck.reports.excel.book import safe
from kommunecheck.reports.excel.form import CUTOFF, FROM, KIND, TO
from kommunecheck.reports.sample import excel as form
from kommunecheck.reports.sample.json import SAMPLE
from kommunecheck.setup import Options


class Drawn(NamedTuple):
    """A drawn list: its cases, each once and as the list shows them, and the period and the cutoff it was drawn of."""

    sag_ids: tuple[str, ...]
    first: date
    to: date
    cutoff: date


def drawn_in(file: Path) -> Drawn:
    """The list that ``sample`` wrote, as a workbook or as JSON. Raises ``UserError`` where it is none of ours."""
    kind, days, sag_ids = _drawn_as_json(file) if file.suffix.lower() == ".json" else _drawn_as_workbook(file)
    try:
        if kind != SAMPLE or not sag_ids:
            raise ValueError("no sample of ours")
        first, to, cutoff = (date.fromisoformat(str(day)) for day in days)
    except ValueError:
        raise UserError(f"{file.name} er ikke en stikprøve fra kommunecheck sample. Brug den fil, den skrev.") from None
    return Drawn(tuple(dict.fromkeys(sag_ids)), first, to, cutoff)


def _drawn_as_workbook(file: Path) -> tuple[object, list[object], list[str]]:
    """Schema, days and cases of a workbook to judge a sample in, filled in or not."""
    facts = facts_in(file, form.FACTS)
    days: list[object] = [facts.get(one) for one in (FROM, TO, CUTOFF)]
    return facts.get(KIND), days, column_in(file, form.CASES.sheet, "Sag")


def _drawn_as_json(file: Path) -> tuple[object, list[object], list[str]]:
    """Schema, days and cases of a drawn list; nothing of them where it is another document."""
    content = read_named(file, f"{file.name} kan ikke læses: filen")
    try:
        told = orjson.loads(content)
        run = told["run"]
        strata = told["sample"]["strata"]
        sag_ids = [str(one["sag_id"]) for stratum in strata for one in stratum["drawn"]]
        return told["schema"], [run["from"], run["to"], run["cutoff"]], sag_ids
    except (ValueError, KeyError, TypeError):
        return None, [], []


def material_for(path: Path, options: Options, sag_ids: Sequence[str]) -> tuple[Report, tuple[Dossier, ...]]:
    """The run, and the material of the cases in the order given.

    Raises ``UserError`` as ``app.check``, and for a case that there is no material of.
    """
    report, made, cases = _judged(path, options, sag_ids)
    present = made.records.present
    return report, tuple(material_of(case, made.setup.law, present) for _, case in cases)


def hearing_for(path: Path, options: Options, sag_id: str) -> tuple[Report, CaseResult, Hearing]:
    """The run, what the case came out as, and what a draft answer to a hearing about it is written from.

    Raises ``UserError`` as ``app.check``, and for a case that is not judged.
    """
    report, made, ((result, case),) = _judged(path, options, [sag_id])
    return report, result, hearing_of(case, result.findings, made.setup.law)


def _judged(
    path: Path, options: Options, sag_ids: Sequence[str]
) -> tuple[Report, Made, tuple[tuple[CaseResult, Case], ...]]:
    """The run, what it was made from, and each of the cases as it came out and as the law measured it.

    The sentences that steps rest on are read whatever ``[privacy] quote_notes`` says of reports: § 4, stk. 2 and § 5,
    stk. 2 ask for the documentation itself, and the command is only given to send it.
    """
    setup = app.set_up(path, options)
    privacy = setup.config.privacy.model_copy(update={"quote_notes": True})
    setup = replace(setup, config=setup.config.model_copy(update={"privacy": privacy}))
    report, made = app.work(setup, options)
    if "samtaler" not in made.records.present:
        raise UserError("Både materialet og svaret kræver tabellen samtaler: uden den er ingen sag vurderet.")
    names = _names(made.records, report, sag_ids)
    steps = chosen(setup, made.records).steps
    laid = laid_out_anew(made.records, made.audit, names, setup.law, steps)
    results: Mapping[str, CaseResult] = {case.sag_id: case for case in report.cases}
    return report, made, tuple((results[name], laid[name]) for name in names)


def _names(records: Records, report: Report, sag_ids: Sequence[str]) -> list[str]:
    """The cases as the records call them. Raises ``UserError`` for one that was not judged; it is not repeated."""
    known = {safe(name).strip(): name for name in records.names} | {name: name for name in records.names}
    judged = {case.sag_id for case in report.cases}
    usable = dict(zip(records.names, records.sager["anmodningsdato"].is_not_null(), strict=True))
    names = []
    for place, given in enumerate(sag_ids, 1):
        which = "Sagen" if len(sag_ids) == 1 else f"Sag nr. {place} på listen"
        name = known.get(given.strip())
        if has_cpr(given):
            raise UserError(f"{which} er skrevet som et CPR-nummer. Skriv sag_id, som rapporten viser det.")
        if name is None:
            raise UserError(f"{which} findes ikke i sager. Skriv sag_id, som rapporten viser det.")
        if not usable[name]:
            raise UserError(
                f"{which} er sat til side: dens række i sager kan ikke bruges. Kør check, ret rækken i fagsystemet, og "
                "hent udtrækket igen."
            )
        if name not in judged:
            raise UserError(
                f"{which} har ingen dage med ydelse i perioden {span(report.run.window)}. Skriv en anden periode med "
                "--from og --to."
            )
        names.append(name)
    return list(dict.fromkeys(names))
