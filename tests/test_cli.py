"""The command line against the contract (domain.md section 8): what each command prints, writes and ends with."""

import csv
import errno
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest
from alone import LILLEBY as EVERY_TABLE
from alone import LILLEBY as WHOLE_LILLEBY
from alone import lilleby_alone

from kommunecheck import app
from kommunecheck.__main__ import main as start
from kommunecheck.checks import late_interview
from kommunecheck.cli import run
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import Finding
from kommunecheck.reports import console
from kommunecheck.reports import json as json_format
from kommunecheck.reports.explanation import Account, print_account

LILLEBY = lilleby_alone()
TABLES = ("sager", "samtaler", "perioder", "udbetalinger", "journal")
FREE, LATE, NOT_HELD, FOLLOWED_UP, FIRST_CONTACT = "L001", "L011", "L027", "L036", "L050"
"""Cases of Lilleby with nothing, VT101, VT102, VT105 and VT107."""

RULES = {
    "VT101": ("sen-samtale", "fejl"),
    "VT102": ("manglende-samtale", "fejl"),
    "VT103": ("sen-indkaldelse", "fejl"),
    "VT104": ("udeblivelse-uden-opfoelgning", "fejl"),
    "VT105": ("udeblivelse-fulgt-op", "advarsel"),
    "VT106": ("sen-samtale-efter-sygdom", "fejl"),
    "VT107": ("kun-foerste-henvendelse", "oplysning"),
    "VT201": ("manglende-matchkategori", "fejl"),
    "VT202": ("grovmatch-ved-samtale", "fejl"),
    "VT203": ("manglende-opmaerksomhedsomraader", "fejl"),
    "VT204": ("sen-registrering", "fejl"),
    "VT205": ("kun-dokumenteret-i-journal", "advarsel"),
    "VT206": ("ugyldig-matchkategori", "fejl"),
    "VT301": ("manglende-arbejdssoegende-registrering", "fejl"),
    "VT401": ("ydelse-ikke-oplyst", "advarsel"),
    "VT402": ("ikke-i-drv", "advarsel"),
    "VT403": ("uden-for-maalgruppe", "oplysning"),
    "VT405": ("manglende-forretningsgang", "oplysning"),
    "VT501": ("ikke-berigtiget", "fejl"),
    "VT502": ("forkert-berigtiget", "fejl"),
    "VT503": ("forkert-refusionssats", "fejl"),
    "VT504": ("anmeldt-uden-grundlag", "fejl"),
    "SB101": ("frist-overskredet", "fejl"),
    "SB102": ("manglende-underretning", "fejl"),
    "SB103": ("underretning-uden-dato", "fejl"),
    "SB104": ("ny-frist-overskredet", "fejl"),
    "SB105": ("manglende-kvittering", "advarsel"),
    "SB106": ("doed-periode", "advarsel"),
    "SB201": ("manglende-partshoering", "fejl"),
    "SB202": ("manglende-begrundelse", "fejl"),
    "SB203": ("manglende-klagevejledning", "fejl"),
    "SB204": ("mundtlig-afgoerelse", "advarsel"),
    "SB205": ("manglende-notat", "advarsel"),
    "SB301": ("overholdelse", "advarsel"),
    "SB302": ("underretningsandel", "oplysning"),
    "SB303": ("manglende-frist", "advarsel"),
    "DQ001": ("ugyldigt-cpr", "advarsel"),
    "DQ002": ("ukendt-sag", "fejl"),
    "DQ003": ("ulaeselig-vaerdi", "fejl"),
    "DQ004": ("dublet", "fejl"),
    "DQ005": ("umulig-datofoelge", "advarsel"),
    "DQ006": ("overlappende-udbetalinger", "advarsel"),
    "DQ007": ("udbetaling-uden-for-sag", "advarsel"),
    "DQ008": ("ukendt-kode", "fejl"),
    "RT101": ("manglende-raadighedsvurdering", "fejl"),
    "RT102": ("manglende-afgoerelse", "fejl"),
    "RT103": ("sanktion-uden-hjemmel", "fejl"),
    "RT104": ("manglende-partshoering", "fejl"),
    "RT105": ("manglende-begrundelse", "fejl"),
    "RT106": ("manglende-klagevejledning", "fejl"),
    "RT107": ("manglende-vejledning", "advarsel"),
    "RT108": ("udbetalt-trods-ophoer", "fejl"),
    "RT109": ("haendelse-ikke-registreret", "advarsel"),
    "RT110": ("ankesag", "oplysning"),
    "RT111": ("sanktion-trods-vurdering", "fejl"),
    "RT201": ("uden-for-maalgruppe", "oplysning"),
    "RT202": ("maalgruppe-ukendt", "oplysning"),
    "RT301": ("manglende-forretningsgang", "oplysning"),
    "KS101": ("lav-udtagning", "fejl"),
    "KS102": ("lav-udtagning-paa-vej", "advarsel"),
    "KS103": ("udtaget-uden-visitering", "oplysning"),
}
"""Every rule of the contract with its name and its severity in Danish."""

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: Patch) -> None:
    for name in [name for name in os.environ if name.startswith("KOMMUNECHECK_")]:
        monkeypatch.delenv(name)


def part_of_lilleby(folder: Path, *cases: str, configuration: str = "") -> Path:
    """Lilleby with these cases alone (all of them if none is named), and more lines in its configuration."""
    shutil.copytree(LILLEBY, folder)
    if cases:
        for table in TABLES:
            file = folder / f"{table}.csv"
            with file.open(encoding="utf-8", newline="") as opened:
                heading, *rows = csv.reader(opened, delimiter=";")
            place = heading.index("sag_id")
            lines = [heading, *(row for row in rows if row[place] in cases)]
            file.write_text("".join(";".join(row) + "\n" for row in lines), encoding="utf-8")
    with (folder / "kommunecheck.toml").open("a", encoding="utf-8") as file:
        file.write(configuration)
    return folder


@pytest.fixture
def lilleby(tmp_path: Path) -> Path:
    return part_of_lilleby(tmp_path / "lilleby")


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return part_of_lilleby(tmp_path / "sound", FREE)


def checked(folder: Path, *arguments: str) -> tuple[int, dict]:
    """The exit status of ``check``, and the report it wrote."""
    file = folder.parent / f"{folder.name}.json"
    status = run(["check", str(folder), "-o", str(file), *arguments])
    assert status != 2, "no report was written"
    return status, json.loads(file.read_bytes())


def codes(report: dict) -> set[str]:
    return {finding["code"] for finding in report["findings"]}


def in_a_process(*arguments: str, before: tuple[str, ...] = (), **told: object) -> subprocess.CompletedProcess[bytes]:
    command = [*before, sys.executable, "-m", "kommunecheck", *arguments]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | told
    return subprocess.run(command, check=False, **streams)  # noqa: S603 - our own command


# Exit status 0, 1 and 3: a report is written


def test_a_municipality_without_errors_gives_0(sound: Path) -> None:
    status, report = checked(sound)
    assert status == 0
    assert report["findings"] == []


def test_a_finding_of_severity_error_gives_1(lilleby: Path) -> None:
    status, report = checked(lilleby)
    assert status == 1
    assert report["run"]["complete"] is True


@pytest.mark.parametrize(("case", "code"), [(FOLLOWED_UP, "VT105"), (FIRST_CONTACT, "VT107")])
def test_a_warning_or_information_alone_gives_0(case: str, code: str, tmp_path: Path) -> None:
    status, report = checked(part_of_lilleby(tmp_path / "kommune", case))
    assert status == 0
    assert codes(report) == {code}


@pytest.mark.parametrize(
    ("case", "fail_on", "status"),
    [
        (LATE, "error", 1),
        (FOLLOWED_UP, "error", 0),
        (FOLLOWED_UP, "warning", 1),
        (FIRST_CONTACT, "warning", 0),
        (FIRST_CONTACT, "info", 1),
        (FREE, "info", 0),
    ],
)
def test_fail_on_says_how_serious_a_finding_must_be_to_give_1(
    case: str, fail_on: str, status: int, tmp_path: Path
) -> None:
    folder = part_of_lilleby(tmp_path / "kommune", case, configuration=f'\n[rules]\nfail_on = "{fail_on}"\n')
    assert checked(folder)[0] == status


def test_an_optional_source_that_cannot_be_used_gives_3_and_an_incomplete_report(
    lilleby: Path, capsys: Capture
) -> None:
    file = lilleby / "perioder.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(";fra;", ";begynder;", 1), encoding="utf-8")
    status, report = checked(lilleby)
    assert status == 3
    assert report["run"]["complete"] is False
    assert any("perioder.csv" in warning and "fra" in warning for warning in report["run"]["warnings"])
    assert "perioder" not in {source["table"] for source in report["run"]["sources"]}
    assert report["summary"]["cases"] == 106
    shown = capsys.readouterr().out
    assert shown.index("RAPPORTEN ER UFULDSTÆNDIG: se Forbehold") < shown.index("Forventet tab af refusion")
    assert "Rapporten er ufuldstændig." in shown


def test_a_check_that_crashes_gives_3_and_stands_in_the_report(lilleby: Path, monkeypatch: Patch) -> None:
    def crash(*_: object) -> Iterator[object]:
        raise ZeroDivisionError("a mistake of ours")

    monkeypatch.setattr(late_interview, "check", crash)
    status, report = checked(lilleby)
    assert status == 3
    assert report["run"]["complete"] is False
    assert {"code": "VT101", "sag_id": LATE} in report["run"]["crashes"]
    (case,) = (case for case in report["cases"] if case["sag_id"] == LATE)
    assert (case["outcome"], case["fully_assessed"]) == ("not_assessed", False)
    assert "VT102" in codes(report)


# Exit status 2: no report is written


def refused(capsys: Capture, *arguments: str) -> str:
    """What is said when the command ends with 2 and shows nothing else."""
    assert run(list(arguments)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    return said.err


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path, capsys: Capture) -> None:
    assert "ingenting findes ikke" in refused(capsys, "check", str(tmp_path / "ingenting"))


@pytest.mark.parametrize("table", ["sager", "samtaler"])
def test_a_folder_without_a_required_table_is_refused(table: str, lilleby: Path, capsys: Capture) -> None:
    (lilleby / f"{table}.csv").unlink()
    assert f"{table}.csv findes ikke" in refused(capsys, "check", str(lilleby))


@pytest.mark.parametrize(
    ("table", "column"),
    [("sager", "sag_id"), ("sager", "anmodningsdato"), ("samtaler", "status"), ("samtaler", "type")],
)
def test_a_required_table_without_a_required_column_is_refused(
    table: str, column: str, lilleby: Path, capsys: Capture
) -> None:
    file = lilleby / f"{table}.csv"
    heading, rest = file.read_text(encoding="utf-8").split("\n", 1)
    changed = ";".join("noget andet" if one == column else one for one in heading.split(";"))
    file.write_text(f"{changed}\n{rest}", encoding="utf-8")
    first = refused(capsys, "check", str(lilleby)).splitlines()[0]
    assert first.startswith(f"Fejl: {table}.csv, række 1: ")
    assert "mangler" in first
    assert column in first


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\x81\x8d\x8f;\n", b'sag_id;"ydelsestype\nL001;x\n'])
def test_a_required_table_that_cannot_be_read_is_refused(content: bytes, lilleby: Path, capsys: Capture) -> None:
    (lilleby / "sager.csv").write_bytes(content)
    assert "sager.csv" in refused(capsys, "check", str(lilleby))


@pytest.mark.parametrize(
    ("configuration", "sentences"),
    [
        ("[audit\n", ["kommunecheck.toml er ikke gyldig TOML", "linje 1"]),
        ("[audit]\ncutof = 2007-12-31\n", ["audit.cutof", "findes ikke", "Mente du »cutoff«?"]),
        ("[revision]\n", ["revision", "findes ikke"]),
        ("[[sources]]\ntable = 'sager'\nfil = 'x.csv'\n", ["fil", "Mente du »file«?"]),
        ("[[sources]]\ntable = 'samtale'\nfile = 'x.csv'\n", ["samtale", "Mente du »samtaler«?"]),
        ("[rules]\nfail_on = 'alvorlig'\n", ["rules.fail_on", "der ventes"]),
        ("[benchmark]\ngoals.visitatio = { 2007 = 15 }\n", ["[benchmark] goals", "Mente du »visitation«?"]),
        ("[rules]\nselect = ['XX1']\n", ["XX1"]),
        ("[rules]\nseverity = { VT999 = 'info' }\n", ["kommunecheck rules"]),
        ("[rules]\nignore = { VT101 = '' }\n", ["rules.ignore.VT101"]),
        ("[audit]\nfrom = 'i går'\n", ["audit.from", "der ventes en dato"]),
        ("[parameters]\ninterval_months = 'tre'\n", ["parameters.interval_months", "der ventes et helt tal"]),
        ("[audit]\nfrom = 2007-12-31\nto = 2007-01-01\n", ["2007-12-31", "2007-01-01"]),
    ],
)
def test_a_configuration_that_cannot_be_used_is_refused_with_what_is_wrong(
    configuration: str, sentences: list[str], lilleby: Path, capsys: Capture
) -> None:
    (lilleby / "kommunecheck.toml").write_text(configuration, encoding="utf-8")
    said = refused(capsys, "check", str(lilleby))
    assert said.startswith("Fejl: ")
    for sentence in sentences:
        assert sentence in said


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_code_that_no_rule_begins_with_is_refused(option: str, lilleby: Path, capsys: Capture) -> None:
    assert "XX9" in refused(capsys, "check", str(lilleby), option, "XX9")


@pytest.mark.parametrize("name", ["rapport.pdf", "rapport", "rapport.json.bak"])
def test_an_output_file_of_an_unknown_kind_is_refused_with_the_kinds_there_are(
    name: str, lilleby: Path, tmp_path: Path, capsys: Capture
) -> None:
    said = refused(capsys, "check", str(lilleby), "-o", str(tmp_path / name))
    assert name in said
    assert ".json" in said
    assert not (tmp_path / name).exists()


def test_an_output_file_in_a_folder_that_does_not_exist_is_refused(
    lilleby: Path, tmp_path: Path, capsys: Capture
) -> None:
    said = refused(capsys, "check", str(lilleby), "-o", str(tmp_path / "ikke her" / "rapport.json"))
    assert "mappen findes ikke" in said


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody can write in")
def test_an_output_file_in_a_folder_that_cannot_be_written_in_is_refused(lilleby: Path, capsys: Capture) -> None:
    assert "Rapporten kan ikke skrives" in refused(capsys, "check", str(lilleby), "-o", "/proc/rapport.json")


def test_ctrl_c_gives_2(lilleby: Path, monkeypatch: Patch, capsys: Capture) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "run", interrupted)
    assert "Afbrudt" in refused(capsys, "check", str(lilleby))


WHILE_IT_LOADS = """
import sys

class Interrupted:
    @staticmethod
    def find_spec(name, path, target=None):
        if name == "kommunecheck.commanding":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupted)
from kommunecheck.__main__ import main
main()
"""


def test_ctrl_c_gives_2_while_the_command_is_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", WHILE_IT_LOADS], capture_output=True, text=True)  # noqa: S603 - our own
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "Afbrudt. Der er ikke skrevet nogen rapport.\n")


TOO_LONG = "a" * 300
"""A name that no file and no folder can have."""


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", TOO_LONG),
        ("check", "{folder}", "-o", f"{TOO_LONG}.html"),
        ("check", "{folder}", "-o", f"{TOO_LONG}/"),
        ("inspect", TOO_LONG),
        ("init", TOO_LONG),
        ("history", TOO_LONG),
        ("benchmark", TOO_LONG),
        ("journal", "read", "{folder}/journal.csv", "--html", TOO_LONG),
        ("explain", "VT101", TOO_LONG, "--case", "S1"),
        ("demo", TOO_LONG),
    ],
    ids=lambda arguments: "-".join(arguments)[:20],
)
def test_a_path_that_no_file_can_have_is_refused(arguments: tuple[str, ...], lilleby: Path, capsys: Capture) -> None:
    said = refused(capsys, *(one.replace("{folder}", str(lilleby)) for one in arguments))
    assert (
        said
        == f"Fejl: {'a' * 40}… har et navn, der er for langt; vælg et kortere. Der er ikke skrevet nogen rapport.\n"
    )


@pytest.mark.parametrize("error", [ValueError, KeyError, AssertionError, RecursionError, MemoryError])
def test_an_uncaught_exception_gives_2_and_its_text_is_not_shown(
    error: type[Exception], lilleby: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise error("0101701234 Kanarie Fuglsang")

    monkeypatch.setattr(app, "run", crash)
    said = refused(capsys, "check", str(lilleby))
    assert "fejl" in said.lower()
    assert "0101701234" not in said
    assert "Kanarie" not in said


class Panic(BaseException):
    """As polars gives up."""


def test_a_panic_gives_2_and_its_text_is_not_shown(lilleby: Path, monkeypatch: Patch, capsys: Capture) -> None:
    def panic(*_: object, **__: object) -> None:
        raise Panic("0101701234 Kanarie Fuglsang")

    monkeypatch.setattr(app, "run", panic)
    said = refused(capsys, "check", str(lilleby))
    assert "Intern fejl i kommunecheck (Panic, test_cli.py:" in said
    assert "Kanarie" not in said


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")


@FULL
@pytest.mark.parametrize("arguments", [["ingenting"], ["ingenting", "--cutoff", "xx"]])
def test_an_error_that_cannot_be_said_does_not_look_like_findings(arguments: list[str], tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = in_a_process("check", *arguments, stderr=full, cwd=tmp_path)
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("shown", "cases"), [("console", (FREE,)), ("json", (FREE,)), ("json", ())], ids=["console", "short", "long"]
)
@pytest.mark.skipif(os.name != "posix", reason="pipes break otherwise elsewhere")
def test_a_broken_pipe_does_not_look_like_findings(shown: str, cases: tuple[str, ...], tmp_path: Path) -> None:
    folder = part_of_lilleby(tmp_path / "kommune", *cases)
    reader, writer = os.pipe()
    os.close(reader)
    done = in_a_process("check", str(folder), "--format", shown, stdout=writer)
    os.close(writer)
    assert done.returncode == 2
    assert done.stderr == b""


@pytest.mark.skipif(os.name != "posix", reason="there is a shell")
@pytest.mark.parametrize("closing", [">&-", "2>&-"])
def test_streams_that_are_closed_do_not_look_like_findings(closing: str, sound: Path) -> None:
    """The sound municipality has no findings, so 1 would be a lie whatever happens to the screen."""
    done = in_a_process("check", str(sound), before=("/bin/sh", "-c", f'exec "$0" "$@" {closing}'))
    assert done.returncode in (0, 2)


@FULL
def test_a_report_on_standard_output_that_does_not_fit_on_the_disk_gives_2(sound: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = in_a_process("check", str(sound), "--format", "json", stdout=full)
    assert done.returncode == 2
    assert b"Der er ikke skrevet nogen rapport." in done.stderr


UNSEEN = "Fejl: det, der skulle vises, kan ikke skrives: {}."


def unseen(*arguments: str, closed: bool = False) -> tuple[int, str]:
    """The exit status, and what is said, where standard output is closed or on a disk that is full."""
    if closed:
        done = in_a_process(*arguments, before=("/bin/sh", "-c", 'exec "$0" "$@" >&-'))
    else:
        with Path("/dev/full").open("wb") as full:
            done = in_a_process(*arguments, stdout=full)
    return done.returncode, done.stderr.decode().strip()


@FULL
@pytest.mark.parametrize(("closed", "why"), [(False, "disken er fuld"), (True, "der er lukket for det")])
def test_a_report_that_is_written_and_cannot_be_shown_is_not_denied_and_gives_3(
    closed: bool, why: str, sound: Path
) -> None:
    file = sound.parent / "r.json"
    told = unseen("check", str(sound), "-o", str(file), closed=closed)
    assert told == (3, f"{UNSEEN.format(why)} r.json er skrevet.")
    assert json.loads(file.read_bytes())["run"]["complete"]


@FULL
@pytest.mark.parametrize("closed", [False, True])
def test_what_is_only_to_be_shown_and_cannot_be_gives_2(closed: bool, sound: Path) -> None:
    for arguments in (["check", str(sound)], ["--help"], ["rules"]):
        status, said = unseen(*arguments, closed=closed)
        assert status == 2
        assert said.startswith("Fejl: det, der skulle vises, kan ikke skrives:")
        assert said.endswith("Der er ikke skrevet nogen rapport.")


@FULL
def test_no_command_denies_what_it_has_written(lilleby: Path, tmp_path: Path) -> None:
    with (lilleby / "kommunecheck.toml").open("a", encoding="utf-8") as file:
        file.write('\n[baseline]\nfile = "kendte.json"\n')
    tables = tmp_path / "tabeller"
    shutil.copytree(lilleby, tables)
    (tables / "kommunecheck.toml").unlink()
    commands = {
        "kendte.json": ["baseline", "create", str(lilleby)],
        "s.json": ["sample", "draw", str(lilleby), "-o", str(tmp_path / "s.json")],
        "kommunecheck.toml": ["init", str(tables)],
    }
    for name, arguments in commands.items():
        assert unseen(*arguments) == (3, f"{UNSEEN.format('disken er fuld')} {name} er skrevet.")


@FULL
def test_the_line_of_the_log_says_no_other_exit_status(sound: Path) -> None:
    with (sound / "kommunecheck.toml").open("a", encoding="utf-8") as file:
        file.write('\n[history]\ndatabase = "h.sqlite"\n')
    status, said = unseen("check", str(sound))
    assert (status, "afslutningskode" in said) == (2, False)
    assert "Der er ikke skrevet nogen rapport." in said
    done = in_a_process("check", str(sound))
    assert done.returncode == 0
    assert "afslutningskode 0" in done.stderr.decode()


@pytest.mark.skipif(os.name == "nt", reason="a shortcut of Windows is a file, and needs a right to make one")
@pytest.mark.parametrize("place", ["journal.csv", "r.json"])
def test_a_link_to_itself_is_told_of_and_no_report_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    shutil.copytree(LILLEBY, tmp_path / "lilleby")
    link = tmp_path / "lilleby" / place
    link.unlink(missing_ok=True)
    link.symlink_to(link)
    assert run(["check", str(tmp_path / "lilleby"), "-o", str(tmp_path / "lilleby" / "r.json")]) == 2
    said = "Fejl: en genvej peger på sig selv, så der er ingen fil bag den. Slet genvejen, og kør igen."
    assert capsys.readouterr().err == f"{said} Der er ikke skrevet nogen rapport.\n"


@pytest.mark.parametrize(
    ("before", "after"), [({}, "dirty_decay_ms:100,muzzy_decay_ms:0"), ({"_RJEM_MALLOC_CONF": "x"}, "x")]
)
def test_memory_is_given_back_soon_unless_somebody_has_said_otherwise(
    before: dict[str, str], after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    monkeypatch.setattr(os, "environ", dict(before))
    monkeypatch.setattr("kommunecheck.cli.main", lambda: found.append(os.environ["_RJEM_MALLOC_CONF"]))
    start()
    assert found == [after]


@pytest.mark.skipif(os.name != "posix", reason="pipes break otherwise elsewhere")
def test_a_written_report_whose_reader_has_gone_gives_3(sound: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = in_a_process("check", str(sound), "-o", str(sound.parent / "r.json"), stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (3, b"")


def test_an_interruption_while_the_report_is_shown_does_not_deny_its_files(
    sound: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kommunecheck.checking._show", interrupted)
    assert run(["check", str(sound), "-o", str(sound.parent / "r.json")]) == 2
    assert capsys.readouterr().err.strip() == "Afbrudt. r.json er skrevet."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name")
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("roer.txt", ["supervised", "draw", "{by}", "--cases", "{fil}", "-o", "z.xlsx"]),
        ("roer.xlsx", ["supervised", "read", "{fil}", "{by}"]),
        ("roer.jsonl", ["journal", "evaluate", "{fil}"]),
        ("roer.jsonl", ["journal", "read", "{fil}"]),
        ("roer.json", ["diff", "{fil}", "{fil}"]),
        ("roer.json", ["dossier", "{by}", "--drawn", "{fil}", "--received", "2008-01-01", "-o", "ud"]),
        ("roer.json", ["baseline", "show", "{by}"]),
        ("manifest.json", ["verify", "{mappe}", "{by}"]),
    ],
    ids=lambda one: one if isinstance(one, str) else " ".join(one[:2]),
)
@pytest.mark.parametrize("endless", ["pipe", "device"])
def test_what_may_never_end_is_not_read(
    endless: str,
    name: str,
    arguments: list[str],
    lilleby: Path,
    tmp_path: Path,
    monkeypatch: Patch,
    capsys: Capture,
) -> None:
    file = tmp_path / name
    if endless == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to("/dev/zero")
    if arguments[0] == "baseline":
        with (lilleby / "kommunecheck.toml").open("a", encoding="utf-8") as configuration:
            configuration.write(f'\n[baseline]\nfile = "../{name}"\n')
    monkeypatch.chdir(tmp_path)
    words = [one.format(by=lilleby, fil=file, mappe=tmp_path) for one in arguments]
    signal.alarm(60)  # ends the program, and so the test, where a command does wait
    try:
        said = refused(capsys, *words)
    finally:
        signal.alarm(0)
    assert f"{name} er ikke en almindelig fil. Skriv stien til en fil." in said


# The files that are written


@pytest.mark.usefixtures("asked_anew")
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError, MemoryError])
def test_a_format_that_fails_midway_leaves_no_file(
    error: type[BaseException], lilleby: Path, tmp_path: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    def halfway(_: object) -> Iterator[bytes]:
        yield b'{"half": '
        raise error

    monkeypatch.setattr(json_format, "write", halfway)
    target = tmp_path / "ud"
    target.mkdir()
    assert run(["check", str(lilleby), "-o", str(target / "rapport.json")]) == 2
    assert list(target.iterdir()) == []
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("asked_anew")
def test_of_several_files_none_is_replaced_if_one_fails(lilleby: Path, tmp_path: Path, monkeypatch: Patch) -> None:
    written = []

    def second_fails(report: object) -> Iterator[bytes]:
        written.append(report)
        yield b"{}"
        if len(written) == 2:
            raise ValueError

    monkeypatch.setattr(json_format, "write", second_fails)
    target = tmp_path / "ud"
    target.mkdir()
    for name in ("en.json", "to.json"):
        (target / name).write_text("den gamle")
    outputs = [part for name in ("en.json", "to.json") for part in ("-o", str(target / name))]
    assert run(["check", str(lilleby), *outputs]) == 2
    assert {file.name: file.read_text() for file in target.iterdir()} == {
        "en.json": "den gamle",
        "to.json": "den gamle",
    }


def test_a_wrong_file_name_is_told_before_any_file_is_written(lilleby: Path, tmp_path: Path) -> None:
    target = tmp_path / "ud"
    target.mkdir()
    assert run(["check", str(lilleby), "-o", str(target / "en.json"), "-o", str(target / "to.pdf")]) == 2
    assert list(target.iterdir()) == []


def test_several_files_and_the_screen_hold_the_same_report(
    lilleby: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    files = [tmp_path / "en.json", tmp_path / "TO.JSON"]
    outputs = [part for file in files for part in ("--output", str(file))]
    assert run(["check", str(lilleby), *outputs, "--format", "json"]) == 1
    shown = capsysbinary.readouterr().out
    assert json.loads(shown)["schema"] == "kommunecheck/report/1"
    assert [file.read_bytes() for file in files] == [shown, shown]


def test_a_file_that_is_named_twice_is_written(sound: Path, tmp_path: Path) -> None:
    target = tmp_path / "ud"
    target.mkdir()
    file = str(target / "rapport.json")
    assert run(["check", str(sound), "-o", file, "-o", file]) == 0
    assert [path.name for path in target.iterdir()] == ["rapport.json"]


def test_one_file_written_in_two_ways_is_written_once(sound: Path, tmp_path: Path) -> None:
    (tmp_path / "ud").mkdir()
    outputs = [str(tmp_path / "ud" / "r.json"), str(tmp_path / "ud" / ".." / "ud" / "r.json")]
    assert run(["check", str(sound), "-o", outputs[0], "-o", outputs[1]]) == 0
    assert [path.name for path in (tmp_path / "ud").iterdir()] == ["r.json"]


def test_a_source_is_not_overwritten_with_the_report(lilleby: Path, capsys: Capture) -> None:
    rows = [line.split(";") for line in (lilleby / "perioder.csv").read_text(encoding="utf-8").splitlines()]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(lilleby / "perioder.xlsx")
    (lilleby / "perioder.csv").unlink()
    before = (lilleby / "perioder.xlsx").read_bytes()
    assert run(["check", str(lilleby), "-o", str(lilleby / ".." / "lilleby" / "perioder.xlsx")]) == 2
    assert "-o perioder.xlsx: filen er en af kilderne og bliver ikke overskrevet." in capsys.readouterr().err
    assert (lilleby / "perioder.xlsx").read_bytes() == before


def test_a_source_that_cannot_be_read_is_not_overwritten_either(lilleby: Path, capsys: Capture) -> None:
    (lilleby / "perioder.csv").unlink()
    (lilleby / "perioder.xlsx").write_bytes(b"half a workbook")
    assert run(["check", str(lilleby), "-o", str(lilleby / "perioder.xlsx")]) == 2
    assert "-o perioder.xlsx: filen er en af kilderne og bliver ikke overskrevet." in capsys.readouterr().err
    assert (lilleby / "perioder.xlsx").read_bytes() == b"half a workbook"


NAMED = """
[privacy]
key_file = "noegle.json"
[waivers]
file = "accepter.json"
[assessments]
file = "vurderinger.json"
[baseline]
file = "kendte.json"
[history]
database = "historik.json"
[report]
word_template = "skabelon.json"
[sagsbehandling]
review = "gennemgang.json"
"""


@pytest.fixture
def named(lilleby: Path) -> Path:
    """Lilleby with a configuration, ``conf.json``, that names every file it can; all may be written in our forms."""
    given = (lilleby / "kommunecheck.toml").read_text(encoding="utf-8").partition("[sagsbehandling.")[0]
    (lilleby / "conf.json").write_text(given + NAMED, encoding="utf-8")
    (lilleby / "noegle.json").write_text("0123456789abcdef0123456789abcdef")
    shutil.copy(Path(docx.__file__).parent / "templates" / "default.docx", lilleby / "skabelon.json")
    assert run(["baseline", "create", str(lilleby / "conf.json")]) == 0
    return lilleby


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("conf", "selve opsætningen"),
        ("noegle", "opsætningens [privacy] key_file"),
        ("accepter", "opsætningens [waivers] file"),
        ("vurderinger", "opsætningens [assessments] file"),
        ("kendte", "opsætningens [baseline] file"),
        ("historik", "opsætningens [history] database"),
        ("skabelon", "opsætningens [report] word_template"),
        ("gennemgang", "opsætningens [sagsbehandling] review"),
    ],
)
def test_no_command_writes_over_what_the_configuration_names(
    name: str, what: str, named: Path, capsys: Capture, monkeypatch: Patch
) -> None:
    def content() -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in named.iterdir() if file.name != "historik.json"}

    before = content()
    monkeypatch.chdir(named)
    capsys.readouterr()
    further = [["reconcile", "conf.json"], ["sample", "draw", "conf.json"]] if name == "conf" else []
    for words in (["check", "conf.json"], *further):
        assert run([*words, "-o", f"{name}.json"]) == 2
        said = f"Fejl: -o {name}.json: filen er {what} og bliver ikke overskrevet. Vælg et andet navn."
        assert said in capsys.readouterr().err
    assert content() == before


def test_a_benchmark_is_written_over_nothing_that_the_nearest_configuration_names(
    sound: Path, capsys: Capture, monkeypatch: Patch
) -> None:
    (sound / "rapporter").mkdir()
    assert run(["check", str(sound), "-o", str(sound / "rapporter" / "r.json")]) == 0
    with (sound / "kommunecheck.toml").open("a", encoding="utf-8") as file:
        file.write('\n[baseline]\nfile = "kendte.json"\n')
    monkeypatch.chdir(sound)
    assert run(["benchmark", "rapporter", "-o", "kendte.json"]) == 2
    assert "filen er opsætningens [baseline] file og bliver ikke overskrevet" in capsys.readouterr().err


def test_a_bundle_is_not_replaced_with_the_history_in_it(sound: Path, capsys: Capture) -> None:
    bundle = sound / "bevis"
    assert run(["check", str(sound), "-o", f"{bundle}/"]) == 0
    with (sound / "kommunecheck.toml").open("a", encoding="utf-8") as file:
        file.write('\n[history]\ndatabase = "bevis/h.sqlite"\n')
    assert run(["check", str(sound)]) == 0
    assert run(["check", str(sound), "-o", f"{bundle}/"]) == 2
    assert "-o bevis: h.sqlite er opsætningens [history] database" in capsys.readouterr().err
    assert (bundle / "h.sqlite").exists()


def test_the_page_of_notes_is_written_over_no_table(lilleby: Path, capsys: Capture) -> None:
    before = (lilleby / "sager.csv").read_bytes()
    page = lilleby / "sager.csv"
    assert "kun skrives som .html" in refused(
        capsys, "journal", "read", str(lilleby / "journal.csv"), "--html", str(page)
    )
    assert page.read_bytes() == before


def test_an_older_report_is_replaced(lilleby: Path) -> None:
    (lilleby.parent / "lilleby.json").write_text("den gamle")
    assert checked(lilleby)[1]["run"]["municipality"]["name"] == "Lilleby"


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a folder that is in use cannot be deleted")
@pytest.mark.parametrize(
    "words",
    [["check", "by"], ["check", "by", "-o", "r.json"], ["check"], ["demo", "ny"], ["history", "by"], ["trend", "by"],
     ["diff", "a.json", "b.json"], ["benchmark", "by"], ["benchmark", "by", "-o", "r.json"]],
    ids=" ".join,
)  # fmt: skip
def test_a_command_in_a_folder_that_is_deleted_is_refused_in_a_sentence(
    words: list[str], tmp_path: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    (tmp_path / "væk").mkdir()
    monkeypatch.chdir(tmp_path / "væk")
    (tmp_path / "væk").rmdir()
    said = refused(capsys, *words)
    assert said.startswith("Fejl: ")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (OSError(errno.ENOSPC, "full"), "disken er fuld"),
        (FileNotFoundError(errno.ENOENT, "gone"), "mappen, den skal ligge i, findes ikke"),
        (PermissionError(errno.EACCES, "no"), "filen må ikke åbnes; luk den, hvis den er åben i et andet program"),
    ],
)
def test_why_a_file_cannot_be_written_is_said(
    error: OSError, why: str, sound: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", refuse)
    said = refused(capsys, "check", str(sound), "-o", str(sound.parent / "r.json"))
    assert said.startswith(f"Fejl: Rapporten kan ikke skrives: {why}")


# Where a setting comes from: defaults < configuration < environment < command line


@pytest.mark.parametrize(
    ("setting", "in_file", "in_environment", "typed"),
    [
        ("from", "2007-02-01", "2007-03-01", "2007-04-01"),
        ("to", "2007-11-10", "2007-11-20", "2007-11-30"),
        ("cutoff", "2007-12-10", "2007-12-20", "2007-12-30"),
    ],
)
def test_a_day_is_taken_from_the_nearest_place_that_tells_it(
    setting: str, in_file: str, in_environment: str, typed: str, tmp_path: Path, monkeypatch: Patch
) -> None:
    folder = part_of_lilleby(tmp_path / "kommune", FREE, LATE)
    latest = max(row["registreret_dato"] for row in table(folder, "samtaler"))
    earliest = min(row["anmodningsdato"] for row in table(folder, "sager"))
    configuration = folder / "kommunecheck.toml"

    configuration.write_text("")
    assert checked(folder)[1]["run"][setting] == {"from": earliest, "to": latest, "cutoff": latest}[setting]
    configuration.write_text(f"[audit]\n{setting} = {in_file}\n")
    assert checked(folder)[1]["run"][setting] == in_file
    monkeypatch.setenv(f"KOMMUNECHECK_{setting.upper()}", in_environment)
    assert checked(folder)[1]["run"][setting] == in_environment
    assert checked(folder, f"--{setting}", typed)[1]["run"][setting] == typed


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_the_selected_rules_are_taken_from_the_nearest_place_that_tells_them(lilleby: Path, monkeypatch: Patch) -> None:
    assert {code[:3] for code in codes(checked(lilleby)[1])} == {"VT1", "VT2", "VT3", "VT4", "DQ0"}
    with (lilleby / "kommunecheck.toml").open("a") as file:
        file.write('\n[rules]\nselect = ["VT1"]\n')
    assert {code[:3] for code in codes(checked(lilleby)[1])} == {"VT1"}
    monkeypatch.setenv("KOMMUNECHECK_SELECT", "VT2 VT3")
    assert {code[:3] for code in codes(checked(lilleby)[1])} == {"VT2", "VT3"}
    assert {code[:3] for code in codes(checked(lilleby, "--select", "VT4", "--select", "DQ")[1])} == {"VT4", "DQ0"}


def test_a_day_in_the_environment_that_cannot_be_read_is_refused(
    lilleby: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    monkeypatch.setenv("KOMMUNECHECK_CUTOFF", "nytår")
    assert "--cutoff" in refused(capsys, "check", str(lilleby))


@pytest.mark.parametrize("day", ["2007-06-30", "30-06-2007", "30.06.2007", "30/06/2007", "20070630"])
def test_a_day_may_be_typed_as_the_tables_may_write_it(day: str, sound: Path) -> None:
    assert checked(sound, "--cutoff", day, "--to", day)[1]["run"]["cutoff"] == "2007-06-30"


# What is shown, and what is not changed by it


@pytest.mark.parametrize(
    ("arguments", "shown", "status"),
    [
        (["--select", "DQ"], {"DQ0"}, 1),
        (["--select", "VT105"], {"VT1"}, 0),
        (["--select", "VT105,VT4"], {"VT1", "VT4"}, 0),
        (["--ignore", "VT1", "--ignore", "VT2"], {"VT3", "VT4", "DQ0"}, 1),
        (["--ignore", "VT", "--ignore", "DQ"], set(), 0),
        (["--select", "VT1", "--ignore", "VT101,VT102,VT103,VT104,VT106"], {"VT1"}, 0),
    ],
)
def test_select_and_ignore_change_findings_and_exit_status_but_no_case_and_no_amount(
    arguments: list[str], shown: set[str], status: int, lilleby: Path
) -> None:
    everything = checked(lilleby)[1]
    found, report = checked(lilleby, *arguments)
    assert found == status
    assert {code[:3] for code in codes(report)} == shown
    assert report["summary"] == everything["summary"]
    assert report["cases"] == everything["cases"]
    assert report["findings"] == [one for one in everything["findings"] if one["code"] in codes(report)]


def test_an_ignored_rule_stands_in_the_report_with_its_reason(tmp_path: Path, capsys: Capture) -> None:
    reason = "Sygdom er afklaret med direktoratet"
    folder = part_of_lilleby(tmp_path / "kommune", configuration=f'\n[rules]\nignore = {{ VT106 = "{reason}" }}\n')
    report = checked(folder)[1]
    assert "VT106" not in codes(report)
    assert {"code": "VT106", "reason": reason} in report["run"]["ignored"]
    assert reason in " ".join(capsys.readouterr().out.split())


def test_severity_in_the_configuration_changes_the_exit_status_and_no_outcome(tmp_path: Path) -> None:
    cases = (LATE, FOLLOWED_UP, FIRST_CONTACT)
    status, usual = checked(part_of_lilleby(tmp_path / "usual", *cases))
    assert status == 1
    lowered = '\n[rules]\nseverity = { VT101 = "info" }\n'
    status, report = checked(part_of_lilleby(tmp_path / "lowered", *cases, configuration=lowered))
    assert status == 0
    assert {one["severity"] for one in report["findings"] if one["code"] == "VT101"} == {"info"}
    assert (report["summary"], report["cases"]) == (usual["summary"], usual["cases"])


@pytest.mark.parametrize(("case", "code"), [(FOLLOWED_UP, "VT105"), (FIRST_CONTACT, "VT107")])
def test_a_rule_can_be_made_serious_enough_to_fail(case: str, code: str, tmp_path: Path) -> None:
    usual = checked(part_of_lilleby(tmp_path / "usual", case))[1]
    raised = f'\n[rules]\nseverity = {{ {code} = "error" }}\n'
    status, report = checked(part_of_lilleby(tmp_path / "raised", case, configuration=raised))
    assert status == 1
    assert report["findings"][0]["severity"] == "error"
    assert (report["summary"], report["cases"]) == (usual["summary"], usual["cases"])


# Which municipality is read


@pytest.mark.parametrize("below", [".", "udtræk", "udtræk/2007/december"])
def test_without_a_path_the_nearest_configuration_upwards_is_used(
    below: str, lilleby: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    here = lilleby / below
    here.mkdir(parents=True, exist_ok=True)
    (lilleby.parent / "kommunecheck.toml").write_text("en fjernere opsætning, som ikke kan læses")
    monkeypatch.chdir(here)
    assert run(["check"]) == 1
    assert capsys.readouterr().out.startswith("Lilleby: ")


def test_without_a_path_and_a_configuration_the_command_is_refused(
    tmp_path: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "kommunecheck.toml" in refused(capsys, "check")


def test_a_configuration_file_may_be_named_itself(lilleby: Path, capsys: Capture) -> None:
    other = lilleby / "anden.toml"
    other.write_text('[municipality]\nname = "Anderledes"\n')
    assert run(["check", str(other)]) == 1
    assert capsys.readouterr().out.startswith("Anderledes: ")


def test_a_folder_of_tables_works_with_no_configuration_at_all(lilleby: Path) -> None:
    (lilleby / "kommunecheck.toml").unlink()
    status, report = checked(lilleby)
    assert status == 1
    assert report["summary"]["cases"] > 100


def test_a_municipalitys_own_file_is_read_with_its_own_words(lilleby: Path) -> None:
    """Column mapping and code mapping: the same municipality in the words of another system, in another folder."""
    expected = checked(lilleby)[1]
    (lilleby / "drv").mkdir()
    text = (lilleby / "samtaler.csv").read_text(encoding="utf-8")
    heading, rest = text.replace(";afholdt;", ";Gennemført;").split("\n", 1)
    heading = heading.replace("samtale_id", "Samtale nr.").replace("afholdt_dato", "Holdt den")
    (lilleby / "samtaler.csv").unlink()
    (lilleby / "drv" / "Udtræk fra DRV.csv").write_text(f"{heading}\n{rest}", encoding="cp1252")
    with (lilleby / "kommunecheck.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[sources]]\ntable = "samtaler"\nfile = "drv/Udtræk fra DRV.csv"\n'
            'columns = { samtale_id = "Samtale nr.", afholdt_dato = "Holdt den" }\n'
            'codes.status = { "Gennemført" = "afholdt" }\n'
        )
    report = checked(lilleby)[1]
    assert report["summary"] == expected["summary"]
    assert [(one["sag_id"], one["outcome"]) for one in report["cases"]] == [
        (one["sag_id"], one["outcome"]) for one in expected["cases"]
    ]


# The screen


def every_screen(folder: Path) -> Iterator[list[str]]:
    yield ["check", str(folder)]
    yield ["rules"]
    yield from (["explain", code] for code in RULES)
    yield ["explain", "VT101", str(folder), "--case", LATE]
    yield ["explain", "DQ003", str(folder), "--case", "L093"]


def test_what_is_piped_has_no_escape_codes_and_fits_an_old_danish_console(lilleby: Path, capsys: Capture) -> None:
    for arguments in every_screen(lilleby):
        run(arguments)
        shown = capsys.readouterr().out
        assert shown.strip(), arguments
        assert "\x1b" not in shown, arguments
        assert shown.encode("cp850").decode("cp850") == shown
        assert max(len(line) for line in shown.splitlines()) <= 120, arguments


def test_on_a_narrow_screen_no_word_and_no_number_is_broken(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    for width in (140, 80):
        monkeypatch.setattr(console, "PIPED_WIDTH", width)
        run(["check", str(WHOLE_LILLEBY)])
        shown = capsys.readouterr().out
        assert max(map(len, shown.splitlines())) <= width
        said.append(sorted(word for word in shown.split() if "─" not in word))
    assert said[0] == said[1]


def test_an_old_console_shows_the_report(sound: Path) -> None:
    done = in_a_process("check", str(sound), env={**os.environ, "PYTHONIOENCODING": "cp850"})
    assert done.returncode == 0
    assert done.stdout.decode("cp850").startswith("Lilleby: visitationstilsyn, opgjort pr. 31. december 2007")
    assert done.stderr == b""


def test_the_screen_tells_the_amount_first_and_then_the_four_counts(lilleby: Path, capsys: Capture) -> None:
    report = checked(lilleby)[1]
    shown = capsys.readouterr().out
    kroner = f"{float(report['summary']['expected']['refund_lost']):,.2f}".translate(str.maketrans(",.", ".,"))
    words = ["opgjort pr. 31. december 2007", kroner, "Udtaget", "Med fejl", "Uden kritik", "Udgået", "Kilder"]
    places = [shown.index(word) for word in words]
    assert places == sorted(places)


def test_the_screen_says_which_row_set_the_cutoff_when_it_was_not_given(sound: Path, capsys: Capture) -> None:
    (sound / "kommunecheck.toml").write_text("")
    cell = checked(sound)[1]["run"]["cutoff_from"]
    shown = capsys.readouterr().out
    assert f"{cell['file']}: række {cell['row']}, kolonne {cell['column']}" in shown


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_only(lilleby: Path, monkeypatch: Patch, capsys: Capture) -> None:
    run(["check", str(lilleby)])
    assert capsys.readouterr().err == ""
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal)
    assert run(["check", str(lilleby)]) == 1
    assert "sagerne" in terminal.getvalue()
    assert capsys.readouterr().out.startswith("Lilleby: ")


def test_a_terminal_gets_the_json_and_nothing_else_on_standard_output(
    lilleby: Path, monkeypatch: Patch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    run(["check", str(lilleby), "--format", "json"])
    assert json.loads(capsysbinary.readouterr().out)["run"]["complete"] is True


# rules and explain


def test_rules_lists_every_rule_of_the_contract_with_its_name_and_severity(capsys: Capture) -> None:
    assert run(["rules"]) == 0
    listed = {}
    for line in capsys.readouterr().out.splitlines()[1:]:
        if line[:1] != " ":
            code, name, severity, *title = line.split()
            listed[code] = (name, severity)
            assert title
    assert listed == RULES


@pytest.mark.parametrize("code", RULES)
def test_explain_tells_every_part_of_every_rule(code: str, capsys: Capture) -> None:
    assert run(["explain", code]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"{code} {RULES[code][0]}: ")
    assert f"Alvor: {RULES[code][1]}" in said.out
    headings = [
        "Hvad reglen siger",
        "En sag, der bryder reglen",
        "En sag, der går fri",
        "Hvad det koster",
        "Sådan rettes det",
        "Hvad tjekket ikke kan se",
        "Hjemmel",
    ]
    lines = said.out.splitlines()
    for heading in headings:
        assert len(lines[lines.index(heading) + 1]) > 5, heading
    assert said.err == ""


def expected_of(code: str) -> list[str]:
    with (LILLEBY / "forventet.csv").open(encoding="utf-8", newline="") as file:
        return [row["sag_id"] for row in csv.DictReader(file, delimiter=";") if row["kode"] == code and row["sag_id"]]


@pytest.mark.parametrize(
    "code",
    [code for code in RULES if code[:2] in ("VT", "DQ") and code[:3] != "VT5" and code not in ("VT405", "DQ002")],
)
def test_explain_tells_how_each_rule_was_used_on_a_case_that_breaks_it(code: str, capsys: Capture) -> None:
    case = expected_of(code)[0]
    assert run(["explain", code, "--case", case, str(LILLEBY)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    report_says = next(
        one["message"] for one in lilleby_report()["findings"] if (one["code"], one["sag_id"]) == (code, case)
    )
    assert shown.startswith(f"{code} {RULES[code][0]} i sagen {case} ")
    assert " ".join(report_says.split()) in shown


@cache
def lilleby_report() -> dict:
    out = io.BytesIO()
    out.writelines(json_format.write(app.check(LILLEBY)))
    return json.loads(out.getvalue())


@pytest.mark.parametrize(
    ("code", "case", "facts"),
    [
        ("VT101", "L011", ["1. maj 2007", "6. maj 2007", "7. maj 2007", "3 måneder", "§ 5, stk. 1"]),
        ("VT201", "L052", ["3. juli 2007", "4. juli 2007", "2. oktober 2007", "1 arbejdsdag", "§ 4, stk. 2"]),
        ("VT401", "L078", ["3. juli 2007", "30. juni 2007", "1. august 2007", "§ 4, stk. 2, nr. 6"]),
        ("DQ003", "L093", ["samtaler.csv", "række", "planlagt_dato"]),
    ],
)
def test_explain_shows_the_dates_and_the_parameter_and_the_citation_it_rests_on(
    code: str, case: str, facts: list[str], capsys: Capture
) -> None:
    assert run(["explain", code, "--case", case, str(LILLEBY)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    for fact in facts:
        assert fact in shown


@pytest.mark.parametrize(
    ("code", "case", "facts"),
    [
        ("VT101", "L011", ["Set i sager.csv, række 12: anmodningsdato 1. februar 2007.", "ikke bekræftet [vejl."]),
        ("RT101", "L011", ["haendelser.csv, række 2: dato 4. juni 2007", "(assessment_days): 28, en læsning"]),
        ("RT104", "L019", ["Hjemmel: forvaltningsloven § 19", "række 13: partshoering_dato 24. september 2007"]),
        ("SB101", "A010", ["ansoegninger.csv, række 11: modtaget_dato 1. februar 2007", "Hjemmel: retssikkerheds"]),
        ("KS103", "K125", ["kontrolsager.csv, række 126: udtaget_dato 2. oktober 2023", "(screening_days): 90"]),
    ],
)
def test_explain_tells_of_every_supervision_where_a_finding_stands_and_what_it_rests_on(
    code: str, case: str, facts: list[str], capsys: Capture
) -> None:
    assert run(["explain", code, "--case", case, str(EVERY_TABLE)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert [fact for fact in facts if fact not in shown] == []


def test_explain_tells_some_of_the_rows_where_a_finding_has_very_many(capsys: Capture) -> None:
    rows = tuple(Evidence(0, row, "dato", "2007-03-31") for row in range(2, 25))
    findings = (Finding(late_interview.RULE, "Alle er for sene.", evidence=rows, rests_on=("et_plugins_egen",)),)
    print_account(Account(late_interview.RULE, "S1", (), findings, None, (), {}, {0: "liste.xlsx, ark Data"}))
    said = capsys.readouterr().out
    assert said.count("Set i liste.xlsx, ark Data, række ") == 20
    assert "Og i 3 rækker mere." in said
    assert "Hviler på læsningen et_plugins_egen." in said


@pytest.mark.parametrize("code", ["VT101", "VT201", "VT401", "DQ003"])
def test_explain_says_when_a_case_does_not_break_the_rule(code: str, capsys: Capture) -> None:
    assert run(["explain", code, "--case", FREE, str(LILLEBY)]) == 0
    assert f"Ingen fund efter {code}." in capsys.readouterr().out


@pytest.mark.parametrize(("code", "case"), [("VT101", "L106"), ("RT103", "L048")])
def test_explain_says_when_the_case_is_not_fully_assessed(code: str, case: str, capsys: Capture) -> None:
    assert run(["explain", code, "--case", case, str(EVERY_TABLE)]) == 0
    said = capsys.readouterr().out
    assert "Sagen er ikke fuldt vurderet" in said
    assert ("samtaler.csv, række 410, kolonne status: " in said) == (case == "L106")
    assert run(["explain", code, "--case", LATE, str(EVERY_TABLE)]) == 0
    assert "Forbehold" not in capsys.readouterr().out


def test_explain_tells_in_a_case_what_is_found_of_the_municipality(capsys: Capture) -> None:
    assert run(["explain", "RT301", "--case", "L011", str(EVERY_TABLE)]) == 0
    assert "Der er ikke angivet en skriftlig forretningsgang" in capsys.readouterr().out


def test_explain_says_when_the_rule_could_not_be_checked(lilleby: Path, capsys: Capture) -> None:
    (lilleby / "udbetalinger.csv").unlink()
    assert run(["explain", "VT401", "--case", "L078", str(lilleby)]) == 0
    assert "Reglen er ikke kontrolleret: " in capsys.readouterr().out


def test_explain_without_a_path_uses_the_nearest_configuration(
    lilleby: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    monkeypatch.chdir(lilleby)
    assert run(["explain", "VT101", "--case", LATE]) == 0
    assert LATE in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["explain", "VT110"], "Mente du VT10"),
        (["explain", "noget helt andet"], "kommunecheck rules"),
        (["explain", "VT101", str(LILLEBY)], "--case"),
        (["explain", "VT101", "--case", "L999", str(LILLEBY)], "Sagen findes ikke"),
        (["schema", "rapport"], "schema report"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(arguments: list[str], sentence: str, capsys: Capture) -> None:
    assert sentence in refused(capsys, *arguments)


# The rest


@pytest.mark.parametrize(
    "what", ["report", "config", "reconcile", "sample", "sample-evaluate", "supervised", "benchmark"]
)
def test_schema_writes_a_json_schema(what: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["schema", what]) == 0
    assert json.loads(capsysbinary.readouterr().out)["type"] == "object"


def test_demo_writes_a_municipality_that_check_can_read(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "opdigtet"
    assert run(["demo", str(folder), "--cases", "50", "--seed", "3"]) == 0
    assert str(folder) in capsys.readouterr().out
    status, report = checked(folder)
    assert status == 1
    assert report["run"]["synthetic"] is True
    assert report["summary"]["cases"] + report["run"]["cases_outside_window"] == 50


def test_demo_overwrites_nothing(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "vigtig.txt").write_text("behold mig")
    assert "ikke tom" in refused(capsys, "demo", str(tmp_path))
    assert [file.name for file in tmp_path.iterdir()] == ["vigtig.txt"]


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("many", [True, False])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "full")])
def test_demo_leaves_nothing_where_it_does_not_come_to_an_end(
    error: BaseException, many: bool, there: bool, tmp_path: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    def midway(*_: object) -> None:
        raise error

    monkeypatch.setattr("kommunecheck.demo_group._report" if many else "kommunecheck.demo._merge", midway)
    folder = tmp_path / "ny" / "opdigtet"
    if there:
        folder.mkdir(parents=True)
    said = refused(capsys, "demo", str(folder), *(["--kommuner", "2"] if many else ["--cases", "5"]))
    if isinstance(error, OSError):
        assert said == "Fejl: Mappen opdigtet kan ikke skrives: disken er fuld.\n"
    else:
        assert said.strip() == "Afbrudt. Der er ikke skrevet nogen rapport."
    assert [*tmp_path.rglob("*")] == ([folder.parent, folder] if there else [])


def test_demo_in_the_place_of_a_file_is_refused_as_the_users_mistake(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "fil").write_text("behold mig")
    assert "Intern fejl" not in refused(capsys, "demo", str(tmp_path / "fil"))


def test_the_version_can_be_asked_for(capsys: Capture) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("kommunecheck ")


def test_a_folder_with_text_as_configuration_is_refused_and_not_taken_for_one(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "sager.csv"
    file.write_text("sag_id;ydelsestype;anmodningsdato\n")
    assert "sager.csv" in refused(capsys, "check", str(file))
