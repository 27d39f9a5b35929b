"""How well notes are read: the labelled notes, sentences made by combination, and the commands that show it."""

import cProfile
import csv
import hashlib
import json
import shutil
import zipfile
from functools import cache
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest
from alone import lilleby_alone
from hypothesis import given, settings
from hypothesis import strategies as st

from kommunecheck.cli import run
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.statement import Kind, Score
from kommunecheck.inspection.notes import evaluate_file
from kommunecheck.journal import weighing
from kommunecheck.journal.reader import read_note, statements_of
from kommunecheck.journal.vocabulary import our_own, slips_between, with_words

NOTES = Path(__file__).parent / "notes"
LILLEBY = lilleby_alone()

Capture = pytest.CaptureFixture[str]


def placed(text: str) -> str | None:
    return read_note(text).placed


# Labelled notes


@cache
def scores(file: str) -> dict[Kind, Score]:
    return evaluate_file(NOTES / f"{file}.jsonl").scores


@pytest.mark.parametrize(
    ("file", "kind", "precision", "recall"),
    [
        ("tuned", "placed", 0.97, 0.95),
        ("tuned", "areas", 0.97, 0.97),
        ("tuned", "jobseeker", 0.97, 0.95),
        ("kept_apart", "placed", 0.99, 0.95),
        ("kept_apart", "areas", 0.985, 0.955),
        ("kept_apart", "jobseeker", 0.98, 0.96),
    ],
)
def test_labelled_notes_are_read_no_worse_than_before(file: str, kind: Kind, precision: float, recall: float) -> None:
    score = scores(file)[kind]
    assert score.precision >= precision
    assert score.recall >= recall


def test_no_note_is_in_two_files() -> None:
    files = [(NOTES / f"{name}.jsonl").read_text("utf-8").splitlines() for name in ("tuned", "learnt", "kept_apart")]
    lines = [line for file in files for line in file]
    assert len(lines) == len(set(lines))


def test_a_third_of_the_notes_that_measure_is_kept_apart() -> None:
    """At least a hundred, which neither rules nor weights have seen."""
    assert len((NOTES / "kept_apart.jsonl").read_text("utf-8").splitlines()) >= 100


def test_weights_are_whole_numbers_whose_sum_no_order_changes() -> None:
    for weights in weighing.learnt().values():
        assert {type(weight) for weight in (weights.bound, *weights.signs.values())} == {int}


def test_the_weights_were_learnt_from_the_notes_as_they_stand() -> None:
    record = json.loads((Path(weighing.__file__).parent / "weights.json").read_text("utf-8"))
    assert sorted(record["learnt_from"]) == ["learnt.jsonl", "tuned.jsonl"]
    for file, digest in record["learnt_from"].items():
        assert hashlib.sha256((NOTES / file).read_bytes()).hexdigest() == digest, "python tests/notes/learn.py"


# Sentences by combination

CITIZEN = ["borgeren", "han", "hun", "pgl."]
PLACED = ["er indplaceret i match {}", "indplaceres i matchkategori {}", "er match {}", "er matchgruppe {}"]
NOT_PLACED = [
    "Borgeren er ikke match {}",
    "Borgeren er endnu ikke indplaceret i matchkategori {}",
    "Borgeren kan ikke indplaceres i match {}",
    "Der er ikke grundlag for, at {citizen} {placed}",
    "Hvis lægen er enig, så {placed} {citizen}",
    "{Citizen} {placed}, hvis lægen er enig",
    "{Citizen} {placed}, såfremt kurset bestås",
    "Når kurset er bestået, {placed} {citizen}",
    "Det overvejes, om {citizen} {placed}",
    "Borgeren forventes indplaceret i match {}",
    "Borgeren skal indplaceres i match {} ved næste samtale",
    "Borgeren var match {}",
    "Tidligere var {citizen} match {}",
    "I 2005 var {citizen} indplaceret i match {}",
    "Ved sidste samtale var {citizen} match {}",
    "Ægtefællen {placed}",
    "Borgerens bror {placed}",
    "Hendes samlever {placed}",
    "Måske {placed} {citizen}",
    "{Citizen} {placed}?",
    "{Citizen} {placed} (?)",
    "Lægen mener, at {citizen} {placed}",
    "Borgeren mener, at {citizen} {placed}",
    "Det foreslås, at {citizen} {placed}",
    "Grovmatch: {citizen} {placed}",
    "{Citizen} {placed} (grovmatch)",
    "Borgeren er match {}-5",
    "Borgeren er match {} eller 5",
    "Kurset er for ledige i match {}",
    "Chaufføren {placed}",
    "{Citizen} fortæller, at en bekendt {placed}",
    "Borgers bror, der bor i samme opgang, {placed}",
    "Om et halvt år {placed} {citizen}",
    "Så længe kurset varer, {placed} {citizen}",
    "Bliver kurset bestået, {placed} {citizen}",
    "Da borger boede i Odense, var {citizen} match {}",
    "{Citizen} {placed}, men det er forkert",
    "{Citizen} {placed}. Det er en fejl",
    "Kladde: {citizen} {placed}",
    "Uddrag af tidligere notat: '{Citizen} {placed}. Ny tid aftalt.'",
    "Teamleder skal tage stilling til, om {citizen} {placed}",
    "Projektet skriver, at {citizen} {placed}",
]
FRAMES = ["{}.", "Samtale holdt. {}. Ny tid aftalt.", "{}\nTalt om fritid", "samtale holdt\n{}", "- {}"]
WRITTEN = [str, str.upper, lambda text: text.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")]


def sentence(template: str, citizen: str, said: str, category: str) -> str:
    filled = template.replace("{citizen}", citizen).replace("{Citizen}", citizen.capitalize())
    return filled.replace("{placed}", said).replace("{}", category)


@settings(max_examples=600)
@given(
    st.sampled_from(NOT_PLACED), st.sampled_from(CITIZEN), st.sampled_from(PLACED), st.sampled_from("1234"),
    st.sampled_from(FRAMES), st.sampled_from(WRITTEN),
)  # fmt: skip
def test_what_is_denied_supposed_past_doubted_or_said_of_others_never_places(
    template: str, citizen: str, said: str, category: str, frame: str, written: object
) -> None:
    text = frame.replace("{}", sentence(template, citizen, said, category))
    assert callable(written)
    assert placed(written(text)) is None


@pytest.mark.parametrize(("citizen", "said", "frame"), list(product(["Borgeren", "Pgl."], PLACED, FRAMES)))
def test_the_same_said_plainly_places(citizen: str, said: str, frame: str) -> None:
    text = frame.replace("{}", f"{citizen} {said.replace('{}', '3')}")
    assert [placed(written(text)) for written in WRITTEN] == ["3", "3", "3"]


# Whatever the text


@given(st.text(max_size=300))
def test_every_reading_has_its_place_in_the_text(text: str) -> None:
    for one in statements_of(text):
        assert 0 <= one.start <= one.at < one.to <= one.end <= len(text)


WORDS = [
    "match", "matchkategori", "3", "4", "ikke", "er", "i", "til", "fra", "hvis", ",", ":", "(", ")", "-", "->", ".",
    "\n", "[x]", "[ ]", "opm", "helbred", "og", "men", "registreret", "arbejdssøgende", "grovmatch",
    "at", "?", "|", "a.b.c",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from(["", " "]))
def test_words_in_any_order_can_be_read(words: list[str], between: str) -> None:
    assert placed(between.join(words)) in (None, "1", "2", "3", "4", "5")


UNITS = [
    "match 3 ", "at match 3, ", "match 3-", "a-", "[ ] 1 match ", "1.", "match:\n- ", "og ", "Match 3. ", "3 ",
    "»match 3 «", "»", "“", "'match 3. Borger ", "(match 3", "fra match 4 til 3 ", "hvis match 3 så ",
    "borger som er match 3, ",
    "\n", "Mål:\n", "1. match 3\n", "er ", "opm helbred ", "tilmeldt som arbejdssøgende ", "ikke ", "match 3 er ",
]  # fmt: skip


def calls(text: str) -> int:
    """How many functions are called to read a text."""
    profile = cProfile.Profile()
    profile.runcall(statements_of, text)
    return sum(one.callcount for one in profile.getstats())


@pytest.mark.parametrize("unit", UNITS)
def test_no_text_takes_more_than_linear_work(unit: str) -> None:
    assert calls(unit * 400) < 500 + 2.1 * calls(unit * 200)


def test_a_line_of_20_000_words_with_thousands_of_numbers_is_read() -> None:
    unit = "borger er glad for »sit« hold 3 og har (måske) søgt 12 job, men ikke match 3 eller 4 "
    assert read_note(unit * (20_000 // len(unit.split()))).placed is None


# The vocabulary


@pytest.mark.parametrize(
    ("form", "text", "slips"), [("helbred", "helbred", 0), ("helbred", "helbredet", 0), ("match", "macth", 1)]
)
def test_slips_are_counted(form: str, text: str, slips: int) -> None:
    assert slips_between(form, text) == slips


def test_a_municipality_adds_words_of_its_own() -> None:
    assert placed("Visitgruppe: 3") is None
    assert read_note("Visitgruppe: 3", with_words({"match": ["visitgruppe*"]})).placed == "3"
    assert with_words({}) is our_own()


def test_an_unknown_group_is_refused_with_the_one_that_was_meant() -> None:
    with pytest.raises(UserError, match="»fortid«"):
        with_words({"fortiden": ["engang"]})


@pytest.mark.parametrize("form", ["*", "a", "vis*gruppe", "", "match 3;", "(?:x)"])
def test_a_word_that_cannot_be_used_is_refused_and_told_of_by_its_number(form: str) -> None:
    with pytest.raises(UserError, match=r"ord nr\. 2 kan ikke bruges"):
        with_words({"match": ["visitgruppe*", form]})


# The commands


def labelled(folder: Path, *lines: object) -> Path:
    file = folder / "notater.jsonl"
    file.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines), encoding="utf-8")
    return file


NOTE = {"text": "Kanariefugl solgt. Borger er match 3.", "placed": "4", "areas": ["helbred"], "jobseeker": True}


def test_evaluate_prints_the_shares_as_json(tmp_path: Path, capsys: Capture) -> None:
    right = {"text": "Borgeren er match 3.", "placed": "3", "areas": [], "jobseeker": False}
    assert run(["journal", "evaluate", "--json", str(labelled(tmp_path, right))]) == 0
    shares = {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert json.loads(capsys.readouterr().out) == {"placed": shares, "areas": shares, "jobseeker": shares}


def test_evaluate_tells_every_error_with_its_reason_and_never_the_text(tmp_path: Path, capsys: Capture) -> None:
    assert run(["journal", "evaluate", str(labelled(tmp_path, NOTE))]) == 0
    shown = capsys.readouterr().out
    assert "Notat 1, matchkategori: skulle være 4, læst som 3." in shown
    assert "3: Indplaceret" in shown
    assert "Kanariefugl" not in shown


@pytest.mark.parametrize(
    "wrong", ["Kanariefugl", [], {**NOTE, "placed": 3}, {**NOTE, "areas": "helbred"}, {"text": "x"}]
)
def test_a_line_that_is_not_as_it_should_be_is_named_and_not_shown(
    wrong: object, tmp_path: Path, capsys: Capture
) -> None:
    assert run(["journal", "evaluate", str(labelled(tmp_path, NOTE, wrong))]) == 2
    said = capsys.readouterr().err
    assert "linje 2" in said
    assert "Kanariefugl" not in said


def test_read_shows_every_note_with_what_was_read_and_why(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "journal.csv"
    file.write_text(
        "notat_id;sag_id;dato;tekst\nN1;S1;2007-03-01;Ændret fra match 4 til match 3\nN2;S1;2007-03-02;Fritid\n",
        encoding="utf-8",
    )
    assert run(["journal", "read", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "Ændret fra 4 til 3: den sidste gælder" in shown
    assert "Intet læst." in shown


def journal_in(folder: Path, *rows: str) -> Path:
    file = folder / "journal.csv"
    file.write_text("\n".join(("notat_id;sag_id;dato;tekst", *rows)), encoding="utf-8")
    return file


def test_a_page_shows_the_same_and_lets_no_text_be_taken_for_html(tmp_path: Path, capsys: Capture) -> None:
    text = "<b>Borger</b> er match 3, ikke match 4."
    file = journal_in(tmp_path, f"N1;S1;2007-03-01;{text}", "N2;S1;2007-03-02;Fritid")
    page = tmp_path / "side.html"
    assert run(["journal", "read", str(file), "--html", str(page)]) == 0
    shown = page.read_text(encoding="utf-8")
    assert capsys.readouterr().out == ""
    assert "&lt;b&gt;Borger&lt;/b&gt;" in shown
    assert '<mark class="ja">match 3</mark>' in shown
    assert '<mark class="nej">match 4</mark>' in shown
    assert '<li class="ja">+ Matchkategori 3: Indplaceret</li>' in shown
    assert "Intet læst." in shown
    parser = HTMLParser()
    parser.feed(shown)
    assert shown.count("<section>") == shown.count("</section>") == 2


@pytest.mark.parametrize("folder", [".", "/"])
def test_a_folder_holds_no_notes(folder: str, capsys: Capture) -> None:
    assert run(["journal", "read", folder]) == 2
    assert capsys.readouterr().err == f"Fejl: Skriv en fil med journalnotater og ikke en mappe: {folder}.\n"


def test_a_page_is_never_written_over_the_notes(tmp_path: Path, capsys: Capture) -> None:
    file = journal_in(tmp_path, "N1;S1;2007-03-01;Kanariefugl")
    assert run(["journal", "read", str(file), "--html", str(file)]) == 2
    assert "filen med notater" in capsys.readouterr().err
    assert "Kanariefugl" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("quoted", [True, False])
def test_only_word_and_excel_quote_a_note_and_only_where_it_is_asked_for(
    quoted: bool, tmp_path: Path, capsys: Capture
) -> None:
    shutil.copytree(LILLEBY, tmp_path / "lilleby")
    config = tmp_path / "lilleby" / "kommunecheck.toml"
    said = config.read_text(encoding="utf-8")
    config.write_text(f"{said}\n[privacy]\nquote_notes = {str(quoted).lower()}\n", encoding="utf-8")
    outputs = [tmp_path / f"rapport.{suffix}" for suffix in ("json", "xlsx", "docx")]
    run(["check", str(config.parent), *(word for output in outputs for word in ("-o", str(output)))])
    shown = capsys.readouterr()
    as_json = outputs[0].read_text(encoding="utf-8")
    found = [one for one in json.loads(as_json)["findings"] if one["code"] == "VT205"]
    assert any("er læst sådan: matchkategori" in one["message"] for one in found)
    rows = {cell["row"] for one in found for cell in one["evidence"] if cell["column"] == "tekst"}
    notes = list(csv.DictReader((config.parent / "journal.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    sentences = {notes[row - 2]["tekst"].split(".")[0] for row in rows}
    assert sentences
    for text in (as_json, shown.out, shown.err):
        assert not any(sentence in text for sentence in sentences)
    for output in outputs[1:]:
        with zipfile.ZipFile(output) as packed:
            inside = "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
        assert any(f"»{sentence}" in inside for sentence in sentences) == quoted


def test_words_of_the_configuration_are_used_by_the_commands(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "kommunecheck.toml").write_text('[journal]\nwords = { match = ["visitgruppe"] }\n', encoding="utf-8")
    note = {"text": "Visitgruppe: 3", "placed": "3", "areas": [], "jobseeker": False}
    assert run(["journal", "evaluate", "--json", str(labelled(tmp_path, note))]) == 0
    assert json.loads(capsys.readouterr().out)["placed"]["recall"] == 1.0
