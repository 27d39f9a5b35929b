"""Workbooks that come back filled in: every answer is read, or nothing, with a sentence for each thing that is wrong.

Whatever was sent out must come back as it was: ids, rows, columns and formulas. Only the answers are new. No sentence
repeats what stands in a cell, which could be about a person.
"""

import io
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from kommunecheck.adapters.files import open_package, read_named
from kommunecheck.domain.days import danish, day_of
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.forms import DAYS, Answer, Form, Kind, Question
from kommunecheck.domain.money import half_up
from kommunecheck.domain.wording import number
from kommunecheck.intake.values import LONGEST_AMOUNT, read_amount, read_date
from kommunecheck.reports.excel.form import CUTOFF, FROM, KIND, TO
from kommunecheck.setup import Options

SAID = 10
"""Mistakes that are told one by one; a reader who has put them right is told of the next."""
BOUND = 10**LONGEST_AMOUNT
"""Kroner that are too many to be an amount, however they are written."""


class Sheet(NamedTuple):
    """A sheet as it came back: the cells of each row as formulas and as values, by heading, and the row's number.

    ``beside`` are the columns, counted from 1, that something stands in without a heading.
    """

    rows: list[tuple[int, dict[str, Any], dict[str, Any]]]
    headings: list[str]
    beside: list[int]


def facts_in(file: Path, sheet: str) -> dict[str, str]:
    """What a sheet of names and values says. Raises ``UserError`` where it cannot be read."""
    pairs = (row[:2] for row in _cells(file, sheet, values=True).values() if len(row) > 1)
    return {str(name): _text(value) for name, value in pairs if name is not None and value is not None}


def column_in(file: Path, sheet: str, title: str) -> list[str]:
    """What stands under a heading of a sheet, filled in or not. Raises ``UserError`` where there is none."""
    return [_text(values[title]) for _, _, values in _sheet(file, sheet, title).rows]


def made_from(file: Path, sheet: str, kind: str) -> tuple[dict[str, str], Options]:
    """The facts on a workbook's sheet of them, and the run it was made from. Raises ``UserError`` for no such facts."""
    facts = facts_in(file, sheet)
    try:
        if facts[KIND] != kind:
            raise ValueError("another workbook")
        first, to, cutoff = (date.fromisoformat(facts[name]) for name in (FROM, TO, CUTOFF))
    except (KeyError, ValueError):
        raise UserError(
            f"{file.name}, ark {sheet}: det, der står om, hvordan regnearket er lavet, er ændret. Skriv det tilbage."
        ) from None
    return facts, Options(first, to, cutoff, compare=False)


def read_answers(
    file: Path,
    form: Form,
    sent: Mapping[str, Mapping[str, str]],
    wrong_in: Callable[[str, Mapping[str, Answer]], str | None] | None = None,
) -> dict[str, dict[str, Answer]]:
    """The answers by key. ``sent`` is what was told of each key, by heading, as text.

    ``wrong_in`` says in Danish what is wrong with the answers of a key together. Raises ``UserError`` with a
    sentence for each thing that is wrong; then nothing is read.
    """
    sheet = _sheet(file, form.sheet, form.key)
    wrong = list(_wrong_headings(form, sheet))
    if not wrong:
        wrong = list(_wrong_rows(form, sheet, sent))
    answers: dict[str, dict[str, Answer]] = {}
    if not wrong:
        for row, formulas, values in sheet.rows:
            given = dict(_answers(form, row, formulas, values, wrong))
            key = _text(values[form.key])
            answers[key] = given
            said = wrong_in(key, given) if wrong_in is not None and len(given) == len(form.questions) else None
            if said is not None:
                wrong.append(f"Række {row}: {said}")
    if wrong:
        told = wrong[:SAID]
        if len(wrong) > SAID:
            told.append(f"Der er {number(len(wrong) - SAID, 'fejl', 'fejl')} mere.")
        raise UserError("\n".join([f"{file.name} er ikke læst ind:", *(f"- {one}" for one in told)]))
    return answers


def after_today(title: str, day: Answer, today: date) -> str | None:
    """That a day a person answered is yet to come, in Danish: nothing was judged or decided on it."""
    if not isinstance(day, int) or day <= day_of(today):
        return None
    return f"»{title}« ligger efter i dag, {danish(day_of(today))}. Se efter, om året er rigtigt."


def _cells(file: Path, sheet: str, *, values: bool) -> dict[int, list[Any]]:
    """The cells of each row of a sheet that has any, by the row's number: as values, or as formulas.

    The sheet is read row by row, and those without a cell are passed over: one stray cell can be a million rows down.
    """
    import openpyxl  # type: ignore[import-untyped] # the library has no py.typed

    if file.suffix.lower() != ".xlsx":
        raise UserError(f"{file.name}: der ventes et regneark (.xlsx). Gem det som .xlsx i Excel.")
    raw = read_named(file, f"{file.name} kan ikke læses: filen")
    open_package(raw, file.name, "Excel")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it cannot show of a cell, we say ourselves
            book = openpyxl.load_workbook(io.BytesIO(raw), data_only=values, read_only=True)
            if sheet not in book.sheetnames:
                raise UserError(f"{file.name}: arket {sheet} mangler. Brug det regneark, kommunecheck har skrevet.")
            book[sheet].reset_dimensions()  # what the file says of them may be wrong
            rows = enumerate(book[sheet].iter_rows(values_only=True), 1)
            return {number: list(row) for number, row in rows if any(cell is not None for cell in row)}
    except (UserError, MemoryError):
        raise
    except Exception:
        raise UserError(
            f"{file.name} er beskadiget eller ikke et regneark. Brug det regneark, kommunecheck har skrevet."
        ) from None


def _sheet(file: Path, sheet: str, key: str) -> Sheet:
    """The rows under the headings of a sheet, of which ``key`` is one; blank rows are none."""
    formulas, shown = _cells(file, sheet, values=False), _cells(file, sheet, values=True)
    head = next((number for number, row in shown.items() if key in map(_text, row)), None)
    if head is None:
        raise UserError(f"{file.name}, ark {sheet}: overskriften »{key}« mangler.")
    width = max(map(len, formulas.values()))
    headings = [_text(cell) for cell in _as_wide(shown[head], width)]
    given = {number: _as_wide(row, width) for number, row in formulas.items() if number > head and any(map(_text, row))}
    rows = []
    for place, row in given.items():
        values = _as_wide(shown.get(place, []), width)
        rows.append((place, dict(zip(headings, row, strict=True)), dict(zip(headings, values, strict=True))))
    unnamed = [place for place, title in enumerate(headings) if not title]
    beside = [place + 1 for place in unnamed if any(_text(row[place]) for row in given.values())]
    return Sheet(rows, headings, beside)


def _as_wide(row: list[Any], width: int) -> list[Any]:
    """The row with blank cells to its end."""
    return [*row[:width], *[None] * (width - len(row))]


def _text(value: object) -> str:
    """A cell as text; a whole number without decimals, for a spreadsheet has only the one kind of number."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _wrong_headings(form: Form, sheet: Sheet) -> Iterator[str]:
    for title in form.headings:
        times = sheet.headings.count(title)
        if times != 1:
            yield f"Overskriften »{title}« {'mangler' if not times else f'findes {times} gange'}."
    extra = [place for place, title in enumerate(sheet.headings, 1) if title and title not in form.headings]
    if extra:
        yield (
            f"Der er {number(len(extra), 'kolonne', 'kolonner')}, kommunecheck ikke har skrevet (kolonne nr. "
            f"{', '.join(map(str, extra))}). Flyt det til kolonnen til bemærkninger, og slet kolonnen."
        )
    if sheet.beside and set(form.headings) <= set(sheet.headings):  # else a heading is missing, and that is told
        yield (
            f"Der er skrevet uden for kolonnerne (kolonne nr. {', '.join(map(str, sheet.beside))}). Flyt det til "
            "kolonnen til bemærkninger."
        )


def _wrong_rows(form: Form, sheet: Sheet, sent: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Rows that were added, removed, doubled or changed, and formulas that were typed over."""
    seen: dict[str, int] = {}
    for row, formulas, values in sheet.rows:
        key = _text(values[form.key])
        if key not in sent:
            yield f"Række {row}: »{form.key}« er ændret, eller rækken er ny."
            continue
        if key in seen:
            yield f"Række {row} er den samme som række {seen[key]}. Slet den ene."
            continue
        seen[key] = row
        for title, told in sent[key].items():
            if _text(values[title]) != told:
                yield f"Række {row}: det, der stod under »{title}«, er ændret. Skriv det tilbage."
        for title in form.computed:
            if not str(formulas[title] or "").startswith("="):
                yield f"Række {row}: formlen under »{title}« er skrevet over. Kopiér den fra en anden række."
    missing = [key for key in sent if key not in seen]
    if missing:
        named = ", ".join(missing[:SAID])
        more = f" og {len(missing) - SAID} mere" if len(missing) > SAID else ""
        yield f"{number(len(missing), 'række', 'rækker')} mangler: {named}{more}. Alle rækker skal med tilbage."


def _answers(
    form: Form, row: int, formulas: Mapping[str, Any], values: Mapping[str, Any], wrong: list[str]
) -> Iterator[tuple[str, Answer]]:
    for question in form.questions:
        value = values[question.title]
        computed = isinstance(formulas[question.title], str) and formulas[question.title].startswith("=")
        if computed and value is None:
            wrong.append(f"Række {row}: formlen under »{question.title}« har ingen værdi. Skriv værdien selv.")
            continue
        try:
            answer = _answer(question, value)
            if answer is None and question.required:
                raise ValueError("no answer")
            yield question.title, answer
        except ValueError:
            wrong.append(f"Række {row}: under »{question.title}« ventes {_expected(question)}.")


def _answer(question: Question, value: Any) -> Answer:
    """The value as an answer. Raises ``ValueError`` for one that is none."""
    text = _text(value)
    if not text:
        return None
    if text.startswith("#"):
        raise ValueError("an error of the spreadsheet's")
    if question.kind is Kind.DAY:
        day = read_date(text) if isinstance(value, str | datetime | date) else None
        return _found(day if day is not None and day_of(DAYS[0]) <= day <= day_of(DAYS[1]) else None)
    if question.kind is Kind.MONEY:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return half_up(*(Fraction(str(value)) * 100).as_integer_ratio()) if 0 <= value < BOUND else _found(None)
        oere = read_amount(text) if isinstance(value, str) else None
        return _found(oere if oere is None or oere >= 0 else None)
    if question.kind is Kind.CHOICE:
        return _found(next((choice for choice in question.choices if choice.lower() == text.lower()), None))
    return text


def _found(answer: Answer) -> Answer:
    if answer is None:
        raise ValueError("no such answer")
    return answer


def _expected(question: Question) -> str:
    if question.kind is Kind.CHOICE:
        return f"{', '.join(question.choices[:-1])} eller {question.choices[-1]}"
    first, last = DAYS
    day = f"en dato som 31-03-2007, i årene {first.year}-{last.year}"
    return {Kind.DAY: day, Kind.MONEY: "et beløb som 8.959,00, ikke under 0"}.get(question.kind, "en tekst")
