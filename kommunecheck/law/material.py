"""The material that the directorate may ask for: six things about each contact interview, and where each stands.

BEK 1714/2006 § 4, stk. 2 and its guidance. Facts only: what a fact may cost is no business of the material's.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kommunecheck.domain.case import Case, Deadline, Proof
from kommunecheck.domain.days import Day, Period, contains, danish, iso, with_weekday, within
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import seen
from kommunecheck.domain.names import AREAS as AREA_NAMES
from kommunecheck.domain.names import BENEFITS, CIRCUMSTANCES, capital
from kommunecheck.domain.records import CATEGORIES, Interview, Note, Payment
from kommunecheck.domain.wording import span
from kommunecheck.law.calendar import workdays_after
from kommunecheck.law.deadlines import chain
from kommunecheck.law.exclusions import EXCLUDING
from kommunecheck.law.excuses import Told, excuses_at, is_late, judged_deadlines
from kommunecheck.law.law import Law
from kommunecheck.law.measure import BENEFITS as AUDITED
from kommunecheck.law.steps import AREAS, JOB_SEEKER, MATCH, Asked, asked_at

Present = Mapping[str, frozenset[str]]
"""The columns that the municipality's files have, by table."""

ASKED = {
    "1": "Tidspunktet for kontaktsamtalen",
    "2": "Anmodning om hjælp, hvis det er den første kontaktsamtale",
    "3": "Den senest forudgående kontaktsamtale, hvis det er en efterfølgende",
    "4 a": "Indplacering i matchkategori",
    "4 b": "Opmærksomhedsområder, hvis matchkategorien er 2-5",
    "5": "Registrering som arbejdssøgende eller årsagen til, at den mangler, hvis matchkategorien er 1-3",
    "6": "Ydelsen på samtaletidspunktet",
}
"""The six things, by their numbers in § 4, stk. 2."""


class Item(NamedTuple):
    """One of the six things: what the files say of it, and what is ``missing``, in Danish; ``None`` is nothing."""

    number: str
    told: tuple[Told, ...]
    missing: str | None = None


class Material(NamedTuple):
    """The six things about one interview, ``held`` on ``day`` or due that day and not held.

    ``about_deadline`` is what else stands in the files about why it was not held in time; nothing where it was.
    """

    day: Day
    held: bool
    items: tuple[Item, ...]
    about_deadline: tuple[Told, ...]

    @property
    def missing(self) -> tuple[Item, ...]:
        """The items of which something is missing."""
        return tuple(item for item in self.items if item.missing is not None)


class Dossier(NamedTuple):
    """The material of one case; ``outside`` is why the case is not the supervision's business, where it is not."""

    sag_id: str
    interviews: tuple[Material, ...]
    outside: tuple[Told, ...]

    @property
    def quotes(self) -> int:
        """How many sentences of notes are used."""
        told = (one for part in self.interviews for item in part.items for one in item.told)
        return len({(one.cells, one.quote) for one in told if one.quote is not None})

    @property
    def missing(self) -> int:
        """How many things are missing."""
        return sum(len(one.missing) for one in self.interviews)


def material_of(case: Case, law: Law, present: Present) -> Dossier:
    """The material of a measured case: its interviews held in the audited period, or due in it and late or not held."""
    if case.withdrawn:
        return Dossier(case.sag_id, (), tuple(outside_because(case)))
    first, last = case.window
    deadlines = {one.held: one for one in chain(case, law) if one.held is not None}
    judged = {one.due for one in judged_deadlines(case, law)}
    found = []
    for place, row in enumerate(case.held):
        own = deadlines.get(row)
        about = own if own is not None and own.due in judged and is_late(case, own) else None
        if first <= row.held_on <= last or about is not None:
            previous = case.held[place - 1] if place else None
            found.append(_held(case, row, previous, about, law, present))
    found += [
        _not_held(case, one, law, present)
        for one in judged_deadlines(case, law)
        if one.held is None and is_late(case, one)
    ]
    return Dossier(case.sag_id, tuple(found), ())


def outside_because(case: Case) -> Iterator[Told]:
    """Why a withdrawn case is not the supervision's business (§ 2, stk. 2)."""
    if case.ydelsestype not in AUDITED:
        cell = Evidence(case.source, case.row, "ydelsestype", case.ydelsestype)
        yield Told(f"Sagens ydelse er {BENEFITS.get(case.ydelsestype, case.ydelsestype)}.", (cell,))
        return
    for one in case.circumstances:
        if one.type in EXCLUDING and within((Period(one.fra, one.til),), case.days_in_window):
            cells = tuple(Evidence(one.source, one.row, column) for column in ("type", "fra", "til"))
            yield Told(f"{capital(CIRCUMSTANCES[one.type])} fra {danish(one.fra)}.", cells)


def _held(
    case: Case, row: Interview, previous: Interview | None, late: Deadline | None, law: Law, present: Present
) -> Material:
    when = Item("1", (Told(f"Holdt {with_weekday(row.held_on)}.", (seen(row, "afholdt_dato"),)),))
    paid = _benefit(case, row.held_on, present)
    items = (when, *_before(case, previous), *_steps(case, row, law, present), paid)
    return Material(row.held_on, True, items, () if late is None else tuple(_about(case, late, law)))


def _not_held(case: Case, deadline: Deadline, law: Law, present: Present) -> Material:
    missing = f"Ingen kontaktsamtale er registreret som holdt til og med {danish(case.last)}."
    later = (Told("Kan først oplyses, når samtalen er holdt."),)
    items = (
        Item("1", (), missing),
        *_before(case, deadline.previous),
        *(Item(number, later) for number in ("4 a", "4 b", "5")),
        _benefit(case, deadline.due, present),
    )
    return Material(deadline.due, False, items, tuple(_about(case, deadline, law)))


def _about(case: Case, deadline: Deadline, law: Law) -> Iterator[Told]:
    """The deadline, and what stands in the files about why it was not kept; facts, and not what they lead to."""
    yield Told(f"Forfaldsdag {with_weekday(deadline.due)}; faldugen slutter {with_weekday(deadline.sunday)}.")
    for excuse in excuses_at(case, deadline, law):
        yield excuse.told


def _before(case: Case, previous: Interview | None) -> tuple[Item, Item]:
    """Items 2 and 3, of which an interview has the one or the other."""
    if previous is None:
        cell = Evidence(case.source, case.row, "anmodningsdato", iso(case.anmodningsdato))
        asked = Told(f"Anmodet {with_weekday(case.anmodningsdato)}.", (cell,))
        return Item("2", (asked,)), Item("3", (Told("Ikke aktuelt: det er sagens første kontaktsamtale."),))
    held = Told(f"Holdt {with_weekday(previous.held_on)}.", (seen(previous, "afholdt_dato"),))
    return Item("2", (Told("Ikke aktuelt: det er ikke sagens første kontaktsamtale."),)), Item("3", (held,))


def _steps(case: Case, row: Interview, law: Law, present: Present) -> Iterator[Item]:
    """Items 4 and 5. Nothing is missing where the steps are not asked for, or not yet."""
    asked = {one.step: one for one in asked_at(case, row, law)}
    placed = asked[MATCH].proof
    category = row.content.matchkategori if row.content.placed else placed and placed.category
    not_asked = _not_asked(case, row, law)
    for number, step, columns in _STEPS:
        if not_asked is not None:
            own = _on_row(row, step)
            yield Item(number, (Told(not_asked) if own is None else own._replace(text=f"{own.text} {not_asked}"),))
            continue
        told, missing = tuple(_shown(row, step, asked.get(step))), _absent(row, columns, present)
        if missing is None and step in asked:
            missing = _missing(case, row, asked[step])
        elif missing is None and not told:
            told = (Told(_why_not(category)),)
        yield Item(number, told, missing)


_STEPS = (
    ("4 a", MATCH, ("matchkategori", "grovmatch")),
    ("4 b", AREAS, ("opmaerksomhedsomraader",)),
    ("5", JOB_SEEKER, ("arbejdssoegende", "fritagelsesaarsag")),
)
"""The items that are steps at the interview, and the columns that the register shows them in."""


def _not_asked(case: Case, row: Interview, law: Law) -> str | None:
    """Why the steps at an interview are not asked for."""
    if contains(case.excluded, row.held_on):
        return "Kræves ikke: borgeren var uden for målgruppen den dag."
    if not case.window.first <= row.held_on <= case.window.last:
        return "Kræves ikke: samtalen er holdt uden for perioden."
    limit = workdays_after(row.held_on, law.number("registration_workdays"))
    if limit > case.cutoff:
        return f"Udtrækket er opgjort {danish(case.cutoff)}, før registreringen skulle være sket."
    return None


def _why_not(category: str | None) -> str:
    if category is None:
        return "Afhænger af matchkategorien, som mangler."
    return f"Kræves ikke i matchkategori {category}."


def _absent(row: Interview, columns: tuple[str, ...], present: Present) -> str | None:
    """What the files cannot answer for: a column that is not there, or a value that cannot be read."""
    absent = [column for column in columns if column not in present.get("samtaler", frozenset())]
    if absent:
        return f"Udtrækket har ikke kolonnen {' og '.join(absent)}. Hent den i fagsystemet."
    unread = [column for column in (*columns, "registreret_dato") if column in row.content.unread.split()]
    return f"Værdien i {' og '.join(unread)} kan ikke læses. Se rækken i fagsystemet." if unread else None


def _missing(case: Case, row: Interview, asked: Asked) -> str | None:
    """What is missing of a step that is asked for: all evidence, or evidence from the interview itself."""
    what = {
        MATCH: "Ingen indplacering i matchkategori 1-5",
        AREAS: "Ingen opmærksomhedsområder",
        JOB_SEEKER: "Hverken registrering eller årsag",
    }[asked.step]
    if asked.proof is None:
        return f"{what} er dokumenteret til og med {danish(case.last)}."
    if isinstance(asked.proof.shown_by, Interview) and asked.proof.shown_by is not row:
        return f"{what} er dokumenteret ved samtalen, men først ved en senere samtale."
    return None


def _shown(row: Interview, step: int, asked: Asked | None) -> Iterator[Told]:
    """What stands on the interview's own row, and the evidence that counts where that is another."""
    own = _on_row(row, step)
    if own is not None:
        yield own
    if asked is None or asked.proof is None or asked.proof.shown_by is row:
        return
    yield from _elsewhere(asked.proof, step)


def _elsewhere(proof: Proof, step: int) -> Iterator[Told]:
    by = proof.shown_by
    if isinstance(by, Note):
        yield note_told(by, step)
        return
    later = _on_row(by, step)
    if later is not None:
        held = seen(by, "afholdt_dato")
        yield Told(f"Ved samtalen {danish(by.held_on)}: {later.text}", (held, *later.cells))


def note_told(note: Note, step: int) -> Told:
    """A journal note as evidence for a step: its day, and the one sentence of it that is used."""
    entered = f", indført {danish(note.day)}" if note.day > note.dato else ""
    cells = tuple(Evidence(note.source, note.row, column) for column in ("dato", "tekst"))
    return Told(f"Journalnotat {danish(note.dato)}{entered}.", cells, note.quotes[step - 1] if note.quotes else None)


def _on_row(row: Interview, step: int) -> Told | None:
    """What a row of ``samtaler`` says of a step."""
    said = row.content
    when = f"Registreret {danish(row.drv_day)}."
    if step == MATCH:
        if said.matchkategori is None and not said.grovmatch:
            return None
        return Told(_placement(row, when), _seen(row, "matchkategori", "grovmatch", "registreret_dato"))
    if step == AREAS:
        if said.opmaerksomhedsomraader is None:
            return None
        areas = [one.strip() for one in said.opmaerksomhedsomraader.split("|") if one.strip()]
        named = capital(", ".join(AREA_NAMES.get(one, one) for one in areas))
        return Told(f"{named}. {when}", _seen(row, "opmaerksomhedsomraader", "registreret_dato"))
    if said.arbejdssoegende:
        return Told(f"Arbejdssøgende: ja. {when}", _seen(row, "arbejdssoegende", "registreret_dato"))
    if said.fritagelsesaarsag is not None:
        reason = f"Ikke registreret for tiden. Årsag: {said.fritagelsesaarsag}. {when}"
        return Told(reason, _seen(row, "arbejdssoegende", "fritagelsesaarsag", "registreret_dato"))
    if said.arbejdssoegende is None:
        return None
    return Told(f"Arbejdssøgende: nej, uden årsag. {when}", _seen(row, "arbejdssoegende", "registreret_dato"))


def _placement(row: Interview, when: str) -> str:
    category = row.content.matchkategori
    if category not in CATEGORIES:
        return "Grovmatch uden matchkategori." if category is None else "Der står noget andet end matchkategori 1-5."
    if row.content.grovmatch:
        return f"Grovmatch i matchkategori {category}, som ikke er en indplacering. {when}"
    return f"Matchkategori {category}. {when}"


def _seen(row: Interview, *columns: str) -> tuple[Evidence, ...]:
    return tuple(seen(row, column) for column in columns)


def _benefit(case: Case, day: Day, present: Present) -> Item:
    """Item 6: what was paid that day, and what the case says where the payment does not."""
    own = Told(
        f"{_named(case.ydelsestype)} efter sagen.",
        (Evidence(case.source, case.row, "ydelsestype", case.ydelsestype),),
    )
    paid = [one for one in case.payments if one.fra <= day <= one.til]
    if paid:
        return Item("6", tuple(_paid(case, one) for one in paid))
    if "udbetalinger" not in present:
        return Item("6", (own,), "Udtrækket har ikke tabellen udbetalinger. Hent udbetalingen i fagsystemet.")
    return Item("6", (own,), f"Ingen udbetaling dækker {danish(day)}.")


def _paid(case: Case, payment: Payment) -> Told:
    """A payment as what it was paid as; the amount is not asked for."""
    days = f"udbetalt for {span(Period(payment.fra, payment.til))}."
    if payment.ydelsestype is not None:
        cells = tuple(Evidence(payment.source, payment.row, column) for column in ("ydelsestype", "fra", "til"))
        return Told(f"{_named(payment.ydelsestype)}, {days}", cells)
    cells = tuple(Evidence(payment.source, payment.row, column) for column in ("fra", "til"))
    return Told(
        f"{_named(case.ydelsestype)}, {days}",
        (Evidence(case.source, case.row, "ydelsestype", case.ydelsestype), *cells),
    )


def _named(benefit: str) -> str:
    return capital(BENEFITS.get(benefit, benefit))
