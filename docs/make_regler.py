"""Writes the pages of the rules in ``docs/regler/`` and the table of rules in the README, from the checks themselves.

python docs/make_regler.py
"""

from pathlib import Path

from kommunecheck.config import Parameters, read_law
from kommunecheck.plugins.host import OURS, load
from kommunecheck.reports.rule_pages import pages, table

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "regler"
OWN = load([one.name for one in load().brought if one.origin == OURS])
"""What comes with kommunecheck, and no plugin that happens to be installed."""
ALL = sorted(OWN.stated, key=lambda one: (one.RULE.code[:2] != "VT", one.RULE.code[:2] == "DQ", one.RULE.code))
"""Everything that states a rule: the visitationstilsyn's own, the further supervisions', and those of the files."""
BEGINS, ENDS = "<!-- regler: lavet af docs/make_regler.py -->\n", "<!-- regler slut -->\n"


def readme() -> str:
    """The README with the table of rules as it should be."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    return before + BEGINS + table(ALL, "docs/regler/") + ENDS + after


def made() -> dict[Path, str]:
    """Every file this writes, with its text."""
    rules = {FOLDER / name: text for name, text in pages(ALL, read_law(Parameters(), OWN.law_texts).acts).items()}
    return rules | {ROOT / "README.md": readme()}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path, text in made().items():
        path.write_text(text, encoding="utf-8", newline="\n")
