"""What is known, accepted and stored, on the screen: of the baseline, the waivers and the history."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console

from kommunecheck.domain.days import MONTHS, Day, Period, danish
from kommunecheck.domain.money import half_up
from kommunecheck.domain.rule import Rule
from kommunecheck.domain.standing import Difference, Month, Remembered, Ruled, StoredRun, Use
from kommunecheck.domain.wording import kroner, number, share, span, whole
from kommunecheck.reports.console import screen, table_of
from kommunecheck.reports.phrases import WHOSE, amount


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


def print_runs(runs: Sequence[StoredRun]) -> None:
    """The stored runs, the oldest first."""
    console = screen()
    if not runs:
        console.print("Der er ingen kørsler endnu.")
        return
    shown = table_of(
        "Nr.",
        "Opgjort pr.",
        "Sager",
        "Med fejl",
        "Andel",
        "Forventet tab",
        "Løber om dagen",
        "",
        right=(0, 2, 3, 4, 5, 6),
    )
    for run in runs:
        shown.add_row(
            str(run.number),
            danish(run.cutoff),
            whole(run.cases),
            whole(run.errors),
            share(run.errors, run.cases),
            kroner(run.expected),
            kroner(run.running),
            "" if run.complete else "ufuldstændig",
        )
    console.print(shown)
    console.print(WHOSE)


def print_difference(difference: Difference) -> None:
    """What came, went and moved, and the difference it makes to the expected loss."""
    console = screen()
    before, after = difference.before, difference.after
    console.print(
        f"Fra {before.called} ({danish(before.cutoff)}) til {after.called} ({danish(after.cutoff)})", style="bold"
    )
    if before.expected is not None and after.expected is not None:
        by = after.expected - before.expected
        way = "uændret" if not by else f"{kroner(abs(by))} {'mere' if by > 0 else 'mindre'}"
        became = f"{kroner(before.expected)} er blevet til {kroner(after.expected)}: {way}"
        console.print(f"Forventet tab i visitationstilsynet: {became}.")
    console.print()
    for title, findings in (
        ("Kommet", difference.came),
        ("Løst", difference.gone),
        ("Ikke set efter nu", difference.not_seen),
        ("Ikke set efter før", difference.not_seen_before),
    ):
        _print_findings(console, title, findings)
    if difference.moved:
        shown = table_of("Ændret", "Sag", "Før", "Nu", "Refusion før", "Refusion nu", right=(4, 5))
        for now, standing in difference.moved:
            then = standing.before or now
            shown.add_row(
                now.code if now.code == then.code else f"{then.code} > {now.code}",
                now.sag_id or now.subject,
                _days(then),
                _days(now),
                _lost_by(then),
                _lost_by(now),
            )
        console.print(shown)
        console.print()
    if any(one.days for one in (*difference.came, *difference.gone, *(now for now, _ in difference.moved))):
        console.print(COSTS)
    console.print(f"{number(difference.unchanged, 'fund er uændret', 'fund er uændrede')}.")


COSTS = (
    "Refusionen ud for et fund er for alle de dage, det rammer, i alle tilsyn: også muligt tab, og hvad der kun hviler "
    "på journalen. Fund overlapper, så beløbene kan ikke lægges sammen."
)
"""What the amounts beside the findings are, which the expected loss is not."""


def _print_findings(console: Console, title: str, findings: Sequence[Remembered]) -> None:
    if not findings:
        return
    shown = table_of(title, "Sag", "Tabte dage", "Refusion", right=(3,))
    for one in findings:
        shown.add_row(one.code, one.sag_id or one.subject, _days(one), _lost_by(one))
    console.print(shown)
    console.print()


def _days(finding: Remembered) -> str:
    if finding.first is None or finding.last is None or not finding.days:  # a period without lost days is no loss
        return "ingen"
    return f"{number(finding.days, 'dag', 'dage')}, {span(Period(finding.first, finding.last))}"


def _lost_by(finding: Remembered) -> str:
    return amount(finding.refund_lost) if finding.days else "–"


BAR = 24
"""Signs of the longest bar on the screen."""


def print_trend(months: Sequence[Month]) -> None:
    """The months, each with its loss as a bar, and then what each rule and each team came to."""
    console = screen()
    if not months:
        console.print("Der er ingen kørsler endnu.")
        return
    dearest = max((month.run.expected or 0 for month in months if month.run is not None), default=0)
    shown = table_of("Måned", "Sager", "Med fejl", "Løber om dagen", "Forventet tab", "", right=(1, 2, 3, 4))
    for month in months:
        run = month.run
        name = f"{MONTHS[month.month - 1]} {month.year}"
        if run is None:
            shown.add_row(name, "", "", "", "ingen kørsel", "")
            continue
        errors = share(run.errors, run.cases)
        bar = bar_of(run.expected or 0, dearest)
        shown.add_row(name, whole(run.cases), errors, kroner(run.running), kroner(run.expected), bar)
    console.print(shown)
    console.print(WHOSE)
    console.print()
    runs = [month.run for month in months if month.run is not None]
    _print_parts(console, "Regel", "Fund", [run.rules for run in runs])
    _print_parts(console, "Team", "Sager med tab", [run.teams for run in runs])


def bar_of(value: int, longest: int) -> str:
    """A bar of a sign that an old Danish console has too; a value above nothing is never without one."""
    return "█" * max(half_up(value * BAR, longest), 1) if value else ""


def _print_parts(console: Console, title: str, counted: str, parts: Sequence[Sequence[Ruled]]) -> None:
    """What each rule or team came to in the first month and the last, the dearest of the last first."""
    first, last = parts[0], parts[-1]
    before = {part.name: part for part in first}
    now = {part.name: part for part in last}
    names = sorted(before.keys() | now.keys(), key=lambda name: (-(_lost(now.get(name)) or 0), name or ""))
    if not names:
        return
    shown = table_of(title, f"{counted} først", f"{counted} nu", "Refusion først", "Refusion nu", right=(1, 2, 3, 4))
    for name in names:
        then, here = before.get(name), now.get(name)
        counts = [whole(part.found) if part is not None else "0" for part in (then, here)]
        shown.add_row(name or "uden team", *counts, kroner(_lost(then)), kroner(_lost(here)))
    console.print(shown)
    console.print()


def _lost(part: Ruled | None) -> int | None:
    return 0 if part is None else part.refund_lost
