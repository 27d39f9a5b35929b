"""What is known and what is accepted, on the screen: for ``baseline show``, ``waiver list`` and ``waiver check``."""

from collections import Counter
from collections.abc import Sequence

from kommunecheck.domain.days import Day, danish
from kommunecheck.domain.rule import Rule
from kommunecheck.domain.standing import Remembered, Use
from kommunecheck.domain.wording import kroner, number, whole
from kommunecheck.reports.console import screen, table_of


def print_known(findings: Sequence[Remembered], gone: int, rules: Sequence[Rule]) -> None:
    """The known findings, rule by rule, with what each rule's findings cost; days that overlap count in each."""
    console = screen()
    titles = {rule.code: rule.title for rule in rules}
    counted = Counter(finding.code for finding in findings)
    shown = table_of("Regel", "", "Kendte fund", "Refusion", right=(2, 3))
    for code in sorted(counted):
        lost = [finding.refund_lost for finding in findings if finding.code == code]
        cost = None if None in lost else sum(one or 0 for one in lost)
        shown.add_row(code, titles.get(code, "findes ikke mere"), whole(counted[code]), kroner(cost))
    console.print(shown)
    console.print(f"I alt {number(len(findings), 'kendt fund', 'kendte fund')}; {whole(gone)} er løst siden.")


def print_waivers(waivers: Sequence[tuple[str, str, str, Day]], today: Day) -> None:
    """Waivers - id, codes, what it covers and its last day - the one that expires first on top."""
    console = screen()
    if not waivers:
        console.print("Ingen.")
        return
    shown = table_of("Accept", "Regler", "Dækker", "Sidste dag", "Dage igen", right=(4,))
    for name, codes, covers, expires in sorted(waivers, key=lambda one: (one[3], one[0])):
        left = expires - today
        shown.add_row(name, codes, covers, danish(expires), whole(left) if left >= 0 else "udløbet")
    console.print(shown)


def print_uses(uses: Sequence[Use]) -> None:
    """What became of each waiver, the one that expires first on top."""
    console = screen()
    for use in sorted(uses, key=lambda use: (use.expires, use.id)):
        console.print(f"- {use.sentence}")
    if not uses:
        console.print("Der er ingen accepter.")
