"""A new check in a package of its own, ready to be changed: what ``new-check`` writes.

It holds what docs/plugins.md teaches: a rule that works and can be replaced, the hooks that bring it, and its test.
"""

import re
from pathlib import Path
from string import Template

from kommunecheck.domain.errors import UserError
from kommunecheck.domain.rule import DATA, SUPERVISION
from kommunecheck.plugins.host import OURS, Plugins
from kommunecheck.writing import filling

OUR_LETTERS = ("VT", "DQ", "RT", "SB", "KS")
"""The letters our own codes begin with, those of supervisions to come included."""
LONGEST_NAME = 40
"""The characters a name can have."""

PROJECT = """\
[build-system]
requires = ["hatchling>=1.25"]
build-backend = "hatchling.build"

[project]
name = "kommunecheck-$name"
version = "0.1"
description = "A check for kommunecheck: $code"
readme = "README.md"
requires-python = ">=3.11"
dependencies = ["kommunecheck"]

[project.optional-dependencies]
test = ["pytest>=8"]

[project.entry-points.kommunecheck]
$name = "$package"

[tool.hatch.build.targets.wheel]
packages = ["$package"]

[tool.pytest.ini_options]
pythonpath = ["."]

[tool.ruff]
line-length = 120
"""

HOOKS = '''\
"""What the plugin $name brings to kommunecheck."""

from collections.abc import Sequence

import pluggy
from kommunecheck.law.law import LawTexts
from kommunecheck.ports import AnyCheck

from $package import rule

hookimpl = pluggy.HookimplMarker("kommunecheck")


@hookimpl
def kommunecheck_checks() -> Sequence[AnyCheck]:
    """The check."""
    return (rule,)


@hookimpl
def kommunecheck_law_texts() -> Sequence[LawTexts]:
    """What the rule cites: the short name that its citations begin with, and the full one."""
    return (LawTexts({"$name-aftalen": "Kommunens egen aftale"}),)
'''

RULE = '''\
"""$code: the contact interview was held at a weekend. Put your own rule in its place."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import danish, sunday_of
from kommunecheck.domain.finding import Finding, seen
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law

RULE = Rule(
    code="$code",
    name="$name",
    title="Kontaktsamtalen er holdt i en weekend",
    severity=Severity.WARNING,
    citations=("$name-aftalen § 1",),
    supervision="$name",
)

JUDGES: Final = "case"
NEEDS = ("samtaler.afholdt_dato",)

EXPLAIN = Explanation(
    says="Efter kommunens egen aftale holdes kontaktsamtaler på hverdage.",
    fails="Samtalen er holdt søndag 3. juni 2007.",
    passes="Samtalen er holdt mandag 4. juni 2007.",
    costs="Intet: det er kommunens egen regel.",
    remedy="Indkald borgeren til en samtale på en hverdag.",
    blind="Tjekket ser kun den dag, der er registreret.",
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """A finding for each contact interview held on a Saturday or a Sunday."""
    for row in case.held:
        day = row.held_on
        if sunday_of(day) - day <= 1:
            message = f"Kontaktsamtalen {danish(day)} er holdt i en weekend."
            yield Finding(RULE, message, date=day, arose=day, evidence=(seen(row, "afholdt_dato"),))
'''

TEST = '''\
"""The rule in its own words, and the case just on the right side."""

from kommunecheck.domain.case import Case
from kommunecheck.testing import a_case, held, judged

from $package import rule


def found(case: Case) -> list[str]:
    return [finding.rule.code for finding in judged(case, checks=[rule]).findings]


def test_an_interview_on_a_sunday_is_found() -> None:
    assert found(a_case("2007-04-02", interviews=[held("2007-06-03")])) == ["$code"]


def test_an_interview_on_the_monday_after_is_not() -> None:
    assert found(a_case("2007-04-02", interviews=[held("2007-06-04")])) == []
'''

README = """\
# kommunecheck-$name

A check for kommunecheck: `$code`, in `$package/rule.py`.

```
python -m pip install -e .
kommunecheck plugins
kommunecheck explain $code
python -m pytest
```

Change the sentence in the test first, then the rule until the test passes. kommunecheck's own docs/plugins.md goes
through it step by step.
"""

FILES = {
    "pyproject.toml": PROJECT,
    "README.md": README,
    "$package/__init__.py": HOOKS,
    "$package/rule.py": RULE,
    "tests/test_rule.py": TEST,
}
"""What is written, by its place in the new folder."""


def write_check(folder: Path, code: str, name: str, plugins: Plugins) -> tuple[str, ...]:
    """Write the package into a folder that is new or empty; the places of its files.

    Raises ``UserError`` when the code or the name cannot be used, or when the folder has anything in it.
    """
    _usable(code, name, plugins)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(
            f"{folder.name} {'er ikke tom' if folder.is_dir() else 'er en fil'}. Vælg en ny mappe, så intet bliver "
            "overskrevet."
        )
    words = {"code": code, "name": name, "package": f"kommunecheck_{name.replace('-', '_')}"}
    written = {Template(place).substitute(words): Template(text).substitute(words) for place, text in FILES.items()}
    with filling(folder):
        for place, text in written.items():
            file = folder / place
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8", newline="\n") as target:
                target.write(text)
    return tuple(written)


def _usable(code: str, name: str, plugins: Plugins) -> None:
    """Raises ``UserError`` with what is wrong with the code or the name."""
    if re.fullmatch(r"[A-Z]{2}[0-9]{3}", code) is None:
        raise UserError("--code: der ventes to store bogstaver (A-Z) og tre cifre, fx KK901.")
    if code.startswith(OUR_LETTERS):
        raise UserError(f"--code: {', '.join(OUR_LETTERS)} er kommunechecks egne. Vælg to andre bogstaver, fx KK901.")
    if any(one.RULE.code == code for one in plugins.stated):
        raise UserError(f"--code: {code} findes allerede i et installeret plugin. Vælg et andet nummer.")
    if re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name) is None or len(name) > LONGEST_NAME:
        raise UserError(
            f"--name: der ventes højst {LONGEST_NAME} små bogstaver (a-z), cifre og bindestreger, fx telefonsamtale."
        )
    if name in (OURS, SUPERVISION, DATA) or any(one.name == name for one in plugins.brought):
        raise UserError("--name: navnet er allerede taget. Vælg et andet.")
