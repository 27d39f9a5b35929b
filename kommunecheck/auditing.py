"""The revisor's tools from files to values: the run they are made from is that of ``check``, and so are its figures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from kommunecheck import app
from kommunecheck.audit.reconciliation import reconcile
from kommunecheck.audit.rules import RULES
from kommunecheck.checks import unreadable_value
from kommunecheck.config import Audit, Rules
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import Subject, of_problem
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.reconciliation import Reconciliation
from kommunecheck.domain.report import Placed, Report, Run
from kommunecheck.domain.wording import number
from kommunecheck.intake.records import Claims, Records
from kommunecheck.setup import Options

CLAIMS = ("anmeldt_refusion", "berigtiget_refusion")


def reconciliation_of(path: Path, options: Options) -> tuple[Report, Reconciliation]:
    """The run and its reconciliation. The audited period is the whole of the files: every deadline is judged.

    Raises ``UserError`` as ``app.check``, and where the files do not say what was claimed and corrected.
    """
    setup = app.set_up(path, options)
    dated = Audit(cutoff=setup.config.audit.cutoff, supervisions=setup.config.audit.supervisions)
    setup = replace(setup, config=setup.config.model_copy(update={"audit": dated}))
    report, material = app.work(setup, replace(options, first=None, to=None), with_claims=True)
    _require(material.records)
    tolerance = setup.config.reconcile.tolerance_oere
    records = material.records
    negative = list(_negative(records.claims, records.names, report.run))
    made = reconcile(records, report.cases, setup.law, tolerance, negative)
    made = made._replace(findings=_shown(made.findings, setup.config.rules), fail_on=setup.config.rules.fail_on)
    codes = sorted((*report.run.rules_run, *(one.RULE.code for one in RULES)))
    run = replace(report.run, rules_run=tuple(codes), warnings=(*report.run.warnings, *_blank(made)))
    return replace(report, run=run), made


def _blank(made: Reconciliation) -> Iterator[str]:
    """What is to be said of payments that do not say what was claimed or corrected."""
    for how_many, column in ((made.blank_claims, CLAIMS[0]), (made.blank_corrections, CLAIMS[1])):
        if how_many:
            yield f"{column} er blank på {number(how_many, 'udbetaling', 'udbetalinger')} og regnes som 0,00 kr."


def _require(records: Records) -> None:
    """Raises ``UserError`` where there is nothing to hold against each other."""
    if "samtaler" not in records.present:
        raise UserError("Afstemningen kræver tabellen samtaler: uden den er der ingen tabte dage at holde op imod.")
    if records.claims is None:
        raise UserError("Afstemningen kræver tabellen udbetalinger. Læg den i mappen, og kør igen.")
    missing = [name for name in CLAIMS if name not in records.present["udbetalinger"]]
    if missing:
        raise UserError(
            f"Afstemningen kræver {' og '.join(missing)} i udbetalinger. Hent dem med ud, eller skriv i "
            "kommunecheck.toml, hvad kolonnerne hedder."
        )


def _negative(claims: Claims | None, names: Sequence[str], run: Run) -> Iterator[Placed]:
    """``DQ003``: corrections below 0. They are only looked at here: elsewhere nothing rests on them."""
    rows = [] if claims is None else claims.frame.filter(pl.col("berigtiget_refusion") < 0).iter_rows(named=True)
    for row in rows:
        name = None if row["case"] is None else names[row["case"]]
        cell, source = Evidence(row["source"], row["row"], "berigtiget_refusion"), run.sources[row["source"]]
        problem = Problem(
            unreadable_value.RULE.code, "negative", source.table, source.file, (cell,), name, row["fra"], True,
            sheet=source.sheet,
        )  # fmt: skip
        finding = of_problem(
            unreadable_value.RULE,
            problem,
            "En berigtigelse skrives som det positive beløb, der er taget tilbage. Ret fortegnet; rækken er ikke "
            "afstemt.",
        )
        subject = finding.subject or Subject("sag", name or "")
        yield Placed(finding, subject, name, None, unreadable_value.RULE.severity)


def _shown(placed: Iterable[Placed], rules: Rules) -> tuple[Placed, ...]:
    """The findings as this municipality shows them: how serious it takes each to be, and without those it ignores."""
    kept = (one for one in placed if not one.finding.rule.code.startswith(tuple(rules.ignore)))
    return tuple(
        one._replace(severity=rules.severity.get(one.finding.rule.code, one.severity))
        if one.severity is one.finding.rule.severity
        else one
        for one in kept
    )
