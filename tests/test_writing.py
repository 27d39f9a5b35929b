"""Reports of several files: every one whole or none, and what an earlier run left is replaced."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kommunecheck.domain.errors import UserError
from kommunecheck.ports import Pages
from kommunecheck.writing import ABOUT, Output, folder_of, write_all


def output(file: Path, first: str, **beside: str) -> Output:
    pages = [(f"{name}.html", (text.encode(),)) for name, text in beside.items()]
    return Output(file, Pages((first.encode(),), pages))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_report_of_one_file_takes_no_folder(tmp_path: Path) -> None:
    write_all([output(tmp_path / "r.html", "a")])
    assert names(tmp_path) == ["r.html"]


def test_the_pages_stand_in_a_folder_that_says_whose_it_is(tmp_path: Path) -> None:
    write_all([output(tmp_path / "r.html", "a", en="b", to="c")])
    assert names(tmp_path) == ["r-sager", "r.html"]
    assert names(tmp_path / "r-sager") == [ABOUT, "en.html", "to.html"]
    assert "hører til rapporten r.html" in (tmp_path / "r-sager" / ABOUT).read_text(encoding="utf-8")


def test_the_folder_of_an_earlier_run_is_replaced_whole(tmp_path: Path) -> None:
    write_all([output(tmp_path / "r.html", "a", en="b", to="c")])
    write_all([output(tmp_path / "r.html", "d", tre="e")])
    assert names(tmp_path) == ["r-sager", "r.html"]
    assert names(tmp_path / "r-sager") == [ABOUT, "tre.html"]


def test_a_report_that_needs_no_folder_any_more_leaves_none(tmp_path: Path) -> None:
    file = tmp_path / "r.html"
    write_all([output(file, "a", en="b")])
    write_all([output(file, "c")], replaceable=[file])
    assert names(tmp_path) == ["r.html"]


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_somebody_elses_folder_is_never_touched(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "ud" / "r.html"
    file.parent.mkdir()
    place = folder_of(file)
    if kind == "folder":
        place.mkdir()
        (place / "sager.csv").write_text("mine")
    elif kind == "file":
        place.write_text("mine")
    else:
        write_all([output(tmp_path / "r.html", "a", en="b")])
        place.symlink_to(tmp_path / "r-sager", target_is_directory=True)
    with pytest.raises(UserError, match="mappen r-sager, men der er allerede en, som kommunecheck ikke"):
        write_all([output(file, "a", en="b")])
    assert names(file.parent) == ["r-sager"]
    write_all([output(file, "a")], replaceable=[file])
    assert names(file.parent) == ["r-sager", "r.html"]


def test_what_goes_wrong_on_the_way_leaves_everything_as_it_was(tmp_path: Path) -> None:
    def torn() -> Iterator[bytes]:
        yield b"half"
        raise OSError

    file, other = tmp_path / "r.html", tmp_path / "s.html"
    write_all([output(file, "old", en="old")])
    pages = Pages((b"new",), [("en.html", (b"new",)), ("to.html", torn())])
    with pytest.raises(UserError, match="Rapporten kan ikke skrives"):
        write_all([output(other, "new"), Output(file, pages)])
    assert names(tmp_path) == ["r-sager", "r.html"]
    assert file.read_text() == "old"
    assert names(tmp_path / "r-sager") == [ABOUT, "en.html"]
    assert (tmp_path / "r-sager" / "en.html").read_text() == "old"


def test_an_interruption_leaves_everything_as_it_was(tmp_path: Path) -> None:
    def interrupted() -> Iterator[bytes]:
        yield b"half"
        raise KeyboardInterrupt

    file = tmp_path / "r.html"
    write_all([output(file, "old", en="old")])
    with pytest.raises(KeyboardInterrupt):
        write_all([Output(file, Pages((b"new",), [("en.html", interrupted())]))])
    assert names(tmp_path) == ["r-sager", "r.html"]
    assert (tmp_path / "r-sager" / "en.html").read_text() == "old"


@pytest.mark.parametrize(("error", "raised"), [(PermissionError, UserError), (KeyboardInterrupt, KeyboardInterrupt)])
def test_where_the_file_cannot_be_put_in_its_place_the_old_folder_comes_back(
    error: type[BaseException], raised: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "r.html"
    write_all([output(file, "old", en="old")])

    def refuse(_self: Path, _target: Path) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(raised):
        write_all([output(file, "new", en="new")])
    assert names(tmp_path) == ["r-sager", "r.html"]
    assert (tmp_path / "r-sager" / "en.html").read_text() == "old"
