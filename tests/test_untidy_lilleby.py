"""The untidy Lilleby: real exports with titles, merged headings, codes as words, CPR keys and Word journals.

It is the tidy one written otherwise, so everything that is found in it must be the same, but for where it stands.
"""

import csv
import io
import json
import re
import runpy
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kommunecheck import app
from kommunecheck.reports.json import write

EXAMPLES = Path(__file__).parent.parent / "examples"
TIDY, UNTIDY = EXAMPLES / "lilleby", EXAMPLES / "lilleby-raa"
WHERE = ("file", "sheet", "row")
Report = dict[str, Any]


def contents(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    monkeypatch.setattr(sys, "argv", ["make_untidy_lilleby.py", str(folder)])
    monkeypatch.syspath_prepend(EXAMPLES)  # as when the script is run by itself
    runpy.run_path(str(EXAMPLES / "make_untidy_lilleby.py"), run_name="__main__")
    return contents(folder)


def report_on(folder: Path) -> Report:
    found: Report = json.loads(b"".join(write(app.check(folder))))
    return found


@pytest.fixture(scope="module")
def tidy() -> Report:
    return report_on(TIDY)


@pytest.fixture(scope="module")
def untidy() -> Report:
    return report_on(UNTIDY)


def without_place(value: Any) -> Any:
    """The same without saying where in the files anything stands."""
    if isinstance(value, dict):
        return {key: without_place(inner) for key, inner in value.items() if key not in WHERE}
    if isinstance(value, list):
        return [without_place(inner) for inner in value]
    return value


def as_text(value: Any) -> str:
    """Texts are compared, so that the order of the keys counts too."""
    return json.dumps(value, indent=1, ensure_ascii=False)


def plain(finding: Report) -> Report:
    """A finding without its place, which of data begins the message and is the subject of rows without a case."""
    found: Report = without_place(finding)
    found["message"] = re.sub(r"^[^:]+, række \d+, kolonne \w+: ", "", found["message"])
    if found["subject"]["kind"] == "kilde":
        del found["subject"]["id"], found["fingerprint"]
    return found


def rows_by_table(report: Report) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for source in report["run"]["sources"]:
        counted = found.setdefault(source["table"], Counter())
        counted.update({key: source[key] for key in ("rows", "rows_used", "rows_reported")})
    return found


def test_the_committed_folder_is_what_the_script_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert made(tmp_path, monkeypatch) == contents(UNTIDY)


def test_the_summary_is_that_of_the_tidy_lilleby(tidy: Report, untidy: Report) -> None:
    assert as_text(untidy["summary"]) == as_text(tidy["summary"])


def test_the_cases_are_those_of_the_tidy_lilleby(tidy: Report, untidy: Report) -> None:
    assert as_text(without_place(untidy["cases"])) == as_text(without_place(tidy["cases"]))


def test_the_findings_are_those_of_the_tidy_lilleby(tidy: Report, untidy: Report) -> None:
    same = ("code", "sag_id", "date", "from", "to")
    assert [[one[key] for key in same] for one in untidy["findings"]] == [
        [one[key] for key in same] for one in tidy["findings"]
    ]
    assert [as_text(plain(one)) for one in untidy["findings"]] == [as_text(plain(one)) for one in tidy["findings"]]


def test_every_row_is_read_and_every_rule_run(tidy: Report, untidy: Report) -> None:
    assert rows_by_table(untidy) == rows_by_table(tidy)
    assert untidy["run"]["complete"]
    for said in ("rules_run", "not_run", "warnings", "crashes", "cases_outside_window"):
        assert untidy["run"][said] == tidy["run"][said]


def test_evidence_names_the_untidy_files_and_the_sheet(untidy: Report) -> None:
    places = {(cell["file"], cell["sheet"]) for one in untidy["findings"] for cell in one["evidence"]}
    assert ("DRV udtræk samtaler.csv", None) in places
    assert ("Sager og perioder.xlsx", "Sagsliste") in places
    assert ("Sager og perioder.xlsx", "Perioder") in places
    lines = [line for case in untidy["cases"] for line in case["expected"]["lines"]]
    assert {line["file"] for line in lines} == {f"udbetalinger/udbetaling-{year}.csv" for year in (2006, 2007)}


def test_a_cell_of_the_evidence_is_found_where_the_report_says(untidy: Report) -> None:
    drv = (UNTIDY / "DRV udtræk samtaler.csv").read_text(encoding="cp1252").splitlines()
    cells = [cell for one in untidy["findings"] for cell in one["evidence"]]
    held = [
        cell for cell in cells if cell["file"].startswith("DRV") and cell["column"] == "afholdt_dato" and cell["value"]
    ]
    column = drv[3].split(";").index("Afholdt den")
    assert held
    for cell in held:
        year, month, day = cell["value"].split("-")
        assert drv[cell["row"] - 1].split(";")[column] == f"{day}-{month}-{year}"


def test_a_payment_is_found_in_the_row_the_report_says(untidy: Report) -> None:
    lines = [line for case in untidy["cases"] for line in case["expected"]["lines"]]
    files = {name: raw.decode("utf-8-sig").splitlines() for name, raw in contents(UNTIDY / "udbetalinger").items()}
    assert lines
    for line in lines:
        assert files[Path(line["file"]).name][line["row"] - 1].startswith(f"{line['payment']},")


def test_the_interviews_are_an_old_export() -> None:
    raw = (UNTIDY / "DRV udtræk samtaler.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert raw.count(b"\r\n") == raw.count(b"\n")
    assert raw.decode("cp1252").splitlines()[3].startswith("Samtale nr.;Sagsnr.;Samtaletype;")


def test_the_payments_know_no_case() -> None:
    for year in ("2006", "2007"):
        raw = (UNTIDY / "udbetalinger" / f"udbetaling-{year}.csv").read_bytes()
        rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        assert raw.startswith("\ufeff".encode())
        assert b'"8.466,77"' in raw or year != "2006"
        assert not any(re.search(r"\bL\d{3}$", cell) for row in rows for cell in row.values())
    corrections = (UNTIDY / "udbetalinger" / "rettelser.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(";")[1] for line in corrections] == ["sag_id", "L104"]


def test_the_journal_is_in_word_in_three_layouts() -> None:
    documents = sorted((UNTIDY / "journal").iterdir())
    texts = [zipfile.ZipFile(path).read("word/document.xml").decode() for path in documents]
    assert {path.suffix for path in documents} == {".docx"}
    assert len(documents) > 2
    assert sum("<w:tbl>" in text for text in texts) == 1
    assert max(len(set(re.findall(r"Sag: (L\d{3})", text))) for text in texts) > 2
    assert sum(bool(re.search(r">\d\d-\d\d-\d{4}</w:t>", text)) for text in texts if "<w:tbl>" not in text) > 1


def test_nobody_in_it_is_real_and_its_key_hides_nothing() -> None:
    texts = [zipfile.ZipFile(io.BytesIO(raw)).read(part).decode() for raw, part in parts()]
    texts += [raw.decode("cp1252") for name, raw in contents(UNTIDY).items() if name.endswith((".csv", ".toml"))]
    numbers = [number for text in texts for number in re.findall(r"\b\d{6}-?\d{4}\b", text)]
    assert numbers
    assert all(61 <= int(number[:2]) <= 91 for number in numbers)
    assert b"opdigtet" in (UNTIDY / "noegle.txt").read_bytes()


def parts() -> list[tuple[bytes, str]]:
    """Every part with text in it of the workbook and the documents."""
    packages = [raw for name, raw in contents(UNTIDY).items() if name.endswith((".xlsx", ".docx"))]
    return [
        (raw, part)
        for raw in packages
        for part in zipfile.ZipFile(io.BytesIO(raw)).namelist()
        if part.endswith(("document.xml", "sharedStrings.xml", "sheet1.xml", "sheet2.xml"))
    ]
