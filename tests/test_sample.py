"""Samples: what they are drawn of, that anybody can draw them again, how they are judged, and what they then tell."""

import io
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from hashlib import sha256
from itertools import product
from math import comb
from pathlib import Path
from typing import Any

import pytest
from as_files import Files, files_of, folder_with
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from test_excel_report import opened, same_when_reopened

from kommunecheck import app
from kommunecheck.audit.bounds import at_most
from kommunecheck.audit.draw import allocated, draw_money, hash_of_list, hit
from kommunecheck.audit.evaluate import Known, evaluate
from kommunecheck.auditing import Drawing, evaluation_of, sample_of
from kommunecheck.cli import run
from kommunecheck.domain.days import Period
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.evaluation import RIGHT, WRONG, Judged
from kommunecheck.domain.sampling import Design, Drawn, Item, Planned, Sample, Stratum
from kommunecheck.reports import schema_audit
from kommunecheck.reports.sample import console, excel
from kommunecheck.reports.sample import json as as_json

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl fills the workbook in")

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"
TODAY = date(2008, 9, 1)
Change = Callable[[Any, dict[str, int], int], None]
"""Does something to a sheet, given the columns by heading and the row of the headings."""


def design(method: str = "simple", size: int | None = None, by: str | None = None, seed: str = "1") -> Design:
    return Design(method, by, seed, size, Fraction(95, 100), Fraction(0), Fraction(5, 100))


def write(folder: Path) -> Path:
    """Ten cases that were to have an interview on 2 April 2007, S0-S4 had it late; some are not on the list."""
    sager = ["sag_id;cpr;ydelsestype;anmodningsdato;ophoersdato;team"]
    samtaler = [
        "samtale_id;sag_id;type;status;planlagt_dato;afholdt_dato;registreret_dato;matchkategori;grovmatch;"
        "opmaerksomhedsomraader;arbejdssoegende;fritagelsesaarsag;indkaldt_dato;opfoelgning_dato"
    ]
    udbetalinger = [
        "udbetaling_id;sag_id;fra;til;beloeb;ydelsestype;i_tilbud;anmeldt_refusion;berigtiget_refusion;konto"
    ]
    for number in range(10):
        day = f"2007-04-{12 + number if number < 5 else 2}"
        sager.append(f"S{number};;kontanthjaelp;2007-01-02;;{'Nord' if number < 7 else 'Syd'}")
        samtaler.append(f"{number};S{number};kontaktsamtale;afholdt;;{day};;4;nej;helbred;nej;;;")
        claim = f"{350 * (number + 1)},00"
        udbetalinger.append(f"U{number};S{number};2007-04-01;2007-04-30;{1000 * (number + 1)},00;;nej;{claim};;")
    sager += ["P1;0101801234;starthjaelp;2007-01-02;2007-03-30;Syd", "P2;010180-1234;starthjaelp;2007-04-01;;Syd"]
    udbetalinger += [
        "V1;P1;2007-03-01;2007-04-01;100,00;;nej;0,00;;",
        "V2;P2;2007-04-02;2007-04-03;100,00;;nej;-5,00;;",
    ]
    sager += ["UBETALT;;kontanthjaelp;2007-01-02;;", "UDE;;revalidering;2007-01-02;;", "NY;;kontanthjaelp;2007-06-29;;"]
    udbetalinger += ["V3;UDE;2007-03-01;2007-04-30;100,00;;nej;;;", "V4;NY;2007-06-29;2007-06-30;100,00;;nej;;;"]
    samtaler += ["A;P1;kontaktsamtale;afholdt;;2007-03-01;;4;nej;helbred;nej;;;"]
    for name, rows in (("sager", sager), ("samtaler", samtaler), ("udbetalinger", udbetalinger)):
        (folder / f"{name}.csv").write_text("\n".join(rows), encoding="utf-8")
    text = "[audit]\nfrom = 2007-03-01\nto = 2007-06-30\ncutoff = 2007-06-30\n"
    (folder / "kommunecheck.toml").write_text(text, encoding="utf-8")
    return folder


def drawn(folder: Path, wanted: Design) -> Drawing:
    return sample_of(folder, app.Options(), wanted)


# What it is drawn of, and how


def test_the_list_is_the_cases_that_were_paid_and_ought_to_have_been_seen(tmp_path: Path) -> None:
    """Not the unpaid, not those outside the target group, none that is too new, and of a person the earliest case."""
    drawing = drawn(write(tmp_path), design())
    assert sorted(drawing.known.strata["alle"]) == ["P1", *(f"S{number}" for number in range(10))]
    assert drawing.sample.apart == ()
    assert drawing.sample.unregistered == 0


def test_of_a_person_with_two_cases_the_earliest_can_be_drawn(tmp_path: Path) -> None:
    write(tmp_path)
    samtaler = tmp_path / "samtaler.csv"
    row = "\nB;P2;kontaktsamtale;afholdt;;2007-06-01;;4;nej;helbred;nej;;;"
    samtaler.write_text(samtaler.read_text(encoding="utf-8") + row, encoding="utf-8")
    sample = drawn(tmp_path, design()).sample
    assert sample.population == 11
    assert sample.apart == ("P2",)


def test_payments_that_cannot_be_used_are_counted_wherever_the_sample_is_told(tmp_path: Path) -> None:
    """An amount and a claim that cannot be read, a code nobody knows, a double and a payment of no case of ours."""
    write(tmp_path)
    whole = drawn(tmp_path, design("money", 5))
    file = tmp_path / "udbetalinger.csv"
    rows = file.read_text(encoding="utf-8").splitlines()
    for place, old, new in ((1, ";1000,00;", ";mange;"), (2, ";700,00;", ";nogle;"), (3, ";;nej;", ";ukendt;nej;")):
        assert old in rows[place]
        rows[place] = rows[place].replace(old, new)
    rows += [rows[4], "U99;INGEN;2007-04-01;2007-04-30;100,00;;nej;35,00;;"]
    file.write_text("\n".join(rows), encoding="utf-8")
    drawing = drawn(tmp_path, design("money", 5))
    sample = drawing.sample
    assert (whole.sample.unused, sample.unused) == (0, 5)
    assert (sample.population, sample.apart) == (whole.sample.population - 3, whole.sample.apart)
    sentence = "5 rækker i udbetalinger kan ikke bruges og er ikke på listen."
    screen = Console(width=200, record=True, file=io.StringIO())
    console.print_sample(drawing.report, sample, screen)
    page = opened(excel.write(drawing.report, sample, drawing.known.strata))["Om stikprøven"]
    texts = [str(cell.value) for row in page.iter_rows() for cell in row]
    told = json.loads(as_json.write_sample(drawing.report, sample))
    schema_audit.DrawnSample.model_validate(told)
    assert sentence in screen.export_text()
    assert any(text.startswith(sentence) for text in texts)
    assert told["sample"]["unused_rows"] == 5


def test_a_case_without_any_row_in_the_register_is_on_the_list_and_counted(tmp_path: Path) -> None:
    write(tmp_path)
    samtaler = tmp_path / "samtaler.csv"
    rows = samtaler.read_text(encoding="utf-8").splitlines()
    samtaler.write_text("\n".join(row for row in rows if ";S3;" not in row), encoding="utf-8")
    sample = drawn(tmp_path, design("directorate", size=20)).sample
    assert sample.unregistered == 1
    names = {stratum.name: stratum.population for stratum in sample.strata}
    assert names["kontanthjælp, uden registrering"] == 1


def test_the_draw_is_the_first_of_the_list_by_sha256_and_repeats(tmp_path: Path) -> None:
    sample = drawn(write(tmp_path), design(size=4, seed="æøå 7")).sample
    ids = ["P1", *(f"S{number}" for number in range(10))]
    expected = sorted(ids, key=lambda one: sha256(f"æøå 7:{one}".encode()).hexdigest())[:4]
    assert [one.id for one in sample.drawn] == expected
    assert sample.list_hash == sha256(("\n".join(ids) + "\n").encode()).hexdigest()
    assert drawn(tmp_path, design(size=4, seed="æøå 7")).sample == sample
    assert drawn(tmp_path, design(size=4, seed="8")).sample.drawn != sample.drawn


def test_a_simple_sample_of_one_is_one(tmp_path: Path) -> None:
    write(tmp_path)
    assert len(drawn(tmp_path, design("simple", 1)).sample.drawn) == 1
    assert len(drawn(tmp_path, design("directorate", 1)).sample.drawn) > 1


def test_a_known_draw_comes_out_as_it_always_has() -> None:
    """Written down once: another machine, version or year must not draw anything else."""
    sample = drawn(LILLEBY, design(size=5)).sample
    assert sample.list_hash == "35e3d6e4b02d6649d2bcffd90fd2efb8f77f76049682da4821c90ea79f29e356"
    assert [one.id for one in sample.drawn] == ["L095", "L078", "L105", "L026", "L086"]


def test_strata_are_by_what_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path)
    found = {
        by: {
            one.name: (one.population, len(one.drawn))
            for one in drawn(tmp_path, design("stratified", 6, by)).sample.strata
        }
        for by in ("team", "type", "category")
    }
    assert found["team"] == {"Nord": (7, 4), "Syd": (4, 2)}
    assert found["type"] == {"kontanthjælp": (10, 5), "starthjælp": (1, 1)}
    assert found["category"] == {"matchkategori 4": (11, 6)}


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(1, 60), min_size=1), st.integers(1, 200))
def test_strata_get_their_part_and_at_least_two(populations: dict[str, int], size: int) -> None:
    sizes, whole = allocated(populations, size), sum(populations.values())
    for name, many in populations.items():
        assert min(2, many) <= sizes[name] <= many
        quota = Fraction(min(size, whole) * many, whole)
        assert abs(sizes[name] - quota) < 1 or sizes[name] == min(2, many)
    assert sum(sizes.values()) >= min(size, whole)
    if all(size * many >= 2 * whole for many in populations.values()):
        assert sum(sizes.values()) == min(size, whole)


def items(weights: list[int]) -> list[Item]:
    return [Item(f"I{place}", "S", None, 0, place, Period(1, 2), weight) for place, weight in enumerate(weights)]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=30), st.integers(1, 20), st.text(max_size=3))
def test_by_money_every_interval_th_oere_is_chosen_and_the_large_always(
    weights: list[int], size: int, seed: str
) -> None:
    stratum, interval, start = draw_money(items(weights), size, seed)
    owners = [place for place, weight in enumerate(weights) for _ in range(weight)]  # whose each øre is
    chosen = {owners[oere - 1] for oere in range(start, len(owners) + 1, interval)}
    assert {one.item.row for one in stratum.drawn if one.item} == chosen
    assert {place for place, weight in enumerate(weights) if weight >= interval} <= chosen
    assert 1 <= start <= interval


def test_payments_that_weigh_nothing_are_listed_apart(tmp_path: Path) -> None:
    sample = drawn(write(tmp_path), design("money", 5)).sample
    assert sample.apart == ("P1/V1",)
    assert (sample.weighed_by, sample.total) == ("anmeldt_refusion", 350_00 * 55)
    write(tmp_path)
    file = tmp_path / "udbetalinger.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("anmeldt_refusion", "noget_andet"), encoding="utf-8")
    sample = drawn(tmp_path, design("money", 5)).sample
    assert (sample.weighed_by, sample.total) == ("beloeb", 1000_00 * 55 + 100_00)


# What it tells


def judged_sample(populations: Mapping[str, tuple[int, int]]) -> Sample:
    strata = tuple(
        Stratum(name, many, tuple(Drawn(f"{name}{place}", f"{name}{place}", name, "") for place in range(size)))
        for name, (many, size) in populations.items()
    )
    window = Period(1, 2)
    return Sample(design("stratified", 1, "team"), window, 2, Planned(1, 1), "", strata, (), 0)


@pytest.mark.parametrize("populations", [{"a": (5, 2), "b": (4, 3)}, {"a": (6, 3), "b": (3, 2), "c": (2, 2)}])
def test_bounds_over_all_strata_hold_for_every_population(populations: dict[str, tuple[int, int]]) -> None:
    """All outcomes of all populations: how often the truth lies within, added up exactly."""
    sample = judged_sample(populations)
    bounds = {}
    for found in product(*(range(size + 1) for _, size in populations.values())):
        verdicts = {}
        for stratum, errors in zip(sample.strata, found, strict=True):
            for place, one in enumerate(stratum.drawn):
                wrong = place < errors
                verdicts[one.id] = Judged(one.id, WRONG if wrong else RIGHT, 100 if wrong else 0, "x", 1)
        ids = {name: [f"{name}{place}" for place in range(many)] for name, (many, _) in populations.items()}
        bounds[found] = evaluate(sample, verdicts, Known(ids, frozenset(), {}, {})).total.share
    whole = sum(many for many, _ in populations.values())
    for wrong in product(*(range(many + 1) for many, _ in populations.values())):
        held = Fraction(0)
        for found, share in bounds.items():
            if share.low <= Fraction(sum(wrong), whole) <= share.high:
                chance = Fraction(1)
                for (many, size), errors, bad in zip(populations.values(), found, wrong, strict=True):
                    chance *= Fraction(comb(bad, errors) * comb(many - bad, size - errors), comb(many, size))
                held += chance
        assert held >= Fraction(95, 100), wrong


def test_the_chance_that_nothing_is_found_is_exact() -> None:
    sample = judged_sample({"a": (5, 2), "b": (4, 3)})
    ids = {"a": [f"a{n}" for n in range(5)], "b": [f"b{n}" for n in range(4)]}
    right = {one.id: Judged(one.id, RIGHT, 0, "x", 1) for one in sample.drawn}
    made = evaluate(sample, right, Known(ids, frozenset(["a4", "b3"]), {"a4": 100, "b3": 50}, {}))
    assert made.whole.hidden == Fraction(comb(4, 2), comb(5, 2)) * Fraction(comb(3, 3), comb(4, 3))
    assert (made.whole.wrong, made.whole.oere, made.whole.agreed) == (2, 150, 5)


@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=15), st.integers(1, 6))
def test_by_money_the_chance_is_the_share_of_starts_that_meet_no_error(
    payments: list[tuple[int, bool]], size: int
) -> None:
    listed = items([weight for weight, _ in payments])
    stratum, interval, start = draw_money(listed, size, "1")
    total = sum(weight for weight, _ in payments)
    sample = Sample(
        design("money"), Period(1, 2), 2, Planned(None, 1), "", (stratum,), (), 0, "beloeb", total, interval, start
    )
    wrong = [item.id for item, (_, bad) in zip(listed, payments, strict=True) if bad]
    known = Known({"alle": [item.id for item in listed]}, frozenset(wrong), dict.fromkeys(wrong, 1), {}, listed)
    right = {one.id: Judged(one.id, RIGHT, 0, "x", 1) for one in sample.drawn}
    missed = 0
    for begin in range(1, interval + 1):
        before, met = 0, False
        for weight, bad in payments:
            met = met or (bad and hit(before, before + weight, begin, interval))
            before += weight
        missed += not met
    assert evaluate(sample, right, known).whole.hidden == Fraction(missed, interval)


@pytest.mark.parametrize(("weights", "unseen"), [([100_000, 1000, 1000, 1000], True), ([500, 500], False)])
def test_by_money_what_was_left_to_chance_has_a_bound_though_none_of_it_was_drawn(
    weights: list[int], unseen: bool
) -> None:
    listed = items(weights)
    for seed in range(40):  # until none but those that are sure to be drawn are
        stratum, interval, start = draw_money(listed, 2, str(seed))
        if all(one.sure for one in stratum.drawn):
            break
    total = sum(weights)
    sample = Sample(
        design("money"), Period(1, 2), 2, Planned(None, 1), "", (stratum,), (), 0, "beloeb", total, interval, start
    )
    right = {one.id: Judged(one.id, RIGHT, 0, "x", 1) for one in stratum.drawn}
    known = Known({"alle": [item.id for item in listed]}, frozenset(), {}, {}, listed)
    oere = evaluate(sample, right, known).total.oere
    assert (oere.estimate, oere.low) == (0, 0)
    assert oere.high == (total if unseen else 0), "of none found, at most 3.69 intervals, and these are more than all"


# Judged in a workbook


@cache
def workbook_of(files: Files, wanted: Design) -> bytes:
    """The workbook of a sample of a municipality with these files: most tests judge the same, and it is made once."""
    with folder_with(files) as folder:
        drawing = drawn(folder, wanted)
        return excel.write(drawing.report, drawing.sample, drawing.known.strata)


def filled(folder: Path, wanted: Design, change: Change | None = None) -> Path:
    """A sample's workbook with every row judged: S0-S4 are wrong by 10.50 kr., the others are right."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(files_of(folder), wanted)))
    sheet = book["Stikprøve"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    for row in range(5, sheet.max_row + 1):
        wrong = sheet.cell(row, 1).value[:2] in ("S0", "S1", "S2", "S3", "S4")
        answers = {"Vurderet": "fejl" if wrong else "Uden kritik", "Vurderet af": "RA", "Dato": datetime(2008, 2, 3)}  # noqa: DTZ001 - a cell has no zone
        answers |= {"Beløb": 10.5} if wrong else {}
        for title, value in answers.items():
            sheet.cell(row, heads[title]).value = value
    if change is not None:
        change(sheet, heads, 4)
    file = folder / "udfyldt.xlsx"
    book.save(file)
    return file


def judged_wrong(amount: float | None) -> Change:
    """All rows judged to be wrong, each with this amount."""

    def change(sheet: Any, heads: dict[str, int], top: int) -> None:
        for row in range(top + 1, sheet.max_row + 1):
            sheet.cell(row, heads["Vurderet"]).value = "fejl"
            sheet.cell(row, heads["Beløb"]).value = amount

    return change


@pytest.mark.parametrize("method", ["simple", "directorate", "money"])
@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        (None, r"der mangler et beløb \(skriv 0, hvis fejlen intet koster\) ved "),
        (9_999_999, "beløbet er større end det, der kan være betalt eller anmeldt, ved "),
    ],
)
def test_an_amount_that_cannot_be_meant_is_refused(
    tmp_path: Path, method: str, amount: float | None, sentence: str
) -> None:
    file = filled(write(tmp_path), design(method, 6), judged_wrong(amount))
    with pytest.raises(UserError, match=f"udfyldt.xlsx er ikke læst ind: {sentence}"):
        evaluation_of(file, tmp_path, TODAY)
    _, made = evaluation_of(filled(tmp_path, design(method, 6), judged_wrong(0)), tmp_path, TODAY)
    assert made.total.wrong == len(made.sample.drawn)


@pytest.mark.parametrize("method", ["simple", "directorate", "money"])
def test_a_judged_sample_is_read_and_reckoned_up(tmp_path: Path, method: str) -> None:
    file = filled(write(tmp_path), design(method, 6))
    _, made = evaluation_of(file, tmp_path, TODAY)
    wrong = [one for one in made.sample.drawn if one.sag_id in ("S0", "S1", "S2", "S3", "S4")]
    assert made.total.wrong == len(wrong)
    assert made.total.share.low <= made.total.share.estimate <= made.total.share.high
    assert made.total.oere.low <= made.total.oere.estimate <= made.total.oere.high
    if method == "simple":
        assert made.total.share.estimate == Fraction(len(wrong), 6)
        assert made.total.oere.estimate == Fraction(11 * 1050 * len(wrong), 6)
        assert made.whole.as_few == at_most(len(wrong), 11, 5, 6)
    assert made.whole.wrong == 5
    assert made.whole.stricter == made.whole.milder == ()


def rename_id(sheet: Any, _heads: dict[str, int], top: int) -> None:
    sheet.cell(top + 1, 1).value = "Hemmelig"


def remove_row(sheet: Any, _heads: dict[str, int], top: int) -> None:
    sheet.delete_rows(top + 2)


def add_row(sheet: Any, _heads: dict[str, int], _top: int) -> None:
    sheet.cell(sheet.max_row + 1, 1).value = "Hemmelig"


def repeat_row(sheet: Any, _heads: dict[str, int], top: int) -> None:
    for cell in sheet[top + 1]:
        sheet.cell(sheet.max_row if cell.column > 1 else sheet.max_row + 1, cell.column).value = cell.value


def add_column(sheet: Any, heads: dict[str, int], top: int) -> None:
    sheet.cell(top, len(heads) + 1).value = "Hemmelig"


def remove_heading(sheet: Any, heads: dict[str, int], top: int) -> None:
    sheet.cell(top, heads["Dato"]).value = None


def change_what_was_told(sheet: Any, heads: dict[str, int], top: int) -> None:
    sheet.cell(top + 1, heads["Ydelse"]).value = "Hemmelig"


def setting(title: str, value: Any) -> Change:
    def change(sheet: Any, heads: dict[str, int], top: int) -> None:
        sheet.cell(top + 1, heads[title]).value = value

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (remove_row, "1 række mangler:"),
        (add_row, "Række 11: »Sag« er ændret, eller rækken er ny."),
        (repeat_row, "Række 11 er den samme som række 5."),
        (add_column, "Der er 1 kolonne, kommunecheck ikke har skrevet (kolonne nr. 12)"),
        (remove_heading, "Overskriften »Dato« mangler."),
        (change_what_was_told, "Række 5: det, der stod under »Ydelse«, er ændret."),
        (setting("Mangler svar", 0), "Række 5: formlen under »Mangler svar« er skrevet over."),
        (setting("Dato", "i går"), "Række 5: under »Dato« ventes en dato som 31-03-2007, i årene 2000-2099."),
        (setting("Dato", 20080203), "Række 5: under »Dato« ventes en dato"),
        (setting("Dato", "31-12-1999"), "Række 5: under »Dato« ventes en dato"),
        (setting("Dato", "01-01-2100"), "Række 5: under »Dato« ventes en dato"),
        (setting("Dato", None), "Række 5: under »Dato« ventes en dato"),
        (setting("Dato", "03-02-2098"), "Række 5: »Dato« ligger efter i dag, "),
        (setting("Vurderet", "måske"), "Række 5: under »Vurderet« ventes fejl, uden kritik eller udgår."),
        (setting("Beløb", "mange"), "Række 5: under »Beløb« ventes et beløb som 8.959,00, ikke under 0."),
        (setting("Beløb", -1), "Række 5: under »Beløb« ventes et beløb"),
        (setting("Beløb", 1e300), "Række 5: under »Beløb« ventes et beløb"),
        (setting("Beløb", "#N/A"), "Række 5: under »Beløb« ventes et beløb"),
        (setting("Beløb", "=1+1"), "Række 5: formlen under »Beløb« har ingen værdi."),
        (setting("Vurderet af", None), "Række 5: under »Vurderet af« ventes en tekst."),
    ],
)
def test_a_workbook_that_was_changed_is_refused_with_one_sentence_and_nothing_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Change, sentence: str
) -> None:
    file = filled(write(tmp_path), design(size=6), change)
    assert run(["sample", "evaluate", str(file), str(tmp_path), "-o", str(tmp_path / "ud.json")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    told = [line for line in said.err.splitlines() if line.startswith("- ")]
    assert len(told) == 1, said.err
    assert sentence in told[0]
    assert "Hemmelig" not in said.err
    assert not (tmp_path / "ud.json").exists()


def test_a_changed_id_is_a_row_too_many_and_one_too_few(tmp_path: Path) -> None:
    file = filled(write(tmp_path), design(size=6), rename_id)
    with pytest.raises(UserError, match="»Sag« er ændret") as refused:
        evaluation_of(file, tmp_path, TODAY)
    assert "1 række mangler: " in str(refused.value)
    assert "Hemmelig" not in str(refused.value)


def test_an_amount_needs_an_error(tmp_path: Path) -> None:
    write(tmp_path)
    first = drawn(tmp_path, design(size=6)).sample.drawn[0].id

    def change(sheet: Any, heads: dict[str, int], top: int) -> None:
        sheet.cell(top + 1, heads["Vurderet"]).value = "udgår"
        sheet.cell(top + 1, heads["Beløb"]).value = "1.050,00"

    with pytest.raises(UserError, match=f"beløb uden fejl ved {first}"):
        evaluation_of(filled(tmp_path, design(size=6), change), tmp_path, TODAY)


def test_rows_may_come_back_in_another_order_and_with_dates_as_text(tmp_path: Path) -> None:
    plain = evaluation_of(filled(write(tmp_path), design(size=6)), tmp_path, TODAY)[1]

    def turn(sheet: Any, heads: dict[str, int], top: int) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=top + 1)]
        for number, row in enumerate(reversed(rows), top + 1):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = "03-02-2008" if column == heads["Dato"] else value

    assert evaluation_of(filled(tmp_path, design(size=6), turn), tmp_path, TODAY)[1] == plain


@pytest.mark.parametrize(
    ("fact", "value"), [("Frø", "2"), ("Metode", "x"), ("Fra", "i går"), ("Tålelig i procent", "0")]
)
def test_what_is_said_of_the_draw_must_be_what_it_was(tmp_path: Path, fact: str, value: str) -> None:
    file = filled(write(tmp_path), design(size=6))
    book = openpyxl.load_workbook(file)
    for row in book["Om stikprøven"].iter_rows():
        if row[0].value == fact:
            row[1].value = value
    book.save(file)
    with pytest.raises(UserError, match=r"udfyldt\.xlsx"):
        evaluation_of(file, tmp_path, TODAY)


def test_a_sample_of_other_files_and_a_file_that_is_none_are_refused(tmp_path: Path) -> None:
    file = filled(write(tmp_path), design(size=6))
    with pytest.raises(UserError, match="af en anden liste"):
        evaluation_of(file, LILLEBY, TODAY)
    odd = tmp_path / "odd.xlsx"
    odd.write_bytes(b"no workbook")
    with pytest.raises(UserError, match="er beskadiget og kan ikke åbnes"):
        evaluation_of(odd, tmp_path, TODAY)
    with pytest.raises(UserError, match=r"odd2\.xlsx"):
        evaluation_of(tmp_path / "odd2.xlsx", tmp_path, TODAY)
    with pytest.raises(UserError, match=r"ventes et regneark \(\.xlsx\)"):
        evaluation_of(tmp_path / "sager.csv", tmp_path, TODAY)
    book = openpyxl.Workbook()
    book.save(odd)
    with pytest.raises(UserError, match="arket Om stikprøven mangler"):
        evaluation_of(odd, tmp_path, TODAY)


# What is written


def test_the_formulas_of_the_workbook_give_our_values(tmp_path: Path) -> None:
    drawing = drawn(write(tmp_path), design("money", 5))
    (tmp_path / "office").mkdir()
    content = excel.write(drawing.report, drawing.sample, drawing.known.strata)
    assert same_when_reopened(content, tmp_path / "office") == 2 * len(drawing.sample.drawn)
    assert content == excel.write(drawing.report, drawing.sample, drawing.known.strata)
    listed = [row[0].value for row in opened(content)["Listen"].iter_rows(min_row=5)]
    assert hash_of_list(listed) == drawing.sample.list_hash


def test_the_command_draws_and_repeats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path)
    out = tmp_path / "s.xlsx"
    assert run(["sample", str(tmp_path), "--size", "6", "-o", str(out), "-o", str(tmp_path / "s.json")]) == 0
    told = json.loads((tmp_path / "s.json").read_bytes())
    schema_audit.DrawnSample.model_validate(told)
    assert told["sample"]["seed"] == "1"
    assert run(["sample", "draw", str(tmp_path), "--size", "6", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == told
    assert run(["sample", str(tmp_path), "-o", str(out)]) == 2
    assert "kan være udfyldt" in capsys.readouterr().err
    assert run(["sample", str(tmp_path), "--by", "team"]) == 2
    assert run(["sample", str(tmp_path), "--expected", "5"]) == 2
    assert run(["sample", str(tmp_path), "--tolerable", "mange"]) == 2
    assert run(["sample", str(tmp_path), "--seed", "010170-1234"]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("width", [80, 140])
def test_the_screen_fits_and_names_both_kinds_of_risk(tmp_path: Path, width: int) -> None:
    file = filled(write(tmp_path), design("stratified", 6, "team"))
    report, made = evaluation_of(file, tmp_path, TODAY)
    screen = Console(width=width, record=True, file=io.StringIO())
    console.print_sample(report, made.sample, screen)
    console.print_evaluation(report, made, screen)
    text = screen.export_text()
    assert "ensidet" in text
    assert "tosidede" in text
    assert "kr.." not in text
    assert max(map(len, text.splitlines())) <= width
    assert text.encode("cp850")
    told = json.loads(as_json.write_evaluation(report, made))
    schema_audit.Evaluation.model_validate(told)
    assert told["bounds"] == {"sided": "two", "confidence": "0.95"}
    assert [part["name"] for part in told["strata"]] == ["Nord", "Syd"]


def test_no_cpr_number_is_told(tmp_path: Path) -> None:
    drawing = drawn(write(tmp_path), design(size=20))
    told = as_json.write_sample(drawing.report, drawing.sample).decode()
    assert "0101801234" not in told
    assert "P1" in told


def test_payments_that_are_called_by_cpr_numbers_are_called_by_their_rows(tmp_path: Path) -> None:
    folder = write(tmp_path)
    file = folder / "udbetalinger.csv"
    head, *rows = file.read_text(encoding="utf-8").splitlines()
    named = [f"610{number:03}0001;{row.partition(';')[2]}" for number, row in enumerate(rows, 161)]
    file.write_text("\n".join([head, *named]) + "\n", encoding="utf-8")
    drawing = drawn(folder, design("money", 5))
    told = as_json.write_sample(drawing.report, drawing.sample).decode()
    ids = [item["id"] for stratum in json.loads(told)["sample"]["strata"] for item in stratum["drawn"]]
    assert ids
    assert not any(row.partition(";")[0] in told for row in named)
    assert len(set(ids)) == len(ids)
