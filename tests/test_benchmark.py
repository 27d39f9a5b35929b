"""The benchmark: what is compared, what is withheld, what is refused, and that every form of it tells the same."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import html5lib
import orjson
import pytest
from jsonschema import Draft202012Validator
from test_excel_report import opened, same_when_reopened
from test_html_report import opened as shown_in_browser
from test_html_report import violations

from kommunecheck.benchmark.measuring import Told, rate
from kommunecheck.benchmark.whole import benchmark
from kommunecheck.benchmark.withholding import withheld
from kommunecheck.cli import run
from kommunecheck.demo_group import write_group
from kommunecheck.domain.benchmark import Benchmark, Change, Compared, Figures, Goal, Standing
from kommunecheck.domain.days import Period, day_of, iso
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.rule import Rule, Severity
from kommunecheck.law.calendar import months_after
from kommunecheck.reports.benchmark import excel, html
from kommunecheck.reports.benchmark import json as as_json
from kommunecheck.reports.benchmark.words import during, group_said
from kommunecheck.reports.schema import schema_of
from kommunecheck.reports.schema_benchmark import Benchmark as Shape

Q1, Q2, Q3 = ("2007-01-01", "2007-03-31"), ("2007-04-01", "2007-06-30"), ("2007-07-01", "2007-09-30")
NOTHING = {"periods": [], "days": 0, "paid": "0.00", "refund_lost": "0.00", "lines": []}
PARAMETERS = {
    "interval_months": {
        "value": 3, "from": None, "to": None, "certainty": "found", "citation": "BEK 1714/2006", "overridden": False,
    }
}  # fmt: skip
RULES = {
    code: Rule(code, code.lower(), title, severity, ())
    for code, title, severity in (
        ("VT101", "Kontaktsamtalen er holdt for sent", Severity.ERROR),
        ("VT201", "Matchkategori mangler ved samtalen", Severity.ERROR),
        ("VT107", "Kun en første henvendelse", Severity.INFO),
    )
}


def document(
    name: str | None,
    errors: int,
    fine: int,
    window: tuple[str, str] = Q1,
    *,
    withdrawn: int = 0,
    unclear: int = 0,
    lost_days: int = 2,
    codes: Mapping[str, int] | None = None,
    control: Mapping[str, Any] | None = None,
    **of_run: Any,
) -> dict[str, Any]:
    """A report, made by hand: each case with an error has lost ``lost_days`` days at 35 kr. each.

    ``codes`` is how many of the first cases each rule is broken in; ``of_run`` is put in place of the run's own.
    """
    codes = {code: many for code, many in ({"VT101": errors} if codes is None else codes).items() if many}
    last = iso(day_of(window[0]) + lost_days - 1)
    line = {
        "payment": None, "file": "udbetalinger.csv", "sheet": None, "row": 2, "amount": "3000.00", "payment_days": 30,
        "from": window[0], "to": last, "days": lost_days, "in_offer": False, "rate": "0.35",
        "paid": f"{lost_days * 100}.00", "refund_lost": f"{lost_days * 35}.00",
    }  # fmt: skip
    loss = {key: line[key] for key in ("days", "paid", "refund_lost")}
    lost = {"periods": [{"from": window[0], "to": last}], **loss, "lines": [line]} if lost_days else NOTHING
    outcomes = {
        "error_with_loss": errors if lost_days else 0,
        "error_without_loss": 0 if lost_days else errors,
        "not_assessed": unclear, "no_criticism": fine, "withdrawn": withdrawn,
    }  # fmt: skip
    told = [outcome for outcome, many in outcomes.items() for _ in range(many)]
    cases = [
        {
            "sag_id": f"S{number:04d}", "team": None, "outcome": outcome, "fully_assessed": outcome != "not_assessed",
            "expected": lost if outcome == "error_with_loss" else NOTHING,
            "discretionary": NOTHING, "documentation": NOTHING, "running_per_day": "0.00",
        }
        for number, outcome in enumerate(told)
    ]  # fmt: skip
    nothing = {"days": 0, "paid": "0.00", "refund_lost": "0.00"}
    share = {"days": 0, "refund_lost": "0.00"}
    amounts = {"days": errors * lost_days, "paid": f"{errors * lost_days * 100}.00"}
    amounts |= {"refund_lost": f"{errors * lost_days * 35}.00"}
    supervisions = {} if control is None else {"kontrolsager": control}
    return {
        "schema": "kommunecheck/report/1",
        "run": {
            "version": "0.1.0", "digest": "", "synthetic": False, "municipality": {"code": None, "name": name},
            "ruleset": "visitation-2007", "from": window[0], "to": window[1], "cutoff": window[1], "cutoff_from": None,
            "parameters": PARAMETERS, "sources": [], "plugins": [], "rules_run": ["VT101"], "not_run": [],
            "ignored": [], "warnings": [], "crashes": [], "cases_outside_window": 0, "complete": True, "grounds": "0",
        } | of_run,
        "summary": {
            "cases": len(cases), **outcomes, "expected": amounts, "discretionary": nothing, "documentation": nothing,
            "running_per_day": "0.00", "unpaid_days": 0, "unpriced_days": 0,
            "by_code": [
                {"code": code, "findings": many, "cases": many, "touched": share, "alone": share}
                for code, many in codes.items()
            ],
            "by_team": [
                {
                    "team": None, "cases": len(cases), "error_with_loss": outcomes["error_with_loss"],
                    "refund_lost": amounts["refund_lost"],
                }
            ] if cases else [],
        },
        "cases": cases,
        "supervisions": supervisions,
        "combined": {"expected": amounts, "shared_days": 0},
        "findings": [
            {
                "code": code, "rule": "r", "supervision": "visitation", "severity": "error", "certainty": "expected",
                "subject": {"kind": "sag", "id": f"S{number:04d}"}, "sag_id": f"S{number:04d}", "step": None,
                "date": None, "from": None, "to": None, "message": "", "citations": [], "rests_on": [],
                "evidence": [], "fingerprint": "", "team": None, "days": 0, "paid": "0.00", "refund_lost": "0.00",
                "runs": False,
            }
            for code, many in codes.items()
            for number in range(many)
        ],
    }  # fmt: skip


def sealed(said: dict[str, Any]) -> bytes:
    said["run"]["digest"] = ""
    said["run"]["digest"] = hashlib.sha256(orjson.dumps(said) + b"\n").hexdigest()
    return orjson.dumps(said) + b"\n"


def write(folder: Path, name: str, said: dict[str, Any]) -> Path:
    file = folder / f"{name}.json"
    file.write_bytes(sealed(said))
    return file


def compared(files: Iterable[Path], **goals: str) -> Benchmark:
    """What comes of the files; ``goals`` are those of the visitationstilsyn by year, as ``y2007="10"``."""
    aimed = {year[1:]: Fraction(text) / 100 for year, text in goals.items()}
    return benchmark(sorted(files), {"visitation": aimed}, Told(RULES, {}), lambda _done, _of: None)


def of(folder: Path, *reports: dict[str, Any], **goals: str) -> Benchmark:
    return compared([write(folder, f"r{number:02d}", said) for number, said in enumerate(reports)], **goals)


def visitation(made: Benchmark) -> Compared:
    return made.compared[0]


def latest(made: Benchmark) -> dict[str, Figures]:
    return {row.name: one for row in visitation(made).rows if (one := row.figures[-1]) is not None}


def rows(content: bytes, sheet: str) -> list[list[Any]]:
    """What stands in the cells of a sheet of the workbook, row by row."""
    return [[cell.value for cell in row] for row in opened(content)[sheet].iter_rows()]


# The reports of these tests are of the form that check writes


def test_the_reports_made_here_are_as_the_schema_says() -> None:
    Draft202012Validator(json.loads(schema_of("report"))).validate(document("A", 3, 7, withdrawn=1, unclear=1))


# Shares, order and the group


def test_order_is_told_only_where_intervals_do_not_overlap(tmp_path: Path) -> None:
    made = of(tmp_path, document("Lav", 2, 198), document("Midt", 20, 180), document("Høj", 60, 140))
    figures = latest(made)
    assert [row.name for row in visitation(made).rows] == ["Høj", "Lav", "Midt"], "by name and not by share"
    assert {name: one.standing for name, one in figures.items()} == {
        "Lav": Standing.FEWER, "Midt": Standing.LIKE, "Høj": Standing.MORE,
    }  # fmt: skip
    assert (figures["Lav"].surely_fewer, figures["Lav"].surely_more) == (2, 0)
    assert (figures["Midt"].surely_fewer, figures["Midt"].surely_more) == (1, 1)
    assert visitation(made).groups[0].rate == rate(82, 600)
    assert visitation(made).best == ("Lav",)


def test_of_overlapping_intervals_none_is_surely_better(tmp_path: Path) -> None:
    figures = latest(of(tmp_path, document("A", 3, 17), document("B", 6, 14)))
    assert [(one.surely_fewer, one.surely_more) for one in figures.values()] == [(0, 0), (0, 0)]
    assert {one.standing for one in figures.values()} == {Standing.LIKE}


def test_a_municipality_stands_out_only_where_its_interval_and_the_groups_do_not_overlap(tmp_path: Path) -> None:
    """E's interval lies under the group's share of 66.7 %, but overlaps the interval that stands beside it."""
    made = of(tmp_path, document("D", 20, 0), document("E", 20, 20))
    figures, group = latest(made), visitation(made).groups[0].rate
    e = figures["E"].rate
    assert e is not None
    assert group is not None
    assert group.low < e.high < group.part / group.of
    assert {name: one.standing for name, one in figures.items()} == {"D": Standing.MORE, "E": Standing.LIKE}
    assert (figures["E"].surely_fewer, figures["D"].surely_more) == (1, 1), "of the two, the order is sure"
    assert visitation(made).best == ()


@pytest.mark.parametrize(
    ("errors", "said"),
    [
        ((20, 22), "Ingen kommune har sikkert færre eller flere fejl end gruppen."),
        ((2, 40, 40), "1 kommune har sikkert færre fejl end gruppen; 2 kommuner kan ikke skelnes fra den."),
        (
            (2, 20, 60),
            "1 kommune har sikkert færre fejl end gruppen, og 1 kommune har sikkert flere fejl end gruppen; "
            "1 kommune kan ikke skelnes fra den.",
        ),
        ((0, 90), "1 kommune har sikkert færre fejl end gruppen, og 1 kommune har sikkert flere fejl end gruppen."),
    ],
)
def test_nothing_is_said_of_a_side_without_municipalities(tmp_path: Path, errors: tuple[int, ...], said: str) -> None:
    made = of(tmp_path, *(document(f"K{n}", many, 100 - many) for n, many in enumerate(errors)))
    assert group_said(visitation(made), made)[1].replace("\xa0", " ") == said
    page = html.write(made).decode()
    assert ("Færre fejl end gruppen</dt>" in page) == ("sikkert færre fejl" in said)
    assert ("<strong>1</strong> <span>kommune, med" in page) == ("1 kommune har" in said)


def test_loss_is_told_for_each_judged_case_and_each_lost_day(tmp_path: Path) -> None:
    """Three cases of two days at 35 kr., of ten judged: withdrawn cases and those not fully assessed do not count."""
    made = of(tmp_path, document("A", 3, 7, withdrawn=4, unclear=0), document("B", 0, 10))
    a, b = latest(made)["A"], latest(made)["B"]
    assert (a.per_case, a.per_day, a.lost_days) == (21_00, 35_00, 6)
    assert (b.per_case, b.per_day, b.lost_days) == (0, None, 0)
    group = visitation(made).groups[0]
    assert (group.per_case, group.days_per_case, group.per_day) == (10_50, Fraction(6, 20), 35_00)


def test_without_payments_the_amounts_are_unknown_and_the_reader_is_told(tmp_path: Path) -> None:
    said = document("A", 3, 7)
    for case in said["cases"]:
        for kind in ("expected", "discretionary", "documentation"):
            case[kind] = case[kind] | {"lines": None, "paid": None, "refund_lost": None}
    for kind in ("expected", "discretionary", "documentation"):
        said["summary"][kind] |= {"paid": None, "refund_lost": None}
    said["summary"]["by_team"][0]["refund_lost"] = None
    made = of(tmp_path, said, document("B", 1, 9))
    assert latest(made)["A"].per_case is None
    assert visitation(made).groups[0].per_case is None
    assert any("ukendt i kroner" in note for note in made.notes)


def test_over_five_per_cent_not_assessed_is_shown_and_not_ranked(tmp_path: Path) -> None:
    made = of(tmp_path, document("På grænsen", 10, 85, unclear=5), document("Over", 60, 34, unclear=6))
    figures = latest(made)
    assert figures["På grænsen"].standing is not Standing.NOT_RANKED, "exactly five per cent is not over"
    assert figures["Over"].standing is Standing.NOT_RANKED
    assert figures["Over"].rate == rate(60, 94)
    assert visitation(made).groups[0].rate == rate(10, 95), "the group is those that can be ranked"
    assert figures["Over"].goal is None


def test_a_group_of_none_that_can_be_ranked_is_not_called_too_small(tmp_path: Path) -> None:
    made = of(tmp_path, document("A", 60, 34, unclear=6), document("B", 50, 44, unclear=6))
    assert group_said(visitation(made), made)[0].startswith(
        "Ingen kommune kan holdes op mod de andre i 1. kvartal 2007"
    )


# What is withheld


def test_a_denominator_under_five_is_shown_nowhere(tmp_path: Path) -> None:
    reports = [document("Lille", 3, 1), document("Næst", 4, 3), document("A", 11, 80), document("B", 13, 90)]
    made = of(tmp_path, *reports)
    figures = latest(made)
    assert figures["Lille"] == Figures(Standing.WITHHELD)
    assert figures["Næst"] == Figures(Standing.WITHHELD), "the group's share would else tell the only one"
    assert visitation(made).groups[0].rate == rate(31, 205)
    said = json.loads(as_json.write(made))
    told = {row["name"]: row["periods"] for row in said["supervisions"]["visitation"]["municipalities"]}
    assert told["Lille"] == told["Næst"] == [{"standing": "withheld"}]
    for sheet in ("Kommuner", "Udvikling", "Tal"):
        (own,) = (row for row in rows(excel.write(made), sheet) if row[1] == "Lille")
        assert "skjult" in own
        assert not any(isinstance(cell, int | float) for cell in own[2:])
    page = html.write(made).decode()
    assert "75,0 %" not in page
    assert "3 af 4" not in page


def test_one_withheld_period_of_a_municipality_takes_the_next_smallest_with_it(tmp_path: Path) -> None:
    made = of(tmp_path, document("A", 1, 3, Q1), document("A", 5, 60, Q2), document("A", 5, 30, Q3))
    (row,) = visitation(made).rows
    assert [one and one.standing for one in row.figures] == [Standing.WITHHELD, Standing.LIKE, Standing.WITHHELD]
    assert [group.rate for group in visitation(made).groups] == [None, rate(5, 65), None]


def test_a_sum_that_would_tell_what_is_withheld_is_not_told(tmp_path: Path) -> None:
    """In the first quarter A is withheld for its own sake and alone in the group, whose share would be A's."""
    reports = [document("A", 1, 3, Q1), document("A", 5, 60, Q2), document("A", 5, 70, Q3)]
    made = of(tmp_path, *reports, document("B", 5, 60, Q2), document("B", 5, 60, Q3))
    assert visitation(made).groups[0].rate is None


def test_what_is_hidden_together_is_never_too_few() -> None:
    sizes = {("A", 1): 1, ("B", 1): 1, ("C", 1): 4, ("D", 1): 50}
    assert withheld(sizes) == {("A", 1), ("B", 1), ("C", 1)}
    assert withheld({("A", 1): 2, ("B", 1): 3, ("C", 1): 50}) == {("A", 1), ("B", 1)}
    assert withheld({("A", 1): 5, ("B", 1): 6}) == frozenset()
    assert withheld({("A", 1): 4}) == {("A", 1)}


def test_few_lost_days_are_not_told_nor_what_each_cost(tmp_path: Path) -> None:
    made = of(tmp_path, document("A", 2, 98), document("B", 20, 80))
    a = latest(made)["A"]
    assert (a.lost_days, a.per_day, a.per_case) == (None, None, 1_40)
    assert latest(made)["B"].lost_days is None, "the group's days would else tell A's"
    assert visitation(made).groups[0].days_per_case == Fraction(44, 200)


# What is refused, by name, with one sentence


def edited(folder: Path) -> dict[str, tuple[Path, str]]:
    """Files that cannot be trusted, each with a part of what is said of it."""
    whole = sealed(document("X", 3, 27))
    counted_wrong = document("X", 3, 27)
    counted_wrong["summary"]["no_criticism"] = 26
    lost_wrong = document("X", 3, 27)
    lost_wrong["cases"][0]["expected"] = NOTHING
    found_wrong = document("X", 3, 27)
    found_wrong["findings"].pop()
    another = document("X", 3, 27)
    another["schema"] = "kommunecheck/report/2"
    misshapen = document("X", 3, 27)
    del misshapen["run"]["parameters"]
    made = {
        "afkortet": (whole[: len(whole) // 2], "er ikke hel"),
        "tom": (b"", "er ikke hel"),
        "rettet": (whole.replace(b'"no_criticism":27', b'"no_criticism":26'), "kontrolsummen passer ikke"),
        "omformet": (json.dumps(json.loads(whole), indent=2).encode(), "kontrolsummen passer ikke"),
        "talt": (sealed(counted_wrong), "ikke stemmer"),
        "tabt": (sealed(lost_wrong), "ikke stemmer"),
        "fundet": (sealed(found_wrong), "ikke stemmer"),
        "anden": (sealed(another), "en anden form"),
        "fremmed": (b'{"navn": 1}', "er ikke en rapport"),
        "liste": (b"[1, 2]", "er ikke en rapport"),
        "uformet": (sealed(misshapen), "er ikke bygget op"),
        "uden-navn": (sealed(document(None, 3, 27)), "hvilken kommune"),
        "opdigtet": (sealed(document("Y", 3, 27, synthetic=True)), "opdigtede tal"),
    }
    files = {}
    for name, (content, said) in made.items():
        (folder / f"{name}.json").write_bytes(content)
        files[f"{name}.json"] = folder / f"{name}.json", said
    return files


def test_a_report_that_cannot_be_trusted_is_refused_by_name_and_the_rest_compared(tmp_path: Path) -> None:
    bad = edited(tmp_path)
    good = [write(tmp_path, "a", document("A", 3, 27)), write(tmp_path, "b", document("B", 5, 25))]
    made = compared([*good, *(file for file, _ in bad.values())])
    assert {one.file for one in made.refused} == set(bad)
    for one in made.refused:
        assert bad[one.file][1] in one.reason
        assert one.reason.endswith(".")
        assert "\n" not in one.reason
    assert [row.name for row in visitation(made).rows] == ["A", "B"]
    assert "rettet.json" in html.write(made).decode()


def test_two_reports_of_one_municipality_and_window_are_both_refused(tmp_path: Path) -> None:
    reports = (document("A", 3, 27), document("A", 4, 26), document("B", 3, 27), document("C", 3, 27))
    made = of(tmp_path, *reports)
    assert [one.file for one in made.refused] == ["r00.json", "r01.json"]
    assert "r01.json også" in made.refused[0].reason
    assert made.municipalities == 2


def test_a_code_tells_a_municipality_however_its_name_is_written(tmp_path: Path) -> None:
    coded = {"municipality": {"code": "101", "name": "Gl. navn"}}
    renamed = {"municipality": {"code": "101", "name": "Nyt navn"}}
    without_code = document("Gl. navn", 3, 27, Q2)
    made = of(tmp_path, document("", 3, 27, Q1, **coded), without_code, document("", 3, 27, Q3, **renamed))
    (row,) = visitation(made).rows
    assert (row.code, row.name) == ("101", "Nyt navn")
    assert None not in row.figures


def test_a_name_cannot_steer_the_terminal_nor_hide_a_cpr_number(tmp_path: Path) -> None:
    made = of(tmp_path, document("A\u00a0\x1b[31m\u202eX", 3, 27), document("B 010170\x00-1234", 3, 27))
    assert [row.name for row in made.compared[0].rows] == ["A [31mX", "B xxxxxx-xxxx"]


def test_a_cpr_number_in_a_files_name_is_masked(tmp_path: Path) -> None:
    good = [write(tmp_path, "a", document("A", 3, 27)), write(tmp_path, "b", document("B", 5, 25))]
    bad = tmp_path / "010170-1234.json"
    bad.write_text("x")
    made = compared([*good, bad])
    assert [one.file for one in made.refused] == ["xxxxxx-xxxx.json"]


# What is read and not compared


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (document("C", 3, 27, ruleset="andet"), "andet regelsæt"),
        (
            document("C", 3, 27, parameters={"interval_months": PARAMETERS["interval_months"] | {"value": 4}}),
            "anden værdi af interval_months",
        ),
        (document("C", 3, 27, ("2007-01-01", "2007-06-30")), "en anden længde"),
        (document("C", 3, 27, ("2007-02-01", "2007-04-30")), "overlapper"),
        (document("C", 3, 27, complete=False), "ufuldstændig"),
        (document("C", 3, 27, codes={"VT101": 3, "KK901": 2}), "KK901"),
    ],
    ids=["ruleset", "parameter", "length", "overlap", "incomplete", "own rule"],
)
def test_what_was_reckoned_otherwise_stands_apart(tmp_path: Path, other: dict[str, Any], said: str) -> None:
    made = of(tmp_path, document("A", 3, 27), document("B", 5, 25), other)
    (apart,) = made.apart
    assert said in apart.reason
    assert apart.rates["visitation"] == rate(3, 30)
    assert made.municipalities == 2
    page = html.write(made).decode().replace("\xa0", " ")
    assert "Ikke sammenlignet" in page
    assert apart.reason in page


def test_the_source_of_a_number_and_how_sure_it_is_keep_nobody_apart(tmp_path: Path) -> None:
    known = {"interval_months": PARAMETERS["interval_months"] | {"certainty": "seed", "citation": "andetsteds"}}
    made = of(tmp_path, document("A", 3, 27), document("B", 5, 25, parameters=known, version="0.2.0"))
    assert made.apart == ()
    assert any("0.1.0, 0.2.0" in note for note in made.notes)


def rates(*some: tuple[str, str | None, str | None, float], **told: Any) -> dict[str, Any]:
    """The parameter of the state's shares: a benefit, its days, and the per cent in an offer and not."""
    listed = [
        {"benefit": benefit, "from": first, "to": last, "passive": share, "offer": share, "certainty": "found"}
        for benefit, first, last, share in some
    ]
    usual = {"from": None, "to": None, "certainty": "found", "citation": "lov 239/2006", "overridden": False}
    return {"refund_rates": {"value": [one | {"citation": "lov"} for one in listed], **usual, **told}}


IN_LAW = rates(
    ("kontanthjaelp", None, "2006-06-30", 50.0),
    ("kontanthjaelp", "2006-07-01", "2010-12-31", 35.0),
    ("starthjaelp", None, "2010-12-31", 35.0),
)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        (
            {"interval_months": PARAMETERS["interval_months"] | {"overridden": True, "certainty": "unverified"}},
            {"interval_months": PARAMETERS["interval_months"] | {"from": "2007-01-01", "to": "2010-03-31"}},
        ),
        (
            rates(
                ("starthjaelp", None, "2010-12-31", 35.0),
                ("kontanthjaelp", "2007-05-01", "2010-12-31", 35.0),
                ("kontanthjaelp", "2006-07-01", "2007-04-30", 35.0),
                ("kontanthjaelp", None, "2006-06-30", 50.0),
                overridden=True,
                citation="kommunens egen opsætning",
            ),
            IN_LAW,
        ),
    ],
    ids=["a number", "a dated list"],
)
def test_a_value_that_a_configuration_writes_out_is_the_same_value(
    tmp_path: Path, written: dict[str, Any], known: dict[str, Any]
) -> None:
    made = of(tmp_path, document("A", 3, 27, parameters=known), document("B", 5, 25, parameters=written))
    assert made.apart == ()


def test_a_dated_list_of_other_values_or_days_is_another_value(tmp_path: Path) -> None:
    start = ("starthjaelp", None, "2010-12-31", 35.0)
    others = (
        rates(start, ("kontanthjaelp", None, "2006-06-30", 50.0), ("kontanthjaelp", "2006-07-01", "2010-12-31", 30.0)),
        rates(start, ("kontanthjaelp", None, "2006-07-01", 50.0), ("kontanthjaelp", "2006-07-02", "2010-12-31", 35.0)),
    )
    reports = [document(name, 3, 27, parameters=IN_LAW) for name in "AB"]
    reports += [document(name, 3, 27, parameters=one) for name, one in zip("CD", others, strict=True)]
    made = of(tmp_path, *reports)
    assert [(one.name, "refund_rates" in one.reason) for one in made.apart] == [("C", True), ("D", True)]


def test_a_number_of_a_supervision_that_others_are_without_puts_nobody_apart(tmp_path: Path) -> None:
    reports = [document(name, 20, 80) for name in "ABCD"]
    for report, value in zip(reports[1:], (21, 21, 14), strict=True):
        numbers = report["run"]["parameters"]
        more = {"dead_period_days": numbers["interval_months"] | {"value": value}}
        report["run"]["parameters"] = numbers | more
    made = of(tmp_path, *reports)
    assert sorted(latest(made)) == ["A", "B", "C"]
    assert [one.reason for one in made.apart] == ["er opgjort med en anden værdi af dead_period_days end de andre."]


def test_another_cutoff_is_told(tmp_path: Path) -> None:
    made = of(tmp_path, document("A", 3, 27), document("B", 5, 25), document("C", 5, 25, cutoff="2007-04-30"))
    assert any("opgjort en anden dag" in note for note in made.notes)


def test_fewer_than_two_that_can_be_compared_give_no_report(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"mindst to rapporter(.|\n)*r01\.json er ufuldstændig"):
        of(tmp_path, document("A", 3, 27), document("B", 3, 27, complete=False))


# Over time, goals, and what the best do


def test_one_municipality_over_time_falls_only_where_intervals_do_not_overlap(tmp_path: Path) -> None:
    made = of(tmp_path, document("A", 60, 140, Q1), document("A", 50, 150, Q2), document("A", 10, 190, Q3))
    (row,) = visitation(made).rows
    assert row.change is Change.FALLEN
    assert visitation(made).moved is Change.FALLEN
    (tmp_path / "to").mkdir()
    made = of(tmp_path / "to", document("A", 6, 14, Q1), document("A", 4, 16, Q2))
    assert visitation(made).rows[0].change is Change.SAME
    assert "A: resultater over tid" in html.write(made).decode()
    assert "Kommuner" not in opened(excel.write(made)).sheetnames


def test_a_goal_is_met_only_where_the_whole_interval_is(tmp_path: Path) -> None:
    reports = (document("A", 2, 198), document("B", 20, 180), document("C", 60, 140))
    made = of(tmp_path, *reports, y2007="10")
    assert {name: one.goal for name, one in latest(made).items()} == {
        "A": Goal.MET, "B": Goal.UNSURE, "C": Goal.MISSED,
    }  # fmt: skip
    assert visitation(made).groups[0].goal == Fraction(1, 10)
    (tmp_path / "uden").mkdir()
    assert latest(of(tmp_path / "uden", *reports, y2008="10"))["A"].goal is None


def test_a_municipality_over_time_is_shown_also_where_much_is_not_assessed(tmp_path: Path) -> None:
    made = of(tmp_path, document("A", 20, 80, Q1), document("A", 30, 50, Q2, unclear=20), y2007="50")
    (row,) = visitation(made).rows
    assert [one and one.standing for one in row.figures] == [Standing.LIKE, Standing.NOT_RANKED]
    assert [(group.rate, group.reached) for group in visitation(made).groups] == [
        (rate(20, 100), Goal.MET), (rate(30, 80), None),
    ]  # fmt: skip
    assert row.change is None
    assert "Over 5 % af sagerne" in html.write(made).decode().replace("\xa0", " ")


def test_what_the_best_do_not_get_wrong_is_told_only_where_it_is_sure(tmp_path: Path) -> None:
    made = of(
        tmp_path,
        document("Bedst", 4, 396, codes={"VT101": 4, "VT107": 30}),
        document("A", 80, 320, codes={"VT101": 8, "VT201": 72}),
        document("B", 80, 320, codes={"VT101": 8, "VT201": 72}),
    )
    kinds = {kind.code: kind for kind in visitation(made).kinds}
    assert set(kinds) == {"VT101", "VT201"}, "what is no error is no kind of error"
    assert kinds["VT201"].group == rate(144, 1200)
    assert kinds["VT201"].best == rate(0, 400)
    assert kinds["VT201"].others == rate(144, 800)
    assert [kind.code for kind in visitation(made).learnt] == ["VT201"]


# Further supervisions


def with_availability(said: dict[str, Any], errors: int, fine: int) -> dict[str, Any]:
    """The report with a rådighedstilsyn of its own."""
    other = document("", errors, fine, (said["run"]["from"], said["run"]["to"]), codes={"RT101": errors})
    said["supervisions"]["raadighed"] = {"summary": other["summary"], "cases": other["cases"]}
    said["findings"] += [one | {"supervision": "raadighed"} for one in other["findings"]]
    both = said["combined"]["expected"], other["combined"]["expected"]  # of the first cases, on the same days
    said["combined"]["expected"] = max(both, key=lambda amounts: amounts["days"])
    return said


def test_each_supervision_is_compared_for_itself(tmp_path: Path) -> None:
    made = of(
        tmp_path,
        with_availability(document("A", 3, 97), 40, 60),
        with_availability(document("B", 40, 60), 3, 97),
        document("C", 5, 95),
    )
    first, second = made.compared
    assert (first.name, [row.name for row in first.rows]) == ("visitation", ["A", "B", "C"])
    assert (second.name, [row.name for row in second.rows]) == ("raadighed", ["A", "B"])
    assert second.best == ("B",)
    assert [kind.code for kind in second.kinds] == ["RT101"]
    assert "Rådighedstilsynet" in html.write(made).decode()
    assert {"Tal", "Tal raadighed"} <= set(opened(excel.write(made)).sheetnames)


@pytest.mark.parametrize("changed", ["by_team", "error_with_loss", "combined"])
def test_teams_and_supervisions_that_do_not_add_up_are_refused(tmp_path: Path, changed: str) -> None:
    said = with_availability(document("A", 3, 97), 40, 60)
    if changed == "by_team":
        said["summary"]["by_team"][0]["refund_lost"] = "9.00"
    elif changed == "error_with_loss":
        said["supervisions"]["raadighed"]["summary"]["by_team"][0]["error_with_loss"] += 1
    else:
        said["combined"]["expected"] |= {"days": said["combined"]["expected"]["days"] + 1}
    with pytest.raises(UserError, match="har tal, der ikke stemmer med hinanden"):
        of(tmp_path, said, document("B", 1, 9))


def test_an_unknown_rule_broken_in_more_cases_than_were_judged_is_no_share_of_them(tmp_path: Path) -> None:
    odd = document("A", 3, 3, withdrawn=9, codes={"VT101": 3, "VT999": 15})
    made = of(tmp_path, odd, document("B", 1, 9))
    assert latest(made)["A"].kinds == {"VT101": rate(3, 6)}


def test_a_plugins_supervision_may_be_called_anything(tmp_path: Path) -> None:
    reports = [with_availability(document(name, 3, 97), 40, 60) for name in "AB"]
    for said in reports:
        said["supervisions"]["Vores [egen]: kontrol/2 af 010170-1234"] = said["supervisions"].pop("raadighed")
        for finding in said["findings"]:
            if finding["supervision"] == "raadighed":
                finding["supervision"] = "Vores [egen]: kontrol/2 af 010170-1234"
    made = of(tmp_path, *reports)
    assert made.compared[1].name == "Vores [egen]: kontrol/2 af xxxxxx-xxxx"
    assert "Tal Vores_egen_kontrol" in opened(excel.write(made)).sheetnames
    html5lib.HTMLParser(strict=True).parse(html.write(made))


# Kontrolsager


def month(name: str, drawn: int, left: int, step: str = "3", **other: Any) -> dict[str, Any]:
    told = {
        "month": name, "kontroltrin": step, "ydelse": "alle", "complete_window": True, "drawn": drawn, "left": left,
        "share": None, "opened": drawn // 2, "closed": drawn // 4, "closed_with_result": drawn // 8,
        "opened_in_window": drawn // 2, "not_closed": drawn // 4,
    }  # fmt: skip
    return told | other


def control(*months: dict[str, Any], denominator: str = "drawn+left") -> dict[str, Any]:
    return {
        "cutoff": "2022-03-31", "register_from": "2021-01-01", "denominator": denominator,
        "thresholds": [{"from": "2021-05-31", "value": 30}], "set_aside": 0, "months": list(months), "trin": [],
    }  # fmt: skip


def test_kontrolsager_are_compared_in_the_latest_month_that_all_have(tmp_path: Path) -> None:
    a = control(month("2022-02", 80, 120), month("2022-03", 160, 40))
    b = control(month("2022-01", 1, 99), month("2022-02", 20, 180), month("2022-02", 6, 4, "2"))
    made = of(tmp_path, document("A", 3, 27, control=a), document("B", 3, 27, control=b))
    assert made.control is not None
    assert made.control.month == "2022-02"
    assert [(view.step, view.benefit) for view in made.control.views] == [("3", "alle"), ("2", "alle")]
    view = made.control.views[0]
    assert view.group == rate(100, 400)
    assert [(row.name, row.drawn, row.standing) for row in view.rows] == [
        ("A", rate(80, 200), Standing.MORE), ("B", rate(20, 200), Standing.FEWER),
    ]  # fmt: skip
    assert [row.with_result for row in view.rows] == [rate(10, 20), rate(2, 5)]
    assert "Kontrolsager i februar 2022" in html.write(made).decode()
    assert json.loads(as_json.write(made))["kontrolsager"]["month"] == "2022-02"
    told = [row for row in rows(excel.write(made), "Kontrolsager") if row[0] == "Kontroltrin 3"]
    assert [row[1:6] for row in told] == [["A", "ja", 80, 200, 0.4], ["B", "ja", 20, 200, 0.1]]


def test_what_a_municipality_cannot_count_is_not_compared_and_the_rest_is(tmp_path: Path) -> None:
    a = control(month("2022-02", 80, 120) | {"opened": None, "closed_with_result": None})
    b = control(month("2022-02", 20, 180))
    made = of(tmp_path, document("A", 3, 27, control=a), document("B", 3, 27, control=b))
    assert made.control is not None
    first, second = made.control.views[0].rows
    assert (first.drawn, first.opened, first.with_result) == (rate(80, 200), None, None)
    assert second.opened is not None


def test_few_kontrolsager_are_withheld_and_an_incomplete_year_is_not_ranked(tmp_path: Path) -> None:
    reports = [
        document(name, 3, 27, control=control(month("2022-02", *counts, **other)))
        for name, counts, other in (
            ("A", (1, 2), {}), ("B", (3, 4), {}), ("C", (90, 10), {"complete_window": False}), ("D", (50, 50), {}),
        )
    ]  # fmt: skip
    made = of(tmp_path, *reports)
    assert made.control is not None
    rows = {row.name: row for row in made.control.views[0].rows}
    assert rows["A"].drawn is None
    assert rows["B"].drawn is None, "the only one withheld could else be found from the group"
    assert rows["C"].standing is Standing.NOT_RANKED
    assert rows["D"].drawn == rate(50, 100)


@pytest.mark.parametrize(
    "months", [[month("2022-02", 80, 120, opened=81)], [month("2022-02", 80, 120), month("2022-02", 8, 12)]]
)
def test_kontrolsager_that_do_not_add_up_are_refused(tmp_path: Path, months: list[dict[str, Any]]) -> None:
    odd = document("C", 3, 27, control=control(*months))
    made = of(tmp_path, document("A", 3, 27), document("B", 3, 27), odd)
    assert [(one.file, "stemmer" in one.reason) for one in made.refused] == [("r02.json", True)]


def test_few_kontrolsager_are_not_found_from_the_views_they_add_up_with(tmp_path: Path) -> None:
    views = {"alle": (30, 34), "kontanthjaelp": (15, 15), "sygedagpenge": (14, 16), "oekonomisk_friplads": (1, 3)}
    few = control(*(month("2022-02", *counts, ydelse=name) for name, counts in views.items()))
    usual = control(*(month("2022-02", *((120, 180) if name == "alle" else (40, 60)), ydelse=name) for name in views))
    made = of(tmp_path, document("A", 3, 27, control=few), *(document(name, 3, 27, control=usual) for name in "BCD"))
    assert made.control is not None
    drawn = {view.benefit: {row.name: row.drawn for row in view.rows} for view in made.control.views}
    assert drawn["alle"]["A"] == rate(30, 64)
    hidden = {name for name in views if drawn[name]["A"] is None}
    assert hidden == {"oekonomisk_friplads", "kontanthjaelp"}, "64 less 30 less 30 would be the 4 that are withheld"


def test_reports_of_kontrolsager_alone_are_compared(tmp_path: Path) -> None:
    reports = [
        document(name, 0, 0, control=control(month("2022-02", many, 100))) for name, many in (("A", 40), ("B", 60))
    ]
    made = of(tmp_path, *reports)
    assert made.compared == ()
    assert made.control is not None
    assert "Kontrolsager i februar 2022" in html.write(made).decode()
    assert "Kontrolsager" in opened(excel.write(made)).sheetnames


def test_kontrolsager_that_are_reckoned_otherwise_or_share_no_month_are_not_compared(tmp_path: Path) -> None:
    usual = control(month("2022-02", 80, 120))
    reports = [document(name, 3, 27, control=usual) for name in "AB"]
    reports.append(document("C", 3, 27, control=control(month("2022-02", 80, 120), denominator="left")))
    made = of(tmp_path, *reports)
    assert any(note.startswith("Kontrolsagerne fra C") for note in made.notes)
    assert made.control is not None
    assert [row.name for row in made.control.views[0].rows] == ["A", "B"]
    (tmp_path / "ingen").mkdir()
    made = of(tmp_path / "ingen", reports[0], document("B", 3, 27, control=control(month("2022-05", 8, 12))))
    assert made.control is None
    assert any("ingen måned" in note for note in made.notes)


# The forms


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of made-up municipalities, as the command writes them, over three quarters."""
    folder = tmp_path_factory.mktemp("group") / "rapporter"
    assert run(["demo", str(folder), "--kommuner", "9", "--quarters", "3"]) == 0
    return folder


@pytest.fixture(scope="module")
def many(group: Path) -> Benchmark:
    return compared(group.glob("*.json"), y2007="12")


def test_the_made_up_municipalities_are_named_by_numbers_and_marked(group: Path, tmp_path: Path) -> None:
    files = sorted(group.iterdir())
    assert len(files) == 27
    validator = Draft202012Validator(json.loads(schema_of("report")))
    for file in files[::9]:
        said = json.loads(file.read_bytes())
        validator.validate(said)
        assert said["run"]["synthetic"] is True
        assert said["run"]["municipality"]["name"].startswith("Kommune 0")
    write_group(tmp_path, 3, 3, seed=1)
    assert [file.read_bytes() for file in sorted(tmp_path.iterdir())] == [file.read_bytes() for file in files[:9]]


def test_made_up_figures_are_marked_in_every_picture_and_sheet(many: Benchmark) -> None:
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html.write(many))
    for told in (*page.iter("caption"), *page.iter("figcaption")):
        assert "OPDIGTEDE TAL" in "".join(told.itertext())
    pictures = [element.text for element in page.iter() if str(element.tag).endswith("svg}title")]
    assert len(pictures) == 9
    assert all("OPDIGTEDE TAL" in (text or "") for text in pictures)
    book = opened(excel.write(many))
    for sheet in book.worksheets:
        told = [str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row]
        assert any("OPDIGTEDE TAL" in text for text in told), sheet.title
        assert "OPDIGTEDE TAL" in (sheet.oddFooter.left.text or "")


def test_the_order_of_the_files_changes_nothing(group: Path, many: Benchmark) -> None:
    files = sorted(group.glob("*.json"), reverse=True)
    other = benchmark(files, {"visitation": {"2007": Fraction(12, 100)}}, Told(RULES, {}), lambda _done, _of: None)
    for form in (as_json.write, html.write, excel.write):
        assert form(other) == form(many)


def test_how_a_municipality_stands_is_told_by_a_sign_or_a_pattern_and_not_by_colour_alone(many: Benchmark) -> None:
    sheet = opened(excel.write(many))["Udvikling"]
    formats = {rule.dxf.numFmt.formatCode for own in sheet.conditional_formatting for rule in own.rules}
    assert formats == {'"▼ "0.0 %', '"▲ "0.0 %'}
    assert sheet["A2"].value == (
        "Fejlandel i hver periode. ▼ (grøn): færre fejl end gruppen. ▲ (rød): flere. Uden mærke: kan ikke skelnes."
    )
    fills = dict(re.findall(r"\.(i-c\w+) { fill: ([^;]+);", html.write(many).decode()))
    assert fills == {
        "i-cfew": "var(--ok)", "i-clike": "var(--bg)", "i-cmore": "url(#px)", "i-cnot": "url(#ps)",
    }  # fmt: skip


def test_a_column_that_would_be_empty_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, errors in (("A", 3), ("B", 40)):
        write(tmp_path, name, document(name, errors, 60))
    assert run(["benchmark", "."]) == 0
    said = capsys.readouterr().out
    assert "Tab pr. sag" in said
    assert "Mål" not in said
    assert "Siden først" not in said


def test_the_workbooks_formulas_give_its_values(many: Benchmark, tmp_path: Path) -> None:
    assert same_when_reopened(excel.write(many), tmp_path) > 300


def test_the_json_is_as_its_schema_says(many: Benchmark, tmp_path: Path) -> None:
    Shape.model_validate_json(as_json.write(many))
    bad = edited(tmp_path)
    reports = [document(name, 3, 27, control=control(month("2022-02", 20, 30))) for name in "AB"]
    reports += [document("C", 1, 2), document("D", 3, 27, complete=False)]
    files = [write(tmp_path, f"r{number}", said) for number, said in enumerate(reports)]
    Shape.model_validate_json(as_json.write(compared([*files, *(file for file, _ in bad.values())])))


def test_the_json_is_sealed_as_the_report_is(many: Benchmark) -> None:
    written = as_json.write(many)
    digest = json.loads(written)["digest"]
    assert digest == hashlib.sha256(written.replace(digest.encode(), b"", 1)).hexdigest()


def test_axe_finds_nothing_and_no_screen_is_too_narrow(browser: Any, many: Benchmark, tmp_path: Path) -> None:
    file = tmp_path / "b.html"
    file.write_bytes(html.write(many))
    page = shown_in_browser(browser, file, 360, bypass_csp=True)
    assert violations(page) == []
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_no_column_is_cut_off_on_a_usual_screen(browser: Any, tmp_path: Path) -> None:
    """With a goal and several periods there are most columns, and the last of them is told in words."""
    reports = [
        document(f"Ringkøbing-Skjern {n}", many, 4100 - many, window, unclear=3, withdrawn=1200, lost_days=40)
        for n, many in enumerate((450, 1020, 1200))
        for window in (Q1, Q2)
    ]
    file = tmp_path / "b.html"
    file.write_bytes(html.write(of(tmp_path, *reports, y2007="12.5")))
    page = shown_in_browser(browser, file, 1280)
    cut = "[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth).length"
    assert page.evaluate(cut) == 0
    page.context.close()


def test_all_municipalities_in_all_quarters_stand_on_one_printed_page(browser: Any, tmp_path: Path) -> None:
    """98 municipalities over 12 quarters: the picture is no higher than the paper it is printed on."""
    quarters = [(iso(months_after(day_of(Q1[0]), n * 3)), n) for n in range(12)]
    windows = [(first, iso(months_after(day_of(first), 3) - 1)) for first, _ in quarters]
    files = [
        write(tmp_path, f"{n:02d}-{q:02d}", document(f"Kommune {n:03d}", (n * 7 + q) % 9, 11, window, synthetic=True))
        for n in range(98)
        for q, window in enumerate(windows)
    ]
    page_file = tmp_path / "b.html"
    page_file.write_bytes(html.write(compared(files)))
    page = shown_in_browser(browser, page_file, 703)  # an A4 page within margins of 12 mm
    page.emulate_media(media="print")
    assert page.locator(".strips li").count() == 98
    assert page.evaluate("document.querySelector('.all').getBoundingClientRect().height") < 1000
    page.context.close()


# The command


def test_the_command_takes_a_folder_and_writes_every_form(
    group: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kommunecheck.toml").write_text("[benchmark]\ngoals.visitation = { 2007 = 99.5 }\n")
    monkeypatch.chdir(tmp_path)
    outputs = [tmp_path / f"ud.{ending}" for ending in ("html", "xlsx", "json")]
    assert run(["benchmark", str(group), *(f"-o{file}" for file in outputs)]) == 0
    said = capsys.readouterr().out
    assert "OPDIGTEDE TAL" in said
    assert "9 kommuner, 3 perioder: 1. januar 2007 til 30. september 2007." in said
    assert "Målet for året er højst 99,5 %: nået." in said
    assert all(file.stat().st_size > 1000 for file in outputs)
    assert json.loads(outputs[2].read_bytes())["supervisions"]["visitation"]["group"][0]["goal"] == "99.50"


def test_what_is_left_out_is_told_and_the_status_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, errors in (("a", 3), ("b", 5)):
        write(tmp_path, name, document(name.upper(), errors, 27))
    (tmp_path / "c.json").write_text("{")
    assert run(["benchmark", str(tmp_path / "*.json")]) == 3
    assert "c.json er ikke hel" in capsys.readouterr().out
    assert run(["benchmark", "a.json", "./a.json"]) == 2
    assert "mindst to rapporter" in capsys.readouterr().err
    assert run(["benchmark", "a.json", "b.json", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["schema"] == "kommunecheck/benchmark/1"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["findes-ikke.json", "a.json"], "findes ikke"),
        (["tom"], "ingen rapporter"),
        (["*.xml"], "ingen rapporter"),
        (["a.json", "b.json", "-o", "ud.docx"], "endelsen kendes ikke"),
        (["a.json", "b.json", "-o", "a.json"], "bliver ikke overskrevet"),
        (["a.json", "b.json", "-o", "ingen/ud.html"], "mappen findes ikke"),
        ([], "RAPPORT"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tom").mkdir()
    for name in "ab":
        write(tmp_path, name, document(name.upper(), 3, 27))
    before = {file: file.read_bytes() for file in tmp_path.glob("*.*")}
    assert run(["benchmark", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert {file: file.read_bytes() for file in tmp_path.glob("*.*")} == before


def test_what_was_written_before_is_not_read_as_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in "ab":
        write(tmp_path, name, document(name.upper(), 3, 27))
    for _ in range(2):
        assert run(["benchmark", ".", "-o", "sammenligning.json"]) == 0
    assert "Afvist" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2007-01-01", "2007-06-30", "1. halvår 2007"),
        ("2007-04-01", "2007-09-30", "perioden 1. april 2007 til 30. september 2007"),
        ("2007-01-01", "2007-02-15", "perioden 1. januar 2007 til 15. februar 2007"),
    ],
)
def test_a_period_without_a_name_is_said_by_its_days(first: str, last: str, said: str) -> None:
    assert during(Period(day_of(first), day_of(last))) == said
