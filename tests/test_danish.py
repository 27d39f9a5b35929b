"""Every text that click itself writes is in Danish: help, errors and warnings, whatever language the machine speaks."""

import ast
import re
import string
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import kommunecheck
from kommunecheck.cli import commands, run

FOLDER = Path(kommunecheck.__file__).parent / "locale" / "da" / "LC_MESSAGES"
ENGLISH = re.compile(
    r"\b(usage|options?|commands?|args|show|exit|error|missing|invalid|default|such|requires?|value|integer"
    r"|range|try)\b",
    re.IGNORECASE,
)


def paths(group: click.Group, before: str = "") -> Iterator[str]:
    """A group of commands and all in it, as they are typed."""
    yield before
    for name, command in sorted(group.commands.items()):
        path = f"{before} {name}".strip()
        yield from paths(command, path) if isinstance(command, click.Group) else (path,)


COMMANDS = list(paths(commands))


def source() -> Catalog:
    with (FOLDER / "kommunecheck.po").open("rb") as file:
        return read_po(file, locale="da")


def messages(catalog: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {forms(message.id): forms(message.string) for message in catalog if message.id}


def headers(catalog: Catalog) -> list[tuple[str, str]]:
    """Without the line that says which version of Babel wrote the file."""
    return [(name, value) for name, value in catalog.mime_headers if name != "Generated-By"]


def forms(text: object) -> tuple[str, ...]:
    """A message or its translation: the one form it has, or the singular and the plural."""
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]  # Babel's own type is wider


def translatable_in_click() -> Iterator[tuple[tuple[str, ...], str]]:
    """Each text that click hands to gettext, with its file and line. Adjacent and added constants are one text.

    A text that is made while it runs is our own help (``text``) or the word ``required``; a new one must be looked at.
    """
    for path in sorted(Path(click.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in ("_", "gettext", "ngettext") and ast.unparse(node.args[0]) != "text":
                texts = node.args[: 2 if node.func.id == "ngettext" else 1]
                yield tuple(constant(text) for text in texts), f"{path.name}:{node.lineno}"


def constant(node: ast.expr) -> str:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return constant(node.left) + constant(node.right)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    assert ast.unparse(node) == "extra['required']", "click translates a text that is made while it runs: look at it"
    return "required"


def placeholders(text: str) -> set[str]:
    """What ``str.format`` or ``%`` fills in: ``{name!r}`` is ``name``."""
    braces = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return braces | set(re.findall(r"%\((\w+)\)", text))


def test_the_compiled_catalogue_is_what_babel_makes_of_the_source() -> None:
    compiled = BytesIO()
    write_mo(compiled, source())
    compiled.seek(0)
    expected = read_mo(compiled)
    with (FOLDER / "kommunecheck.mo").open("rb") as file:
        committed = read_mo(file)
    remedy = "compile it: pybabel compile -D kommunecheck -d kommunecheck/locale -l da"
    assert messages(committed) == messages(expected), remedy
    assert headers(committed) == headers(expected), remedy
    assert len(messages(committed)) > 70


def test_every_text_of_the_installed_click_is_in_the_catalogue() -> None:
    catalog = source()
    found = list(translatable_in_click())
    assert len(found) > 60
    missing = [f"{place}: {texts[0]}" for texts, place in found if texts[0] not in catalog]
    assert missing == []


def test_a_text_with_a_plural_has_one_in_danish_too() -> None:
    catalog = source()
    plurals = [texts[0] for texts, _ in translatable_in_click() if len(texts) == 2]
    assert len(plurals) > 4
    for text in plurals:
        message = catalog[text]
        assert message is not None
        assert len(forms(message.string)) == 2, text


def test_no_translation_is_blank_or_in_doubt() -> None:
    for message in source():
        if message.id:
            assert all(forms(message.string)), message.id
            assert not message.fuzzy, message.id


def test_a_translation_fills_in_only_what_click_gives_it() -> None:
    for text, translation in messages(source()).items():
        given = set().union(*(placeholders(form) for form in text))
        for form in translation:
            assert placeholders(form) <= given, form


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("width", ["80", "140"])
def test_the_help_of_every_command_has_no_english_words(
    command: str, width: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    assert run([*command.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Brug: kommunecheck")
    assert "Tilvalg:" in shown
    named = shown.replace(f"kommunecheck {command}", "", 1)
    without_names = re.sub(r"(?<!\w)--?[a-z]+|^  [a-z-]+ ", "", named, flags=re.MULTILINE)
    assert ENGLISH.findall(without_names) == []


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("width", ["80", "140"])
def test_the_help_of_every_command_is_in_whole_sentences_that_fit_the_screen(
    command: str, width: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    run([*command.split(), "--help"])
    shown = capsys.readouterr().out
    assert max(len(line) for line in shown.splitlines()) <= min(int(width), 100)
    assert not re.search(r"\w\.\.\.$", shown, re.MULTILINE), "a sentence is cut short"


@pytest.mark.parametrize("language", ["en", "de", "C", ""])
def test_the_machines_own_language_does_not_matter(
    language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, language)
    run(["check", "--help"])
    assert "Vis denne hjælp." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--ukendt"], "Fejl: Tilvalget '--ukendt' findes ikke."),
        (["check", "--cutof", "x"], "Fejl: Tilvalget '--cutof' findes ikke. Mente du "),
        (["rapport"], "Fejl: Kommandoen 'rapport' findes ikke."),
        (["chec"], "Fejl: Kommandoen 'chec' findes ikke. Mente du "),
        (["explain"], "Fejl: Der mangler et argument: 'KODE'."),
        (["demo"], "Fejl: Der mangler et argument: 'MAPPE'."),
        (["rules", "for", "mange"], "Fejl: Der er for mange argumenter (for mange)."),
        (["rules", "mere"], "Fejl: Der er et argument for meget (mere)."),
        (["check", "--from", "2007-02-31"], "Fejl: Værdien for '--from' kan ikke bruges: der ventes en dato"),
        (["check", "--to", "i går"], "Fejl: Værdien for '--to' kan ikke bruges: der ventes en dato"),
        (["check", "--cutoff"], "Fejl: Tilvalget '--cutoff' kræver en værdi."),
        (["check", "--format", "pdf"], "Fejl: Værdien for '--format' kan ikke bruges: der ventes et af formaterne"),
        (["check", "-o", "."], "mappen er ikke tom, og kommunecheck har ikke skrevet den. Vælg en ny mappe."),
        (["demo", "x", "--cases", "mange"], "Fejl: Værdien for '--cases' kan ikke bruges: 'mange' er ikke et gyldigt"),
        (["demo", "x", "--cases", "0"], "Fejl: Værdien for '--cases' kan ikke bruges: 0 ligger ikke i området"),
        (["rules", "--help=ja"], "Fejl: Tilvalget '--help' tager ingen værdi."),
    ],
)
def test_an_error_in_what_was_typed_is_told_in_danish(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence in said.err
    told = [line for line in said.err.splitlines() if line.startswith("Fejl:")]
    assert len(told) == 1
    assert ENGLISH.findall(re.sub(r"(?<!\w)--?[a-z]+", "", told[0])) == []


def test_no_arguments_at_all_show_the_help_once_and_not_as_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    said = capsys.readouterr()
    assert "Fejl:" not in said.err
    assert (said.out + said.err).count("Brug: kommunecheck") == 1
