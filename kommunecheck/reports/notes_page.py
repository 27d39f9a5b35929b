"""Notes as one page of HTML: the text with what was read marked in it, and below it every reading with its reason.

The page holds note text: it is for the person who asked for it, and is a report to nobody.
"""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise

from kommunecheck.domain.privacy import masked
from kommunecheck.domain.statement import ReadNote, Statement
from kommunecheck.reports.journal import NAMES

_HEAD = """<!DOCTYPE html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sådan er notaterne læst</title>
<style>
body { font-family: sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em; line-height: 1.5; color: #222; }
section { border-top: 1px solid #bbb; padding: 0.5em 0 1em; }
h2 { font-size: 1em; }
.note { white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: none; color: inherit; text-decoration: underline; }
mark.ja, li.ja { color: #0a5c1f; }
mark.ja { background: #d7f2dc; font-weight: bold; }
mark.nej, li.nej { color: #9c1c1c; }
mark.nej { background: #fbe0e0; text-decoration: line-through; }
ul { list-style: none; padding-left: 0; }
</style>
</head>
<body>
<h1>Sådan er notaterne læst</h1>
<p>Det, der tæller, er markeret med grønt og +. Det, der er set og afvist, er markeret med rødt og −.
Siden viser notaternes tekst. Giv den ikke videre.</p>
"""
_TAIL = "</body>\n</html>\n"


def notes_page(notes: Iterable[ReadNote]) -> Iterator[str]:
    """The page, a note at a time."""
    yield _HEAD
    for note in notes:
        yield f'<section>\n<h2>{escape(note.name)}</h2>\n<p class="note">{_marked(note)}</p>\n{_list(note)}</section>\n'
    yield _TAIL


def _list(note: ReadNote) -> str:
    if not note.statements:
        return "<p>Intet læst.</p>\n"
    return f"<ul>\n{''.join(map(_item, note.statements))}</ul>\n"


def _item(one: Statement) -> str:
    kind, sign = ("ja", "+") if one.accepted else ("nej", "−")
    told = masked(f"{sign} {NAMES[one.kind]} {one.value}: {one.reason}")
    return f'<li class="{kind}">{escape(told)}</li>\n'


def _marked(note: ReadNote) -> str:
    """The text. Where readings overlap, one that counts is shown before one that does not."""
    ends = {0, len(note.text), *(place for one in note.statements for place in (one.start, one.end, one.at, one.to))}
    parts = [(note.text[first:last], _looks(note.statements, first)) for first, last in pairwise(sorted(ends))]
    return "".join(_part(escape(masked(text)), kind) for text, kind in parts)


def _looks(statements: tuple[Statement, ...], place: int) -> str | None:
    here = [one for one in statements if one.at <= place < one.to]
    if here:
        return "ja" if any(one.accepted for one in here) else "nej"
    return "" if any(one.start <= place < one.end for one in statements) else None


def _part(text: str, kind: str | None) -> str:
    if kind is None or not text:
        return text
    return f'<mark class="{kind}">{text}</mark>' if kind else f"<mark>{text}</mark>"
