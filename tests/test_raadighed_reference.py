"""The product against the reading of its own, on random cases; and properties that hold of any."""

import random
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from each_day import each
from raadighed_reference import Reading

from kommunecheck import app
from kommunecheck.domain.days import iso

CASES = 1_200
WINDOW, CUTOFF = ("2007-02-01", "2007-11-30"), "2007-12-10"
COLUMNS = {
    "sager": "sag_id ydelsestype anmodningsdato ophoersdato team",
    "samtaler": "samtale_id sag_id type status planlagt_dato afholdt_dato registreret_dato matchkategori grovmatch "
    "indkaldt_dato opfoelgning_dato opmaerksomhedsomraader arbejdssoegende fritagelsesaarsag",
    "perioder": "sag_id type fra til dokumenteret",
    "udbetalinger": "udbetaling_id sag_id fra til beloeb i_tilbud",
    "haendelser": "haendelse_id sag_id dato type underrettet_dato",
    "afgoerelser": "afgoerelse_id haendelse_id sag_id vejledt_dato partshoering_dato vurdering_dato vurdering "
    "afgoerelse_dato sanktion sanktion_fra sanktion_til hjemmel begrundelse klagevejledning ankesag",
}
TYPES = ("udeblivelse_samtale", "udeblivelse_tilbud", "afslag_tilbud", "intet_cv", "sygemelding", "andet")
BENEFITS = ("kontanthjaelp", "starthjaelp", "introduktionsydelse", "revalidering")
WRITTEN = (None, "§ 39", "§ 38 a", "§ 38", "§ 13 c", "§ 13 d", "§ 41", "§ 41 a", "LAS § 40", "SEL § 39", "se sagen",
           "§ 30", "integrationslovens § 31", "§ 25 a", "§ 26", "LAS § 139")  # fmt: skip


def near(rnd, start, low, high):
    """A day near another, often just at a limit."""
    days = rnd.choice((low, high, 0, 1, 7, 8, 27, 28, 29, rnd.randint(low, high)))
    return (date.fromisoformat(start) + timedelta(days)).isoformat()


def maybe(rnd, share, value):
    return value if rnd.random() < share else None


def a_random_case(rnd, number):
    sag = f"S{number:04d}"
    began = near(rnd, "2007-02-01", -40, 120)
    ended = maybe(rnd, 0.5, near(rnd, began, 20, 260))
    case = {
        "sag_id": sag,
        "ydelsestype": rnd.choices(
            ("kontanthjaelp", "starthjaelp", "introduktionsydelse", "revalidering"), (6, 1, 2, 1)
        )[0],
        "anmodningsdato": began,
        "ophoersdato": ended,
        "samtaler": [],
        "perioder": [],
        "udbetalinger": [],
        "haendelser": [],
        "afgoerelser": [],
    }
    first = began
    for kind in rnd.sample(("revalidering", "loentilskud", "orlovsydelse"), rnd.choice((0, 0, 1, 2))):
        first = near(rnd, first, 1, 60)
        last = near(rnd, first, 1, 40)
        case["perioder"].append((kind, first, max(first, last)))
        first = max(first, last)
    first = began
    for _ in range(rnd.randint(0, 6)):
        last = near(rnd, first, 0, 40)
        case["udbetalinger"].append((first, last))
        first = (date.fromisoformat(last) + timedelta(rnd.choice((1, 1, 1, 20)))).isoformat()
    for place in range(rnd.randint(0, 5)):
        held = near(rnd, began, -3, 200)
        status = rnd.choice(("afholdt", "afholdt", "udeblevet", "aflyst"))
        case["samtaler"].append(
            {
                "samtale_id": f"{sag}-{place}",
                "type": rnd.choice(("kontaktsamtale", "kontaktsamtale", "cv_samtale")),
                "status": status,
                "planlagt_dato": held if status != "afholdt" else None,
                "afholdt_dato": held if status == "afholdt" else None,
                "registreret_dato": maybe(rnd, 0.3, near(rnd, held, 0, 200)) if status == "afholdt" else None,
                "matchkategori": rnd.choice((None, "1", "2", "3", "3", "4", "5", "7")),
                "grovmatch": rnd.choice(("nej", "nej", "ja")),
            }
        )
    for place in range(rnd.choice((0, 1, 1, 1, 2, 3))):
        missed = [row["planlagt_dato"] for row in case["samtaler"] if row["status"] == "udeblevet"]
        happened = near(rnd, rnd.choice(missed), -1, 8) if missed and rnd.random() < 0.5 else near(rnd, began, -2, 220)
        name = f"{sag}-H{place}"
        kind = "udeblivelse_samtale" if missed and rnd.random() < 0.6 else rnd.choice(TYPES)
        case["haendelser"].append(
            {
                "haendelse_id": name,
                "dato": happened,
                "type": kind,
                "underrettet_dato": maybe(rnd, 0.3, near(rnd, happened, -3, 15)),
            }
        )
        for row in range(rnd.choice((0, 1, 1, 2, 3))):
            assessed = near(rnd, happened, -1, 60)
            decided = near(rnd, assessed, -1, 60)
            starts = near(rnd, decided, -5, 20)
            case["afgoerelser"].append(
                {
                    "afgoerelse_id": f"A{place}{row}",
                    "haendelse_id": name,
                    "vejledt_dato": maybe(rnd, 0.6, near(rnd, happened, -30, 1)),
                    "partshoering_dato": maybe(rnd, 0.7, near(rnd, decided, -9, 1)),
                    "vurdering_dato": maybe(rnd, 0.8, assessed),
                    "vurdering": maybe(
                        rnd, 0.8, rnd.choice(("raadig", "rimelig_grund", "ikke_raadig", "ikke_rimelig_grund"))
                    ),
                    "afgoerelse_dato": maybe(rnd, 0.8, decided),
                    "sanktion": rnd.choice((None, "ingen", "fradrag", "nedsaettelse", "ophoer", "ophoer")),
                    "sanktion_fra": maybe(rnd, 0.7, starts),
                    "sanktion_til": maybe(rnd, 0.7, near(rnd, starts, 0, 60)),
                    "hjemmel": rnd.choice(WRITTEN),
                    "begrundelse": rnd.choice(("ja", "ja", "nej", None)),
                    "klagevejledning": rnd.choice(("ja", "ja", "nej", None)),
                    "ankesag": rnd.choice(("nej", "nej", "nej", None, None, None, None, None, "ja")),
                }
            )
    return case


@cache
def random_cases():
    rnd = random.Random(1404)
    return [a_random_case(rnd, number) for number in range(CASES)]


def write(folder: Path, cases, shuffle=None):
    rows = {name: [] for name in COLUMNS}
    for case in cases:
        sag = case["sag_id"]
        rows["sager"].append(case | {"team": f"Team {sag[-1]}"})
        rows["samtaler"] += [row | {"sag_id": sag} for row in case["samtaler"]]
        rows["perioder"] += [{"sag_id": sag, "type": k, "fra": a, "til": b} for k, a, b in case["perioder"]]
        rows["udbetalinger"] += [
            {"sag_id": sag, "fra": a, "til": b, "beloeb": "3000,00", "i_tilbud": "nej"} for a, b in case["udbetalinger"]
        ]
        rows["haendelser"] += [row | {"sag_id": sag} for row in case["haendelser"]]
        rows["afgoerelser"] += [row | {"sag_id": sag} for row in case["afgoerelser"]]
    folder.mkdir(exist_ok=True)
    for name, header in COLUMNS.items():
        columns = header.split()
        if shuffle is not None:
            shuffle.shuffle(rows[name])
        lines = [columns, *([str(row.get(column) or "") for column in columns] for row in rows[name])]
        (folder / f"{name}.csv").write_text("".join(";".join(line) + "\n" for line in lines), encoding="utf-8")
    start, end = WINDOW
    (folder / "kommunecheck.toml").write_text(f"[audit]\nfrom = {start}\nto = {end}\ncutoff = {CUTOFF}\n")
    return folder


def by_case(report):
    """The findings of the supervision and the outcomes, by case."""
    (own,) = [one for one in report.supervisions if one.name == "raadighed"]
    found = {
        case.sag_id: sorted(
            (
                one.rule.code,
                iso(one.date),
                tuple(map(iso, each(one.expected))),
                tuple(map(iso, each(one.discretionary))),
            )
            for one in case.findings
        )
        for case in own.cases
    }
    return found, {case.sag_id: str(case.outcome) for case in own.cases}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return app.check(write(tmp_path_factory.mktemp("random") / "m", random_cases()))


def test_the_product_and_the_reading_of_its_own_agree_on_random_cases(report):
    found, outcomes = by_case(report)
    seen = set()
    for case in random_cases():
        wanted, outcome = Reading(case, WINDOW, CUTOFF).found()
        told = sorted(
            (code, when.isoformat(), tuple(sorted(one.isoformat() for one in expected)),
             tuple(sorted(one.isoformat() for one in discretionary)))
            for code, when, expected, discretionary in wanted
        )  # fmt: skip
        assert found.get(case["sag_id"], []) == told, case["sag_id"]
        seen |= {code for code, *_ in told}
        own = outcomes.get(case["sag_id"])
        doubtful = any(one.sag_id == case["sag_id"] and one.finding.rule.code[:2] == "DQ" for one in report.findings)
        if not (own == "not_assessed" and doubtful and outcome == "no_criticism"):
            assert own == outcome, case["sag_id"]
    assert seen == {f"RT1{n:02d}" for n in range(1, 12)} | {"RT201", "RT202"}


def test_the_order_of_rows_changes_nothing(report, tmp_path):
    again = app.check(write(tmp_path / "m", random_cases()[::-1], random.Random(7)))
    assert by_case(again) == by_case(report)
    assert again.supervisions[0].summary == report.supervisions[0].summary
    assert again.supervisions[0].beside == report.supervisions[0].beside


def test_no_lost_day_is_excluded_subsidised_or_after_the_last_day(report):
    (own,) = report.supervisions
    cases = {case["sag_id"]: Reading(case, WINDOW, CUTOFF) for case in random_cases()}
    for case in own.cases:
        reading = cases[case.sag_id]
        for kind in case.exposure.kinds:
            for one in each(kind.periods):
                assert date.fromordinal(one) not in reading.excluded | reading.subsidised
                assert date.fromordinal(one) <= reading.last
