"""The supervision of control cases and the slow reading of the contract agree, on rows drawn at random."""

import random
from datetime import date, timedelta
from typing import Any

import kontrolsager_reference as reference

from kommunecheck.config import read_law
from kommunecheck.plugins.kontrolsager.judging import SUPERVISION
from kommunecheck.plugins.kontrolsager.law import LAW_TEXTS
from kommunecheck.plugins.kontrolsager.table import DAYS, KONTROLSAGER, Kontrolsag
from kommunecheck.supervising import Ruling
from kommunecheck.testing import ruled

TOWNS = 1_000
LAW = read_law(texts_besides=(LAW_TEXTS,))
BEGINS = date(2020, 12, 28)


def a_row(number: int, chance: random.Random, spread: int) -> reference.Row:
    """A row whose days mostly come in order; often on the edges of months, and sometimes impossible."""

    def later(day: date | None, most: int, share: float) -> date | None:
        if day is None or chance.random() > share:
            return None
        found = day + timedelta(days=chance.choice((0, 0, 1, 30, 31, 89, 90, 91, chance.randrange(most))))
        if chance.random() < 0.2:
            found = reference.end_of_month(found.year, found.month)
        return found.replace(day=1) if chance.random() < 0.1 else found

    issued = BEGINS + timedelta(days=chance.randrange(spread))
    drawn = later(issued, 200, chance.choice((0.1, 0.35, 0.9)))
    opened = later(drawn if chance.random() < 0.97 else issued, 200, 0.6)
    closed = later(opened if chance.random() < 0.97 else issued, 300, 0.6)
    trin = chance.choice("2333")
    benefits = reference.BENEFITS if trin == "3" or chance.random() < 0.05 else reference.BENEFITS[:1]
    return {
        "kontrolsag_id": f"K{number}",
        "kontroltrin": trin,
        "ydelse": chance.choice(benefits),
        "udstillet_dato": issued,
        "udtaget_dato": drawn,
        "visiteret_dato": later(drawn, 200, 0.3),
        "fjernet_dato": later(issued if chance.random() < 0.8 else drawn, 300, 0.25),
        "oprettet_dato": opened,
        "afsluttet_dato": closed,
        "tilbagebetalingskrav": chance.choice((None, 0, 1, 150_00)),
        "mindreudgift": chance.choice((None, 0, 0, 99_95)),
    }


def as_record(row: reference.Row, place: int) -> Kontrolsag:
    days = {name: None if row[name] is None else row[name].toordinal() for name in DAYS}
    return Kontrolsag(**(row | days), unread="", source=0, row=place)


def judged(rows: list[reference.Row], cutoff: date | None) -> Ruling:
    records = tuple(as_record(row, place) for place, row in enumerate(rows, start=2))
    given = None if cutoff is None else cutoff.isoformat()
    return ruled(SUPERVISION, law=LAW, tables=[KONTROLSAGER], rows={"kontrolsager": records}, cutoff=given)


def found_in(ruling: Ruling) -> list[tuple[Any, ...]]:
    found = []
    for one in ruling.findings:
        assert one.subject is not None
        assert one.date is not None
        days = (None, None) if one.period is None else tuple(map(date.fromordinal, one.period))
        found.append((one.rule.code, one.subject.id, date.fromordinal(one.date), *days))
    return sorted(found, key=str)


def test_the_measures_and_findings_are_those_of_the_slow_reading() -> None:
    chance = random.Random(20210531)
    codes = set()
    for town in range(TOWNS):
        spread = chance.choice((20, 200, 500))
        rows = [a_row(number, chance, spread) for number in range(chance.choice((0, 1, 5, 12)))]
        cutoff = None if town % 3 else BEGINS + timedelta(days=chance.randrange(-40, 900))
        wanted, ruling = reference.expected(rows, cutoff), judged(rows, cutoff)
        measures = ruling.supervised.measures
        assert measures["cutoff"] == (wanted["cutoff"] and wanted["cutoff"].isoformat()), (town, rows)
        assert measures["months"] == wanted["months"], (town, rows, cutoff)
        assert measures["trin"] == wanted["trin"], (town, rows, cutoff)
        assert found_in(ruling) == wanted["findings"], (town, rows, cutoff)
        assert sum(one.code == "DQ005" for one in ruling.oddities) == wanted["odd"]
        assert measures["set_aside"] == sum(map(reference.is_set_aside, rows))
        codes |= {code for code, *_ in wanted["findings"]}
    assert codes == {"KS101", "KS102", "KS103"}


def test_the_order_of_the_rows_changes_nothing() -> None:
    chance = random.Random(2)
    rows = [a_row(number, chance, 400) for number in range(60)]
    mixed = rows.copy()
    chance.shuffle(mixed)
    one, other = judged(rows, None), judged(mixed, None)
    assert one.supervised == other.supervised
    assert found_in(one) == found_in(other)


def test_a_case_taken_off_unused_on_its_first_day_counts_nowhere() -> None:
    chance = random.Random(3)
    rows = [a_row(number, chance, 400) for number in range(40)]
    issued = rows[0]["udstillet_dato"]
    gone = rows[0] | dict.fromkeys(DAYS[1:]) | {"kontrolsag_id": "X", "kontroltrin": "3", "fjernet_dato": issued}
    assert judged(rows, None).supervised == judged([*rows, gone], None).supervised


def test_drawing_as_many_as_it_says_is_enough_and_one_fewer_is_not() -> None:
    chance = random.Random(4)
    told = 0
    for _ in range(100):
        rows = [a_row(number, chance, 300) | {"kontroltrin": "3"} for number in range(15)]
        measures = judged(rows, None).supervised.measures
        cutoff = date.fromisoformat(str(measures["cutoff"]))
        more = measures["trin"][1]["to_draw"]  # type: ignore[index]
        if not more:
            continue
        told += 1
        left = [
            row for row in rows
            if all(row[name] is None or row[name] > cutoff for name in ("udtaget_dato", "fjernet_dato"))
        ]  # fmt: skip
        for drawn, low in ((more, False), (more - 1, True)):
            chosen = left[:drawn]
            again = [row | {"udtaget_dato": cutoff} if row in chosen else row for row in rows]
            assert bool(judged(again, None).supervised.measures["trin"][1]["months_low"]) is low  # type: ignore[index]
    assert told >= 5
