"""A year of 40 control cases, counted by hand.

The year is 2022. Two older cases let every window from December 2021 on be complete. What happens in the year stands in
``CASES``, and what must come of it was worked out by hand, month by month, in the comments: on month boundaries a case
is issued, drawn, taken off, opened or closed on the first or the last day of a month.
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kommunecheck import app
from kommunecheck.domain.days import iso
from kommunecheck.domain.finding import fingerprint
from kommunecheck.setup import Options

COLUMNS = (
    "kontrolsag_id;kontroltrin;ydelse;udstillet_dato;udtaget_dato;visiteret_dato;fjernet_dato;oprettet_dato;"
    "afsluttet_dato;tilbagebetalingskrav;mindreudgift"
)

KTH, SDP, FRI = "kontanthjaelp", "sygedagpenge", "oekonomisk_friplads"

OLDER = f"""\
O1;3;{KTH};2021-01-04;2021-12-31;2021-12-31;;2022-01-01;2022-01-31;;0,01
O2;2;{KTH};2021-01-31;2021-02-01;;;2021-02-28;2021-12-31;500,00;
"""

# Trin 3, kontanthjælp: one a month, issued on the first. A03 and A07 are taken off unused on their month's last
# day. A02 is drawn on the first day of the month after, and nothing more is done with it.
KONTANTHJAELP = f"""\
A01;3;{KTH};2022-01-01;2022-01-31;2022-02-15;;;;;
A02;3;{KTH};2022-02-01;2022-03-01;;;;;;
A03;3;{KTH};2022-03-01;;;2022-03-31;;;;
A04;3;{KTH};2022-04-01;2022-04-30;;;2022-05-01;2022-05-31;1.500,00;
A05;3;{KTH};2022-05-01;;;;;;;
A06;3;{KTH};2022-06-01;;;;;;;
A07;3;{KTH};2022-07-01;;;2022-07-31;;;;
A08;3;{KTH};2022-08-01;;;;;;;
A09;3;{KTH};2022-09-01;;;;;;;
A10;3;{KTH};2022-10-01;;;;;;;
A11;3;{KTH};2022-11-01;;;;;;;
A12;3;{KTH};2022-12-01;;;;;;;
"""

# Trin 3, sygedagpenge: every other month, issued on the last day. S1 is closed with 0.00 twice: no result.
# S3 is drawn the day it is issued, and dropped the same day when it is screened: it stays drawn.
SYGEDAGPENGE = f"""\
S1;3;{SDP};2022-01-31;2022-02-01;;;2022-02-28;2022-12-31;0,00;0,00
S3;3;{SDP};2022-03-31;2022-03-31;;2022-03-31;;;;
S5;3;{SDP};2022-05-31;;;;;;;
S7;3;{SDP};2022-07-31;;;2022-12-31;;;;
S9;3;{SDP};2022-09-30;;;;;;;
S11;3;{SDP};2022-11-30;;;;;;;
"""

FRIPLADS = f"""\
F2;3;{FRI};2022-02-15;2022-02-28;;;2022-03-31;2022-06-30;100,00;
F4;3;{FRI};2022-04-15;;;;;;;
F6;3;{FRI};2022-06-15;2022-06-30;;;2022-07-01;;;
F8;3;{FRI};2022-08-15;;;;;;;
F10;3;{FRI};2022-10-15;;;;;;;
F12;3;{FRI};2022-12-15;;;;;;;
"""

# Trin 2: three are drawn, and from July on ever more are left. T12 is taken off the day it is issued.
TRIN_2 = f"""\
T01;2;{KTH};2022-01-01;2022-01-01;;;2022-01-31;2022-02-01;;250,00
T02;2;{KTH};2022-01-31;2022-02-28;;;2022-03-01;;;
T03;2;{KTH};2022-02-01;2022-06-30;;;2022-07-31;2022-08-31;;
T04;2;{KTH};2022-03-01;;;2022-09-30;;;;
T05;2;{KTH};2022-03-31;;;2022-11-30;;;;
T06;2;{KTH};2022-04-30;;;;;;;
T07;2;{KTH};2022-05-01;;;;;;;
T08;2;{KTH};2022-05-31;;;;;;;
T09;2;{KTH};2022-06-15;;;;;;;
T10;2;{KTH};2022-06-30;;;;;;;
T11;2;{KTH};2022-07-01;;;;;;;
T12;2;{KTH};2022-07-31;;;2022-07-31;;;;
T13;2;{KTH};2022-08-15;;;;;;;
T14;2;{KTH};2022-09-30;;;;;;;
T15;2;{KTH};2022-10-01;;;;;;;
T16;2;{KTH};2022-11-30;;;;;;;
"""

CASES = KONTANTHJAELP + SYGEDAGPENGE + FRIPLADS + TRIN_2
MONTHS = [f"2022-{month:02d}" for month in range(1, 13)]


def municipality(folder: Path, cases: str) -> Path:
    (folder / "kontrolsager.csv").write_text(f"{COLUMNS}\n{cases}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The report of the year, and what it says of the measures."""
    folder = municipality(tmp_path_factory.mktemp("year"), OLDER + CASES)

    @cache
    def judged(cutoff: str | None = None) -> Any:
        return app.check(folder, Options(cutoff=None if cutoff is None else date.fromisoformat(cutoff)))

    return judged


def measures(report: Any) -> Any:
    return report.supervisions[0].measures


def of_year(report: Any, trin: str, benefit: str, *names: str) -> list[tuple[Any, ...]]:
    """The values month by month in 2022."""
    own = {
        one["month"]: one
        for one in measures(report)["months"]
        if (one["kontroltrin"], one["ydelse"]) == (trin, benefit)
    }
    return [tuple(own[month][name] for name in names) for month in MONTHS]


def test_there_are_forty_cases_in_the_year_and_all_are_used(year: Any) -> None:
    assert len(CASES.splitlines()) == 40
    (source,) = year().run.sources.values()
    assert (source.rows, source.rows_used) == (42, 42)
    assert measures(year())["set_aside"] == 0
    assert (measures(year())["cutoff"], measures(year())["register_from"]) == ("2022-12-31", "2021-01-01")
    assert len(measures(year())["months"]) == 24 * 6


def test_trin_3_in_all(year: Any) -> None:
    # Draws: O1 31.12.21, A01 31.1, S1 1.2, F2 28.2, A02 1.3, S3 31.3, A04 30.4, F6 30.6. O1 is in the window of
    # November 2022 (from 1.12.21) and not in that of December.
    # Left at the end of the month: Jan S1. Feb A02. Mar nothing (A03 taken off that day). Apr F4. May + A05 S5.
    # Jun + A06. Jul + S7 (A07 taken off). Aug + A08 F8. Sep + A09 S9. Oct + A10 F10. Nov + A11 S11. Dec + A12 F12 - S7.
    assert of_year(year(), "3", "alle", "drawn", "left", "share") == [
        (2, 1, "66.67"),  # 2/3
        (4, 1, "80.00"),
        (6, 0, "100.00"),
        (7, 1, "87.50"),
        (7, 3, "70.00"),
        (8, 4, "66.67"),
        (8, 5, "61.54"),  # 8/13 = 0.61538
        (8, 7, "53.33"),  # 8/15
        (8, 9, "47.06"),  # 8/17 = 0.47058
        (8, 11, "42.11"),  # 8/19 = 0.42105
        (8, 13, "38.10"),  # 8/21 = 0.38095
        (7, 14, "33.33"),  # O1 has left the window
    ]


def test_what_was_opened_of_what_was_drawn_in_trin_3(year: Any) -> None:
    # Of the drawn: O1 opened 1.1, S1 28.2, F2 31.3, A04 1.5 (drawn 30.4), F6 1.7 (drawn 30.6). December is without O1.
    assert of_year(year(), "3", "alle", "opened") == [(n,) for n in (1, 2, 3, 3, 4, 4, 5, 5, 5, 5, 5, 4)]


def test_what_was_closed_in_trin_3(year: Any) -> None:
    # Closed: O1 31.1 (0.01 kr. less spent), A04 31.5 (claim), F2 30.6 (claim), S1 31.12 (0.00 and 0.00: no result).
    # Opened in the window and not closed by its last day: Jan none (O1 closed 31.1). Feb S1. Mar-May S1 F2 (A04 is
    # opened 1.5 and closed 31.5). Jun S1. Jul-Nov S1 F6. Dec F6.
    names = ("closed", "closed_with_result", "opened_in_window", "not_closed")
    assert of_year(year(), "3", "alle", *names) == [
        (1, 1, 1, 0),
        (1, 1, 2, 1),
        (1, 1, 3, 2),
        (1, 1, 3, 2),
        (2, 2, 4, 2),
        (3, 3, 4, 1),
        (3, 3, 5, 2),
        (3, 3, 5, 2),
        (3, 3, 5, 2),
        (3, 3, 5, 2),
        (3, 3, 5, 2),
        (4, 3, 5, 1),
    ]


def test_trin_3_benefit_by_benefit(year: Any) -> None:
    # Kontanthjælp: drawn O1 A01, + A02 in March, + A04 in April; left A02 in February, A05 from May, A06 from June,
    # then A08 A09 A10 A11 A12 one a month.
    assert of_year(year(), "3", KTH, "drawn", "left") == [
        (2, 0), (2, 1), (3, 0), (4, 0), (4, 1), (4, 2), (4, 2), (4, 3), (4, 4), (4, 5), (4, 6), (3, 7),
    ]  # fmt: skip
    # Sygedagpenge: drawn S1 in February, S3 in March; left S1 in January, then S5, S7, S9, S11, December without S7.
    assert of_year(year(), "3", SDP, "drawn", "left") == [
        (0, 1), (1, 0), (2, 0), (2, 0), (2, 1), (2, 1), (2, 2), (2, 2), (2, 3), (2, 3), (2, 4), (2, 3),
    ]  # fmt: skip
    # Friplads: nothing at all in January, which is no share; drawn F2 in February, F6 in June; left F4, F8, F10, F12.
    assert of_year(year(), "3", FRI, "drawn", "left", "share") == [
        (0, 0, None), (1, 0, "100.00"), (1, 0, "100.00"), (1, 1, "50.00"), (1, 1, "50.00"), (2, 1, "66.67"),
        (2, 1, "66.67"), (2, 2, "50.00"), (2, 2, "50.00"), (2, 3, "40.00"), (2, 3, "40.00"), (2, 4, "33.33"),
    ]  # fmt: skip


def test_trin_2(year: Any) -> None:
    # Draws: O2 1.2.21 (the first day of the window of January 2022), T01 1.1, T02 28.2, T03 30.6.
    # Left: Jan T02. Feb T03. Mar + T04 T05. Apr + T06. May + T07 T08. Jun + T09 T10 - T03. Jul + T11 (T12 taken off).
    # Aug + T13. Sep + T14 - T04. Oct + T15. Nov + T16 - T05. Dec as November.
    assert of_year(year(), "2", "alle", "drawn", "left", "share") == [
        (2, 1, "66.67"),
        (2, 1, "66.67"),
        (2, 3, "40.00"),
        (2, 4, "33.33"),
        (2, 6, "25.00"),
        (3, 7, "30.00"),  # exactly the threshold: not under
        (3, 8, "27.27"),
        (3, 9, "25.00"),
        (3, 9, "25.00"),
        (3, 10, "23.08"),
        (3, 10, "23.08"),
        (3, 10, "23.08"),
    ]
    # Opened of the drawn: Jan O2 T01. Feb T01 (T02 is opened 1.3). Mar-Jun + T02. From July + T03 (31.7).
    # Closed: O2 31.12.21 (claim; not in December's window), T01 1.2 (less spent), T03 31.8 (nothing).
    # Opened in the window: Jan O2 (28.2.21) T01. Feb T01. Mar + T02. Jul + T03. Not closed: Jan T01. Feb none.
    # Mar-Jun T02. Jul T02 T03. From August T02.
    names = ("opened", "closed", "closed_with_result", "opened_in_window", "not_closed")
    assert of_year(year(), "2", "alle", *names) == [
        (2, 1, 1, 2, 1),
        (1, 2, 2, 1, 0),
        (2, 2, 2, 2, 1),
        (2, 2, 2, 2, 1),
        (2, 2, 2, 2, 1),
        (2, 2, 2, 2, 1),
        (3, 2, 2, 3, 2),
        (3, 3, 2, 3, 1),
        (3, 3, 2, 3, 1),
        (3, 3, 2, 3, 1),
        (3, 3, 2, 3, 1),
        (3, 2, 1, 3, 1),
    ]


def test_the_two_together_are_the_sum(year: Any) -> None:
    # June: 8 + 3 drawn, 4 + 7 left: 11/22. December: 7 + 3 drawn, 14 + 10 left: 10/34 = 0.29411.
    both = of_year(year(), "alle", "alle", "drawn", "left", "share")
    assert (both[5], both[11]) == ((11, 11, "50.00"), (10, 24, "29.41"))


def test_windows_are_complete_from_the_twelfth_month_of_the_register(year: Any) -> None:
    complete = {one["month"]: one["complete_window"] for one in measures(year())["months"]}
    assert [month for month, whole in complete.items() if not whole] == [f"2021-{month:02d}" for month in range(1, 12)]


def found(report: Any, *codes: str) -> list[tuple[Any, ...]]:
    return [
        (one.finding.rule.code, one.subject.id, iso(one.finding.date), one.finding.period and tuple(
            map(iso, one.finding.period)))
        for one in report.findings if one.finding.rule.code in codes
    ]  # fmt: skip


def test_trin_2_reaches_ks101_in_its_sixth_month_under(year: Any) -> None:
    # July to December are under, six in a row; May was under too, but June was not, and ends that run.
    run = ("2022-07-01", "2022-12-31")
    assert found(year(), "KS101", "KS102") == [("KS101", "trin 2", "2022-12-31", run)]
    assert found(year("2022-11-30"), "KS101", "KS102") == [
        ("KS102", "trin 2", "2022-11-30", ("2022-07-01", "2022-11-30"))
    ]
    assert found(year("2022-06-30"), "KS101", "KS102") == []
    assert found(year("2022-05-31"), "KS101", "KS102") == [
        ("KS102", "trin 2", "2022-05-31", ("2022-05-01", "2022-05-31"))
    ]


def test_it_is_the_same_matter_while_the_run_lasts(year: Any) -> None:
    marks = {
        fingerprint(one.finding, one.subject)
        for cutoff in (None, "2022-11-30", "2022-07-31")
        for one in year(cutoff).findings
        if one.finding.rule.code in ("KS101", "KS102")
    }
    assert len(marks) == 1
    (may,) = [one for one in year("2022-05-31").findings if one.finding.rule.code == "KS102"]
    assert fingerprint(may.finding, may.subject) not in marks


def test_what_must_be_drawn(year: Any) -> None:
    # Trin 2 in December: 3 of 13; 30 % is 3.9, so 4: one more. In January T01 (drawn 1.1.22) leaves the window: 2 of
    # 12; 30 % is 3.6, so 4: two. Trin 3: 7 of 21 is enough; in January A01 leaves, 6 of 20 is exactly 30 %: none.
    assert measures(year())["trin"] == [
        {"kontroltrin": "2", "months_low": 6, "months_low_complete": 6, "to_draw": 1, "to_draw_next": 2},
        {"kontroltrin": "3", "months_low": 0, "months_low_complete": 0, "to_draw": 0, "to_draw_next": 0},
    ]


def test_the_one_case_that_nobody_looked_at(year: Any) -> None:
    # A02 was drawn 1.3: 31.3 is 30 days after, 30.4 is 60, 30.5 is 90. A01 was screened, S3 was dropped.
    assert found(year(), "KS103") == [("KS103", "A02", "2022-05-30", None)]
    assert found(year("2022-05-30"), "KS103") == [("KS103", "A02", "2022-05-30", None)]
    assert found(year("2022-05-29"), "KS103") == []


def test_a_month_that_the_cutoff_cuts_short_is_provisional_and_judged_by_no_rule(year: Any) -> None:
    # On 15 July: T11 is left beside the seven of June: 3 of 11. June is the last month that is judged.
    report = year("2022-07-15")
    assert measures(report)["months"][-1]["month"] == "2022-06"
    assert found(report, "KS101", "KS102") == []
    assert measures(report)["provisional"] == [
        {"month": "2022-07", "kontroltrin": "2", "drawn": 3, "left": 8, "share": "27.27", "to_draw": 1},
        {"month": "2022-07", "kontroltrin": "3", "drawn": 8, "left": 5, "share": "61.54", "to_draw": 0},
    ]


def test_without_the_older_cases_no_window_before_december_is_complete(tmp_path: Path) -> None:
    # The register then begins 1.1.2022: only December's window is complete, so six months under are no KS101.
    report = app.check(municipality(tmp_path, CASES))
    assert measures(report)["trin"][0] == {
        "kontroltrin": "2", "months_low": 6, "months_low_complete": 1, "to_draw": 1, "to_draw_next": 2,
    }  # fmt: skip
    assert found(report, "KS101", "KS102") == [("KS102", "trin 2", "2022-12-31", ("2022-07-01", "2022-12-31"))]
