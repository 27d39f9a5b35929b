"""What a further supervision is given to judge, and what it hands back; ``ports.Supervision`` brings it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from kommunecheck.domain.case import Case, Municipality
from kommunecheck.domain.days import Day, Period
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import Finding


@dataclass(frozen=True, slots=True)
class Material:
    """All that a supervision may look at.

    ``cases`` are the cases of ``sager`` in order of ``sag_id``, made as they are asked for, so that they may be many;
    each knows its ``excluded`` and ``never_lost`` days, its ``held`` interviews, and its ``rows`` of the tables that
    plugins brought. ``rows`` are those of tables without a ``sag_id``, which belong to no case. ``present`` are the
    columns of each table that the files really have, and ``rules`` the codes of the supervision's own rules that can
    be answered from them. ``cutoff_given`` tells that a person set the cutoff and the files did not. ``aside`` are the
    rows beside ``rows`` that could not be used, as far as they could be read, each reported already: what names one of
    them names no stranger. ``aside_of_cases`` are those of the tables with a ``sag_id``, by it and then by table: each
    such case is not fully assessed. Of equal rows one is used, and the others are not here.
    ``files`` is what stands in each file that the supervision's settings name, by ``section.key``; ``None`` where it
    cannot be read.
    """

    window: Period
    cutoff: Day
    cutoff_given: bool
    municipality: Municipality
    cases: Iterable[Case]
    rows: Mapping[str, tuple[Any, ...]]
    present: Mapping[str, frozenset[str]]
    rules: frozenset[str]
    aside: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    files: Mapping[str, bytes | None] = field(default_factory=dict)
    aside_of_cases: Mapping[str, Mapping[str, tuple[Any, ...]]] = field(default_factory=dict)


class JudgedCase(NamedTuple):
    """A case as the supervision judged it. Its outcome and what its lost days cost follow from the findings.

    ``withdrawn`` has left the supervision; ``fully_assessed`` is false when something of the case could not be seen.
    """

    case: Case
    findings: tuple[Finding, ...] = ()
    withdrawn: bool = False
    fully_assessed: bool = True


class Oddity(NamedTuple):
    """A row of the supervision's own tables that does not fit the others: it becomes a finding about the data.

    ``code`` is ``DQ002`` where it names a row that is not there, ``DQ005`` where its dates cannot follow each other,
    ``DQ008`` where two of its codes cannot stand together. ``sentence`` is Danish: what is wrong and what to do,
    without a value. The first cell of ``evidence`` is where it stands. ``sag_id`` is ``None`` where it belongs to no
    case; else ``assessable`` tells whether the case still is. ``set_aside``: the row was used for nothing.
    """

    code: Literal["DQ002", "DQ005", "DQ008"]
    sentence: str
    evidence: tuple[Evidence, ...]
    sag_id: str | None = None
    date: Day | None = None
    assessable: bool = False
    set_aside: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a supervision hands back.

    ``cases`` are those it judged, each at most once; ``None`` where its subjects are no cases. ``findings`` are about
    other subjects, and each says which. ``measures`` stand beside summary and cases in the JSON report: texts, whole
    numbers, yes and no, ``None``, and lists and dictionaries of these. ``oddities`` are rows that do not fit together;
    ``warnings`` are Danish sentences a reader must know before believing the numbers. ``beside`` is whatever the
    plugin's own sections and commands need more than that, in ``Supervised.beside``; no report shows it.
    """

    cases: tuple[JudgedCase, ...] | None = None
    findings: tuple[Finding, ...] = ()
    measures: Mapping[str, object] = field(default_factory=dict)
    oddities: tuple[Oddity, ...] = ()
    warnings: tuple[str, ...] = ()
    beside: object = None
