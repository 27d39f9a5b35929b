"""The pictures of sections that plugins add, drawn alike for every format that shows drawings."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup

from kommunecheck.domain.days import danish
from kommunecheck.domain.section import Bars, Columns, Lane, Lanes, Picture, Value
from kommunecheck.domain.wording import span
from kommunecheck.reports.pictures.bars import KEY, bars, height_of_key, key_of, whole_bar
from kommunecheck.reports.pictures.columns import Row, columns
from kommunecheck.reports.pictures.days import Scale, months
from kommunecheck.reports.pictures.svg import Drawn, along, block, element, label, mark, picture, shortened
from kommunecheck.reports.section import with_unit

FILLS = ("k0", "k1", "k2", "f3", "f4")
"""How periods are filled, by the number of their kind."""

FINE = 100
"""A value is drawn to a hundredth."""

SIGNS = ("first", "other", "full", "square")
"""The marks of single days, by what happened. Where more things happen than there are marks, all have ``ANY``."""
ANY = "other"

LANE_HEAD, LANE_NAME, SPAN, BETWEEN = 30, 16, 16, 12
"""What a picture of days is made of from the top, in pixels: its months, a lane's name, its periods, and air."""


def drawn(name: str, told: Picture) -> Drawn:
    """The picture; ``name`` is its only one on the page."""
    if isinstance(told, Bars):
        return _bars(name, told)
    if isinstance(told, Columns):
        return _columns(name, told)
    return _lanes(name, told)


def titled(told: Picture) -> str:
    """What stands over the picture: its title, and what its line shows."""
    if isinstance(told, Lanes) or told.least is None:
        return told.title
    return f"{told.title} (mindst {with_unit(told.least, told.unit)})"


def in_words(told: Picture) -> str:
    """What a screen reader says of the picture: everything that it shows."""
    if isinstance(told, Bars):
        said = "; ".join(f"{title}: {with_unit(value, told.unit)}" for title, value in told.bars)
    elif isinstance(told, Columns):
        said = "; ".join(f"{title}: {_along(told, values)}" for title, values in told.rows)
    else:
        said = "; ".join(_lane_in_words(told, lane) for lane in told.lanes)
    return f"{titled(told)}. {said}."


def _along(told: Columns, values: Sequence[Value | None]) -> str:
    pairs = zip(told.heads, values, strict=True)
    return ", ".join(f"{head} {'intet tal' if value is None else with_unit(value, told.unit)}" for head, value in pairs)


def _lane_in_words(told: Lanes, lane: Lane) -> str:
    said = [f"{told.kinds[kind]} {span(period)}" for period, kind in lane.spans]
    said += [f"{what} {danish(on)}" for on, what in lane.marks]
    return f"{lane.title}: {', '.join(said) or 'ingen'}"


def _long(value: Value | None) -> int:
    return 0 if value is None else int(Decimal(value) * FINE)


def _bars(name: str, told: Bars) -> Drawn:
    least = _long(told.least)
    shown = [
        whole_bar(title, with_unit(value, told.unit), _long(value), "k0" if _long(value) < least else "own")
        for title, value in told.bars
    ]
    return bars(name, in_words(told), shown, least=least)


def _columns(name: str, told: Columns) -> Drawn:
    least = _long(told.least)
    most = max([least, *(_long(value) for _, values in told.rows for value in values)]) or 1
    rows = [
        Row(
            f"{title} ({told.unit})" if told.unit else title,
            [_long(value) for value in values],
            most,
            "own",
            ["" if value is None else with_unit(value, "") for value in values],
            least,
        )
        for title, values in told.rows
    ]
    return columns(name, in_words(told), list(_two_lines(told.heads)), rows)


def _two_lines(heads: Sequence[str]) -> Iterator[tuple[str, str]]:
    """``apr 2025`` as a month and its year, one under the other; a year stands where it begins."""
    latest = ""
    for head in heads:
        before, _, last = head.rpartition(" ")
        month, year = (before, last) if before else (last, "")
        yield month, "" if year == latest else year
        latest = year


def _lanes(name: str, told: Lanes) -> Drawn:
    key = [(FILLS[place], kind) for place, kind in enumerate(told.kinds)]
    signs = _signs(told)
    below = height_of_key(key, 1)
    top = below + height_of_key(list(signs), 1) + KEY // 2
    days = [day for lane in told.lanes for period, _ in lane.spans for day in period]
    days += [day for lane in told.lanes for day, _ in lane.marks]
    scale = Scale(min(days), max(days))
    lanes: list[Markup] = []
    bottom = LANE_HEAD
    for lane in told.lanes:
        lanes += _lane(told, lane, scale, bottom, signs)
        bottom += LANE_NAME + SPAN + BETWEEN
    inside = element("svg", *months(scale, bottom), *lanes, y=top, width="100%", height=bottom, class_="course")
    keys = (*key_of(key, 0, 1), *_key_of_signs(signs, below))
    return picture(name, in_words(told), top + bottom, "course", [*keys, inside])


def _signs(told: Lanes) -> dict[str, str]:
    """The mark of each thing that happened on a single day; none where there are more of them than marks."""
    happened = list(dict.fromkeys(what for lane in told.lanes for _, what in lane.marks))
    return dict(zip(happened, SIGNS, strict=False)) if len(happened) <= len(SIGNS) else {}


def _key_of_signs(signs: Mapping[str, str], top: int) -> Iterator[Markup]:
    for place, (what, sign) in enumerate(signs.items()):
        yield mark(sign, 8, top + place * KEY + 9)
        yield label(shortened(what), 20, top + place * KEY + 13, "tx")


def _lane(told: Lanes, lane: Lane, scale: Scale, top: int, signs: Mapping[str, str]) -> Iterator[Markup]:
    yield label(shortened(lane.title), 0, top + 11, "ln")
    for period, kind in lane.spans:
        said = f"{told.kinds[kind]}: {span(period)}"
        yield block(scale.run(period.first, period.last), top + LANE_NAME, SPAN, FILLS[kind], said)
    for on, what in lane.marks:
        x, y = along(scale.middle(on)), top + LANE_NAME + SPAN // 2
        yield mark(signs.get(what, ANY), x, y, f"{danish(on)}: {what}")
