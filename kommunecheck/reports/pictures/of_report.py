"""The pictures of a report: what each shows, chosen once for every format that shows it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from kommunecheck.domain.days import MONTHS, Day
from kommunecheck.domain.names import KINDS, OUTCOMES, capital
from kommunecheck.domain.report import Months, Outcome, Report
from kommunecheck.domain.wording import kroner, number, whole
from kommunecheck.reports.causes import RuleTotal, cause_of, rule_totals
from kommunecheck.reports.comparing import in_short, team_rows
from kommunecheck.reports.phrases import amount_or_days, cost, days, listed
from kommunecheck.reports.pictures.bars import Bar, Part, bars, parts, whole_bar
from kommunecheck.reports.pictures.columns import Row, columns
from kommunecheck.reports.pictures.svg import Drawn

BARS = 10
"""How many bars a picture has at most."""

OUTCOME_FILLS = {
    Outcome.ERROR_WITH_LOSS: "o0",
    Outcome.ERROR_WITHOUT_LOSS: "o1",
    Outcome.NO_CRITICISM: "o2",
    Outcome.WITHDRAWN: "o3",
    Outcome.NOT_ASSESSED: "o4",
}
"""How the cases that came out so are filled in a picture."""

HOW_SURE, CAME_OUT = "Hvor sikkert er tabet?", "Sådan faldt sagerne ud"
RULES_COST, TEAMS_LOSE = "Hvad fejlene koster, regel for regel", "Forventet tab efter team"
BY_MONTH = "Visitationstilsynets hyppigste fund, måned for måned"
"""What stands over the pictures."""

ALONE, SHARED = "på dage uden andre fejl", "på dage, der også er tabt af andre grunde"
"""The two parts of a bar in the picture of the rules."""
RULE_FILLS = (("k0", "forventet tab"), ("k1", "muligt tab"), ("k2", "hviler på journalen"))
"""How a rule's bar is filled, by the kinds of loss that it finds."""
IN_ALL = "i alt, også på dage, der er tabt af andre grunde"
"""Both of them together."""


def how_sure(report: Report) -> Drawn | None:
    """How sure the losses are: a bar for each kind there is."""
    shown = []
    for place, (kind, amounts) in enumerate(zip(KINDS, report.summary.kinds, strict=True)):
        if amounts.days:
            length = amounts.days if amounts.refund_lost is None else amounts.refund_lost
            shown.append(whole_bar(capital(kind.full), amount_or_days(amounts), length, f"k{place}"))
    if not shown:
        return None
    told = _told(shown)
    return bars("billede-sikkerhed", f"Hvor sikkert tabet er. {told}.", shown)


def _told(shown: Sequence[Bar]) -> str:
    """The bars in words, to stand before a full stop: amounts end with one."""
    return "; ".join(f"{bar.title}: {bar.amount}" for bar in shown).removesuffix(".")


def outcomes(report: Report, *, key: bool) -> Drawn | None:
    """How the cases came out, with the ``key`` to the parts where nothing else tells them apart."""
    counted = report.summary.outcomes
    if not report.summary.cases:
        return None
    shown = [Part(capital(OUTCOMES[one]), counted[one], fill) for one, fill in OUTCOME_FILLS.items()]
    told = "; ".join(f"{part.title}: {whole(part.cases)}" for part in shown)
    return parts("billede-udfald", f"{CAME_OUT}. {told}.", shown, key=key)


def rules(report: Report, *, key: bool) -> Drawn | None:
    """What the rules cost: alone as the filled parts, with what others cover too as the outline."""
    ranked = _ranked(report)
    if len(ranked) < 2:
        return None
    shown = [_bar(report, total) for total in ranked[:BARS]]
    kinds = kinds_by_rule(report)
    told = [
        bar._replace(title=f"{bar.title} ({listed(RULE_FILLS[kind][1] for kind in kinds[total.rule.code])})")
        for bar, total in zip(shown, ranked, strict=False)
    ]
    about = f"{_how_many(ranked)}, og hvilke slags tab de finder. {_told(told)}."
    return bars("billede-regler", about, shown, (*RULE_FILLS, ("rest", SHARED)) if key else ())


def _ranked(report: Report) -> list[RuleTotal]:
    """The rules that cost anything, those that touch most first."""
    costly = [total for total in rule_totals(report) if total.lost.touched_refund or _unknown(total)]
    return sorted(costly, key=lambda total: -(total.lost.touched_refund or total.lost.touched_days))


def _unknown(total: RuleTotal) -> bool:
    """Whether a rule's cost is known in days alone."""
    return total.lost.touched_refund is None and total.lost.touched_days > 0


def _how_many(ranked: Sequence[RuleTotal]) -> str:
    """How many of the rules are shown."""
    if len(ranked) <= BARS:
        return "Hvad reglerne koster i alt"
    return f"Hvad de {BARS} dyreste af {whole(len(ranked))} regler koster i alt"


def rules_title(report: Report) -> str:
    """What stands over the picture of the rules: how many it shows where there are more."""
    ranked = _ranked(report)
    return RULES_COST if len(ranked) <= BARS else f"{RULES_COST}: de {BARS} dyreste af {whole(len(ranked))}"


def _bar(report: Report, total: RuleTotal) -> Bar:
    lost, days_only = total.lost, _unknown(total)
    length = lost.touched_days if days_only else lost.touched_refund
    alone = [kind.days if days_only else kind.refund_lost for kind in cause_of(report, lost).alone]
    filled = tuple((much, fill) for much, (fill, _) in zip(alone, RULE_FILLS, strict=True) if much)
    title = f"{total.rule.code} {total.rule.title}"
    return Bar(title, cost(lost.touched_refund, lost.touched_days), length or 0, filled)


def kinds_by_rule(report: Report) -> dict[str, list[int]]:
    """The kinds of loss that each rule finds, the surest first, by their place in ``RULE_FILLS``."""
    found: dict[str, set[int]] = defaultdict(set)
    for placed in report.findings:
        one = placed.finding
        kinds = (place for place, days in enumerate((one.expected, one.discretionary, one.documentation)) if days)
        found[one.rule.code].update(kinds)
    return {code: sorted(kinds) for code, kinds in found.items()}


def teams(report: Report) -> Drawn | None:
    """What the teams are expected to lose, those that lose most first."""
    ranked = sorted(team_rows(report), key=lambda one: (-(one.refund_lost or 0), one.called))
    shown = [
        whole_bar(one.called, kroner(one.refund_lost), one.refund_lost, "k0")
        for one in ranked[:BARS]
        if one.refund_lost
    ]
    if len(shown) < 2:
        return None
    told = _told(shown)
    return bars("billede-teams", f"{TEAMS_LOSE}. {told}.", shown)


MONTHS_SHOWN, CAUSES_SHOWN = 12, 5
"""How many months, the latest, and how many rules, the most frequent in them, the picture of the months has."""


def months(report: Report) -> Drawn | None:
    """The most frequent findings over the latest months, on one scale, and the lost days."""
    told = report.months
    if told is None or len(told.months) < 2:
        return None
    latest = told.months[-MONTHS_SHOWN:]
    shown = most_frequent(told)
    lost = told.lost_days[-MONTHS_SHOWN:]
    titles = {rule.code: rule.title for rule in report.rules}
    most = max((max(counts) for _, counts in shown), default=1)
    rows = [Row(f"{code} {titles.get(code, '')}".strip(), counts, most, "own") for code, counts in shown]
    if any(lost):
        rows.append(Row("Tabte dage med forventet tab", lost, max(lost), "k0"))
    if not rows:
        return None
    said = [
        f"{row.title}: {number(sum(row.counts), 'fund', 'fund') if row.fill == 'own' else days(sum(row.counts))}, "
        f"flest i {in_short(latest[row.counts.index(max(row.counts))])}"
        for row in rows
    ]
    heads = [_named(month, first=month == latest[0]) for month in latest]
    return columns("billede-maaneder", f"{BY_MONTH}. {'; '.join(said)}.", heads, rows)


def most_frequent(told: Months) -> list[tuple[str, tuple[int, ...]]]:
    """The rules with most findings in the latest months, each with its findings in each of them."""
    latest = [(one.code, one.findings[-MONTHS_SHOWN:]) for one in told.causes]
    ranked = sorted(latest, key=lambda one: (-sum(one[1]), one[0]))
    return [(code, counts) for code, counts in ranked[:CAUSES_SHOWN] if sum(counts)]


def _named(month: Day, *, first: bool) -> tuple[str, str]:
    """A month's short name, and its year where the picture or the year begins."""
    day = date.fromordinal(month)
    return MONTHS[day.month - 1][:3], str(day.year) if first or day.month == 1 else ""
