"""What persons judge: the list that is sent out, what may come back, how long it holds, and what it moves."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from as_files import Files, files_of, folder_with
from hypothesis import given
from hypothesis import strategies as st
from test_excel_report import opened, same_when_reopened

from kommunecheck import app
from kommunecheck.assessing import questions_for
from kommunecheck.audit.assessments import moved, questions_of
from kommunecheck.checks import followed_up_no_show
from kommunecheck.cli import run
from kommunecheck.domain.assessment import Judgement, Verdict
from kommunecheck.domain.days import Days, Period, count, day_of, iso, union
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.report import Report
from kommunecheck.domain.rule import Certainty
from kommunecheck.reports.assessment import excel
from kommunecheck.reports.schema import Report as Schema
from kommunecheck.splitting import by_team

Capture = pytest.CaptureFixture[str]
Change = Callable[[Any, dict[str, int]], None]

STAYED_AWAY, MISSING, NOTED, LATE_SUMMONS = "S1", "S2", "S3", "S4"
"""A case at discretion, one with an expected loss that runs, one that a note saves, and one both expected and not."""
HEADS, FIRST = 4, 5
"""The rows of the headings and of the first question."""


def write(folder: Path, *, cutoff: str = "2007-06-30", held: str = "2007-04-20", settings: str = "") -> Path:
    """Four cases whose first interview was due on 2 April 2007, each paid 3,000.00 kr. a month, 30 days, at 35 %."""
    sager = ["sag_id;ydelsestype;anmodningsdato;ophoersdato;team"]
    sager += [f"S{number};kontanthjaelp;2007-01-02;;{'Nord' if number < 3 else 'Syd'}" for number in range(1, 5)]
    samtaler = [
        "samtale_id;sag_id;type;status;indkaldt_dato;planlagt_dato;afholdt_dato;opfoelgning_dato;matchkategori;grovmatch;"
        "opmaerksomhedsomraader;registreret_dato;arbejdssoegende;fritagelsesaarsag",
        "A;S1;kontaktsamtale;udeblevet;2007-03-20;2007-04-03;;2007-04-04;;nej;;;;",
        f"B;S1;kontaktsamtale;afholdt;;;{held};;4;nej;helbred;{held};nej;",
        "C;S3;kontaktsamtale;afholdt;;;2007-04-02;;;nej;;2007-04-02;nej;",
        "D;S4;kontaktsamtale;udeblevet;2007-04-10;2007-04-12;;2007-04-13;;nej;;;;",
        "E;S4;kontaktsamtale;afholdt;;;2007-04-20;;4;nej;helbred;2007-04-20;nej;",
    ]
    paid = ["udbetaling_id;sag_id;fra;til;beloeb;i_tilbud"]
    paid += [f"U{one};S{one};2007-04-01;2007-04-30;3000,00;nej" for one in range(1, 5)]
    journal = [
        "notat_id;sag_id;dato;tekst",
        "N;S3;2007-04-02;Borgeren indplaceres i match 1. Tilmeldt som arbejdssøgende.",
    ]
    for name, rows in (("sager", sager), ("samtaler", samtaler), ("udbetalinger", paid), ("journal", journal)):
        (folder / f"{name}.csv").write_text("\n".join(rows), encoding="utf-8")
    text = (
        f"[audit]\nfrom = 2007-04-01\nto = 2007-04-30\ncutoff = {cutoff}\n"
        f'[assessments]\nfile = "vurderinger.jsonl"\n{settings}'
    )
    (folder / "kommunecheck.toml").write_text(text, encoding="utf-8")
    return folder


def listed(folder: Path) -> bytes:
    made = questions_for(folder, app.Options(compare=False))
    return excel.write(made.report, made.asked, made.list_hash)


@cache
def list_of(files: Files) -> bytes:
    """The list of a municipality with these files: most tests ask about the same one, and it is made once."""
    with folder_with(files) as folder:
        return listed(folder)


def rows_of(sheet: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    heads = [cell.value for cell in sheet[HEADS]]
    for number, row in enumerate(sheet.iter_rows(min_row=FIRST, values_only=True), FIRST):
        yield number, dict(zip(heads, row, strict=True))


def answered(
    folder: Path, verdicts: dict[tuple[str, str], str], change: Change | None = None, day: str = "2007-07-01"
) -> Path:
    """The list with a verdict for some cases and kinds, all of the same person and day."""
    book = openpyxl.load_workbook(io.BytesIO(list_of(files_of(folder))))
    sheet = book["Vurdering"]
    heads = {cell.value: cell.column for cell in sheet[HEADS]}
    for number, row in list(rows_of(sheet)):
        verdict = verdicts.get((row["Sag"], row["Slags"]))
        if verdict is not None:
            answers = {"Vurdering": verdict, "Vurderet af": "Rita Berg", "Hvorfor": "Brevet ligger i sagen."}
            for title, value in (answers | {"Dato": datetime.fromisoformat(day)}).items():
                sheet.cell(number, heads[title]).value = value
    if change is not None:
        change(sheet, heads)
    file = folder / "udfyldt.xlsx"
    book.save(file)
    return file


def read(folder: Path, verdicts: dict[tuple[str, str], str], capsys: Capture, day: str = "2007-07-01") -> str:
    file = answered(folder, verdicts, day=day)
    assert run(["assess", "read", str(file), str(folder)]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


def refunds(report: Report) -> tuple[list[int | None], list[int | None]]:
    """The three kinds of refund lost by our own count, and after the judgements."""
    assert report.assessed is not None
    return [one.refund_lost for one in report.summary.kinds], [one.refund_lost for one in report.assessed.after.kinds]


# What is asked


def test_each_kind_of_loss_is_a_question_with_what_to_look_at(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(listed(write(tmp_path))))["Vurdering"]
    asked = [row for _, row in rows_of(sheet)]
    assert [(row["Sag"], row["Slags"], row["Regel"], row["Dage"]) for row in asked] == [
        (STAYED_AWAY, "Skøn", "VT105", 18),
        (LATE_SUMMONS, "Skøn", "VT103", 8),
        (NOTED, "Journal", "VT205", 90),
        (MISSING, "Særligt tilfælde", "VT102", 90),
        (LATE_SUMMONS, "Særligt tilfælde", "VT103", 10),
    ]
    assert asked[0]["Refusion"] == 630
    assert "indkaldt igen så hurtigt som muligt" in asked[0]["Overvej"]
    assert asked[2]["Overvej"].startswith("Læs notatet. Står matchkategorien (1-5) i notatet selv")
    assert "særlig grund" in asked[3]["Overvej"]
    assert "samtaler.csv, række 2" in asked[0]["Står i"]


def test_the_same_files_give_the_same_list(tmp_path: Path) -> None:
    write(tmp_path)
    assert listed(tmp_path) == listed(tmp_path)


def test_nothing_to_judge_is_said(tmp_path: Path, capsys: Capture) -> None:
    write(tmp_path)
    (tmp_path / "sager.csv").write_text(
        "sag_id;ydelsestype;anmodningsdato;ophoersdato\nS9;kontanthjaelp;2007-04-01;", encoding="utf-8"
    )
    assert run(["assess", "draw", str(tmp_path), "-o", str(tmp_path / "liste.xlsx")]) == 2
    assert "Der er intet at vurdere" in capsys.readouterr().err


def test_a_list_that_is_there_is_not_overwritten(tmp_path: Path, capsys: Capture) -> None:
    write(tmp_path)
    file = tmp_path / "liste.xlsx"
    assert run(["assess", "draw", str(tmp_path), "-o", str(file)]) == 0
    assert "Skøn                  2" in capsys.readouterr().out
    before = file.read_bytes()
    assert run(["assess", "draw", str(tmp_path), "-o", str(file)]) == 2
    assert "kan være udfyldt" in capsys.readouterr().err
    assert file.read_bytes() == before


# What the answers do


@pytest.mark.parametrize(
    ("asked", "verdict", "before", "after"),
    [
        ((STAYED_AWAY, "Skøn"), "accepteret", [1365_00, 910_00, 1015_00], [1365_00, 280_00, 1015_00]),
        ((STAYED_AWAY, "Skøn"), "ikke accepteret", [1365_00, 910_00, 1015_00], [1995_00, 280_00, 1015_00]),
        ((NOTED, "Journal"), "accepteret", [1365_00, 910_00, 1015_00], [1365_00, 910_00, 0]),
        ((NOTED, "Journal"), "ikke accepteret", [1365_00, 910_00, 1015_00], [2380_00, 910_00, 0]),
        ((MISSING, "Særligt tilfælde"), "accepteret", [1365_00, 910_00, 1015_00], [350_00, 1925_00, 1015_00]),
        ((MISSING, "Særligt tilfælde"), "ikke accepteret", [1365_00, 910_00, 1015_00], [1365_00, 910_00, 1015_00]),
        ((LATE_SUMMONS, "Skøn"), "accepteret", [1365_00, 910_00, 1015_00], [1365_00, 630_00, 1015_00]),
    ],
)
def test_an_answer_moves_the_loss(
    tmp_path: Path, capsys: Capture, asked: tuple[str, str], verdict: str, before: list[int], after: list[int]
) -> None:
    """3,000.00 kr. / 30 days x 35 % = 35.00 kr. a day; of 2 April and on 29 days are paid."""
    read(write(tmp_path), {asked: verdict}, capsys)
    assert refunds(app.check(tmp_path)) == (before, after)


days = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 6)), max_size=3).map(
    lambda runs: union(Period(first, first + more) for first, more in runs)
)


@given(days, days, days, st.lists(st.sampled_from(list(Verdict)[:2]), min_size=3, max_size=3), st.integers(0, 50))
def test_no_day_comes_from_nowhere_and_only_an_accepted_one_is_gone(
    expected: Days, discretionary: Days, documentation: Days, verdicts: list[Verdict], through: int
) -> None:
    finding = Finding(
        followed_up_no_show.RULE, "", expected=expected, discretionary=discretionary, documentation=documentation
    )
    kinds = (Certainty.EXPECTED, Certainty.DISCRETIONARY, Certainty.DOCUMENTATION)
    answers = {kind: Judgement("", "", through, verdict, 1) for kind, verdict in zip(kinds, verdicts, strict=True)}
    after = moved(finding, answers)
    gone = {
        one for kind in kinds[1:] if answers[kind].verdict is Verdict.ACCEPTED for one in _days(finding, kind, through)
    }
    assert _every(after) <= _every(finding)
    assert _every(finding) - _every(after) <= gone
    if verdicts[0] is Verdict.REFUSED:
        assert count(after.expected) >= count(expected)


def _every(finding: Finding) -> set[int]:
    return {day for first, last in finding.lost for day in range(first, last + 1)}


def _days(finding: Finding, kind: Certainty, through: int) -> set[int]:
    own = finding.discretionary if kind is Certainty.DISCRETIONARY else finding.documentation
    return {day for first, last in own for day in range(first, last + 1) if day <= through}


# How long they hold


def test_rows_that_move_change_nothing_and_other_evidence_ends_a_judgement(tmp_path: Path, capsys: Capture) -> None:
    read(write(tmp_path), {(STAYED_AWAY, "Skøn"): "accepteret"}, capsys)
    samtaler = tmp_path / "samtaler.csv"
    head, *rows = samtaler.read_text(encoding="utf-8").splitlines()
    samtaler.write_text("\n".join([head, *reversed(rows)]), encoding="utf-8")
    assert app.check(tmp_path).assessed.total.accepted == 1  # type: ignore[union-attr]
    write(tmp_path, held="2007-04-24")
    report = app.check(tmp_path)
    assert report.assessed is not None
    assert (report.assessed.total.accepted, report.assessed.total.expired) == (0, 1)
    before, after = refunds(report)
    assert before == after
    (placed,) = [one for one in report.findings if one.judged]
    assert not placed.judged[0].holds


def test_a_sentence_that_is_worded_anew_is_the_same_evidence_and_another_date_is_not(tmp_path: Path) -> None:
    report = app.check(write(tmp_path))
    (case,) = [one for one in report.cases if one.sag_id == NOTED]

    def evidence(was: str, now: str) -> str:
        findings = tuple(one._replace(message=one.message.replace(was, now)) for one in case.findings)
        return questions_of(case._replace(findings=findings), report.run.cutoff)[0].evidence

    assert evidence("kun dokumenteret i journalen", "alene vist af et notat") == evidence("", "")
    assert evidence("Notatet 2. april 2007", "Notatet 3. april 2007") != evidence("", "")
    assert evidence("matchkategori 1", "matchkategori 2") != evidence("", "")


def test_a_loss_that_runs_on_is_judged_as_far_as_it_was_seen(tmp_path: Path, capsys: Capture) -> None:
    """A judgement of 3 April to 20 April says nothing of 21 April, and is not over because a night has passed."""
    write(tmp_path, cutoff="2007-04-20")
    read(tmp_path, {(MISSING, "Særligt tilfælde"): "accepteret"}, capsys)
    write(tmp_path, cutoff="2007-04-22")
    report = app.check(tmp_path)
    assert report.assessed is not None
    assert report.assessed.total.accepted == 1
    kinds = report.assessed.cases[MISSING].kinds
    assert [(iso(first), iso(last)) for first, last in kinds[0].periods] == [("2007-04-21", "2007-04-22")]
    assert kinds[1].periods[-1].last == day_of("2007-04-20")
    assert report.assessed.cases[MISSING].running_per_day == 35_00


def test_a_judgement_of_a_finding_that_is_gone_is_told(tmp_path: Path, capsys: Capture) -> None:
    read(write(tmp_path), {(STAYED_AWAY, "Skøn"): "accepteret"}, capsys)
    write(tmp_path, held="2007-04-03")
    assessed = app.check(tmp_path).assessed
    assert assessed is not None
    assert (assessed.gone, assessed.cases) == (1, {})
    assert run(["check", str(tmp_path)]) == 1
    assert "1 er om et fund, som denne kørsel ikke har" in capsys.readouterr().out


def test_the_latest_judgement_counts_and_all_are_kept(tmp_path: Path, capsys: Capture) -> None:
    file = write(tmp_path) / "vurderinger.jsonl"
    for verdict in ("accepteret", "ikke accepteret", "tilbagekaldt"):
        said = read(tmp_path, {(STAYED_AWAY, "Skøn"): verdict}, capsys)
        assert "1 ny vurdering er skrevet i vurderinger.jsonl." in said
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line["verdict"] for line in lines] == ["accepted", "refused", "withdrawn"]
    assert lines[0] | {"id": "", "evidence": ""} == {
        "id": "", "sag_id": "S1", "code": "VT105", "kind": "discretionary", "evidence": "", "through": "2007-04-19",
        "verdict": "accepted", "by": "Rita Berg", "date": "2007-07-01", "why": "Brevet ligger i sagen.",
    }  # fmt: skip
    before, after = refunds(app.check(tmp_path))
    assert before == after
    sheet = openpyxl.load_workbook(io.BytesIO(listed(tmp_path)))["Vurdering"]
    assert next(row["Vurderet før"] for _, row in rows_of(sheet)) is None


def test_reading_a_list_twice_adds_nothing(tmp_path: Path, capsys: Capture) -> None:
    verdicts = {(STAYED_AWAY, "Skøn"): "accepteret", (NOTED, "Journal"): "ikke accepteret"}
    read(write(tmp_path), verdicts, capsys)
    before = (tmp_path / "vurderinger.jsonl").read_bytes()
    assert "0 nye vurderinger er skrevet i vurderinger.jsonl; 2 stod der i forvejen." in read(
        tmp_path, verdicts, capsys
    )
    assert (tmp_path / "vurderinger.jsonl").read_bytes() == before
    sheet = openpyxl.load_workbook(io.BytesIO(listed(tmp_path)))["Vurdering"]
    assert next(row["Vurderet før"] for _, row in rows_of(sheet)) == "accepteret 1. juli 2007"


def test_an_old_list_that_is_read_again_takes_no_later_judgement_back(tmp_path: Path, capsys: Capture) -> None:
    write(tmp_path)
    for verdict, day in (("accepteret", "2007-07-01"), ("ikke accepteret", "2007-07-20")):
        read(tmp_path, {(STAYED_AWAY, "Skøn"): verdict}, capsys, day=day)
    after = refunds(app.check(tmp_path))[1]
    assert "0 nye vurderinger" in read(tmp_path, {(STAYED_AWAY, "Skøn"): "accepteret"}, capsys, day="2007-07-01")
    read(tmp_path, {(STAYED_AWAY, "Skøn"): "accepteret"}, capsys, day="2007-07-10")
    assert refunds(app.check(tmp_path))[1] == after, "it is new, and of a day before the one that counts"


# Every report shows it apart


def test_every_report_shows_both_and_none_shows_who_and_why(tmp_path: Path, capsys: Capture) -> None:
    outputs = [tmp_path / f"r.{ending}" for ending in ("json", "html", "docx", "xlsx", "md", "csv")]
    given = [word for file in outputs for word in ("-o", str(file))]
    write(tmp_path)
    assert run(["check", str(tmp_path), "-o", str(tmp_path / "plain.json")]) == 1
    read(tmp_path, {(STAYED_AWAY, "Skøn"): "ikke accepteret", (MISSING, "Særligt tilfælde"): "accepteret"}, capsys)
    assert run(["check", str(tmp_path), *given]) == 1
    said = capsys.readouterr().out
    assert "Efter vurdering" in said
    assert "2 vurderinger gælder (1 accepteret, 1 ikke accepteret)" in said
    plain, report = (json.loads((tmp_path / name).read_bytes()) for name in ("plain.json", "r.json"))
    Schema.model_validate(report)
    after = report["summary"].pop("after_assessments")
    assert plain["summary"].pop("after_assessments")["accepted"] == 0
    assert report["summary"] == plain["summary"]
    assert (after["expected"]["refund_lost"], after["discretionary"]["refund_lost"]) == ("980.00", "1295.00")
    moved_in = {case["sag_id"]: case.pop("after_assessments", None) for case in report["cases"]}
    assert report["cases"] == plain["cases"]
    assert moved_in[MISSING]["expected"]["days"] == 0
    assert moved_in[MISSING]["discretionary"]["refund_lost"] == "1015.00"
    assert moved_in[NOTED] is None
    judged = {(one["sag_id"], one["code"]): one.get("assessments") for one in report["findings"]}
    verdict = {"kind": "discretionary", "verdict": "refused", "date": "2007-07-01", "holds": True}
    assert judged[STAYED_AWAY, "VT105"] == [verdict]
    document = docx.Document(str(tmp_path / "r.docx"))
    texts = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "980,00 kr." in [text.replace("\u00a0", " ") for text in texts]
    page = (tmp_path / "r.html").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert "980,00 kr." in page
    assert "Vurderet: ikke accepteret 1. juli 2007" in page
    assert "Efter vurdering: 980,00 kr." in (tmp_path / "r.md").read_text(encoding="utf-8")
    for file in outputs:
        content = file.read_bytes()
        if file.suffix in (".docx", ".xlsx"):
            content = b"".join(_parts(content))
        assert b"Rita" not in content
        assert b"Brevet ligger" not in content


def _parts(content: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        yield from (parts.read(name) for name in parts.namelist())


def test_without_a_file_of_judgements_nothing_is_said_of_them(tmp_path: Path) -> None:
    write(tmp_path)
    settings = tmp_path / "kommunecheck.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('[assessments]\nfile = "vurderinger.jsonl"', ""))
    report = app.check(tmp_path)
    assert report.assessed is None
    run(["check", str(tmp_path), "-o", str(tmp_path / "r.json")])
    assert b"assessments" not in (tmp_path / "r.json").read_bytes()


def test_a_night_with_a_new_judgement_is_no_quiet_night(tmp_path: Path, capsys: Capture) -> None:
    write(tmp_path, settings='[history]\ndatabase = "historik.sqlite"\n')
    given = ["check", str(tmp_path), "-o", str(tmp_path / "r.json")]
    for _ in range(2):
        run(given)
    assert "besvaret fra historikken" in capsys.readouterr().err
    read(tmp_path, {(STAYED_AWAY, "Skøn"): "accepteret"}, capsys)
    run(given)
    assert "besvaret fra historikken" not in capsys.readouterr().err
    assert json.loads((tmp_path / "r.json").read_bytes())["summary"]["after_assessments"]["accepted"] == 1


def test_a_team_sees_its_own_judgements(tmp_path: Path, capsys: Capture) -> None:
    read(write(tmp_path), {(STAYED_AWAY, "Skøn"): "accepteret", (NOTED, "Journal"): "accepteret"}, capsys)
    parts = by_team(app.check(tmp_path))
    assert refunds(parts["Nord"]) == ([1015_00, 630_00, 0], [1015_00, 0, 0])
    assert refunds(parts["Syd"]) == ([350_00, 280_00, 1015_00], [350_00, 280_00, 0])


def test_the_workbook_adds_up_what_is_judged(tmp_path: Path, capsys: Capture) -> None:
    """Every formula, also those of the sheets after the judgements, is worked out anew and comes out the same."""
    read(write(tmp_path), {(STAYED_AWAY, "Skøn"): "ikke accepteret", (NOTED, "Journal"): "accepteret"}, capsys)
    run(["check", str(tmp_path), "-o", str(tmp_path / "r.xlsx")])
    content = (tmp_path / "r.xlsx").read_bytes()
    cases = [row for _, row in rows_of(opened(content)["Efter vurdering"])]
    assert [(row["Sag"], row["Forventet før"], row["Forventet efter"], row["Journal efter"]) for row in cases] == [
        (STAYED_AWAY, 0, 630, 0),
        (NOTED, 0, 0, 0),
    ]
    same_when_reopened(content, tmp_path)


# What may not come back


def setting(title: str, value: Any, row: int = FIRST) -> Change:
    def change(sheet: Any, heads: dict[str, int]) -> None:
        sheet.cell(row, heads[title]).value = value

    return change


def remove_row(sheet: Any, _heads: dict[str, int]) -> None:
    sheet.delete_rows(FIRST + 1)


def add_row(sheet: Any, _heads: dict[str, int]) -> None:
    sheet.cell(sheet.max_row + 1, 1).value = "Hemmelig"


def add_column(sheet: Any, heads: dict[str, int]) -> None:
    sheet.cell(HEADS, len(heads) + 1).value = "Hemmelig"


def note_beside(sheet: Any, heads: dict[str, int]) -> None:
    sheet.cell(FIRST, len(heads) + 2).value = "Hemmelig"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (remove_row, "1 række mangler: VT103-S-"),
        (add_row, "Række 10: »Id« er ændret, eller rækken er ny."),
        (add_column, "Der er 1 kolonne, kommunecheck ikke har skrevet (kolonne nr. 19)"),
        (note_beside, "Der er skrevet uden for kolonnerne (kolonne nr. 20)"),
        (setting("Fundet", "Hemmelig"), "Række 5: det, der stod under »Fundet«, er ændret."),
        (setting("Dage", 3), "Række 5: det, der stod under »Dage«, er ændret."),
        (setting("Mangler svar", 0), "Række 5: formlen under »Mangler svar« er skrevet over."),
        (
            setting("Vurdering", "måske"),
            "Række 5: under »Vurdering« ventes accepteret, ikke accepteret eller tilbagekaldt.",
        ),
        (setting("Dato", "i går"), "Række 5: under »Dato« ventes en dato som 31-03-2007, i årene 2000-2099."),
        (setting("Dato", datetime(2097, 7, 1)), "Række 5: »Dato« ligger efter i dag, "),  # noqa: DTZ001 - a cell has no zone
        (setting("Dato", datetime(2006, 7, 1)), "Række 5: »Dato« ligger før opgørelsesdagen 30. juni 2007."),  # noqa: DTZ001 - as above
        (setting("Hvorfor", None), "Række 5: »Hvorfor« er ikke udfyldt. Udfyld alle fire felter, eller ingen af dem."),
        (setting("Vurdering", "accepteret", 6), "Række 6: »Vurderet af«, »Dato«, »Hvorfor« er ikke udfyldt."),
        (setting("Hvorfor", "010170-1234 var syg"), "Række 5: under »Hvorfor« står noget, der ligner et CPR-nummer."),
        (setting("Hvorfor", "=A1"), "Række 5: formlen under »Hvorfor« har ingen værdi."),
    ],
)
def test_a_list_that_was_changed_is_refused_with_one_sentence_and_nothing_is_read(
    tmp_path: Path, capsys: Capture, change: Change, sentence: str
) -> None:
    verdicts = {(STAYED_AWAY, "Skøn"): "accepteret", (NOTED, "Journal"): "accepteret"}
    file = answered(write(tmp_path), verdicts, change)
    assert run(["assess", "read", str(file), str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    told = [line for line in said.err.splitlines() if line.startswith("- ")]
    assert len(told) == 1, said.err
    assert sentence in told[0]
    assert not {"Hemmelig", "010170"} & set(said.err.replace("-", " ").split())
    assert not (tmp_path / "vurderinger.jsonl").exists()


def test_what_is_only_shown_may_be_changed(tmp_path: Path, capsys: Capture) -> None:
    file = answered(write(tmp_path), {(STAYED_AWAY, "Skøn"): "accepteret"}, setting("Overvej", "Set"))
    assert run(["assess", "read", str(file), str(tmp_path)]) == 0
    capsys.readouterr()


def test_a_list_of_other_findings_is_refused(tmp_path: Path, capsys: Capture) -> None:
    file = answered(write(tmp_path), {(STAYED_AWAY, "Skøn"): "accepteret"})
    write(tmp_path, held="2007-04-24")
    assert run(["assess", "read", str(file), str(tmp_path)]) == 2
    assert "fundene er ikke dem, listen blev skrevet af" in capsys.readouterr().err


def test_a_list_that_nobody_has_filled_in_is_refused(tmp_path: Path, capsys: Capture) -> None:
    file = answered(write(tmp_path), {})
    assert run(["assess", "read", str(file), str(tmp_path)]) == 2
    assert "ingen rækker er udfyldt" in capsys.readouterr().err


def test_another_workbook_is_refused(tmp_path: Path, capsys: Capture) -> None:
    write(tmp_path)
    run(["supervised", "draw", str(tmp_path), "-o", str(tmp_path / "andet.xlsx")])
    capsys.readouterr()
    assert run(["assess", "read", str(tmp_path / "andet.xlsx"), str(tmp_path)]) == 2
    assert "det, der står om, hvordan regnearket er lavet, er ændret" in capsys.readouterr().err


def test_it_must_be_known_where_to_keep_them(tmp_path: Path, capsys: Capture) -> None:
    file = answered(write(tmp_path), {(STAYED_AWAY, "Skøn"): "accepteret"})
    settings = tmp_path / "kommunecheck.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('file = "vurderinger.jsonl"', ""))
    assert run(["assess", "read", str(file), str(tmp_path)]) == 2
    assert '[assessments] file = "vurderinger.jsonl"' in capsys.readouterr().err


@pytest.mark.parametrize("line", ["ingenting", '{"id": "x", "hvem": "Rita"}', '{"id": 3}'])
def test_a_file_of_judgements_that_cannot_be_read_stops_the_run(tmp_path: Path, capsys: Capture, line: str) -> None:
    (write(tmp_path) / "vurderinger.jsonl").write_text(line, encoding="utf-8")
    assert run(["check", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "vurderinger.jsonl, linje 1: det er ikke en vurdering" in said
    assert "Rita" not in said


def test_questions_are_known_apart(tmp_path: Path) -> None:
    report = app.check(write(tmp_path))
    ids = [one.id for case in report.cases for one in questions_of(case, report.run.cutoff)]
    assert len(ids) == len(set(ids)) == 5
