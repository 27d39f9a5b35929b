"""The material the directorate may ask for: six things of each interview, where each stands, and what is missing."""

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from kommunecheck import documenting
from kommunecheck.cli import run
from kommunecheck.documenting import drawn_in, material_for
from kommunecheck.domain.case import Case
from kommunecheck.domain.days import day_of, iso
from kommunecheck.domain.report import Report
from kommunecheck.intake.tables import TABLES
from kommunecheck.law.answering import answer_by
from kommunecheck.law.material import Dossier, Item, Material, material_of
from kommunecheck.law.measure import measure
from kommunecheck.reports.word.material import INDEX, case_document, case_files, index_document
from kommunecheck.setup import Options
from kommunecheck.testing import (
    a_case,
    circumstance,
    held,
    no_show,
    note,
    payment,
    reported_ill,
    the_law,
)

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"
ALL = {name: frozenset(column.name for column in shape.columns) for name, shape in TABLES.items()}
RECEIVED = ["--received", "2008-03-14"]


def material(case: Case, present: dict[str, frozenset[str]] | None = None) -> Dossier:
    return material_of(measure(case, the_law(), frozenset({1, 2, 3})), the_law(), ALL if present is None else present)


def items(one: Material) -> dict[str, Item]:
    return {item.number: item for item in one.items}


def said(item: Item) -> str:
    return " ".join(told.text for told in item.told)


def texts(content: bytes) -> str:
    """All text of a document, headers too, with ordinary spaces."""
    document: Any = docx.Document(io.BytesIO(content))
    parts = [document.element.body, *(section.header._element for section in document.sections)]
    lines = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for part in parts for p in part.iter(qn("w:p"))]
    return "\n".join(lines).replace("\u00a0", " ").replace("\u2011", "-")


# The six things


def test_a_first_and_a_later_interview_have_each_their_own_items() -> None:
    dossier = material(a_case("2007-01-09", interviews=[held("2007-02-09"), held("2007-05-07")], cutoff="2007-06-30"))
    first, second = (items(one) for one in dossier.interviews)
    assert list(first) == ["1", "2", "3", "4 a", "4 b", "5", "6"]
    assert said(first["1"]) == "Holdt fredag den 9. februar 2007."
    assert said(first["2"]) == "Anmodet tirsdag den 9. januar 2007."
    assert "Ikke aktuelt" in said(first["3"])
    assert "Ikke aktuelt" in said(second["2"])
    assert said(second["3"]) == "Holdt fredag den 9. februar 2007."
    assert said(second["4 a"]) == "Matchkategori 3. Registreret 7. maj 2007."
    assert said(second["4 b"]) == "Helbred. Registreret 7. maj 2007."
    assert said(second["5"]) == "Arbejdssøgende: ja. Registreret 7. maj 2007."
    assert said(second["6"]).startswith("Kontanthjælp, udbetalt for 9. januar 2007 til 30. juni 2007")
    assert dossier.missing == 0


def test_each_thing_names_the_file_row_and_column_it_stands_in() -> None:
    (one,) = material(a_case("2007-01-09", interviews=[held("2007-02-09")], cutoff="2007-03-31")).interviews
    cells = {
        number: [(c.source, c.row, c.column) for t in item.told for c in t.cells] for number, item in items(one).items()
    }
    assert cells["1"] == [(1, 2, "afholdt_dato")]
    assert cells["2"] == [(0, 2, "anmodningsdato")]
    assert cells["4 a"] == [(1, 2, "matchkategori"), (1, 2, "grovmatch"), (1, 2, "registreret_dato")]
    assert cells["6"] == [(0, 2, "ydelsestype"), (3, 2, "fra"), (3, 2, "til")]


@pytest.mark.parametrize(
    ("interview", "number", "expected"),
    [
        (held("2007-02-09", category=None), "4 a", "Ingen indplacering i matchkategori 1-5"),
        (held("2007-02-09", rough=True), "4 a", "Ingen indplacering i matchkategori 1-5"),
        (held("2007-02-09", category="X7"), "4 a", "Ingen indplacering i matchkategori 1-5"),
        (held("2007-02-09", areas=None), "4 b", "Ingen opmærksomhedsområder"),
        (held("2007-02-09", job_seeker=None), "5", "Hverken registrering eller årsag"),
        (held("2007-02-09", job_seeker=False), "5", "Hverken registrering eller årsag"),
    ],
)
def test_a_step_without_any_evidence_is_missing(interview: Any, number: str, expected: str) -> None:
    (one,) = material(a_case("2007-01-09", interviews=[interview], cutoff="2007-03-31")).interviews
    assert {item.number for item in one.missing} == {number}
    assert str(items(one)[number].missing).startswith(expected)
    assert "X7" not in said(items(one)[number])


def test_a_step_that_the_category_does_not_ask_for_is_not_missing() -> None:
    lowest = held("2007-02-09", category="1", areas=None)
    highest = held("2007-05-07", category="4", job_seeker=None)
    first, second = material(a_case("2007-01-09", interviews=[lowest, highest], cutoff="2007-06-30")).interviews
    assert said(items(first)["4 b"]) == "Kræves ikke i matchkategori 1."
    assert said(items(second)["5"]) == "Kræves ikke i matchkategori 4."
    assert not first.missing + second.missing


def test_the_reason_for_not_being_registered_is_told() -> None:
    row = held("2007-02-09", job_seeker=False, exempt="mangler børnepasning")
    (one,) = material(a_case("2007-01-09", interviews=[row], cutoff="2007-03-31")).interviews
    assert said(items(one)["5"]).startswith("Ikke registreret for tiden. Årsag: mangler børnepasning.")


def test_a_note_is_evidence_with_its_one_sentence() -> None:
    read = note("2007-02-10", placed="2", areas=True, registered="2007-02-12")._replace(
        quotes=("Match 2.", "Helbred.", None)
    )
    row = held("2007-02-09", category=None, areas=None)
    dossier = material(a_case("2007-01-09", interviews=[row], notes=[read], cutoff="2007-03-31"))
    (one,) = dossier.interviews
    told = items(one)["4 a"].told[0]
    assert (told.text, told.quote) == ("Journalnotat 10. februar 2007, indført 12. februar 2007.", "Match 2.")
    assert items(one)["4 b"].told[0].quote == "Helbred."
    assert not one.missing
    assert dossier.quotes == 2


def test_a_later_interview_is_told_and_the_step_is_missing_at_its_own() -> None:
    rows = [held("2007-02-09", category=None), held("2007-05-07")]
    first, _ = material(a_case("2007-01-09", interviews=rows, cutoff="2007-06-30")).interviews
    item = items(first)["4 a"]
    assert said(item) == "Ved samtalen 7. maj 2007: Matchkategori 3. Registreret 7. maj 2007."
    assert "først ved en senere samtale" in str(item.missing)


def test_the_benefit_is_that_of_the_payment_and_missing_without_one() -> None:
    paid = [payment("2007-02-01", "2007-02-28", "100,00", benefit="starthjaelp")]
    case = a_case("2007-01-09", interviews=[held("2007-02-09"), held("2007-05-07")], payments=paid, cutoff="2007-06-30")
    first, second = material(case).interviews
    assert said(items(first)["6"]).startswith("Starthjælp, udbetalt for 1. februar 2007")
    assert items(second)["6"].missing == "Ingen udbetaling dækker 7. maj 2007."
    assert "100" not in said(items(first)["6"])  # the amount is not asked for


def test_what_the_files_have_no_column_for_is_missing() -> None:
    without = {**ALL, "samtaler": ALL["samtaler"] - {"opmaerksomhedsomraader"}}
    del without["udbetalinger"]
    row = held("2007-02-09", areas=None)
    (one,) = material(a_case("2007-01-09", interviews=[row], payments=[], cutoff="2007-03-31"), without).interviews
    assert "kolonnen opmaerksomhedsomraader" in str(items(one)["4 b"].missing)
    assert "tabellen udbetalinger" in str(items(one)["6"].missing)


def test_an_interview_outside_the_target_group_or_just_held_misses_nothing() -> None:
    away = [circumstance("revalidering", "2007-02-01", "2007-02-20")]
    rows = [held("2007-02-09", category=None), held("2007-06-29", category=None)]
    first, second = material(a_case("2007-01-09", interviews=rows, circumstances=away, cutoff="2007-06-29")).interviews
    assert "uden for målgruppen" in said(items(first)["4 a"])
    assert "før registreringen skulle være sket" in said(items(second)["4 a"])
    assert not first.missing + second.missing


def test_only_interviews_of_the_period_are_told() -> None:
    rows = [held("2006-10-02"), held("2007-01-02"), held("2007-03-30")]
    case = a_case("2006-07-03", interviews=rows, window=("2007-01-01", "2007-02-28"), cutoff="2007-06-30")
    assert [iso(one.day) for one in material(case).interviews] == ["2007-01-02"]


def test_an_interview_due_in_the_period_and_held_late_after_it_is_told_without_its_steps() -> None:
    rows = [held("2007-02-09"), held("2007-06-20", category=None)]
    case = a_case("2007-01-09", interviews=rows, window=("2007-01-01", "2007-05-31"), cutoff="2007-08-31")
    _, late = material(case).interviews
    assert iso(late.day) == "2007-06-20"
    assert late.about_deadline
    assert said(items(late)["4 a"]) == "Kræves ikke: samtalen er holdt uden for perioden."


# Deadlines that were not kept


def test_an_interview_that_was_not_held_is_missing_and_the_attempts_are_told() -> None:
    rows = [held("2007-02-09"), no_show("2007-05-09", followed_up="2007-05-10", summoned="2007-04-20")]
    _, one = material(a_case("2007-01-09", interviews=rows, cutoff="2007-06-30")).interviews
    assert (iso(one.day), one.held) == ("2007-05-09", False)
    assert [item.number for item in one.missing] == ["1"]
    assert one.about_deadline[0].text.startswith(
        "Forfaldsdag onsdag den 9. maj 2007; faldugen slutter søndag den 13. maj"
    )
    assert (
        one.about_deadline[1].text
        == "Borgeren udeblev 9. maj 2007, indkaldt 20. april 2007. Første skridt derefter: 10. maj 2007."
    )
    assert [cell.column for cell in one.about_deadline[1].cells] == [
        "planlagt_dato",
        "status",
        "indkaldt_dato",
        "opfoelgning_dato",
    ]


def test_illness_is_told_only_of_an_interview_that_came_too_late() -> None:
    late = [held("2007-02-09"), reported_ill("2007-05-09"), held("2007-05-16")]
    timely = [held("2007-02-09"), reported_ill("2007-05-02"), held("2007-05-09")]
    of_late, of_timely = (
        material(a_case("2007-01-09", interviews=rows, cutoff="2007-06-30")) for rows in (late, timely)
    )
    assert any("på grund af sygdom" in told.text for told in of_late.interviews[1].about_deadline)
    assert not of_timely.interviews[1].about_deadline


def test_a_withdrawn_case_has_the_reason_and_no_material() -> None:
    other = material(a_case("2007-01-09", benefit="revalidering", interviews=[held("2007-02-09")]))
    since = [circumstance("foertidspension", "2007-01-01"), circumstance("sygdom", "2007-01-01", "2007-01-20")]
    away = material(a_case("2007-01-09", circumstances=since))
    assert not other.interviews + away.interviews
    assert other.outside[0].text == "Sagens ydelse er revalidering."
    assert [one.text for one in away.outside] == ["Førtidspension fra 1. januar 2007."]


# The deadline


@pytest.mark.parametrize(
    ("received", "last", "send"),
    [
        ("2008-03-14", "2008-03-28", "2008-03-28"),
        ("2008-03-08", "2008-03-22", "2008-03-19"),  # a Saturday in Easter: Wednesday is the last working day
        ("2007-12-11", "2007-12-25", "2007-12-24"),
    ],
)
def test_the_deadline_is_fourteen_days_and_sent_on_a_working_day(received: str, last: str, send: str) -> None:
    by = answer_by(day_of(received))
    assert (iso(by.last), iso(by.send)) == (last, send)


# A whole municipality


@cache
def lilleby() -> tuple[Report, tuple[Dossier, ...]]:
    ids = [line.split(";")[0] for line in (LILLEBY / "sager.csv").read_text(encoding="utf-8").splitlines()[1:]]
    skipped = {"L090", "L108"}  # outside the period, and a row that cannot be used
    judged = [one for one in dict.fromkeys(ids) if one not in skipped]
    return material_for(LILLEBY, Options(compare=False), judged)


def test_what_is_missing_is_what_check_finds() -> None:
    report, dossiers = lilleby()
    codes = {"4 a": {"VT201", "VT202", "VT206"}, "4 b": {"VT203"}, "5": {"VT301"}, "6": {"VT401"}}
    found = {(one.sag_id, one.finding.rule.code, one.finding.date) for one in report.findings}
    for dossier in dossiers:
        for one in dossier.interviews:
            for item in one.missing if one.held else ():
                assert any((dossier.sag_id, code, one.day) in found for code in codes[item.number]), dossier.sag_id
    not_held = {(dossier.sag_id, one.day) for dossier in dossiers for one in dossier.interviews if not one.held}
    assert {(sag_id, day) for sag_id, code, day in found if code == "VT102"} <= not_held
    assert sum(dossier.missing for dossier in dossiers) > 10


def test_the_document_tells_the_used_sentence_the_deadline_and_what_is_withheld() -> None:
    report, dossiers = lilleby()
    (dossier,) = (one for one in dossiers if one.sag_id == "L068")
    text = texts(case_document(report, dossier, answer_by(day_of("2008-03-08"))))
    assert "»Borgeren er indplaceret i matchkategori 3«" in text
    assert "Send materialet senest onsdag den 19. marts 2008" in text
    assert "14 dage efter er lørdag den 22. marts 2008" in text
    assert "journal.csv, række 8: dato, tekst" in text
    assert "Resten af notaterne er holdt tilbage" in text
    assert "OPDIGTEDE TAL" in text


def test_the_index_names_each_case_its_file_and_what_is_missing() -> None:
    report, dossiers = lilleby()
    some = [one for one in dossiers if one.sag_id in ("L068", "L077", "L088", "L093")]
    text = texts(index_document(report, some, answer_by(day_of("2008-03-14"))))
    assert "MANGLER: 2 oplysninger i 1 sag, markeret i sagens dokument." in text
    assert "samtalen 3. april 2007: nr. 4 a; samtalen, der forfaldt 3. juli 2007: nr. 1" in text
    assert "Uden for tilsynet" in text
    assert "se efter i fagsystemet" in text  # L093 has a value that cannot be read
    assert "02 sag L077.docx" in text


def test_a_file_has_a_name_that_any_machine_can_write() -> None:
    cases = [Dossier(name, (), ()) for name in ("A/1", "å b", "0101701234")]
    assert case_files(cases) == ["01 sag A_1.docx", "02 sag å_b.docx", "03 sag xxxxxx-xxxx.docx"]


# The command, on a made-up municipality of three cases

NOTE = "Borgeren har det svært hjemme. Borgeren er indplaceret i matchkategori 3. CPR 010180-1234 er oplyst."


def write(folder: Path, cpr: str = "none") -> Path:
    samtaler = (
        "samtale_id;sag_id;type;status;planlagt_dato;afholdt_dato;registreret_dato;matchkategori;grovmatch;"
        "opmaerksomhedsomraader;arbejdssoegende;fritagelsesaarsag;indkaldt_dato;opfoelgning_dato"
    )
    tables = {
        "sager": [
            "sag_id;cpr;ydelsestype;anmodningsdato;ophoersdato;team",
            "A;0101801234;kontanthjaelp;2007-01-09;;",
            "B;;kontanthjaelp;2007-01-09;;",
            "GAMMEL;;kontanthjaelp;2005-01-09;2005-03-09;",
            "SKÆV;;kontanthjaelp;i går;;",
        ],
        "samtaler": [
            samtaler,
            "1;A;kontaktsamtale;afholdt;;2007-02-09;;;nej;helbred;ja;;;",
            "2;B;kontaktsamtale;afholdt;;2007-02-09;;3;nej;helbred;ja;;;",
        ],
        "udbetalinger": [
            "udbetaling_id;sag_id;fra;til;beloeb;ydelsestype;i_tilbud",
            "U;A;2007-01-09;2007-04-30;9000,00;;nej",
            "V;B;2007-01-09;2007-04-30;9000,00;;nej",
        ],
        "journal": ["notat_id;sag_id;dato;tekst", f"N;A;2007-02-09;{NOTE}"],
    }
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(rows), encoding="utf-8")
    text = f'[audit]\nfrom = 2007-01-01\nto = 2007-04-30\ncutoff = 2007-04-30\n[privacy]\ncpr = "{cpr}"\n'
    (folder / "kommunecheck.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """The municipality, and where to write."""
    (tmp_path / "ud").mkdir()
    (tmp_path / "ind").mkdir()
    return write(tmp_path / "ind"), tmp_path / "ud"


def dossier(*words: str | Path) -> int:
    return run(["dossier", *map(str, words)])


def test_a_folder_is_written_with_a_document_for_each_case_and_an_index(
    places: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    tables, out = places
    assert dossier("A", "B", tables, *RECEIVED, "-o", out / "mat") == 0
    assert sorted(one.name for one in (out / "mat").iterdir()) == [INDEX, "01 sag A.docx", "02 sag B.docx"]
    assert capsys.readouterr().out == (
        "Skrev mat: 2 sager, ingen oplysning mangler. Send senest fredag den 28. marts 2008.\n"
    )
    text = texts((out / "mat" / "01 sag A.docx").read_bytes())
    assert (
        "»Borgeren er indplaceret i matchkategori 3.«" in text or "»Borgeren er indplaceret i matchkategori 3«" in text
    )
    assert "hjemme" not in text
    assert "010180" not in text
    assert dossier("A", "B", tables, *RECEIVED, "-o", out / "igen") == 0
    for one in (out / "mat").iterdir():
        assert one.read_bytes() == (out / "igen" / one.name).read_bytes()


def test_the_cpr_number_stands_there_only_where_word_may_show_it(places: tuple[Path, Path]) -> None:
    tables, out = places
    write(tables, "full")
    assert dossier("A", tables, *RECEIVED, "-o", out / "a.docx") == 0
    text = texts((out / "a.docx").read_bytes())
    assert "010180-1234" in text
    assert "RAPPORTEN VISER BORGERNES FULDE CPR-NUMRE" in text


@pytest.mark.parametrize("ending", [".xlsx", ".json"])
def test_a_drawn_list_gives_its_cases_and_its_period(places: tuple[Path, Path], ending: str) -> None:
    tables, out = places
    file = out / f"stikproeve{ending}"
    drawing = ["sample", str(tables), "--from", "2007-02-01", "--size", "5", "--method", "simple", "-o", str(file)]
    assert run(drawing) == 0
    drawn = drawn_in(file)
    assert sorted(drawn.sag_ids) == ["A", "B"]
    assert drawn.first.isoformat() == "2007-02-01"
    assert dossier("--drawn", file, tables, *RECEIVED, "-o", out / "mat") == 0
    assert len(list((out / "mat").iterdir())) == 3
    assert "1. februar 2007 til 30. april 2007" in texts((out / "mat" / INDEX).read_bytes())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["X"], "Sagen findes ikke i sager."),
        (["A", "Ole Olsen"], "Sag nr. 2 på listen findes ikke i sager."),
        (["010180-1234"], "Sagen er skrevet som et CPR-nummer."),
        (["GAMMEL"], "har ingen dage med ydelse i perioden 1. januar 2007 til 30. april 2007"),
        (["SKÆV"], "er sat til side"),
        ([], "Skriv sagerne og til sidst mappen"),
    ],
)
def test_a_case_that_there_is_no_material_of_is_refused_in_a_sentence(
    words: Sequence[str], expected: str, places: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    tables, out = places
    assert dossier(*words, tables, *RECEIVED, "-o", out / "mat") == 2
    told = capsys.readouterr()
    assert expected in told.err
    assert "Olsen" not in told.err
    assert "1234" not in told.err.replace("dossier 1234", "")
    assert not list(out.iterdir())


def test_other_bad_input_is_refused_in_a_sentence(
    places: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    tables, out = places
    (out / "findes").mkdir()
    (out / "andet.json").write_text("{}", encoding="utf-8")
    for words, expected in (
        (["A", tables, "-o", out / "m"], "Skriv, hvilken dag direktoratets brev kom"),
        (["A", tables, *RECEIVED, "-o", out / "findes"], "der er allerede noget med det navn"),
        (["A", tables, *RECEIVED, "-o", out / "ingen" / "m"], "findes ikke. Lav den først"),
        (["A", "B", tables, *RECEIVED, "-o", out / "m.docx"], "2 sager skal i en mappe"),
        (["--drawn", out / "andet.json", tables, *RECEIVED, "-o", out / "m"], "er ikke en stikprøve"),
        (["--drawn", out / "mangler.json", tables, *RECEIVED, "-o", out / "m"], "findes ikke"),
        (["A", tables, "--received", "i går", "-o", out / "m"], "der ventes en dato"),
        (["A", tables, "--received", "9999-12-31", "-o", out / "m"], "for langt ude i fremtiden"),
    ):  # fmt: skip
        assert dossier(*words) == 2
        assert expected in capsys.readouterr().err
    assert sorted(one.name for one in out.iterdir()) == ["andet.json", "findes"]
    assert not list((out / "findes").iterdir())


def test_the_reports_quote_no_note_though_the_material_does(places: tuple[Path, Path]) -> None:
    tables, out = places
    assert run(["check", str(tables), "-o", str(out / "r.docx"), "-o", str(out / "r.json")]) in (0, 1)
    assert "indplaceret i matchkategori 3" not in texts((out / "r.docx").read_bytes())
    report, _ = documenting.material_for(tables, Options(compare=False), ["A"])
    from kommunecheck.reports import json

    assert b"indplaceret i matchkategori" not in b"".join(json.write(report))
