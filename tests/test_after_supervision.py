"""The report after the supervision: the form, what may come back in it, who was stricter, and which readings fit."""

import contextlib
import io
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import docx
import openpyxl
import pytest
from as_files import Files, files_of, folder_with
from hypothesis import given
from hypothesis import strategies as st

from kommunecheck.after_supervision import comparison_of, form_for
from kommunecheck.audit.decisions import relation_of
from kommunecheck.cli import run
from kommunecheck.domain.decisions import RANK, Comparison, Fit, Relation, Result
from kommunecheck.domain.errors import UserError
from kommunecheck.filled import column_in
from kommunecheck.intake.values import fold
from kommunecheck.plugins import host
from kommunecheck.plugins.sagsbehandling import form as review
from kommunecheck.reports.assessment import excel as assessment
from kommunecheck.reports.decisions import excel
from kommunecheck.reports.sample import excel as sample
from kommunecheck.reports.schema_audit import AfterSupervision
from kommunecheck.setup import Options

Capture = pytest.CaptureFixture[str]
Change = Callable[[Any, dict[str, int]], None]
Answers = Mapping[str, Mapping[str, object]]

SOUND, LATE, SLOW, QUICK, NOTED, STEP, GONE, LATER = "OK", "SEN", "LANGSOM", "HURTIG", "NOTAT", "TRIN", "UDE", "FULGT"
HEADS, FIRST = 4, 5
TODAY = date(2008, 9, 1)


def write(folder: Path) -> Path:
    """Cases whose first interview was due on 2 April 2007, each paid 3,000.00 kr. for April, at 35 %.

    LANGSOM was followed up on the fourth working day after the no-show (Easter lay between), HURTIG on the first.
    """
    late, cases = "2007-04-20", (SOUND, LATE, SLOW, QUICK, NOTED, STEP, LATER)
    sager = ["sag_id;ydelsestype;anmodningsdato;ophoersdato;team"]
    sager += [f"{one};kontanthjaelp;2007-01-02;2007-04-30;Nord" for one in cases]
    sager += [f"{GONE};revalidering;2007-01-02;2007-04-30;Syd"]
    samtaler = [
        "samtale_id;sag_id;type;status;indkaldt_dato;planlagt_dato;afholdt_dato;opfoelgning_dato;matchkategori;grovmatch;"
        "opmaerksomhedsomraader;registreret_dato;arbejdssoegende;fritagelsesaarsag"
    ]
    held = {SOUND: "2007-04-02", NOTED: "2007-04-02", STEP: "2007-04-02"}
    for one in cases:
        day = held.get(one, late)
        placed = {NOTED: ";nej;", STEP: ";nej;"}.get(one, "4;nej;helbred")
        samtaler.append(f"H{one};{one};kontaktsamtale;afholdt;;;{day};;{placed};{day};nej;")
    for one, followed in ((SLOW, "2007-04-11"), (QUICK, "2007-04-03"), (LATER, "2007-04-12")):
        samtaler.append(f"U{one};{one};kontaktsamtale;udeblevet;2007-03-20;2007-04-02;;{followed};;nej;;;;")
    paid = ["udbetaling_id;sag_id;fra;til;beloeb;i_tilbud"]
    paid += [f"P{one};{one};2007-04-01;2007-04-30;3000,00;nej" for one in cases]
    journal = [
        "notat_id;sag_id;dato;tekst",
        f"N;{NOTED};2007-04-02;Borgeren indplaceres i match 1. Tilmeldt som arbejdssøgende.",
    ]
    for name, rows in (("sager", sager), ("samtaler", samtaler), ("udbetalinger", paid), ("journal", journal)):
        (folder / f"{name}.csv").write_text("\n".join(rows), encoding="utf-8")
    text = "[audit]\nfrom = 2007-04-01\nto = 2007-04-30\ncutoff = 2007-04-30\n"
    (folder / "kommunecheck.toml").write_text(text, encoding="utf-8")
    return folder


@cache
def form_of(files: Files) -> bytes:
    """The form of a municipality with these files: most tests fill in the same one, and it is made once."""
    with folder_with(files) as folder:
        made = form_for(folder, Options(compare=False), None)
        return excel.write(made.report, made.cases, made.list_hash)


def filled(folder: Path, answers: Answers, change: Change | None = None) -> Path:
    """The form with answers by case and heading; days are written as dates."""
    book = openpyxl.load_workbook(io.BytesIO(form_of(files_of(folder))))
    sheet = book["Direktoratets afgørelser"]
    heads = {cell.value: cell.column for cell in sheet[HEADS]}
    for number in range(FIRST, sheet.max_row + 1):
        for title, value in answers.get(sheet.cell(number, 1).value, {}).items():
            given = datetime.combine(value, datetime.min.time()) if isinstance(value, date) else value
            sheet.cell(number, heads[title]).value = given
    if change is not None:
        change(sheet, heads)
    file = folder / "afgjort.xlsx"
    book.save(file)
    return file


def compared(folder: Path, answers: Answers) -> Comparison:
    return comparison_of(filled(write(folder), answers), folder, TODAY)[1]


# What is compared


def test_the_form_has_every_case_of_the_audit_with_what_we_found(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(filled(write(tmp_path), {}))["Direktoratets afgørelser"]
    heads = [cell.value for cell in sheet[HEADS]]
    rows = {row[0]: dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=FIRST, values_only=True)}
    assert sorted(rows) == sorted([SOUND, LATE, SLOW, QUICK, NOTED, STEP, GONE, LATER])
    told = {name: (row["Vores udfald"], row["Vores regler"], row["Ventet tab"]) for name, row in rows.items()}
    assert told[LATE] == ("Fejl med forventet tab", "VT101", 630)
    assert told[SLOW] == ("Fejl uden forventet tab", "VT105", None)
    assert told[GONE] == ("Udgået", None, None)


def test_who_was_stricter_case_by_case(tmp_path: Path) -> None:
    made = compared(
        tmp_path,
        {
            SOUND: {"Resultat": "fejl uden tab", "Opmærksomhedsområder": "fejl uden tab"},
            LATE: {"Resultat": "uden kritik"},
            QUICK: {"Resultat": "uden kritik"},
            SLOW: {"Resultat": "tab"},
            STEP: {"Resultat": "tab"},
            GONE: {"Resultat": "udgået"},
            NOTED: {"Resultat": "udgået"},
        },
    )
    assert {one.decision.sag_id: one.relation for one in made.cases} == {
        SOUND: Relation.THEY_STRICTER,
        LATE: Relation.WE_STRICTER,
        QUICK: Relation.OPEN,
        SLOW: Relation.OPEN,
        STEP: Relation.AGREED,
        GONE: Relation.AGREED,
        NOTED: Relation.APART,
    }


def test_who_was_stricter_rule_by_rule(tmp_path: Path) -> None:
    made = compared(
        tmp_path,
        {
            SOUND: {"Resultat": "fejl uden tab", "Opmærksomhedsområder": "fejl uden tab"},
            LATE: {"Resultat": "uden kritik"},
            QUICK: {"Resultat": "uden kritik"},
            SLOW: {"Resultat": "tab", "Samtalen": "tab"},
            STEP: {"Resultat": "tab", "Matchkategori": "tab", "Arbejdssøgende": "i orden"},
            NOTED: {"Resultat": "tab"},
        },
    )
    rows = {(row.code, row.duty): row[2:] for row in made.rules}
    assert rows == {
        (None, "step2"): (0, 0, 1, 0, 0),
        ("VT101", "deadline"): (0, 1, 0, 0, 0),
        ("VT105", "deadline"): (0, 0, 0, 1, 1),
        ("VT201", "step1"): (1, 0, 0, 0, 0),
        ("VT205", "step1"): (0, 0, 0, 1, 0),
    }
    assert made.unshared == 0


def test_a_loss_of_nobody_knows_which_duty_is_counted_and_not_guessed(tmp_path: Path) -> None:
    made = compared(tmp_path, {SOUND: {"Resultat": "tab"}})
    assert (made.rules, made.unshared) == ((), 1)


def test_days_that_only_one_holds_for_lost_are_counted(tmp_path: Path) -> None:
    """We lose 2 to 19 April in SEN: 18 days."""
    told = {"Resultat": "tab", "Mistet fra": date(2007, 4, 9), "Mistet til": date(2007, 4, 21), "Mistet refusion": 455}
    (one,) = compared(tmp_path, {LATE: told}).cases
    assert (one.only_ours, one.only_theirs) == (7, 2)
    assert (one.refund_lost, one.decision.refund_lost) == (630_00, 455_00)


def test_days_that_are_never_lost_are_nobodys_though_a_decision_has_them_in_its_period(tmp_path: Path) -> None:
    """From 9 to 12 April in SEN the citizen has a wage subsidy: we lose 2-8 and 13-19 April."""
    folder = write(tmp_path)
    periods = f"sag_id;type;fra;til;dokumenteret\n{LATE};loentilskud;2007-04-09;2007-04-12;"
    (folder / "perioder.csv").write_text(periods, encoding="utf-8")
    told = {"Resultat": "tab", "Mistet fra": date(2007, 4, 2), "Mistet til": date(2007, 4, 19), "Mistet refusion": 490}
    made = comparison_of(filled(folder, {LATE: told}), folder, TODAY)[1]
    (one,) = made.cases
    assert (one.only_ours, one.only_theirs) == (0, 0)
    assert made.now.days == 0


def test_the_reading_that_fits_best_is_found_by_judging_anew(tmp_path: Path) -> None:
    """The directorate took the refund where four days passed and not where one did: three days are nearer to that."""
    made = compared(
        tmp_path,
        {
            LATE: {"Resultat": "tab"},
            SLOW: {"Resultat": "tab", "Mistet fra": date(2007, 4, 2), "Mistet til": date(2007, 4, 19)},
            QUICK: {"Resultat": "uden kritik"},
        },
    )
    assert (made.now.agreed, made.now.disagreed, made.now.days) == (1, 0, 18)
    best = made.better[0]
    assert (best.name, best.stricter, best.value) == ("followup_workdays", True, 3)
    assert (best.agreed, best.disagreed, best.days) == (2, 0, 0)
    assert {fit.name for fit in made.fits} == {
        "first_interview_months", "registration_workdays", "followup_workdays", "sickness_workdays",
        "long_sickness_days", "reform_exclusions_from",
    }  # fmt: skip


def test_where_the_directorate_is_as_mild_as_we_no_reading_is_better(tmp_path: Path) -> None:
    made = compared(tmp_path, {SOUND: {"Resultat": "uden kritik"}, LATE: {"Resultat": "tab"}})
    assert made.better == ()


@pytest.mark.parametrize(
    ("agreed", "disagreed", "days", "better"),
    [(5, 3, 9, True), (4, 2, 9, True), (6, 4, 0, False), (3, 2, 0, False), (4, 3, 6, True), (4, 3, 7, False)],
)
def test_a_reading_is_better_where_it_is_worse_in_nothing(agreed: int, disagreed: int, days: int, better: bool) -> None:
    now = Fit(None, None, None, 4, 3, 7)
    assert Fit("x", True, 1, agreed, disagreed, days).beats(now) is better


@given(st.sampled_from(list(Result)), st.sampled_from(list(RANK)))
def test_stricter_is_one_way_only(ours: Result, theirs: Result) -> None:
    relation = relation_of(ours, theirs)
    if ours in RANK:
        turned = {Relation.WE_STRICTER: Relation.THEY_STRICTER, Relation.THEY_STRICTER: Relation.WE_STRICTER}
        assert relation_of(theirs, ours) is turned.get(relation, relation)
    assert (relation is Relation.AGREED) == (ours is theirs)


# What comes out


def test_it_is_told_on_the_screen_as_word_and_as_json(tmp_path: Path, capsys: Capture) -> None:
    answers: dict[str, dict[str, object]] = {
        LATE: {"Resultat": "uden kritik", "Bemærk": "Rita Berg ringede"},
        SLOW: {"Resultat": "tab", "Mistet refusion": 630, "Afgjort": date(2008, 1, 2)},
        SOUND: {"Resultat": "tab", "Matchkategori": "tab"},
    }
    file = filled(write(tmp_path), answers)
    outputs = [tmp_path / "e.docx", tmp_path / "e.json"]
    given = ["supervised", "read", str(file), str(tmp_path), *(word for one in outputs for word in ("-o", str(one)))]
    assert run(given) == 0
    said = capsys.readouterr().out
    assert "Vi var strengere" in said
    assert "VT101 (Kontaktsamtalen er holdt for sent): i 1 sag så direktoratet mildere" in " ".join(said.split())
    assert (
        "I 1 sag, hvor direktoratets beløb er oplyst, ventede vi et tab på 0,00 kr., og direktoratet tog 630,00 kr."
        in (" ".join(said.split()))
    )
    told = json.loads(outputs[1].read_bytes())
    AfterSupervision.model_validate(told)
    counts = {name: told[name] for name in ("decided", "agreed", "we_stricter", "they_stricter", "left_open")}
    assert counts == {"decided": 3, "agreed": 0, "we_stricter": 1, "they_stricter": 1, "left_open": 1}
    assert {"name": "followup_workdays", "stricter": True} in told["better"]
    document = docx.Document(str(outputs[0]))
    texts = [paragraph.text.replace("\u00a0", " ") for paragraph in document.paragraphs]
    assert "Enige om 0 af 3 sager." in texts
    assert any(text.startswith("Det tal, der ville have passet bedst, er") for text in texts)
    assert b"Rita" not in outputs[1].read_bytes()
    assert not any("Rita" in text for text in texts)
    before = [one.read_bytes() for one in outputs]
    assert run(given) == 0
    assert [one.read_bytes() for one in outputs] == before


def test_only_the_cases_of_a_list(tmp_path: Path, capsys: Capture) -> None:
    wanted = write(tmp_path) / "sager.txt"
    wanted.write_text(f"{LATE}\n\n {SOUND} \n", encoding="utf-8")
    given = ["supervised", "draw", str(tmp_path), "--cases", str(wanted), "-o", str(tmp_path / "skema.xlsx")]
    assert run(given) == 0
    assert "skema.xlsx: 2 sager." in capsys.readouterr().out
    sheet = openpyxl.load_workbook(tmp_path / "skema.xlsx")["Direktoratets afgørelser"]
    assert [cell.value for cell in sheet["A"][HEADS:]] == [SOUND, LATE]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"SEN\nHemmelig\n", "1 linje er ingen sag i tilsynet (linje 2)"),
        (b"\xff\xfe\x00", "er ikke en tekstfil i UTF-8"),
        (b"\n", "ingen sager i tilsynet at udfylde"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(tmp_path: Path, capsys: Capture, content: bytes, sentence: str) -> None:
    wanted = write(tmp_path) / "sager.txt"
    wanted.write_bytes(content)
    given = ["supervised", "draw", str(tmp_path), "--cases", str(wanted), "-o", str(tmp_path / "skema.xlsx")]
    assert run(given) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert "Hemmelig" not in said


# What may not come back


def setting(title: str, value: Any, row: int = FIRST) -> Change:
    def change(sheet: Any, heads: dict[str, int]) -> None:
        sheet.cell(row, heads[title]).value = value

    return change


def several(*changes: Change) -> Change:
    def change(sheet: Any, heads: dict[str, int]) -> None:
        for one in changes:
            one(sheet, heads)

    return change


def remove_row(sheet: Any, _heads: dict[str, int]) -> None:
    sheet.delete_rows(FIRST + 1)


def add_row(sheet: Any, _heads: dict[str, int]) -> None:
    sheet.cell(sheet.max_row + 1, 1).value = "Hemmelig"


def add_column(sheet: Any, heads: dict[str, int]) -> None:
    sheet.cell(HEADS, len(heads) + 1).value = "Hemmelig"


LOST = setting("Resultat", "tab")
FROM, TO = setting("Mistet fra", datetime(2007, 4, 9)), setting("Mistet til", datetime(2007, 4, 2))  # noqa: DTZ001 - a cell has no zone


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (remove_row, "1 række mangler:"),
        (add_row, "Række 13: »Sag« er ændret, eller rækken er ny."),
        (add_column, "Der er 1 kolonne, kommunecheck ikke har skrevet (kolonne nr. 18)"),
        (
            setting("Resultat", "måske"),
            "Række 5: under »Resultat« ventes tab, fejl uden tab, uden kritik eller udgået.",
        ),
        (setting("Samtalen", "tab"), "Række 5: »Resultat« er ikke udfyldt, men »Samtalen« er."),
        (
            several(LOST, setting("Samtalen", "i orden")),
            "Række 5: »Resultat« er tab, og det passer ikke med »Samtalen«.",
        ),
        (several(LOST, FROM), "Række 5: »Mistet fra« og »Mistet til« skal være udfyldt begge."),
        (several(LOST, FROM, TO), "Række 5: »Mistet til« ligger før »Mistet fra«."),
        (
            several(LOST, setting("Mistet fra", "snart")),
            "Række 5: under »Mistet fra« ventes en dato som 31-03-2007, i årene 2000-2099.",
        ),
        (several(LOST, setting("Mistet refusion", "meget")), "Række 5: under »Mistet refusion« ventes et beløb"),
        (
            several(setting("Resultat", "uden kritik"), setting("Mistet refusion", 10)),
            "Række 5: »Resultat« er uden kritik, men der er mistet refusion eller dage.",
        ),
        (
            several(LOST, FROM, setting("Mistet til", "10-04-2007"), setting("Afgjort", "01-04-2007")),
            "Række 5: »Afgjort« ligger før »Mistet fra«.",
        ),
        (
            several(LOST, FROM, setting("Mistet til", "10-04-2009"), setting("Afgjort", "01-09-2008")),
            "Række 5: »Mistet til« ligger efter »Afgjort«. Se efter, om året er rigtigt.",
        ),
        (several(LOST, FROM, setting("Mistet til", "10-04-2097")), "Række 5: »Mistet til« ligger efter i dag, "),
        (several(LOST, setting("Afgjort", "01-09-2098")), "Række 5: »Afgjort« ligger efter i dag, "),
        (
            several(LOST, setting("Mistet fra", "01-01-2007"), setting("Mistet til", "10-04-2007")),
            "Række 5: »Mistet fra« ligger før sagens første dag, 2. januar 2007. Se efter, om året er rigtigt.",
        ),
    ],
)
def test_a_form_that_was_changed_is_refused_with_one_sentence_and_nothing_is_read(
    tmp_path: Path, capsys: Capture, change: Change, sentence: str
) -> None:
    file = filled(write(tmp_path), {}, change)
    assert run(["supervised", "read", str(file), str(tmp_path), "-o", str(tmp_path / "ud.json")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    told = [line for line in said.err.splitlines() if line.startswith("- ")]
    assert len(told) == 1, said.err
    assert sentence in told[0]
    assert "Hemmelig" not in said.err
    assert not (tmp_path / "ud.json").exists()


def test_a_form_that_nobody_has_filled_in_is_refused(tmp_path: Path, capsys: Capture) -> None:
    assert run(["supervised", "read", str(filled(write(tmp_path), {})), str(tmp_path)]) == 2
    assert "Resultat er ikke udfyldt i nogen række" in capsys.readouterr().err


def test_a_damaged_form_is_refused_in_a_sentence_wherever_it_is_damaged(tmp_path: Path) -> None:
    content = filled(write(tmp_path), {}).read_bytes()
    chance, said = Random(1), set()
    for _ in range(150):
        spoilt = bytearray(content)
        for _ in range(3):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        (tmp_path / "skadet.xlsx").write_bytes(bytes(spoilt[: chance.choice((None, chance.randrange(len(spoilt))))]))
        with contextlib.suppress(UserError):
            column_in(tmp_path / "skadet.xlsx", excel.LISTED, excel.FORM.key)
            continue
        said.add("refused")
    assert said


def test_a_cell_far_down_or_far_out_is_passed_over(tmp_path: Path) -> None:
    def far(sheet: Any, _: dict[str, int]) -> None:
        for place in ((1_048_576, 1), (1_000_000, 16_000)):
            sheet.cell(*place).font = openpyxl.styles.Font(bold=True)

    answers = {SOUND: {"Resultat": "uden kritik"}}
    near, away = (filled(write(tmp_path), answers, change).read_bytes() for change in (None, far))
    told = []
    for content in (near, away):
        (tmp_path / "form.xlsx").write_bytes(content)
        told.append(comparison_of(tmp_path / "form.xlsx", tmp_path, TODAY)[1])
    assert told[0] == told[1]


def test_a_case_that_is_in_no_audit_any_more_is_named(tmp_path: Path, capsys: Capture) -> None:
    file = filled(write(tmp_path), {LATE: {"Resultat": "tab"}})
    for name in ("sager", "samtaler", "udbetalinger"):
        table = tmp_path / f"{name}.csv"
        rows = table.read_text(encoding="utf-8").splitlines()
        table.write_text("\n".join(row for row in rows if f"{LATE};" not in row), encoding="utf-8")
    assert run(["supervised", "read", str(file), str(tmp_path)]) == 2
    assert "1 sag er ikke med i tilsynet i dette udtræk: SEN." in capsys.readouterr().err


def test_the_list_of_cases_must_be_what_it_was(tmp_path: Path, capsys: Capture) -> None:
    file = filled(write(tmp_path), {LATE: {"Resultat": "tab"}})
    book = openpyxl.load_workbook(file)
    book["Listen"].delete_rows(FIRST)
    book.save(file)
    assert run(["supervised", "read", str(file), str(tmp_path)]) == 2
    assert "arket Listen er ændret" in capsys.readouterr().err


def test_no_form_is_taken_for_a_table_when_it_is_put_beside_the_tables() -> None:
    forms = (excel.FORM, assessment.FORM, sample.CASES, sample.PAYMENTS, review.FORM)
    assert not {fold(one.sheet) for one in forms} & set(host.load().tables)
