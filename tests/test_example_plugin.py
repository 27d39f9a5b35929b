"""The example of a plugin, installed into a fresh environment, where nothing but its entry point tells of it."""

import csv
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import docx
import orjson
import pytest

ROOT = Path(__file__).parent.parent
LILLEBY = ROOT / "examples" / "lilleby"


def environment(folder: Path) -> Path:
    """The interpreter of a fresh environment with kommunecheck as it is here."""
    venv.create(folder, with_pip=False)
    bin_ = folder / ("Scripts" if sys.platform == "win32" else "bin")
    interpreter = bin_ / ("python.exe" if sys.platform == "win32" else "python")
    paths = subprocess.run(
        [interpreter, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"],
        capture_output=True,
        text=True,
        check=True,
    )
    ours = sysconfig.get_paths()["purelib"]
    Path(paths.stdout.strip(), "ours.pth").write_text(f"import site; site.addsitedir({ours!r})\n", encoding="utf-8")
    return interpreter


def install_there(python: Path, package: Path) -> None:
    """Install a package into the environment, without asking the network for anything."""
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps",
         "--no-build-isolation", "--no-index", package],
        check=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with kommunecheck as it is here, and the plugin installed."""
    folder = tmp_path_factory.mktemp("plugin")
    interpreter = environment(folder / "env")
    shutil.copytree(ROOT / "examples" / "plugin", folder / "source")
    install_there(interpreter, folder / "source")
    return interpreter


@pytest.fixture(scope="module")
def municipality(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lilleby, where two interviews were held by telephone, and the citizen rang about one of them."""
    folder = tmp_path_factory.mktemp("telefon") / "lilleby"
    shutil.copytree(LILLEBY, folder)
    with (folder / "samtaler.csv").open(encoding="utf-8", newline="") as opened:
        heading, *rows = csv.reader(opened, delimiter=";")
    form, held = heading.index("kontaktform"), heading.index("afholdt_dato")
    by_telephone = [row for row in rows if row[1] in ("L001", "L002") and row[2] == "kontaktsamtale" and row[held]]
    first, second = by_telephone[0], by_telephone[-1]
    assert first[1] != second[1]
    first[form] = second[form] = "telefonisk"
    with (folder / "samtaler.csv").open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, delimiter=";").writerows([heading, *rows])
    call = {"sag_id": second[1], "dato": second[held], "emne": "samtale"}
    (folder / "opkald.jsonl").write_bytes(orjson.dumps(call) + b"\n")
    return folder


def run(python: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, "-m", "kommunecheck", *map(str, words)], capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_its_check_table_adapter_and_format_are_used(python: Path, municipality: Path, tmp_path: Path) -> None:
    files = [part for name in ("r.json", "liste.txt", "r.docx") for part in ("-o", tmp_path / name)]
    done = run(python, "check", municipality, *files)
    assert done.returncode == 1, done.stderr
    report = orjson.loads((tmp_path / "r.json").read_bytes())
    assert report["run"]["plugins"] == [{"name": "telefon", "version": "1.0"}]
    assert [one["sag_id"] for one in report["findings"] if one["code"] == "TE101"] == ["L001"]
    (calls,) = [one for one in report["run"]["sources"] if one["table"] == "opkald"]
    assert (calls["file"], calls["rows"], calls["rows_used"]) == ("opkald.jsonl", 1, 1)
    listed = (tmp_path / "liste.txt").read_text(encoding="utf-8").splitlines()
    assert listed[0] == "Indkald til samtale ved fremmøde (1):"
    assert listed[1].startswith("L001: Kontaktsamtalen ")
    told = " ".join(paragraph.text for paragraph in docx.Document(str(tmp_path / "r.docx")).paragraphs)
    assert "Indkald borgeren til en samtale ved fremmøde." in told
    assert "Kommunens egen aftale om samtaler pr. telefon" in told


def test_its_rule_is_listed_and_explained(python: Path) -> None:
    assert "TE101" in run(python, "rules").stdout
    explained = run(python, "explain", "TE101").stdout
    assert "Kommunens egen aftale om samtaler pr. telefon" in explained


def test_its_own_tests_pass_there(python: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "plugin" / "tests", tmp_path / "tests")
    words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path / "tests")]
    done = subprocess.run([python, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
