"""The commands that look from night to night: what is known, what is accepted, and the runs that are kept."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kommunecheck.commanding import FINDINGS, INCOMPLETE, Day, codes_in, nearest, say, spare, with_progress
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.wording import number

if TYPE_CHECKING:
    from kommunecheck.app import Options, Setup
    from kommunecheck.domain.report import Report
    from kommunecheck.nightly.compare import Known
    from kommunecheck.nightly.history import History


@click.group(options_metavar="[VALG]", subcommand_metavar="KOMMANDO", short_help="Kendte fund, som ikke tæller igen.")
def baseline() -> None:
    """Gem de fund, kommunen kender, så kun det, der er nyt eller værre, tæller i næste kørsel.

    Filen står som [baseline] file i kommunecheck.toml. Alle fund vises stadig i rapporten.
    """


@baseline.command(options_metavar="[VALG]", short_help="Gem alle fund som kendte.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
def create(path: Path | None) -> int:
    """Gem alle fund som kendte i en ny fil. En fil, der er der i forvejen, bliver ikke overskrevet."""
    from kommunecheck.app import Options
    from kommunecheck.nightly.baseline import known_by

    setup, file = _with_baseline(path, Options(compare=False))
    if file.exists():
        raise UserError(f"{file.name} findes i forvejen. Tag nye fund med: kommunecheck baseline update.")
    report = with_progress(setup, Options(compare=False))
    return _keep(report, file, known_by(report))


@baseline.command(options_metavar="[VALG]", short_help="Tag nye fund med, og husk dem, der er løst.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
def update(path: Path | None) -> int:
    """Tag nye fund med blandt de kendte. Løste fund huskes: kommer et tilbage, er det genopstået."""
    from kommunecheck.app import Options
    from kommunecheck.nightly.baseline import updated

    setup, file = _with_baseline(path, Options())
    report = with_progress(setup, Options())
    assert setup.tonight.known is not None  # noqa: S101 - the file is read, or the run ends
    return _keep(report, file, updated(setup.tonight.known, report))


@baseline.command(options_metavar="[VALG]", short_help="Vis de kendte fund.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
def show(path: Path | None) -> None:
    """Vis, hvor mange fund der er kendte, regel for regel, og hvad de koster."""
    from kommunecheck.app import Options
    from kommunecheck.reports.keeping import print_known

    setup, _ = _with_baseline(path, Options())
    assert setup.tonight.known is not None  # noqa: S101 - the file is read, or the run ends
    print_known(setup.tonight.known.findings, len(setup.tonight.known.gone), setup.plugins.rules)


def _with_baseline(path: Path | None, options: "Options") -> tuple["Setup", Path]:
    """The setup, and the file of known findings that it names."""
    from kommunecheck import app

    setup = app.set_up(path or nearest(), options)
    if setup.config.baseline.file is None:
        raise UserError('Skriv i kommunecheck.toml, hvor de kendte fund skal stå: [baseline] file = "baseline.json".')
    return setup, setup.folder / setup.config.baseline.file


def _keep(report: "Report", file: Path, known: "Known") -> int:
    """Write the known findings, unless the run that found them was incomplete."""
    from kommunecheck.nightly.baseline import written
    from kommunecheck.writing import write_whole

    if not report.run.complete:
        say("Kørslen er ufuldstændig. De kendte fund er ikke skrevet.")
        return INCOMPLETE
    write_whole(file, written(known))
    click.echo(f"{file.name}: {number(len(known.findings), 'kendt fund', 'kendte fund')}.")
    return 0


@click.group(options_metavar="[VALG]", subcommand_metavar="KOMMANDO", short_help="Fund, kommunen har accepteret.")
def waiver() -> None:
    """Accepter fund med en grund, en hjemmel, en godkender og en sidste dag.

    Filen står som [waivers] file i kommunecheck.toml. Et accepteret fund vises stadig i rapporten, og begge beløb står.
    """


@waiver.command(options_metavar="[VALG]", short_help="Accepter et fund, eller fund af en regel.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
@click.option("--id", "name", required=True, metavar="ID", help="Et navn til accepten, som ingen anden har.")
@click.option("--code", "codes", multiple=True, required=True, metavar="KODE", help="Reglens kode. Kan gentages.")
@click.option("--fingerprint", metavar="KENDEMÆRKE", help="Ét fund, ved dets kendemærke fra JSON-rapporten.")
@click.option("--case", "sag_id", metavar="SAG", help="Fund i denne sag.")
@click.option("--date", "day", type=Day(), help="Kun fund med denne dato; hører til --case.")
@click.option("--from", "first", type=Day(), help="Alle fund med dato fra og med denne dag.")
@click.option("--to", type=Day(), help="Til og med denne dag.")
@click.option("--reason", required=True, metavar="TEKST", help="Hvorfor fundet accepteres.")
@click.option("--legal-basis", required=True, metavar="TEKST", help="Hjemlen, fx »særlige tilfælde, vejl. til § 5«.")
@click.option("--author", required=True, metavar="HVEM", help="Den, der skriver.")
@click.option("--approved-by", required=True, metavar="HVEM", help="Den, der godkender; en anden.")
@click.option("--expires", required=True, type=Day(), help="Acceptens sidste dag.")
@click.option("--today", type=Day(), envvar="KOMMUNECHECK_TODAY", help="Dagen i dag.")
def add(
    path: Path | None,
    name: str,
    codes: tuple[str, ...],
    fingerprint: str | None,
    sag_id: str | None,
    day: date | None,
    first: date | None,
    to: date | None,
    reason: str,
    legal_basis: str,
    author: str,
    approved_by: str,
    expires: date,
    today: date | None,
) -> None:
    """Skriv en accept sidst i filen. Er noget galt med den, bliver intet skrevet."""
    from kommunecheck.nightly.waivers import added
    from kommunecheck.writing import write_whole

    setup, file = _with_waivers(path, today)
    asked = {
        "id": name,
        "codes": list(codes_in(codes)),
        "fingerprint": fingerprint,
        "sag_id": sag_id,
        "date": day,
        "from": first,
        "to": to,
        "reason": reason,
        "legal_basis": legal_basis,
        "author": author,
        "approved_by": approved_by,
        "expires": expires,
    }
    given = {key: value for key, value in asked.items() if value is not None}
    content = added(file, given, setup.plugins.rules, _day_of(setup), setup.config.waivers.longest_days)
    write_whole(file, content)
    click.echo(f"{file.name}: accepten {name} er skrevet.")


@waiver.command("list", options_metavar="[VALG]", short_help="Vis accepterne, den der udløber først øverst.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
@click.option("--expiring-in", type=click.IntRange(0), metavar="DAGE", help="Kun dem, der udløber inden så mange dage.")
@click.option("--today", type=Day(), envvar="KOMMUNECHECK_TODAY", help="Dagen i dag.")
def list_(path: Path | None, expiring_in: int | None, today: date | None) -> None:
    """Vis accepterne, den der udløber først øverst."""
    from kommunecheck.reports.keeping import print_waivers

    setup, _ = _with_waivers(path, today)
    now = _day_of(setup)
    shown = [
        (one.id, ", ".join(one.codes), one.what, one.expires.toordinal())
        for one in setup.tonight.waivers or ()
        if expiring_in is None or 0 <= (one.expires - now).days <= expiring_in
    ]
    print_waivers(shown, now.toordinal())


@waiver.command("check", options_metavar="[VALG]", short_help="Se, om accepterne stadig dækker noget.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
@click.option("--today", type=Day(), envvar="KOMMUNECHECK_TODAY", help="Dagen i dag.")
def check_waivers(path: Path | None, today: date | None) -> int:
    """Se, hvad hver accept dækker i udtrækket. Udløbne accepter og dem, der intet dækker, er nævnt."""
    from kommunecheck.app import Options
    from kommunecheck.reports.keeping import print_uses

    setup, _ = _with_waivers(path, today)
    report = with_progress(setup, Options(today=today))
    uses = () if report.nightly is None else report.nightly.uses
    print_uses(uses)
    return FINDINGS if any(not use.sound for use in uses) else 0


def _with_waivers(path: Path | None, today: date | None) -> tuple["Setup", Path]:
    """The setup, and the file of accepted findings that it names."""
    from kommunecheck import app

    setup = app.set_up(path or nearest(), app.Options(today=today))
    if setup.config.waivers.file is None:
        raise UserError('Skriv i kommunecheck.toml, hvor accepterne skal stå: [waivers] file = "waivers.toml".')
    return setup, setup.folder / setup.config.waivers.file


def _day_of(setup: "Setup") -> date:
    """The day waivers are judged by: there is one wherever there is a file of them."""
    assert setup.tonight.today is not None  # noqa: S101 - as it says
    return setup.tonight.today


@click.command(options_metavar="[VALG]", short_help="Vis de kørsler, der er gemt.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
def history(path: Path | None) -> None:
    """Vis de kørsler, der er gemt i [history] database, den ældste først."""
    from kommunecheck.reports.keeping import print_runs

    _, kept = _with_history(path)
    print_runs(kept.runs())


@click.command(options_metavar="[VALG]", short_help="Sammenlign to kørsler.")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
def diff(before: str, after: str, path: Path | None) -> int:
    """Vis, hvad der er kommet, gået og ændret fra kørsel A til kørsel B, og hvad det betyder i kroner.

    A og B er numre fra kommunecheck history, eller to rapporter som JSON.
    """
    from kommunecheck.domain.rule import codes_now
    from kommunecheck.nightly.difference import between, between_reports
    from kommunecheck.plugins.host import load
    from kommunecheck.reports.keeping import print_difference

    if before.isdecimal() and after.isdecimal():
        _, kept = _with_history(path)
        difference = between(kept, int(before), int(after))
    elif path is None:
        difference = between_reports(Path(before), Path(after), codes_now(load().rules))
    else:
        raise UserError("Skriv to numre fra kommunecheck history og mappen, eller to rapporter (.json).")
    print_difference(difference)
    return FINDINGS if difference.is_worse else 0


@click.command(options_metavar="[VALG]", short_help="Vis de seneste tolv måneder.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
@click.option("-o", "--output", "page", metavar="FIL", type=click.Path(path_type=Path), help="Skriv en side (.html).")
def trend(path: Path | None, page: Path | None) -> None:
    """Vis de seneste tolv måneder: fejl, tab og det, der løber, og hvad hver regel og hvert team er kommet til.

    Den sidste kørsel i hver måned står for den.
    """
    from kommunecheck.nightly.trend import months_of

    if page is not None and page.suffix.lower() != ".html":
        raise UserError(f"-o {page.name}: udviklingen kan kun skrives som .html.")
    setup, history = _with_history(path)
    if page is not None:
        spare({page: None}, (), setup.named)
    months = months_of(history.runs())
    if page is None:
        from kommunecheck.reports.keeping import print_trend

        print_trend(months)
        return
    if not months:
        raise UserError("Der er ingen kørsler endnu, så der er ingen udvikling at skrive.")
    from kommunecheck.reports.html.trend import trend_page
    from kommunecheck.writing import write_whole

    write_whole(page, trend_page(months, setup.config.municipality.name))


def _with_history(path: Path | None) -> tuple["Setup", "History"]:
    """The setup, and the runs that are kept as it says."""
    from kommunecheck import app

    setup = app.set_up(path or nearest(), app.Options(compare=False))
    if setup.tonight.history is None:
        raise UserError(
            'Skriv i kommunecheck.toml, hvor kørslerne skal gemmes: [history] database = "historik.sqlite".'
        )
    return setup, setup.tonight.history


@click.command(options_metavar="[VALG]", short_help="Kør en bevismappe om, og se, om den er den samme.")
@click.argument("bundle", metavar="BEVIS", type=click.Path(path_type=Path))
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
def verify(bundle: Path, path: Path | None) -> int:
    """Kør det, en bevismappe er et bevis for, om igen, og se, om svaret er det samme.

    BEVIS er en mappe, som check -o MAPPE/ har skrevet. STI er udtrækket eller opsætningen. Intet bliver skrevet.
    """
    from kommunecheck import evidence

    found = evidence.verify(bundle, path or nearest(), with_progress)
    if not found.differences:
        files = f"{number(found.inputs, 'kilde', 'kilder')} og {number(found.outputs, 'fil', 'filer')}"
        click.echo(f"Identisk: {files} er de samme, og en ny kørsel giver det samme, tegn for tegn.")
        return 0
    click.echo("Ikke identisk:")
    for sentence in found.differences:
        click.echo(f"- {masked(sentence)}")
    return FINDINGS


COMMANDS = (baseline, waiver, history, diff, trend, verify)
