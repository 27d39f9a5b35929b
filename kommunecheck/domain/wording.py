"""Danish phrases for days and amounts, as they stand in findings and reports."""

from kommunecheck.domain.days import Days, Period, count, danish


def days_lost(days: Days) -> str:
    """The last sentence of a finding with a loss: ``Refusion mistes 3. maj 2006 til 8. maj 2006 (6 dage).``."""
    if not days:
        return "Ingen dage mister refusion, fordi de alle er undtaget."
    return f"Refusion mistes {spans(days)} ({number(count(days), 'dag', 'dage')})."


def spans(days: Days) -> str:
    """The periods of a set of days, in words."""
    return " og ".join(span(period) for period in days)


def span(period: Period) -> str:
    """A period from its first to its last day, both included; a single day as that day."""
    first, last = danish(period.first), danish(period.last)
    return first if period.first == period.last else f"{first} til {last}"


def number(how_many: int, one: str, more: str) -> str:
    """A count with its noun: ``1 dag``, ``6 dage``, ``1.204 dage``."""
    return f"{how_many:,}".replace(",", ".") + f" {one if how_many == 1 else more}"


def kroner(oere: int | None) -> str:
    """An amount as a Danish reader writes it: ``1.234,50 kr.``; ``ukendt beløb`` where no payments were given."""
    if oere is None:
        return "ukendt beløb"
    whole, rest = divmod(abs(oere), 100)
    sign = "-" if oere < 0 else ""
    return f"{sign}{whole:,}".replace(",", ".") + f",{rest:02d} kr."


def column_letters(number: int) -> str:
    """A column's letters, as spreadsheets count: 1 is ``A``, 27 is ``AA``."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
