"""Documents for different readers, and one for each team: the same facts in another order, and no other team's."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import docx
import pytest
from alone import (
    FURTHER,
    WITHOUT_SAMTALER,
    everything_of,
    lilleby_alone,
    lilleby_without_samtaler,
    report_without_samtaler,
)
from as_files import report_on
from docx.oxml.ns import qn

from kommunecheck.cli import run
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.report import Reader, Report
from kommunecheck.domain.wording import kroner
from kommunecheck.reports import excel, html, word
from kommunecheck.reports.advice import to_do
from kommunecheck.reports.causes import rule_totals
from kommunecheck.reports.comparing import shown_as, team_shares
from kommunecheck.reports.running import still_running
from kommunecheck.reports.section import judged
from kommunecheck.splitting import MOST, by_team, file_names
from kommunecheck.testing import a_case
from kommunecheck.totals import summarise

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl reads the workbook back")

LILLEBY, EVERY_TABLE = lilleby_alone(), Path(__file__).parent.parent / "examples" / "lilleby"


def report(reader: Reader | None = None) -> Report:
    return replace(everything_of(LILLEBY), reader=reader)


def document(told: Report) -> Any:
    return docx.Document(io.BytesIO(b"".join(word.write(told))))


@cache
def document_for(reader: Reader | None) -> Any:
    return document(report(reader))


def texts(made: Any) -> list[str]:
    every = made.element.body.iter(qn("w:p"))
    return [
        "".join(t.text or "" for t in p.iter(qn("w:t"))).replace("\u00a0", " ").replace("\u2011", "-") for p in every
    ]


def sections(made: Any) -> list[str]:
    return [p.text.replace("\u00a0", " ") for p in made.paragraphs if p.style.name == "Heading 1"]


def sag_ids(made: Any) -> set[str]:
    return set(re.findall(r"\bL\d{3}\b", "\n".join(texts(made))))


def page(told: Report) -> str:
    return b"".join(html.write(told)).decode()


def titles(shown: str) -> list[str]:
    return re.findall(r"<h2[^>]*>([^<]*)</h2>", shown)


# For whom


def test_a_leader_reads_the_loss_the_teams_and_what_runs_before_anything_else() -> None:
    assert sections(document_for(Reader.LEADER)) == [
        "Ledelsesresumé",
        "Anbefalinger",
        "Efter team",
        "Måned for måned",
        "Det løber stadig",
        "Kommende frister",
        "Fund efter regel",
        "Hvad tallene hviler på",
        "Hvad der ikke er set på",
        "Kilder",
        "Ord i rapporten",
    ]


def test_an_auditor_reads_sources_method_and_what_was_not_checked_first() -> None:
    told = sections(document_for(Reader.AUDITOR))
    assert told[:4] == ["Ledelsesresumé", "Kilder", "Metode", "Hvad der ikke er set på"]
    assert set(told) == set(sections(document_for(None))) - {"Anbefalinger"}


def test_a_case_worker_reads_what_to_do() -> None:
    made = document_for(Reader.CASE_WORKER)
    assert sections(made)[:3] == ["Det løber stadig", "Kommende frister", "Sagerne og det, der skal gøres"]
    said = "\n".join(texts(made))
    for one in still_running(report()):
        assert f"Stop tabet: {one.told}." in said
    ahead = report().upcoming
    assert ahead is not None
    assert {one.sag_id for one in ahead.deadlines} <= sag_ids(made)


def test_each_finding_of_a_case_stands_with_what_to_do() -> None:
    told = replace(report(Reader.CASE_WORKER), word_cases=1000)
    said = "\n".join(texts(document(told)))
    for placed in told.findings:
        if placed.sag_id is not None:
            assert placed.finding.message in said
            assert to_do(told, placed.finding) in said


@pytest.mark.parametrize(("made", "not_counted"), [(report, 0), (partial(report_without_samtaler, *FURTHER), 3)])
def test_word_and_page_have_as_many_cases_for_a_case_worker(made: Callable[[], Report], not_counted: int) -> None:
    told = replace(made(), reader=Reader.CASE_WORKER, word_cases=1000)
    found = len({placed.sag_id for placed in told.findings} - {None})
    headings = [line for line in texts(document(told)) if line.startswith("Sag ")]
    assert len(headings) == found
    assert any(f"Her er alle {found} sager med fund." in line for line in texts(document(told)))
    assert f"{found} sager har fund." in page(told).replace("&nbsp;", " ").replace("\u00a0", " ")
    assert (
        len({placed.sag_id for placed in told.findings} - {None} - {case.sag_id for case in judged(told)})
        == not_counted
    )
    assert sum(line.endswith(" · ikke talt med i tilsynet") for line in texts(document(told))) == not_counted


def test_of_many_cases_it_is_said_of_how_many() -> None:
    told = replace(report(Reader.CASE_WORKER), word_cases=3)
    assert any(re.search(r"de 3 dyreste af \d+ sager med fund", line) for line in texts(document(told)))


@pytest.mark.parametrize("reader", Reader)
def test_a_page_has_the_sections_of_word_in_the_same_order(reader: Reader) -> None:
    """The cases are called by other names."""
    called = {"De dyreste sager": "Sager", "Sagerne og det, der skal gøres": "Sager"}
    assert titles(page(report(reader))) == [called.get(title, title) for title in sections(document(report(reader)))]


@pytest.mark.parametrize("reader", Reader)
def test_no_link_of_a_page_leads_nowhere(reader: Reader) -> None:
    shown = page(report(reader))
    places = set(re.findall(r' id="([^"]+)"', shown))
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= places
    assert bool(re.search(r' id="sag-\d+"', shown)) == (reader is not Reader.LEADER)


def test_only_a_case_worker_is_told_in_each_case_what_to_do() -> None:
    stop = "Hold samtalen nu. Tabet stopper dagen før, den holdes."
    counted = {reader: page(report(reader)).split('id="sager"')[-1].count(stop) for reader in (None, *Reader)}
    assert counted[Reader.CASE_WORKER] > counted[None] + 3


def test_of_many_cases_a_leaders_page_is_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "ONE_FILE", 50)
    assert html.pages(report(Reader.LEADER), "r.html") is None
    assert html.pages(report(Reader.CASE_WORKER), "r.html") is not None


@pytest.mark.parametrize("reader", Reader)
def test_the_amount_is_the_same_for_every_reader(reader: Reader) -> None:
    assert kroner(report().summary.expected.refund_lost) in "\n".join(texts(document_for(reader)))


@pytest.mark.parametrize("reader", Reader)
def test_no_link_of_a_document_leads_nowhere(reader: Reader) -> None:
    body = document_for(reader).element.body
    places = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    assert {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))} <= places


@cache
def sheets(reader: Reader | None) -> Any:
    return openpyxl.load_workbook(io.BytesIO(b"".join(excel.write(report(reader)))))


@pytest.mark.parametrize("reader", Reader)
def test_every_reader_gets_every_sheet_in_an_order_of_his_own(reader: Reader) -> None:
    everybody, made = sheets(None), sheets(reader)
    assert set(made.sheetnames) == set(everybody.sheetnames)
    assert made.sheetnames != everybody.sheetnames
    assert made.worksheets[0].sheet_state == "visible"
    for sheet in made:
        assert sheet.print_title_rows == everybody[sheet.title].print_title_rows
        if sheet.title != "Resumé":  # which names the hidden sheets
            assert sheet.tables.items() == everybody[sheet.title].tables.items()


def test_what_is_hidden_is_named_on_the_first_sheet_and_no_link_leads_there() -> None:
    made = sheets(Reader.LEADER)
    hidden = [sheet.title for sheet in made if sheet.sheet_state == "hidden"]
    said = " ".join(str(cell.value) for row in made["Resumé"].iter_rows() for cell in row)
    assert hidden
    assert all(name in said[said.index("Skjulte ark") :] for name in hidden)
    links = {cell.hyperlink.location for row in made["Resumé"].iter_rows() for cell in row if cell.hyperlink}
    assert not any(name in link for name in hidden for link in links)


def test_the_command_writes_for_a_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["check", str(LILLEBY), "-o", str(tmp_path / "r.docx"), "--for", "revisor"]) == 1
    assert sections(docx.Document(str(tmp_path / "r.docx")))[1] == "Kilder"
    monkeypatch.setenv("KOMMUNECHECK_FOR", "leder")
    assert run(["check", str(LILLEBY), "-o", str(tmp_path / "r.docx")]) == 1
    assert sections(docx.Document(str(tmp_path / "r.docx")))[1:3] == ["Anbefalinger", "Efter team"]
    assert run(["check", str(LILLEBY), "--for", "nabo"]) == 2


# A document for each team


def test_each_team_has_its_own_cases_and_no_others() -> None:
    parts = by_team(report())
    assert [case for part in parts.values() for case in part.cases] == sorted(
        report().cases, key=lambda case: (case.team or "", case.sag_id)
    )
    for team, part in parts.items():
        own = {case.sag_id for case in report().cases if case.team == team}
        assert sag_ids(document(part)) <= own
        assert part.summary == summarise([case for case in report().cases if case.team == team], paid_known=True)
        assert any("Kun sagerne i" in line for line in texts(document(part)))
    lost = [part.summary.expected.refund_lost or 0 for part in parts.values()]
    assert sum(lost) == report().summary.expected.refund_lost


@pytest.mark.parametrize("code", ["RT101", "RT102", "RT108", "VT101"])
def test_what_a_rule_of_any_supervision_costs_is_divided_among_the_teams(code: str) -> None:
    every = everything_of(EVERY_TABLE)
    (total,) = (one.lost for one in rule_totals(every) if one.rule.code == code)
    shares = {team: lost for (rule, team), lost in team_shares(every).items() if rule == code}
    assert total.alone_refund
    assert sum(lost or 0 for lost in shares.values()) == total.alone_refund
    for team, part in by_team(every).items():
        own = [one.lost.alone_refund for one in rule_totals(part) if one.rule.code == code]
        assert sum(lost or 0 for lost in own) == shares.get(shown_as(every, team), 0)


def test_the_teams_add_up_to_what_all_supervisions_come_to() -> None:
    every = everything_of(EVERY_TABLE)
    together = [part.combined for part in by_team(every).values()]
    assert every.combined.shared_days
    assert sum(one.shared_days for one in together) == every.combined.shared_days
    assert sum(one.expected.refund_lost or 0 for one in together) == every.combined.expected.refund_lost
    assert sum(one.expected.days for one in together) == every.combined.expected.days


def test_the_page_of_a_team_has_its_own_cases_and_says_so() -> None:
    part = by_team(report())["Team Nord"]
    shown = page(part)
    assert "Kun sagerne i Team Nord." in shown
    own = {case.sag_id for case in report().cases if case.team == "Team Nord"}
    assert set(re.findall(r"\bL\d{3}\b", shown)) <= own
    assert titles(shown)[0] == "Det løber stadig"


def test_cases_without_a_team_have_a_document_too(tmp_path: Path) -> None:
    cases = [a_case("2007-01-02", sag_id=f"S{n}", team=team) for n, team in enumerate(("A", None, "A"))]
    parts = by_team(report_on(cases, tmp_path))
    assert list(parts) == ["A", None]
    assert any("Kun sagerne uden team." in line for line in texts(document(parts[None])))


def test_a_file_is_called_by_the_team_in_plain_letters_and_no_two_are_called_the_same() -> None:
    teams = ["Team Nord", "TEAM nord", "../../etc/passwd", "con", "Ærø & Åstrup", "???", "x" * 300, None]
    names = file_names(dict.fromkeys(teams, report()))
    assert file_names({"Afsnit 010170 ; 1234": report()}) == {"Afsnit 010170 ; 1234": "team-afsnit-xxxxxx-xxxx"}
    assert list(names.values())[:6] == [
        "team-nord",
        "team-nord-2",
        "team-etc-passwd",
        "team-con",
        "team-aeroe-aastrup",
        "team-andet",
    ]
    assert names[None] == "uden-team"
    assert all(re.fullmatch(r"[a-z0-9-]{1,80}", name) for name in names.values())
    assert len(set(names.values())) == len(teams)


def test_a_column_that_holds_something_else_than_teams_is_refused() -> None:
    cases = tuple(report().cases[0]._replace(team=str(n), sag_id=str(n)) for n in range(MOST + 1))
    with pytest.raises(UserError, match="forskellige værdier"):
        by_team(replace(report(), cases=cases))


def split(*arguments: str) -> int:
    return run(["check", str(LILLEBY), "--split", "team", *arguments])


def files(folder: Path) -> Iterator[str]:
    return (file.name for file in sorted(folder.iterdir()))


def test_the_command_writes_a_document_for_each_team(tmp_path: Path) -> None:
    assert split("-o", f"{tmp_path / 'teams'}/", "-o", str(tmp_path / "r.json")) == 1
    assert list(files(tmp_path)) == ["r.json", "teams"]
    teams = ("team-jobteam", "team-nord", "team-syd")
    assert list(files(tmp_path / "teams")) == [f"{team}.{kind}" for team in teams for kind in ("docx", "html")]
    first = {file.name: file.read_bytes() for file in (tmp_path / "teams").iterdir()}
    assert b'class="course"' in first["team-nord.html"]
    assert split("-o", str(tmp_path / "teams")) == 1
    assert {file.name: file.read_bytes() for file in (tmp_path / "teams").iterdir()} == first


def test_it_says_so_where_no_case_is_of_a_team(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = lilleby_without_samtaler("raadighed")
    assert run(["check", str(folder), "--split", "team", "-o", str(tmp_path / "teams")]) == 1
    assert "--split team: der er intet at dele." in capsys.readouterr().err
    assert list(files(tmp_path)) == []


@pytest.mark.usefixtures("asked_anew")
def test_they_are_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original, written = word.write, []

    def fail(told: Report) -> Iterator[bytes]:
        if len(written) == 2:
            raise OSError(28, "No space left on device")
        written.append(told)
        return original(told)

    monkeypatch.setattr("kommunecheck.reports.word.write", fail)
    assert split("-o", str(tmp_path / "teams")) == 2
    assert list(files(tmp_path)) == []
    written.clear()
    (tmp_path / "teams").mkdir()
    (tmp_path / "teams" / "team-nord.docx").write_bytes(b"before")
    assert split("-o", str(tmp_path / "teams")) == 2
    assert list(files(tmp_path / "teams")) == ["team-nord.docx"]
    assert (tmp_path / "teams" / "team-nord.docx").read_bytes() == b"before"


def test_what_is_no_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fil").write_text("x")
    for arguments, said in (
        (["--split", "team"], "skriv én mappe"),
        (["--split", "team", "-o", str(tmp_path / "r.docx")], "skriv én mappe"),
        (["--split", "team", "-o", str(tmp_path / "a"), "-o", str(tmp_path / "b")], "skriv én mappe"),
        (["--split", "team", "-o", str(tmp_path / "fil")], "det er en fil"),
        (["--split", "team", "-o", str(tmp_path / "ingen" / "teams")], "findes ikke"),
        (["-o", str(tmp_path)], "mappen er ikke tom"),
    ):
        assert run(["check", str(LILLEBY), *arguments]) == 2
        assert said in capsys.readouterr().err
    assert list(files(tmp_path)) == ["fil"]


# Without the visitationstilsyn


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize(("supervisions", "title", "first"), WITHOUT_SAMTALER)
def test_without_samtaler_no_reader_is_told_of_the_visitationstilsyn(
    supervisions: tuple[str, ...], title: str, first: str, reader: Reader
) -> None:
    told = replace(report_without_samtaler(*supervisions), reader=reader)
    shown, made = page(told), document(told)
    assert texts(made)[0] == f"Før-tilsyn: {title}"
    assert (first in texts(made)) == (reader is not Reader.CASE_WORKER)
    left_out = {"Det løber stadig", "Kommende frister", "Efter team", "Måned for måned", "Hvad tallene hviler på"}
    assert not left_out & {*titles(shown), *sections(made)}
    told_of_cases = {"Sager", "De dyreste sager", "Sagerne og det, der skal gøres", "Ord i rapporten"}
    assert [one for one in titles(shown) if one not in told_of_cases] == [
        one for one in sections(made) if one not in told_of_cases
    ]
    places = set(re.findall(r'id="([^"]*)"', shown))
    assert set(re.findall(r'href="#([^"]*)"', shown)) <= places
