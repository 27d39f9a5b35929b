"""The supervision of casework: boundaries on both sides, what cannot be read, the review, and Lilleby."""

import csv
from collections.abc import Sequence
from dataclasses import MISSING, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import orjson
import pytest

from kommunecheck import app
from kommunecheck.cli import run as run_command
from kommunecheck.config import read_law
from kommunecheck.domain.days import day_of, iso
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.rule import Explanation
from kommunecheck.domain.section import Bars, Columns, Lanes
from kommunecheck.domain.wilson import wilson
from kommunecheck.inspection.files import look_at
from kommunecheck.plugins import sagsbehandling
from kommunecheck.plugins.host import load
from kommunecheck.plugins.sagsbehandling.measuring import HALF, NINE_TENTHS, survival, within
from kommunecheck.plugins.sagsbehandling.review import SAFEGUARDS, Count, Review
from kommunecheck.plugins.sagsbehandling.rules import RULES
from kommunecheck.plugins.sagsbehandling.settings import Settings
from kommunecheck.plugins.sagsbehandling.tables import TABLES, Application, Complaint, Step
from kommunecheck.plugins.sagsbehandling.texts import TEXTS
from kommunecheck.plugins.shapes import RefusedError, refuse_misshapen
from kommunecheck.ports import Brought
from kommunecheck.reports import json
from kommunecheck.reports.schema import Report as Shape
from kommunecheck.supervising import Ruling
from kommunecheck.testing import ruled

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"
(SUPERVISION,) = sagsbehandling.kommunecheck_supervisions()

RECEIVED = "2007-03-01"
SOUND = Application(
    "A1", "Hjælpemidler", day_of(RECEIVED), day_of("2007-03-02"), True, None, None, None, None, False, None, True, True,
    True, "handicappede", "Nord", "", 0, 2,
)  # fmt: skip


def law(**settings: Any) -> Any:
    """The law of a municipality that has set 56 days for aids."""
    given = Settings.model_validate({"deadlines": {"Hjælpemidler": 56}} | settings)
    return read_law(texts_besides=(TEXTS,), settings={"sagsbehandling": given})


def day(number: int) -> int:
    """The day so many days after the application."""
    return day_of(RECEIVED) + number


def an_application(**columns: Any) -> Application:
    """A sound one but for the columns named; days are counted from the application."""
    days = {name: day(value) for name, value in columns.items() if name.endswith("_dato") and value is not None}
    return SOUND._replace(**(columns | days))


def decided(number: int, udfald: str | None = "medhold", **columns: Any) -> Application:
    return an_application(afgoerelse_dato=number, udfald=udfald, **columns)


def a_step(number: int, kind: str = "notat", actor: str = "kommune") -> Step:
    return Step("A1", day(number), actor, kind, None, "", 1, number + 10)


def every_week(last: int) -> list[Step]:
    return [a_step(number) for number in range(7, last, 7)]


def judged(
    *rows: Application, steps: Sequence[Step] | None = None, cutoff: int | str = "2007-12-31", **more: Any
) -> Ruling:
    """What comes of the applications; a step is taken every week where no others are told."""
    tables = {"ansoegninger": rows, "sagsskridt": tuple(every_week(310) if steps is None else steps)}
    until = day(cutoff) if isinstance(cutoff, int) else cutoff
    return ruled(SUPERVISION, law=more.pop("law", law()), tables=TABLES, rows=tables, cutoff=until, **more)


def codes(*rows: Application, **more: Any) -> list[str]:
    """The codes found of applications."""
    found = judged(*rows, **more).findings
    return sorted(one.rule.code for one in found if one.subject is not None and one.subject.kind == "ansoegning")


@pytest.mark.parametrize(
    ("application", "found"),
    [
        (decided(56), []),
        (decided(57, underretning_dato=56, forventet_dato=57), ["SB101"]),
        (decided(57, underretning_dato=57, forventet_dato=57), ["SB101", "SB102"]),
        (decided(56, "frafaldet"), []),
        (decided(57, "frafaldet"), ["SB101", "SB102"]),
        (decided(70, underretning_dato=50, forventet_dato=70), ["SB101"]),
        (decided(71, underretning_dato=50, forventet_dato=70), ["SB101", "SB104"]),
        (decided(71, "frafaldet", underretning_dato=50, forventet_dato=70), ["SB101"]),
        (decided(50, underretning_dato=40), ["SB103"]),
        (decided(50, kvittering_dato=10), []),
        (decided(50, kvittering_dato=11), ["SB105"]),
        (decided(10, kvittering_dato=None), []),
        (decided(11, kvittering_dato=None), ["SB105"]),
        (decided(50, "afslag", partshoering_kraevet=True, partshoering_dato=49), []),
        (decided(50, "afslag", partshoering_kraevet=True, partshoering_dato=50), ["SB201"]),
        (decided(50, "medhold", partshoering_kraevet=True), []),
        (decided(50, "delvis", begrundelse=False, klagevejledning=False), ["SB202", "SB203"]),
        (decided(50, "delvis", begrundelse=None, klagevejledning=None, skriftlig=False), ["SB204"]),
        (decided(50, "medhold", begrundelse=False, klagevejledning=False, skriftlig=False), []),
    ],
)
def test_on_both_sides_of_each_boundary(application: Application, found: list[str]) -> None:
    assert codes(application) == found


@pytest.mark.parametrize(("cutoff", "found"), [(56, []), (57, ["SB101", "SB102"])])
def test_an_open_application_is_overdue_the_day_after_its_deadline(cutoff: int, found: list[str]) -> None:
    assert codes(an_application(), cutoff=cutoff) == found


@pytest.mark.parametrize(("cutoff", "found"), [(70, ["SB101"]), (71, ["SB101", "SB104"])])
def test_an_open_application_breaks_its_promise_the_day_after(cutoff: int, found: list[str]) -> None:
    assert codes(an_application(underretning_dato=50, forventet_dato=70), cutoff=cutoff) == found


def periods(*steps: Step, until: int = 50, **columns: Any) -> list[tuple[int, int, str]]:
    """First and last day of each dead period, counted from the application, and whose it is."""
    ruling = judged(decided(until, kvittering_dato=None, **columns), steps=steps)
    told: Any = ruling.supervised.measures["dead_periods"]
    start = day_of(RECEIVED)
    return [(day_of(one["from"]) - start, day_of(one["to"]) - start, one["cause"]) for one in told]


def test_twenty_one_days_are_no_dead_period_and_twenty_two_are() -> None:
    assert periods(a_step(22), until=43) == []
    assert periods(a_step(23), until=44) == [(1, 22, "kommune")]
    assert periods(a_step(22), until=45) == [(23, 44, "kommune")]


def test_a_wait_that_begins_inside_what_would_be_a_dead_period() -> None:
    assert periods(a_step(15, "venter_borger"), a_step(37, "brev", "borger")) == []
    assert periods(a_step(15, "venter_borger"), a_step(38, "brev", "borger")) == [(16, 37, "borger")]
    assert periods(a_step(23, "venter_borger"), a_step(46, "brev", "borger")) == [
        (1, 22, "kommune"),
        (24, 45, "borger"),
    ]


def test_a_wait_ends_when_the_party_acts_or_all_waits_do() -> None:
    begun = a_step(5, "venter_borger")
    assert periods(begun, a_step(6, "brev", "kommune"), until=40) == [(7, 39, "borger")]
    assert periods(begun, a_step(6, "brev", "borger"), until=40) == [(7, 39, "kommune")]
    assert periods(begun, a_step(6, "venter_slut", "kommune"), until=40) == [(7, 39, "kommune")]
    assert periods(begun, a_step(6, "brev", "tredjepart"), until=40) == [(7, 39, "borger")]
    assert periods(begun, a_step(6, "venter_borger", "borger"), until=40) == [(7, 39, "borger")]


def test_on_one_day_ends_come_before_beginnings() -> None:
    assert periods(a_step(5, "brev", "borger"), a_step(5, "venter_borger"), until=40) == [(6, 39, "borger")]


def test_of_two_waits_the_first_counts_and_of_one_day_the_citizens() -> None:
    two = (a_step(4, "venter_tredjepart"), a_step(5, "venter_borger"))
    assert periods(*two, until=40) == [(6, 39, "tredjepart")]
    same = (a_step(5, "venter_tredjepart"), a_step(5, "venter_borger"))
    assert periods(*same, until=40) == [(6, 39, "borger")]


def test_letters_are_steps_and_a_catalogue_tells_whether_a_day_was_promised() -> None:
    columns = {"underretning_dato": 20, "forventet_dato": 45}
    assert periods(a_step(1), until=50, **columns) == [(21, 49, "kommune")]
    told: Any = judged(decided(50, kvittering_dato=None, **columns), steps=(a_step(1),)).supervised.measures
    assert [one["promised"] for one in told["dead_periods"]] == [True]


def test_what_cannot_be_read_is_not_judged() -> None:
    late = decided(60, kvittering_dato=None)
    assert codes(late) == ["SB101", "SB102", "SB105"]
    assert codes(late._replace(unread="underretning_dato")) == ["SB101", "SB105"]
    assert codes(late._replace(unread="kvittering_dato")) == ["SB101", "SB102"]
    assert codes(late._replace(afgoerelse_dato=None, unread="afgoerelse_dato")) == []
    told: Any = judged(late._replace(unread="kvittering_dato")).supervised.measures
    assert (told["applications"], told["not_assessed"]) == (1, 1)


def test_a_step_that_could_not_be_used_leaves_the_case_without_dead_periods() -> None:
    known = decided(50)
    assert codes(known, steps=()) == ["SB106", "SB205"]
    lost = a_step(30)._replace(dato=None, unread="dato")
    assert codes(known, steps=(), aside={"sagsskridt": (lost,)}) == []


def test_a_step_of_an_application_that_was_set_aside_is_no_strangers() -> None:
    other = SOUND._replace(ansoegning_id="A2", modtaget_dato=None, unread="modtaget_dato", row=3)
    step = a_step(5)._replace(ansoegning_id="A2")
    stray = a_step(6)._replace(ansoegning_id="A3")
    ruling = judged(decided(50), steps=(*every_week(50), step, stray), aside={"ansoegninger": (other,)})
    assert [(odd.code, odd.evidence[0].row) for odd in ruling.oddities] == [("DQ002", stray.row)]
    told: Any = ruling.supervised.measures
    assert (told["applications"], told["not_assessed"]) == (2, 1)


def test_a_day_without_an_outcome_is_a_decision_and_an_outcome_without_a_day_is_nothing() -> None:
    without_outcome = judged(decided(60, None, skriftlig=False, partshoering_kraevet=True))
    assert {one.rule.code for one in without_outcome.findings} == {"SB101", "SB102", "SB301", "SB302"}
    without_day = judged(an_application(udfald="afslag", kvittering_dato=None))
    assert without_day.findings == ()
    assert [odd.code for odd in (*without_outcome.oddities, *without_day.oddities)] == ["DQ005", "DQ005"]
    told: Any = without_day.supervised.measures
    assert (told["total"]["undecided"], told["total"]["decided"], told["not_assessed"]) == (0, 0, 1)


def test_an_unknown_outcome_is_not_said_to_be_blank_and_is_not_counted_as_one(tmp_path: Path) -> None:
    """A blank one is a decision; an unknown one may be a withdrawal, so only that it ended late is sure."""
    names = "ansoegning_id;sagstype;modtaget_dato;afgoerelse_dato;udfald"
    told = {}
    for udfald in ("", "henlagt"):
        rows = [names, f"A1;Hjælp;2007-03-01;2007-06-01;{udfald}", f"A2;Hjælp;2007-03-01;2007-03-09;{udfald}"]
        (tmp_path / "ansoegninger.csv").write_text("\n".join(rows), encoding="utf-8")
        (tmp_path / "kommunecheck.toml").write_text("[sagsbehandling]\ndeadlines = { default = 56 }\n")
        report = app.check(tmp_path)
        (measures,) = [one.measures for one in report.supervisions if one.measures]
        total: Any = measures["total"]
        told[udfald] = [total[name] for name in ("decided", "undecided", "due", "overdue")]
        said = [one.finding.message for one in report.findings if one.finding.rule.code == "DQ008"]
        assert len(said) == (2 if udfald else 0)
        assert all("det, der hviler på koden, er ikke vurderet" in one for one in said)
        assert not any("blank" in one for one in said)
    assert told == {"": [2, 0, 2, 1], "henlagt": [0, 0, 1, 1]}


def test_the_window_judges_by_each_rules_own_day_and_cuts_nothing_short() -> None:
    late = decided(60, kvittering_dato=None)
    deadline = iso(day(56))
    assert codes(late, window=(deadline, deadline)) == ["SB101", "SB102"]
    assert codes(late, window=(iso(day(57)), "2007-12-31")) == []
    assert codes(late, window=(iso(day(10)), iso(day(10)))) == ["SB105"]
    (found,) = [one for one in judged(late, window=(deadline, deadline)).findings if one.rule.code == "SB101"]
    assert found.period is not None
    assert tuple(found.period) == (day(57), day(60))


def test_nothing_after_the_cutoff_is_used() -> None:
    later = decided(60, "afslag", begrundelse=False, underretning_dato=58, forventet_dato=65)
    assert codes(later, cutoff=57) == ["SB101", "SB102"]
    assert codes(later, cutoff=60) == ["SB101", "SB102", "SB202"]


@pytest.mark.parametrize(("kept", "found"), [(4, False), (3, True)])
def test_exactly_the_target_is_enough(kept: int, found: bool) -> None:
    rows = [decided(50 if place < kept else 57)._replace(ansoegning_id=f"A{place}") for place in range(5)]
    assert ("SB301" in {one.rule.code for one in judged(*rows).findings}) is found


def test_a_type_or_unit_in_other_letters_or_blanks_is_the_same() -> None:
    written = [("Bolig", "Nord"), ("Bolig", "Nord"), ("BOLIG", "nord"), ("bolig ", "Nord")]
    rows = [
        decided(60, ansoegning_id=f"A{place}", sagstype=sagstype, enhed=enhed)
        for place, (sagstype, enhed) in enumerate(written)
    ]
    told: Any = judged(*rows).supervised.measures
    assert [one["sagstype"] for one in told["types"]] == ["Bolig"]
    assert [one["enhed"] for one in told["units"]] == ["Nord"]


def test_without_a_deadline_the_type_is_named_and_the_rest_is_judged() -> None:
    other = decided(200, "afslag", begrundelse=False, sagstype="Boligstøtte")
    found = judged(other).findings
    assert {(one.rule.code, one.subject and one.subject.id) for one in found} == {
        ("SB202", "A1"),
        ("SB303", "Boligstøtte"),
    }
    assert codes(other, law=law(deadlines={"default": 200})) == ["SB202"]
    assert codes(other, law=law(deadlines={"default": 199})) == ["SB101", "SB102", "SB202"]


def test_a_dated_deadline_holds_by_the_day_of_receipt() -> None:
    first = [{"days": 56, "to": "2007-03-01"}, {"days": 40, "from": "2007-03-02"}]
    given = law(deadlines={"hjælpemidler": first})
    assert codes(decided(56), law=given) == []
    assert codes(decided(57, modtaget_dato=1), law=given) == ["SB101", "SB102"]


@pytest.mark.parametrize(("part", "of", "told"), [(1, 16, "6.3"), (21, 80, "26.3"), (2, 3, "66.7"), (3, 3, "100.0")])
def test_the_share_of_a_review_is_rounded_half_up_as_the_section_shows_it(part: int, of: int, told: str) -> None:
    assert Count("Begrundelsen", None, (part, of - part, 0, 0)).told()["share"] == told


def test_a_notice_without_a_day_is_no_notice_in_the_share() -> None:
    rows = [
        decided(60, underretning_dato=50, forventet_dato=60),
        decided(60, underretning_dato=50)._replace(ansoegning_id="A2"),
        decided(60, underretning_dato=57, forventet_dato=60)._replace(ansoegning_id="A3"),
    ]
    told: Any = judged(*rows).supervised.measures["total"]
    assert (told["overdue"], told["overdue_with_notice"]) == (3, 1)


def test_old_open_cases_cannot_make_the_figure_look_good() -> None:
    quick = [decided(10)._replace(ansoegning_id=f"A{place}") for place in range(4)]
    old = [an_application(modtaget_dato=-1)._replace(ansoegning_id=f"B{place}") for place in range(6)]
    told: Any = judged(*quick, *old).supervised.measures["total"]
    assert (told["median_days"], told["survival_median_days"], told["observed_days"]) == (10, None, 306)


def test_the_measures_by_hand() -> None:
    assert within([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], HALF) == 5
    assert within([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], NINE_TENTHS) == 9
    assert within([7], NINE_TENTHS) == 7
    assert within([], HALF) is None
    # of 4: one decided on day 2, one censored on day 2, then half of the two left on day 5: 3/4 and 3/8
    assert survival([(2, True), (2, False), (5, True), (9, False)], HALF) == 5
    assert survival([(2, True), (2, False), (5, True), (9, False)], NINE_TENTHS) is None


def test_the_rules_are_uniform() -> None:
    assert [rule.RULE.code for rule in RULES] == [
        *(f"SB10{number}" for number in range(1, 7)),
        *(f"SB20{number}" for number in range(1, 6)),
        *(f"SB30{number}" for number in range(1, 4)),
    ]
    for rule in RULES:
        assert all(one.startswith(tuple(TEXTS.acts)) for one in rule.RULE.citations)
        assert isinstance(rule.EXPLAIN, Explanation)
        parts = [part.name for part in fields(Explanation) if part.default is MISSING]
        assert all(len(getattr(rule.EXPLAIN, part)) > 20 for part in parts)


def rows_of(name: str) -> list[dict[str, str]]:
    with (LILLEBY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture(scope="module")
def lilleby() -> tuple[app.Report, dict[str, Any]]:
    report = app.check(LILLEBY)
    found = orjson.loads(b"".join(json.write(report)))
    Shape.model_validate(found)
    return report, found


def test_lilleby_shows_each_rule_and_its_near_miss(lilleby: tuple[app.Report, dict[str, Any]]) -> None:
    expected: dict[str, set[str]] = {}
    for row in rows_of("forventet_sagsbehandling"):
        expected.setdefault(row["ansoegning_id"], set()).add(row["kode"])
    found: dict[str, set[str]] = {row["ansoegning_id"]: set() for row in rows_of("ansoegninger")}
    ids = list(found)
    for one in lilleby[1]["findings"]:
        if one["subject"]["kind"] == "ansoegning":
            found[one["subject"]["id"]].add(one["code"])
        elif one["subject"]["id"] == "ansoegninger.csv":
            found[ids[one["evidence"][0]["row"] - 2]].add(one["code"])
    assert {name: some or {"ingen"} for name, some in found.items()} == expected
    assert len(expected) == 120
    assert set().union(*expected.values()) == {
        "ingen", "DQ005", *(rule.RULE.code for rule in RULES if not rule.RULE.code.startswith("SB3"))
    }  # fmt: skip


def test_lilleby_measures(lilleby: tuple[app.Report, dict[str, Any]]) -> None:
    told = lilleby[1]["supervisions"]["sagsbehandling"]
    assert list(told)[:5] == ["applications", "not_assessed", "types", "dead_periods", "complaints"]
    assert (told["applications"], told["not_assessed"]) == (120, 2)
    kept = {one["sagstype"]: (one["deadline_days"], one["due"], one["kept"]) for one in told["types"]}
    assert kept["Boligstøtte"] == (28, 15, 12)  # exactly 80 %
    assert kept["Enkeltydelser"] == (None, 0, 0)
    of_all = [(one["code"], one["subject"]["id"]) for one in lilleby[1]["findings"] if one["code"].startswith("SB3")]
    assert of_all == [("SB301", "Hjælpemidler"), ("SB302", "alle"), ("SB303", "Enkeltydelser")]
    first, second = ([one for one in told["complaints"] if one["quarter"] == f"2007-Q{number}"] for number in (1, 2))
    assert len(first) == len(second) == 4 * 3 * 3
    assert {one["change"] for one in first} == {None}
    assert [
        (one["count"], one["change"]) for one in second
        if (one["kategori"], one["kanal"], one["enhed"]) == ("sagsbehandlingstid", "borgmester", "Center Nord")
    ] == [(7, -2)]  # fmt: skip


def test_the_section_leads_with_the_number_and_has_its_pictures(lilleby: tuple[app.Report, dict[str, Any]]) -> None:
    (section,) = [one for one in lilleby[0].sections if one.title == "Sagsbehandling"]
    assert section.paragraphs[0].startswith("83,7 % af ansøgningerne er afgjort inden kommunens frist: 82 af 98")
    assert "11 % i 2005" in section.paragraphs[1]
    assert section.paragraphs[2].startswith(
        "4 ansøgninger har ligget stille hos kommunen i 4 døde perioder, i alt 100 dage. Ingen af dem er blandt dem, "
        "der er over fristen."
    )
    assert section.paragraphs[3].startswith("Gør nu:")
    assert isinstance(section.picture, Bars)
    assert section.picture.least == 80
    pictures = {part.title: part.picture for part in section.parts}
    assert isinstance(pictures["De længste døde perioder"], Lanes)
    assert isinstance(pictures["Klager pr. kvartal"], Columns)
    assert len(pictures["De længste døde perioder"].lanes) <= 10


@pytest.mark.parametrize(("first", "has_star"), [("2007-01-01", False), ("2007-02-01", True)])
def test_the_star_of_a_quarter_is_explained_where_one_is_shown(first: str, has_star: bool, tmp_path: Path) -> None:
    options = app.Options(date.fromisoformat(first), date(2007, 12, 31))
    (section,) = app.check(a_municipality(tmp_path), options).sections
    (part,) = [part for part in section.parts if part.title == "Klager pr. kvartal"]
    assert part.table is not None
    assert any(str(row[0]).endswith("*") for row in part.table.rows) == has_star
    assert any("* er et kvartal" in one for one in part.paragraphs) == has_star


def test_the_figures_of_the_visitationstilsyn_are_what_they_are_without(
    lilleby: tuple[app.Report, dict[str, Any]], tmp_path: Path
) -> None:
    for name in ("sager", "samtaler", "perioder", "udbetalinger", "journal"):
        (tmp_path / f"{name}.csv").write_bytes((LILLEBY / f"{name}.csv").read_bytes())
    configuration = (LILLEBY / "kommunecheck.toml").read_text(encoding="utf-8")  # its section may stay
    (tmp_path / "kommunecheck.toml").write_text(
        configuration + '\n[plugins]\ndisable = ["sagsbehandling"]\n', encoding="utf-8"
    )
    alone = orjson.loads(b"".join(json.write(app.check(tmp_path))))
    both = lilleby[1]
    assert (alone["summary"], alone["cases"]) == (both["summary"], both["cases"])
    own = [one for one in both["findings"] if one["code"].startswith("VT")]
    assert own == [one for one in alone["findings"] if one["code"].startswith("VT")]
    assert "sagsbehandling" not in alone["supervisions"]
    assert not any(name.endswith("dead_period_days") for name in alone["run"]["parameters"])


def a_municipality(folder: Path) -> Path:
    for name in ("ansoegninger", "sagsskridt", "klager"):
        (folder / f"{name}.csv").write_bytes((LILLEBY / f"{name}.csv").read_bytes())
    return folder


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    """Exit status, and what is said."""
    status = run_command([str(word) for word in words])
    said = capsys.readouterr()
    return status, said.out + said.err


def answered(file: Path, change: dict[str, str] | None = None) -> None:
    """Fill in the workbook: reasons are missing in the first case, the rest is fulfilled."""
    book = openpyxl.load_workbook(file)
    sheet = book["Gennemgang"]
    rows = list(sheet.iter_rows())
    head = next(place for place, row in enumerate(rows) if row[0].value == "Nr.")
    places = {cell.value: cell.column - 1 for cell in rows[head] if cell.value}
    for row in rows[head + 1 :]:
        key = row[places["Nr."]].value
        if key:
            wrong = key.startswith("001-") and row[places["Garanti"]].value == "Begrundelsen"
            row[places["Svar"]].value = (change or {}).get(key, "ikke opfyldt" if wrong else "opfyldt")
            row[places["Bemærkning"]].value = "hemmeligt om Jens"
    book.save(file)


def test_a_review_is_drawn_answered_taken_back_and_counted_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = a_municipality(tmp_path)
    dates = ("--from", "2007-01-01", "--to", "2007-06-30", "--cutoff", "2007-12-31")
    status, said = run(capsys, "review", "draw", folder, "--n", 1, "--seed", "7", *dates, "-o", tmp_path / "g.xlsx")
    assert (status, said.startswith("Udtaget 12 af ")) == (0, True)
    first = (tmp_path / "g.xlsx").read_bytes()
    assert run(capsys, "review", "draw", folder, "-o", tmp_path / "g.xlsx")[0] == 2  # it may be filled in
    run(capsys, "review", "draw", folder, "--n", 1, "--seed", "7", *dates, "-o", tmp_path / "h.xlsx")
    assert (tmp_path / "h.xlsx").read_bytes() == first
    status, said = run(capsys, "review", "read", tmp_path / "g.xlsx", folder)
    assert status == 2
    assert "ventes opfyldt, ikke opfyldt, ikke relevant eller kan ikke ses" in said
    answered(tmp_path / "g.xlsx")
    status, said = run(capsys, "review", "read", tmp_path / "g.xlsx", folder, "-o", tmp_path / "gennemgang.json")
    assert status == 0, said
    assert "Begrundelsen: opfyldt 11, ikke opfyldt 1, ikke relevant 0, kan ikke ses 0" in said
    kept = (tmp_path / "gennemgang.json").read_bytes()
    assert b"Jens" not in kept
    assert len(Review.model_validate_json(kept).answers) == 12 * len(SAFEGUARDS)

    before = app.check(folder)
    (folder / "kommunecheck.toml").write_text('[sagsbehandling]\nreview = "gennemgang.json"\n')
    after = app.check(folder)
    assert [one.finding for one in after.findings] == [one.finding for one in before.findings]
    told: Any = after.supervisions[0].measures["review"]
    (reasons,) = [one for one in told["safeguards"] if one["safeguard"] == "Begrundelsen"]
    low, high = wilson(11, 12)
    assert (reasons["fulfilled"], reasons["not_fulfilled"], reasons["share"]) == (11, 1, "91.7")
    assert (reasons["low"], reasons["high"]) == (f"{100 * low:.1f}", f"{100 * high:.1f}")
    assert sum(one["fulfilled"] for one in told["units"]) == sum(one["fulfilled"] for one in told["target_groups"])
    (section,) = after.sections
    assert "Gennemgang pr. målgruppe" in {part.title for part in section.parts}
    assert before.run.digest != after.run.digest
    again = run(capsys, "review", "read", tmp_path / "g.xlsx", folder, "-o", folder / "gennemgang.json")
    assert again[0] == 0, "the command that the file is from may write it anew"
    assert (folder / "gennemgang.json").read_bytes() == kept


@pytest.mark.parametrize("seed", ["", " 7", "a\x07", "010180-1239"])
def test_a_seed_that_a_workbook_cannot_give_back_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: str
) -> None:
    status, said = run(capsys, "review", "draw", LILLEBY, "--seed", seed, "-o", tmp_path / "g.xlsx")
    assert (status, said[:12]) == (2, "Fejl: --seed")
    assert not (tmp_path / "g.xlsx").exists()


def test_a_review_of_another_list_is_refused_and_a_wrong_file_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = a_municipality(tmp_path)
    run(capsys, "review", "draw", folder, "--n", 1, "-o", tmp_path / "g.xlsx")
    answered(tmp_path / "g.xlsx")
    rows = (folder / "ansoegninger.csv").read_text(encoding="utf-8").splitlines()
    (folder / "ansoegninger.csv").write_text("\n".join(rows[:60]) + "\n", encoding="utf-8")
    status, said = run(capsys, "review", "read", tmp_path / "g.xlsx", folder, "-o", tmp_path / "x.json")
    assert status == 2
    assert "en anden liste" in said
    assert not (tmp_path / "x.json").exists()
    for content in ("{}", "", None):
        (folder / "kommunecheck.toml").write_text('[sagsbehandling]\nreview = "x.json"\n')
        if content is not None:
            (tmp_path / "x.json").write_text(content)
        report = app.check(folder)
        assert any("[sagsbehandling] review" in warning for warning in report.run.warnings)
        (tmp_path / "x.json").unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ('[sagsbehandling.deadlines]\n"Bolig" = "56"', "der ventes et helt antal dage eller en liste af tidsrum"),
        ('[sagsbehandling.deadlines]\n"Bolig" = [{ dage = 5 }]', "nøglen »sagsbehandling.deadlines.Bolig.0.dage«"),
        ('[sagsbehandling.deadlines]\n"Bolig" = 5\n"bolig " = 6', "to frister gælder samme sagstype"),
        (
            '[sagsbehandling.deadlines]\n"Bolig" = [{ days = 5, to = 2007-05-01 }, { days = 6, from = 2007-05-01 }]',
            "de må ikke overlappe",
        ),
        ("[sagsbehandling]\ntarget_share = 101", "tallet er for stort"),
        ("[sagsbehandling]\ndead_period_day = 3", "Mente du »dead_period_days«?"),
    ],
)
def test_a_wrong_setting_is_told_in_one_sentence(tmp_path: Path, given: str, said: str) -> None:
    (a_municipality(tmp_path) / "kommunecheck.toml").write_text(given)
    with pytest.raises(UserError) as raised:
        app.check(tmp_path)
    assert said in str(raised.value)


def test_settings_set_the_parameters_and_the_report_says_so(tmp_path: Path) -> None:
    (a_municipality(tmp_path) / "kommunecheck.toml").write_text("[sagsbehandling]\ndead_period_days = 40\n")
    parameters = {one.name: one for one in app.check(tmp_path).run.parameters}
    assert (parameters["dead_period_days"].value, parameters["dead_period_days"].overridden) == (40, True)
    assert (parameters["receipt_days"].value, parameters["receipt_days"].overridden) == (10, False)


@pytest.mark.parametrize(
    ("file", "table", "columns"),
    [("Ansøgninger 2007.csv", "ansoegninger", 17), ("Sagsgang.csv", "sagsskridt", 5),
     ("Klager til borgmester m.fl.csv", "klager", 7)],
)  # fmt: skip
def test_a_municipalitys_own_headings_are_guessed(file: str, table: str, columns: int) -> None:
    folder = LILLEBY.parent / "lilleby-raa"
    (seen,) = look_at(folder / file, load(), file).seen
    assert seen.table is not None
    assert (seen.table.name, seen.table.sure) == (table, True)
    shape = next(one for one in TABLES if one.name == table)
    assert len(shape.columns) == columns
    assert [one.ours for one in seen.table.columns] == [one.name for one in shape.columns]


def test_a_file_that_no_setting_of_the_plugins_names_is_refused() -> None:
    whole = Brought("x", "1", "x", TABLES, settings={"sagsbehandling": Settings}, supervisions=(SUPERVISION,))
    refuse_misshapen(whole)
    with pytest.raises(RefusedError, match="har files, der ikke er nøgler i dets egne afsnit"):
        refuse_misshapen(whole._replace(supervisions=(replace(SUPERVISION, files=("sagsbehandling.svar",)),)))
    with pytest.raises(RefusedError, match="har also eller also_codes"):
        refuse_misshapen(whole._replace(tables=(replace(TABLES[0], also=("",)), *TABLES[1:])))


def test_explain_tells_how_a_rule_was_used_on_an_application(capsys: pytest.CaptureFixture[str]) -> None:
    status, said = run(capsys, "explain", "SB101", "--case", "A001", LILLEBY)
    assert status == 0
    assert "Fristen var 26. april 2007: 1 dag for sent." in " ".join(said.split())


def test_complaints_alone_are_counted(tmp_path: Path) -> None:
    (tmp_path / "klager.csv").write_bytes((LILLEBY / "klager.csv").read_bytes())
    report = app.check(tmp_path)
    told: Any = report.supervisions[0].measures
    assert (told["applications"], sum(one["count"] for one in told["complaints"])) == (0, len(rows_of("klager")))
    assert {code for code, _ in report.run.not_run} >= {rule.RULE.code for rule in RULES}


def test_the_records_are_rows_of_their_tables() -> None:
    for table, record in zip(TABLES, (Application, Step, Complaint), strict=True):
        assert table.record is record
