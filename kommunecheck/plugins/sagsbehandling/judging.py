"""From the rows of the tables to what was found and measured."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from kommunecheck.domain.days import Day, Period, iso
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Severity
from kommunecheck.domain.supervision import Judgement, Material, Oddity
from kommunecheck.law.law import Law
from kommunecheck.plugins.sagsbehandling.complaints import Counted, counted, in_order
from kommunecheck.plugins.sagsbehandling.course import Course, course_of
from kommunecheck.plugins.sagsbehandling.dead_periods import Idle
from kommunecheck.plugins.sagsbehandling.measuring import Measured, by, measured
from kommunecheck.plugins.sagsbehandling.review import Review, read_kept
from kommunecheck.plugins.sagsbehandling.rules import OF_APPLICATIONS, OF_THE_MUNICIPALITY, RULES
from kommunecheck.plugins.sagsbehandling.settings import Settings
from kommunecheck.plugins.sagsbehandling.spelling import in_one_spelling
from kommunecheck.plugins.sagsbehandling.tables import APPLICATIONS, CITIZEN, THIRD_PARTY, Application, Complaint, Step
from kommunecheck.plugins.sagsbehandling.texts import DEAD_PERIOD_DAYS, TARGET_SHARE

NAME = "sagsbehandling"
REVIEW = "sagsbehandling.review"
"""The key of the settings that names the kept answers of a review."""

_JUDGED = frozenset(
    place.partition(".")[2] for rule in RULES for place in rule.NEEDS if place.startswith("ansoegninger.")
)
"""The columns of an application that some rule needs."""


@dataclass(frozen=True, slots=True)
class Dead:
    """A dead period of the catalogue. ``promised``: on its first day, a day promised to the citizen lay ahead."""

    course: Course
    run: Idle
    promised: bool


@dataclass(frozen=True, slots=True)
class Found:
    """All that the report's section and the review are made from. ``window`` is the audited period.

    ``courses`` are the applications received by the cutoff, ``not_assessed`` how many of them and of those set aside
    could not be judged in full, ``applications`` how many there are. ``steps_told`` tells whether the files hold steps.
    """

    window: Period
    cutoff: Day
    target: int
    most: int
    applications: int
    not_assessed: int
    courses: tuple[Course, ...]
    dead: tuple[Dead, ...]
    complaints: tuple[Counted, ...]
    review: Review | None
    settings: Settings
    steps_told: bool


def judge(material: Material, law: Law) -> Judgement:
    """Every application received by the cutoff, the municipality, and the complaints."""
    settings = _settings(law)
    applications, complaints = in_one_spelling(material.rows.get("ansoegninger", ()), material.rows.get("klager", ()))
    steps: Sequence[Step] = material.rows.get("sagsskridt", ())
    aside: Sequence[Application] = material.aside.get("ansoegninger", ())
    known = {row.ansoegning_id for row in chain(applications, aside)}
    courses = tuple(_courses(material, applications, steps, settings))
    findings = [*_of_applications(courses, material, law), *_of_the_municipality(courses, material, law)]
    impossible = tuple(_impossible(applications, material))
    lost = _set_aside(aside, applications, material.cutoff)
    review, warnings = read_kept(material.files, REVIEW)
    found = Found(
        material.window,
        material.cutoff,
        law.number(TARGET_SHARE),
        law.number(DEAD_PERIOD_DAYS),
        len(courses) + lost,
        lost + _not_assessed(courses, material, {odd.evidence[0][:2] for odd in impossible}),
        courses,
        tuple(_catalogue(courses, material, law)),
        tuple(_complaints(material, complaints, courses)),
        review,
        settings,
        "SB106" in material.rules,
    )
    strangers = _strangers(steps, known) if "ansoegninger" in material.present else ()
    oddities = (*strangers, *impossible)
    return Judgement(
        findings=tuple(findings), measures=measures(found), oddities=oddities, warnings=warnings, beside=found
    )


def _settings(law: Law) -> Settings:
    given = law.settings.get(NAME)
    return given if isinstance(given, Settings) else Settings()


def _courses(
    material: Material, applications: Iterable[Application], steps: Iterable[Step], settings: Settings
) -> Iterator[Course]:
    by_application: defaultdict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_application[step.ansoegning_id].append(step)
    present = material.present.get("ansoegninger", frozenset())
    absent = frozenset(column.name for column in APPLICATIONS.columns) - present
    unsure = {row.ansoegning_id for row in material.aside.get("sagsskridt", ())}
    for row in sorted(applications, key=lambda one: one.ansoegning_id):
        if row.modtaget_dato is not None and row.modtaget_dato <= material.cutoff:
            days = settings.days(row.sagstype, row.modtaget_dato)
            own = by_application.get(row.ansoegning_id, ())
            yield course_of(row, own, material.cutoff, days, absent, row.ansoegning_id not in unsure)


def _of_applications(courses: Iterable[Course], material: Material, law: Law) -> Iterator[Finding]:
    """The findings whose day lies in the window and is not after the cutoff."""
    rules = [rule for rule in OF_APPLICATIONS if rule.RULE.code in material.rules]
    first, last = material.window.first, min(material.window.last, material.cutoff)
    for course in courses:
        for rule in rules:
            for finding in rule.check(course, law):
                if finding.date is not None and first <= finding.date <= last:
                    yield finding


def _of_the_municipality(courses: Sequence[Course], material: Material, law: Law) -> Iterator[Finding]:
    for rule in OF_THE_MUNICIPALITY:
        if rule.RULE.code in material.rules:
            yield from rule.check(courses, material.window, law)


def _strangers(steps: Iterable[Step], known: Collection[str]) -> Iterator[Oddity]:
    """Steps of an application that is not there."""
    for step in steps:
        if step.ansoegning_id not in known:
            cell = Evidence(step.source, step.row, "ansoegning_id")
            sentence = "Ansøgningen findes ikke i ansoegninger. Ret id'et, eller tag ansøgningen med."
            yield Oddity("DQ002", sentence, (cell,), set_aside=True)


def _impossible(applications: Iterable[Application], material: Material) -> Iterator[Oddity]:
    """Decisions without an outcome, outcomes without a day, and decisions before the application."""
    present = material.present.get("ansoegninger", frozenset())
    if "afgoerelse_dato" not in present:
        return
    for row in applications:
        unread, day = row.unread.split(), row.afgoerelse_dato
        if row.modtaget_dato is None or max(row.modtaget_dato, day or 0) > material.cutoff:
            continue
        if day is not None and day < row.modtaget_dato:
            sentence = "Afgørelsen er dateret, før ansøgningen er modtaget. Ret den dato, der er forkert."
            yield _oddity(row, sentence, "afgoerelse_dato", "modtaget_dato")
        elif day is not None and row.udfald is None and "udfald" in present and "udfald" not in unread:
            yield _oddity(row, "Der er en afgørelsesdag, men intet udfald. Skriv udfaldet.", "udfald")
        elif day is None and row.udfald is not None and "afgoerelse_dato" not in unread:
            yield _oddity(row, "Der er et udfald, men ingen afgørelsesdag. Skriv dagen.", "afgoerelse_dato")


def _oddity(row: Application, sentence: str, *columns: str) -> Oddity:
    cells = tuple(Evidence(row.source, row.row, column) for column in columns)
    return Oddity("DQ005", sentence, cells, date=row.modtaget_dato)


def _set_aside(aside: Iterable[Application], applications: Iterable[Application], cutoff: Day) -> int:
    """How many applications could not be used at all; an equal row that stands twice is used once."""
    used = {row.ansoegning_id for row in applications}
    lost = [row for row in aside if row.ansoegning_id not in used and (row.modtaget_dato or 0) <= cutoff]
    nameless = sum(row.ansoegning_id is None for row in lost)
    return nameless + len({row.ansoegning_id for row in lost if row.ansoegning_id is not None})


def _not_assessed(courses: Iterable[Course], material: Material, odd: Collection[tuple[int, int]]) -> int:
    """How many applications could not be judged by every rule: all where a rule that finds errors was not run."""
    lacking = any(
        rule.RULE.severity is Severity.ERROR and rule.RULE.code not in material.rules for rule in OF_APPLICATIONS
    )
    steps = "sagsskridt" in material.present
    return sum(
        lacking
        or not one.unread.isdisjoint(_JUDGED)
        or (one.row.source, one.row.row) in odd
        or (steps and not one.steps_known)
        for one in courses
    )  # fmt: skip


def _catalogue(courses: Iterable[Course], material: Material, law: Law) -> Iterator[Dead]:
    """Every dead period, whoever's, by application and day."""
    if "SB106" not in material.rules:
        return
    most = law.number(DEAD_PERIOD_DAYS)
    for course in courses:
        for run in course.idle or ():
            if run.days > most:
                yield Dead(course, run, _promised(course, run.period.first))


def _promised(course: Course, day: Day) -> bool:
    """Whether a notice was sent before the day, and what it promises had not passed."""
    return course.notice is not None and course.notice < day <= (course.promised or 0)


def _complaints(material: Material, complaints: Sequence[Complaint], courses: Iterable[Course]) -> Iterator[Counted]:
    if "klager" not in material.present:
        return
    window = Period(material.window.first, min(material.window.last, material.cutoff))
    if window.first <= window.last:
        units = {one.enhed for one in complaints} | {one.row.enhed for one in courses}
        yield from counted(complaints, window, units)


def measures(found: Found) -> dict[str, object]:
    """What stands in the JSON report under the supervision's name."""
    types = by(found.courses, lambda one: one.row.sagstype)
    units = by(found.courses, lambda one: one.row.enhed)
    groups = by(found.courses, lambda one: one.row.maalgruppe)
    return {
        "applications": found.applications,
        "not_assessed": found.not_assessed,
        "types": [
            {"sagstype": name, "deadline_days": found.settings.days(name, found.cutoff)} | _told(types[name], found)
            for name in sorted(types)
        ],
        "dead_periods": [_dead(one) for one in found.dead],
        "complaints": [_complaint(one) for one in found.complaints],
        "total": _told(found.courses, found),
        "units": [{"enhed": name} | _told(units[name], found) for name in in_order(units)],
        "target_groups": [{"maalgruppe": name} | _told(groups[name], found) for name in in_order(groups)],
        "review": None if found.review is None else found.review.told(),
    }


def _told(courses: Sequence[Course], found: Found) -> dict[str, object]:
    one: Measured = measured(courses, found.window)
    return {
        "due": one.due,
        "kept": one.kept,
        "decided": one.decided,
        "median_days": one.median,
        "p90_days": one.p90,
        "undecided": one.undecided,
        "survival_median_days": one.survival_median,
        "survival_p90_days": one.survival_p90,
        "overdue": one.overdue,
        "overdue_with_notice": one.overdue_with_notice,
        "observed_days": one.observed,
        "waiting_days": {party: waited(courses, party) for party in (CITIZEN, THIRD_PARTY)}
        if found.steps_told
        else None,
    }


def waited(courses: Iterable[Course], party: str) -> int:
    """The days without a step that are put down to a party."""
    return sum(run.days for one in courses for run in one.idle or () if run.cause == party)


def _dead(one: Dead) -> Mapping[str, object]:
    row = one.course.row
    return {
        "ansoegning_id": row.ansoegning_id,
        "sagstype": row.sagstype,
        "enhed": row.enhed,
        "from": iso(one.run.period.first),
        "to": iso(one.run.period.last),
        "days": one.run.days,
        "cause": one.run.cause,
        "promised": one.promised,
        "aarsag": one.run.after,
    }


def _complaint(one: Counted) -> Mapping[str, object]:
    return {
        "quarter": one.quarter.name,
        "kategori": one.kategori,
        "kanal": one.kanal,
        "enhed": one.enhed,
        "count": one.received,
        "change": one.change,
        "partial": one.partial,
    }
