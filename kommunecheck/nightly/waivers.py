"""``waivers.toml``: the findings a municipality has accepted, each with a reason, an author and an end.

The whole file is checked before any case is read: what is wrong with it must not be noticed after an hour's run.
"""

import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

import tomli_w
from pydantic import Field

from kommunecheck.config import Date, Section, as_section, open_config
from kommunecheck.domain.days import Day, danish, day_of
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.finding import fingerprint
from kommunecheck.domain.privacy import has_cpr, masked
from kommunecheck.domain.report import Placed
from kommunecheck.domain.rule import Rule, codes_now
from kommunecheck.domain.standing import Accepted, Use

Text = Annotated[str, Field(min_length=1)]


class Waiver(Section):
    """``[[waivers]]``: one finding by its fingerprint, those of some rules in one case, or those of a period.

    ``from_`` and ``to`` bound the finding's own day, both included; ``expires`` is the last day the waiver is valid.
    """

    id: Text
    reason: Text
    legal_basis: Text
    author: Text
    approved_by: Text
    expires: Date
    codes: list[Text] = Field(min_length=1)
    fingerprint: Text | None = None
    sag_id: Text | None = None
    date: Date | None = None
    from_: Date | None = Field(default=None, alias="from")
    to: Date | None = None

    @property
    def what(self) -> str:
        """What it covers, in Danish."""
        if self.fingerprint is not None:
            return f"fundet {self.fingerprint}"
        if self.from_ is not None and self.to is not None:
            return f"{danish(day_of(self.from_))} til {danish(day_of(self.to))}"
        day = "" if self.date is None else f", {danish(day_of(self.date))}"
        return f"sag {self.sag_id}{day}"

    def covers(self, placed: Placed) -> bool:
        """Whether the finding is one of those it names."""
        finding = placed.finding
        if finding.rule.code not in self.codes:
            return False
        if self.fingerprint is not None:
            return self.fingerprint == fingerprint(finding, placed.subject)
        if self.sag_id is not None and self.sag_id != placed.sag_id:
            return False
        first, last = (self.date, self.date) if self.date else (self.from_, self.to)
        if first is None or last is None:
            return True
        return finding.date is not None and day_of(first) <= finding.date <= day_of(last)


class WaiverFile(Section):
    """The file as a whole."""

    waivers: list[Waiver] = Field(default_factory=list)


def read_waivers(path: Path, rules: Sequence[Rule], today: date, longest: int) -> tuple[Waiver, ...]:
    """The waivers in the file; none where it is not there yet.

    ``longest`` is how many days ahead one may expire. Raises ``UserError`` with a Danish sentence for each thing wrong.
    """
    return checked(path.name, open_config(path), rules, today, longest) if path.exists() else ()


def checked(
    name: str, given: Mapping[str, object], rules: Sequence[Rule], today: date, longest: int
) -> tuple[Waiver, ...]:
    """The waivers of a file's content. Raises ``UserError`` as ``read_waivers`` does."""
    named = codes_now(rules)
    waivers = tuple(
        one.model_copy(update={"codes": [named.get(code, code) for code in one.codes]})
        for one in as_section(name, given, WaiverFile).waivers
    )
    known = {rule.code: rule for rule in rules}
    mistakes = [f"{name}, {one.id}: {said}" for one in waivers for said in _mistakes(one, known, today, longest)]
    twice = [id_ for id_, times in Counter(one.id for one in waivers).items() if times > 1]
    mistakes += [f"{name}: id »{id_}« står flere gange. Giv hver sin." for id_ in twice]
    if mistakes:
        raise UserError("\n".join(mistakes))
    return waivers


def _mistakes(one: Waiver, rules: Mapping[str, Rule], today: date, longest: int) -> Iterator[str]:
    """What is wrong with one waiver, in Danish."""
    yield from _unanswered(one)
    if (one.expires - today).days > longest:
        yield f"expires ligger mere end {longest} dage ude i fremtiden. Vælg en dag før."
    for code in one.codes:
        if code not in rules:
            yield f"koden {code} findes ikke. Se koderne med: kommunecheck rules."
        elif not rules[code].waivable:
            yield f"{code} kan ikke accepteres. Ret det, reglen fandt."
    if (one.from_ is None) != (one.to is None):
        yield "from og to skal stå der begge."
    elif one.from_ and one.to and one.to < one.from_:
        yield "to ligger før from."
    ways = (one.fingerprint is not None, one.sag_id is not None, one.from_ is not None)
    if sum(ways) != 1:
        yield "skriv ét af: fingerprint; sag_id (med date, hvis der er flere fund); from og to."
    if one.date is not None and one.sag_id is None:
        yield "date hører til sag_id. Skriv også sagen."


def _unanswered(one: Waiver) -> Iterator[str]:
    """Who and why: what is said by nobody, or by the same person twice."""
    for name in ("id", "reason", "legal_basis", "author", "approved_by"):
        if not getattr(one, name).strip():
            yield f"{name} er tom. Skriv, hvad der skal stå."
    if _as_one_name(one.author) == _as_one_name(one.approved_by):
        yield "author og approved_by er den samme. En anden end den, der skriver, skal godkende."


def _as_one_name(name: str) -> str:
    """A name in one way of writing it: blanks and capitals make nobody another person."""
    return " ".join(name.split()).casefold()


class Applied(NamedTuple):
    """The waiver of each finding, in the order given, and what became of each waiver.

    ``lapsed`` tells of each finding whether the only waivers that cover it have expired.
    """

    accepted: tuple[Accepted | None, ...]
    lapsed: tuple[bool, ...]
    uses: tuple[Use, ...]


def apply(waivers: Sequence[Waiver], findings: Sequence[Placed], rules_run: Collection[str], today: Day) -> Applied:
    """Which findings are accepted on ``today``; the first waiver in the file that covers a finding has it."""
    covered: Counter[str] = Counter()
    valid = [one for one in waivers if today <= day_of(one.expires)]
    over = [one for one in waivers if day_of(one.expires) < today]
    by_code: dict[str, list[Waiver]] = {}
    for one in (*valid, *over):
        for code in one.codes:
            by_code.setdefault(code, []).append(one)
    accepted: list[Accepted | None] = []
    lapsed: list[bool] = []
    for placed in findings:
        named = by_code.get(placed.finding.rule.code, ())
        first = next((one for one in named if one.covers(placed)), None)
        if first is not None:
            covered[first.id] += 1
        by = None if first is None else Accepted(masked(first.id), day_of(first.expires), masked(first.legal_basis))
        holds = by is not None and today <= by.expires
        accepted.append(by if holds else None)
        lapsed.append(by is not None and not holds)
    ran = frozenset(rules_run)
    uses = [
        Use(
            masked(one.id),
            day_of(one.expires),
            tuple(one.codes),
            covered[one.id],
            day_of(one.expires) < today,
            not ran.isdisjoint(one.codes),
        )
        for one in waivers
    ]
    return Applied(tuple(accepted), tuple(lapsed), tuple(uses))


def added(path: Path, given: Mapping[str, object], rules: Sequence[Rule], today: date, longest: int) -> bytes:
    """The file's content with one waiver more at its end; a file that is not there yet begins with it.

    Raises ``UserError`` for anything wrong with the waiver or with those that were there, and for a CPR number in it. A
    waiver may expire, but one that is over before it is made accepts nothing.
    """
    for key, value in given.items():
        if key != "fingerprint" and has_cpr(str(value)):
            raise UserError(f"{path.name}: {key} har et CPR-nummer. Skriv sagen, som rapporten viser den.")
    read_waivers(path, rules, today, longest)
    before = path.read_bytes().rstrip(b"\n") + b"\n\n" if path.exists() else b""
    content = before + tomli_w.dumps({"waivers": [dict(given)]}).encode()
    try:
        together = tomllib.loads(content.decode("utf-8-sig"))
    except tomllib.TOMLDecodeError:  # it was sound before, so what was there is of a form that takes no more
        raise UserError(
            f"{path.name}: accepterne står som en liste (waivers = ...), som der ikke kan føjes til. Skriv hver af dem "
            "under sin egen linje [[waivers]]."
        ) from None
    new = checked(path.name, together, rules, today, longest)[-1]
    if new.expires < today:
        raise UserError(
            f"{path.name}, {new.id}: expires ligger før i dag, {danish(day_of(today))}, så accepten dækker intet. "
            "Skriv en senere dag."
        )
    return content
