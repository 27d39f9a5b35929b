"""Ours and the reference agree on applications made up at random: what is found, the dead periods and all measures."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
import sagsbehandling_reference as reference
from sagsbehandling_reference import UNREAD

from kommunecheck import app
from kommunecheck.reports import json

TYPES = ("Hjælpemidler", "Boligstøtte", "Merudgifter", "Enkeltydelser")
SETTINGS: dict[str, Any] = {
    "deadlines": {
        "Hjælpemidler": 40,
        "Boligstøtte": [{"days": 20, "to": date(2007, 3, 31)}, {"days": 30, "from": date(2007, 4, 1)}],
        "Merudgifter": [{"days": 25, "from": date(2007, 2, 1)}],
    },
    "dead_period_days": 10,
    "receipt_days": 7,
    "target_share": 60,
}
TOML = """\
[audit]
from = {first}
to = {last}
cutoff = {cutoff}
[sagsbehandling]
dead_period_days = 10
receipt_days = 7
target_share = 60
[sagsbehandling.deadlines]
{default}"Hjælpemidler" = 40
"Boligstøtte" = [{{ days = 20, to = 2007-03-31 }}, {{ days = 30, from = 2007-04-01 }}]
"Merudgifter" = [{{ days = 25, from = 2007-02-01 }}]
"""
BEGIN = date(2007, 1, 1)
APPLICATIONS = 300


def some_day(random: random.Random, since: date, most: int) -> str:
    return (since + timedelta(days=random.randint(0, most))).isoformat()


def maybe(random: random.Random, chance: float, text: str) -> str:
    """Mostly the text, sometimes nothing, and now and then what nobody can read."""
    if random.random() < 0.01:
        return UNREAD
    return text if random.random() < chance else ""


def an_application(random: random.Random, number: int) -> dict[str, str]:
    received = BEGIN + timedelta(days=random.randint(0, 200))
    decided = random.random() < 0.75
    end = some_day(random, received - timedelta(days=1), 60)
    notice = maybe(random, 0.5, some_day(random, received, 60))
    outcome = random.choice(["medhold", "delvis", "afslag", "afslag", "frafaldet"])
    return {
        "ansoegning_id": f"A{number:04d}",
        "sagstype": random.choice(TYPES),
        "modtaget_dato": received.isoformat(),
        "kvittering_dato": maybe(random, 0.7, some_day(random, received, 15)),
        "underretning_dato": notice,
        "forventet_dato": maybe(random, 0.8 if notice else 0.1, some_day(random, received, 80)),
        "afgoerelse_dato": maybe(random, 0.98, end) if decided else "",
        "udfald": maybe(random, 0.97, outcome) if decided else maybe(random, 0.02, outcome),
        "partshoering_kraevet": maybe(random, 1, random.choice(["ja", "nej"])),
        "partshoering_dato": maybe(random, 0.5, random.choice([end, some_day(random, received, 40)])),
        "begrundelse": maybe(random, 1, random.choice(["ja", "ja", "nej"])),
        "klagevejledning": maybe(random, 1, random.choice(["ja", "ja", "nej"])),
        "skriftlig": maybe(random, 1, random.choice(["ja", "ja", "ja", "nej"])),
        "maalgruppe": random.choice(["handicappede", "boernefamilier", ""]),
        "enhed": random.choice(["Nord", "Syd", ""]),
    }


def some_steps(random: random.Random, application: dict[str, str]) -> list[dict[str, str]]:
    kinds = ["notat", "brev", "venter_borger", "venter_tredjepart", "venter_slut", "moede"]
    received = date.fromisoformat(application["modtaget_dato"])
    rows = []
    for _ in range(random.choice([0, 1, 2, 3, 4, 6, 8])):
        rows.append(
            {
                "ansoegning_id": application["ansoegning_id"],
                "dato": maybe(random, 1, some_day(random, received - timedelta(days=3), 60)) or received.isoformat(),
                "aktoer": random.choice(["kommune", "borger", "tredjepart"]),
                "type": random.choice(kinds),
            }
        )
    return rows


def write(file: Path, rows: list[dict[str, str]], without: frozenset[str] = frozenset()) -> None:
    names = [name for name in rows[0] if name not in without]
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, names, delimiter=";", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def as_json(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(b"".join(json.write(app.check(folder))))
    return found


def iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@pytest.mark.parametrize(
    ("seed", "first", "last", "cutoff", "default", "absent", "with_steps"),
    [
        (1, "2007-01-01", "2007-12-31", "2007-12-31", None, (), True),
        (2, "2007-02-10", "2007-06-30", "2007-05-20", 28, (), True),
        (3, "2007-03-01", "2007-07-31", "2007-07-31", None, ("udfald",), True),
        (4, "2007-01-15", "2007-08-01", "2007-06-15", 15, ("underretning_dato", "skriftlig"), True),
        (5, "2007-01-01", "2007-09-30", "2007-09-15", None, ("afgoerelse_dato",), True),
        (6, "2007-04-01", "2007-04-30", "2007-08-15", 28, ("kvittering_dato", "partshoering_dato"), False),
    ],
)
def test_they_agree(
    tmp_path: Path,
    seed: int,
    first: str,
    last: str,
    cutoff: str,
    default: int | None,
    absent: tuple[str, ...],
    with_steps: bool,
) -> None:
    chance = random.Random(seed)
    applications = [an_application(chance, number) for number in range(APPLICATIONS)]
    for row in applications:  # what is not there cannot be unreadable either
        row.update(dict.fromkeys(absent, ""))
    steps = [step for row in applications for step in some_steps(chance, row)]
    chance.shuffle(applications)
    chance.shuffle(steps)
    write(tmp_path / "ansoegninger.csv", applications, frozenset(absent))
    if with_steps:
        write(tmp_path / "sagsskridt.csv", steps)
    stated = TOML.format(first=first, last=last, cutoff=cutoff, default=f"default = {default}\n" if default else "")
    (tmp_path / "kommunecheck.toml").write_text(stated, encoding="utf-8")
    settings = SETTINGS if default is None else SETTINGS | {"deadlines": SETTINGS["deadlines"] | {"default": default}}
    window = date.fromisoformat(first), date.fromisoformat(last)
    theirs = reference.judge(
        applications, steps if with_steps else [], window, date.fromisoformat(cutoff), settings, frozenset(absent),
        with_steps,
    )  # fmt: skip
    found = as_json(tmp_path)
    ours = found["supervisions"]["sagsbehandling"]
    assert {
        (one["code"], one["subject"]["id"], one["date"], one["from"], one["to"])
        for one in found["findings"]
        if one["subject"]["kind"] == "ansoegning"
    } == {(code, name, iso(when), iso(begin), iso(end)) for code, name, when, begin, end in theirs["findings"]}
    assert [(one["ansoegning_id"], one["from"], one["to"], one["cause"]) for one in ours["dead_periods"]] == sorted(
        (name, iso(begin), iso(end), cause) for name, begin, end, cause in theirs["dead"]
    )
    rows = {place: row["ansoegning_id"] for place, row in enumerate(applications, 2)}
    odd = {rows[one["evidence"][0]["row"]] for one in found["findings"] if one["code"] == "DQ005"}
    assert odd == theirs["odd"]
    keys = list(theirs["total"])
    assert {one["sagstype"]: {key: one[key] for key in keys} for one in ours["types"]} == theirs["types"]
    assert {one["enhed"] or "": {key: one[key] for key in keys} for one in ours["units"]} == theirs["units"]
    assert {key: ours["total"][key] for key in keys} == theirs["total"]
    of_types = {(one["code"], one["subject"]["id"]) for one in found["findings"] if one["subject"]["kind"] == "kommune"}
    assert {kind for code, kind in of_types if code == "SB301"} == theirs["short"]
    assert {kind for code, kind in of_types if code == "SB303"} == theirs["without"]
    assert ours["applications"] == theirs["applications"]
    if not absent and with_steps:  # else they could agree on nothing
        assert {code for code, *_ in theirs["findings"]} == set(reference.NEEDS)


def test_they_agree_on_complaints(tmp_path: Path) -> None:
    chance = random.Random(7)
    rows = [
        {
            "klage_id": f"K{number}",
            "modtaget_dato": some_day(chance, date(2006, 11, 1), 500),
            "kanal": chance.choice(["borgmester", "borgerraadgiver", "andet"]),
            "kategori": chance.choice(["sagsbehandling", "sagsbehandlingstid", "retssikkerhed", "realitet"]),
            "enhed": chance.choice(["Nord", "Syd"]),
        }
        for number in range(200)
    ]
    write(tmp_path / "klager.csv", rows)
    (tmp_path / "kommunecheck.toml").write_text("[audit]\nfrom = 2006-12-15\nto = 2008-01-31\ncutoff = 2007-12-31\n")
    window = date(2006, 12, 15), date(2008, 1, 31)
    theirs = reference.complaints(rows, window, date(2007, 12, 31), ["Nord", "Syd"])
    told = as_json(tmp_path)["supervisions"]["sagsbehandling"]["complaints"]
    assert {
        (one["quarter"], one["kategori"], one["kanal"], one["enhed"]): (one["count"], one["change"], one["partial"])
        for one in told
    } == theirs


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_changes_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed + 100)
    applications = [an_application(chance, number) for number in range(60)]
    steps = [step for row in applications for step in some_steps(chance, row)]
    told = []
    for _ in range(2):
        write(tmp_path / "ansoegninger.csv", applications)
        write(tmp_path / "sagsskridt.csv", steps)
        found = as_json(tmp_path)
        of_rules = [one | {"evidence": None} for one in found["findings"] if one["code"].startswith("SB")]
        told.append((found["supervisions"], of_rules))
        chance.shuffle(applications)
        chance.shuffle(steps)
    assert told[0] == told[1]
