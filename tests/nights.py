"""A small municipality, night by night: its export, its configuration, and what is asked of it."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kommunecheck.cli import run

Row = dict[str, str]

MISSING, LATE, STEP = "S1", "S2", "S3"
"""A case whose interview is not held, one whose interview was late, and one without attention areas."""


def interview(sag_id: str, day: str, **other: str) -> Row:
    row = {
        "samtale_id": f"{sag_id}-{day}",
        "sag_id": sag_id,
        "type": "kontaktsamtale",
        "status": "afholdt",
        "indkaldt_dato": "",
        "planlagt_dato": "",
        "afholdt_dato": day,
        "opfoelgning_dato": "",
        "matchkategori": "4",
        "grovmatch": "nej",
        "opmaerksomhedsomraader": "helbred",
        "registreret_dato": day,
        "arbejdssoegende": "ja",
        "fritagelsesaarsag": "",
    }
    return row | other


def payments(sag_id: str, amount: str = "9000,00") -> list[Row]:
    days = ["31", "28", "31", "30", "31", "30", "31"]
    return [
        {
            "udbetaling_id": f"U-{sag_id}-{month}",
            "sag_id": sag_id,
            "fra": f"2007-{month:02d}-01",
            "til": f"2007-{month:02d}-{last}",
            "beloeb": amount,
            "i_tilbud": "nej",
        }
        for month, last in enumerate(days, start=1)
    ]


def case(sag_id: str, ended: str = "") -> Row:
    return {"sag_id": sag_id, "ydelsestype": "kontanthjaelp", "anmodningsdato": "2007-01-01", "ophoersdato": ended}


@dataclass
class Night:
    """One night's export, and what is asked of it."""

    folder: Path
    cutoff: str = "2007-05-10"
    today: str = "2007-05-11"
    settings: str = ""
    tables: dict[str, list[Row]] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """The municipality of the first night."""
        self.tables = {
            "sager": [case(MISSING), case(LATE), case(STEP, "2007-03-31")],
            "samtaler": [
                interview(MISSING, "2007-01-15"),
                interview(LATE, "2007-01-15"),
                interview(LATE, "2007-04-30"),
                interview(STEP, "2007-01-15", opmaerksomhedsomraader=""),
            ],
            "udbetalinger": [*payments(MISSING), *payments(LATE), *payments(STEP)[:3]],
        }

    def write(self) -> None:
        """The files as they are this night; older ones of the same tables go."""
        self.folder.mkdir(exist_ok=True)
        for table, rows in self.tables.items():
            lines = [";".join(rows[0]), *(";".join(row.values()) for row in rows)]
            (self.folder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (self.folder / "kommunecheck.toml").write_text(self.settings, encoding="utf-8")

    def check(self) -> tuple[int, dict[str, Any]]:
        """The exit status, and the report."""
        self.write()
        file = self.folder.parent / "r.json"
        dates = ("--from", "2007-01-01", "--cutoff", self.cutoff, "--today", self.today)
        status = run(["check", str(self.folder), *dates, "-o", str(file), *self.arguments])
        return status, json.loads(file.read_text(encoding="utf-8"))

    def keep(self, command: str) -> int:
        """Create or update the baseline of this night's findings."""
        self.settings = '[audit]\ncutoff = 2007-05-10\nfrom = 2007-01-01\n[baseline]\nfile = "baseline.json"\n'
        self.settings = self.settings.replace("2007-05-10", self.cutoff)
        self.write()
        return run(["baseline", command, str(self.folder)])


HISTORY = '[audit]\nfrom = 2007-01-01\n[history]\ndatabase = "h.sqlite"\n'
"""The settings of a municipality that keeps its runs."""

WAIVER = {
    "id": "A1",
    "codes": ["VT203"],
    "sag_id": STEP,
    "reason": "Borgeren var indlagt.",
    "legal_basis": "særlige tilfælde, vejl. til § 5, stk. 1",
    "author": "fagkoordinator",
    "approved_by": "afdelingsleder",
    "expires": "2007-12-31",
}


def toml(*waivers: dict[str, Any]) -> str:
    def value(given: Any) -> str:
        is_day = isinstance(given, str) and given[:2] == "20" and len(given) == 10
        return given if is_day else json.dumps(given, ensure_ascii=False)

    return "\n".join(
        "[[waivers]]\n" + "\n".join(f"{key} = {value(one[key])}" for key in one if one[key] is not None) + "\n"
        for one in waivers
    )


def accept(night: Night, *waivers: dict[str, Any]) -> None:
    night.settings += '[waivers]\nfile = "waivers.toml"\n'
    night.folder.mkdir(exist_ok=True)
    (night.folder / "waivers.toml").write_text(toml(*waivers), encoding="utf-8")


def a_case_more_fails(night: Night) -> None:
    night.tables["sager"].append(case("S4"))
    night.tables["samtaler"].append(interview("S4", "2007-01-15"))
    night.tables["udbetalinger"] += payments("S4")
