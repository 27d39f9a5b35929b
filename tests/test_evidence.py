"""A bundle of evidence, and whether it can be redone: what differs is named, and nothing else is."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nights import HISTORY, WAIVER, Night, a_case_more_fails, accept

from kommunecheck import __version__, app, evidence
from kommunecheck.cli import run

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def night(tmp_path: Path) -> Night:
    return Night(tmp_path / "by", settings="[municipality]\nsynthetic = true\n")


@pytest.fixture(autouse=True)
def only_text(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of what is asked here does not turn on Word and Excel, which take long."""
    if "whole" not in request.node.name:
        monkeypatch.setattr(evidence, "SUFFIXES", (".json", ".html"))


def bundled(night: Night) -> Path:
    folder = night.folder.parent / "bevis"
    night.arguments = ("-o", f"{folder}/", *night.arguments)
    night.check()
    night.arguments = ()
    return folder


def verified(night: Night, capsys: Capture) -> tuple[int, list[str]]:
    night.write()
    capsys.readouterr()
    status = run(["verify", str(night.folder.parent / "bevis"), str(night.folder)])
    return status, capsys.readouterr().out.splitlines()


def test_a_whole_bundle_is_there_and_can_be_redone(
    night: Night, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kommunecheck.reports.html.ONE_FILE", 1)
    folder = bundled(night)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    told = {"rapport.json", "rapport.xlsx", "rapport.docx", "rapport.html", "rapport-sager/side-1.html"}
    assert set(manifest["outputs"]) == told
    assert set(files) - told == {"manifest.json"}
    assert manifest["outputs"] == {name: hashlib.sha256(files[name].read_bytes()).hexdigest() for name in told}
    source = night.folder / "sager.csv"
    assert manifest["inputs"]["sager.csv"] == hashlib.sha256(source.read_bytes()).hexdigest()
    assert manifest["version"] == __version__
    assert manifest["options"]["cutoff"] == "2007-05-10"
    assert "VT101" in manifest["rules"]
    assert manifest["parameters"]["interval_months"] == 3
    status, said = verified(night, capsys)
    assert (status, said) == (
        0,
        ["Identisk: 3 kilder og 5 filer er de samme, og en ny kørsel giver det samme, tegn for tegn."],
    )


def an_amount(night: Night) -> None:
    april = next(row for row in night.tables["udbetalinger"] if row["udbetaling_id"] == "U-S2-4")
    april["beloeb"] = "9500,00"


def a_table_more(night: Night) -> None:
    (night.folder / "perioder.csv").write_text("sag_id;type;fra;til;dokumenteret\n", encoding="utf-8")


def a_parameter(night: Night) -> None:
    night.settings += "[parameters]\nregistration_workdays = 2\n"


def a_comment(night: Night) -> None:
    night.settings = f"# en bemærkning\n{night.settings}"


def a_gate(night: Night) -> None:
    night.settings += "[gate]\nmin_cases = 1\n"


def a_file_that_is_no_source(night: Night) -> None:
    (night.folder / "referat.csv").write_text("Dagsorden\n", encoding="utf-8")


def an_output(night: Night) -> None:
    file = night.folder.parent / "bevis" / "rapport.json"
    file.write_bytes(file.read_bytes().replace(b"VT101", b"VT102"))


def an_output_gone(night: Night) -> None:
    (night.folder.parent / "bevis" / "rapport.html").unlink()


def a_file_more(night: Night) -> None:
    for name in ("notat.txt", "OM-MAPPEN.txt"):
        (night.folder.parent / "bevis" / name).write_text("Skrevet bagefter", encoding="utf-8")
    (night.folder.parent / "bevis" / "~$rapport.docx").write_text("Word har den åben", encoding="utf-8")


REPORTS = ["- Rapporten rapport.html er ikke den samme.", "- Rapporten rapport.json er ikke den samme."]


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (an_amount, ["- Kilden udbetalinger.csv er ikke den samme.", *REPORTS]),
        (a_table_more, ["- Kilden perioder.csv er kommet til.", *REPORTS]),
        (
            a_parameter,
            [
                "- Opsætningen [parameters] er ikke den samme.",
                "- Parameteren registration_workdays er ikke den samme: 1 er blevet til 2.",
                *REPORTS,
            ],
        ),
        (a_comment, []),
        (a_file_that_is_no_source, []),
        (a_gate, ["- Opsætningen [gate] er ikke den samme.", "- Rapporten rapport.json er ikke den samme."]),
        (an_output, ["- Filen rapport.json i mappen er ændret, siden den blev skrevet."]),
        (an_output_gone, ["- Filen rapport.html i mappen findes ikke."]),
        (a_file_more, [f"- Filen {name} i mappen er lagt der bagefter." for name in ("OM-MAPPEN.txt", "notat.txt")]),
    ],
    ids=lambda given: given.__name__.replace("_", " ") if callable(given) else "",
)
def test_what_differs_is_named(
    night: Night, capsys: Capture, happens: Callable[[Night], None], said: list[str]
) -> None:
    bundled(night)
    happens(night)
    status, lines = verified(night, capsys)
    assert lines[1:] == said
    assert lines[0].startswith("Ikke identisk:" if said else "Identisk:")
    assert status == bool(said)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"version": "0.0.9"}, [f"- Versionen var 0.0.9 og er {__version__}."]),
        ({"program": "0"}, [f"- Programmets egne filer er ikke de samme, selv om versionen er {__version__}."]),
        ({"rules": {"VT101": "0"}}, ["- Reglen VT101 er ikke den samme."]),
        ({"plugins": {"proeve": "1.0 0"}}, ["- Pluginet proeve er der ikke mere."]),
        ({"libraries": {"polars": "0"}}, []),
        ({"digest": "0"}, ["- Rapportens kontrolsum (digest) i manifest.json er ændret."]),
        (
            {"outputs": {"\0": "0"}},
            ["- Filen \0 i mappen er ikke en almindelig fil.", "- Rapporten \0 er der ikke mere."],
        ),
    ],
    ids=["version", "program", "rule", "plugin", "a library that nothing came of", "digest", "a name no file has"],
)
def test_what_differs_of_the_program_is_named(
    night: Night, capsys: Capture, changed: dict[str, Any], said: list[str]
) -> None:
    file = bundled(night) / "manifest.json"
    manifest = json.loads(file.read_bytes())
    for key, value in changed.items():
        manifest[key] = {**manifest[key], **value} if isinstance(value, dict) else value
    file.write_text(json.dumps(manifest), encoding="utf-8")
    status, lines = verified(night, capsys)
    assert (status, lines[1:]) == (bool(said), said)


@pytest.mark.parametrize(
    "options", [{"from": 5}, {"to": []}, {"cutoff": "2007-13-01"}, {"select": 5}, {"select": [5]}, {"for": "nobody"}]
)
def test_options_that_nobody_can_have_asked_for_are_of_a_changed_manifest(
    night: Night, capsys: Capture, options: dict[str, object]
) -> None:
    folder = bundled(night)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"options": options}), encoding="utf-8")
    capsys.readouterr()
    assert run(["verify", str(folder), str(night.folder)]) == 2
    assert "bevis: manifest.json er ikke skrevet af kommunecheck, eller den er ændret." in capsys.readouterr().err


def test_what_was_asked_is_asked_again(night: Night, capsys: Capture) -> None:
    accept(night, WAIVER)
    night.arguments = ("--ignore", "VT101", "--known-on", "2007-05-09", "--for", "revisor")
    bundled(night)
    assert verified(night, capsys)[0] == 0


def test_what_it_was_held_against_still_counts(night: Night, capsys: Capture) -> None:
    night.settings = HISTORY
    night.check()
    night.cutoff = "2007-05-11"
    a_case_more_fails(night)
    bundled(night)
    database = night.folder / "h.sqlite"
    before = database.read_bytes()
    assert verified(night, capsys)[0] == 0
    assert database.read_bytes() == before, "verify stores nothing"
    database.unlink()
    assert (
        "- Det, der var kendt i forvejen, og som fundene er holdt op imod, er ikke det samme."
        in verified(night, capsys)[1]
    )


def test_a_bundle_is_no_answer_from_the_history(night: Night) -> None:
    night.settings = HISTORY
    night.check()
    folder = bundled(night)
    assert (folder / "rapport.json").read_bytes() == (night.folder.parent / "r.json").read_bytes()


def test_an_export_that_changes_while_it_is_read_is_no_evidence(
    night: Night, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = app.run

    def late(*given: Any, **named: Any) -> Any:
        report = judge(*given, **named)
        an_amount(night)
        night.write()
        return report

    monkeypatch.setattr(app, "run", late)
    night.write()
    assert run(["check", str(night.folder), "-o", f"{night.folder.parent}/bevis/"]) == 2
    assert "Udtrækket blev ændret, mens det blev kontrolleret." in capsys.readouterr().err
    assert not (night.folder.parent / "bevis").exists()


def test_a_bundle_replaces_a_bundle_and_nothing_else(night: Night, capsys: Capture) -> None:
    folder = bundled(night)
    (folder / "rest.txt").write_text("", encoding="utf-8")
    bundled(night)
    assert not (folder / "rest.txt").exists()
    (folder / "manifest.json").unlink()
    kept = {path.name for path in folder.iterdir()}
    assert run(["check", str(night.folder), "-o", f"{folder}/"]) == 2
    assert (
        "bevis/: mappen er ikke tom, og kommunecheck har ikke skrevet den. Vælg en ny mappe." in capsys.readouterr().err
    )
    assert {path.name for path in folder.iterdir()} == kept


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (("a/", "b/"), "-o: skriv én mappe til bevismappen, fx -o bevis/."),
        (("nowhere/bevis/",), "-o bevis/: mappen, den skal ligge i, findes ikke. Lav den først."),
        (("fil.txt/",), "-o fil.txt/: det er en fil og ikke en mappe. Vælg et andet navn."),
    ],
)
def test_where_a_bundle_cannot_be(night: Night, capsys: Capture, output: tuple[str, ...], said: str) -> None:
    night.write()
    (night.folder.parent / "fil.txt").write_text("", encoding="utf-8")
    places = [part for one in output for part in ("-o", f"{night.folder.parent}/{one}")]
    assert run(["check", str(night.folder), *places]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "tom: filen manifest.json findes ikke."),
        (b"{}", "tom: manifest.json er ikke skrevet af kommunecheck, eller den er ændret."),
        (b'"\xff', "tom: manifest.json er ikke skrevet af kommunecheck, eller den er ændret."),
    ],
)
def test_what_is_no_bundle_cannot_be_verified(night: Night, capsys: Capture, content: bytes | None, said: str) -> None:
    night.write()
    folder = night.folder.parent / "tom"
    folder.mkdir()
    if content is not None:
        (folder / "manifest.json").write_bytes(content)
    assert run(["verify", str(folder), str(night.folder)]) == 2
    assert said in capsys.readouterr().err


def test_no_cpr_number_stands_in_the_manifest(night: Night, tmp_path: Path) -> None:
    night.settings += '[[sources]]\ntable = "udbetalinger"\nfile = "udbetalinger/*.csv"\n'
    night.write()
    folder = night.folder / "udbetalinger"
    folder.mkdir()
    for number, name in enumerate(("0101701234.csv", "0202701234.csv")):
        shutil.move(night.folder / "udbetalinger.csv", folder / name)
        (folder / name).write_text((folder / name).read_text(encoding="utf-8").replace("U-", f"{number}-"), "utf-8")
        shutil.copy(folder / name, night.folder / "udbetalinger.csv")
    (night.folder / "udbetalinger.csv").unlink()
    dates = ("--from", "2007-01-01", "--cutoff", "2007-05-10")
    run(["check", str(night.folder), *dates, "-o", f"{tmp_path}/bevis/"])
    text = (tmp_path / "bevis" / "manifest.json").read_text(encoding="utf-8")
    assert "70123" not in text
    assert {"udbetalinger/xxxxxx-xxxx.csv", "udbetalinger/xxxxxx-xxxx.csv (2)"} <= set(json.loads(text)["inputs"])
