"""What Lilleby's citizens did that gives a duty to assess their availability, and what the municipality did about it.

Every rule of the supervision is broken, and nearly broken, in cases that Lilleby has already: nothing here changes what
is found of the interviews. ``forventet_raadighed.csv`` says what must be found, and ``ingen`` where nothing may be.
Most acts are of 4 June or 3 September 2007; 28 days later is 2 July or 1 October.
"""

from __future__ import annotations

from datetime import date, timedelta

Row = dict[str, str]

COLUMNS = {
    "haendelser": "haendelse_id sag_id dato type underrettet_dato",
    "forventet_raadighed": "sag_id kode begrundelse",
    "afgoerelser": "afgoerelse_id haendelse_id sag_id vejledt_dato partshoering_dato vurdering_dato vurdering "
    "afgoerelse_dato sanktion sanktion_fra sanktion_til hjemmel begrundelse klagevejledning ankesag",
}

NO_SHOWS = {
    "L033": ("2007-05-09",),
    "L034": ("2007-05-06",),
    "L037": ("2007-04-10",),
    "L038": ("2007-04-25", "2007-05-10"),
    "L039": ("2007-05-02",),
    "L040": ("2007-05-03",),
    "L045": ("2007-05-02",),
    "L046": ("2007-05-02",),
}
"""No-shows before the first contact interview, each registered and assessed: nobody knows the category yet."""


class Duties:
    """The acts as they are told, what was done about each, and what must be found."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Row]] = {"haendelser": [], "afgoerelser": []}
        self.expected: list[tuple[str, str, str]] = []

    def act(self, sag_id: str, day: str, kind: str = "udeblivelse_tilbud", known: str = "") -> Duty:
        """Something a citizen did."""
        number = len(self.tables["haendelser"]) + 1
        row = {"haendelse_id": f"H{number:03d}", "sag_id": sag_id, "dato": day, "type": kind, "underrettet_dato": known}
        self.tables["haendelser"].append(row)
        return Duty(self, row)


class Duty:
    """One act; what is not told of a decision about it is as it should be."""

    def __init__(self, duties: Duties, row: Row) -> None:
        self.duties, self.row = duties, row

    def handled(self, **columns: str) -> Duty:
        """Add a row of ``afgoerelser``; the columns not named are blank."""
        number = len(self.duties.tables["afgoerelser"]) + 1
        known = {"afgoerelse_id": f"A{number:03d}", "haendelse_id": self.row["haendelse_id"]}
        self.duties.tables["afgoerelser"].append(known | {"sag_id": self.row["sag_id"]} | columns)
        return self

    def assessed(self, day: str, what: str = "raadig") -> Duty:
        """Assess on the day."""
        return self.handled(vurdering_dato=day, vurdering=what)

    def sanctioned(self, day: str, what: str = "nedsaettelse", **columns: str) -> Duty:
        """Decide a sanction on the day, a week after a hearing and an assessment, sound but for the columns named."""
        before = (date.fromisoformat(day) - timedelta(7)).isoformat()
        guided = (date.fromisoformat(self.row["dato"]) - timedelta(1)).isoformat()
        sound = {
            "vejledt_dato": guided,
            "partshoering_dato": before,
            "vurdering_dato": before,
            "vurdering": "ikke_rimelig_grund",
            "afgoerelse_dato": day,
            "sanktion": what,
            "sanktion_fra": day,
            "hjemmel": "LAS § 39",
            "begrundelse": "ja",
            "klagevejledning": "ja",
            "ankesag": "nej",
        }
        return self.handled(**(sound | columns))

    def expect(self, code: str, why: str) -> Duty:
        """Say that the code must be found, and why, in Danish."""
        self.duties.expected.append((self.row["sag_id"], code, why))
        return self

    def passes(self, why: str) -> Duty:
        """Say that nothing may be found of the act, and why, in Danish."""
        return self.expect("ingen", why)


def assessments(duties: Duties) -> None:
    """Tell of acts that were not assessed in time (RT101), and of negative assessments without an answer (RT102)."""
    duties.act("L011", "2007-06-04").expect(
        "RT101", "Udeblivelsen fra et tilbud 4. juni 2007 skulle vurderes senest 2. juli og er det ikke."
    )
    duties.act("L002", "2007-06-04").assessed("2007-07-02").passes(
        "Rådigheden er vurderet på den 28. dag, 2. juli 2007."
    )
    duties.act("L013", "2007-06-04", "sygemelding").assessed("2007-07-03", "rimelig_grund").expect(
        "RT101",
        "Vurderingen kom på den 29. dag, men den faldt ud til borgerens fordel, så ingen dage er et muligt tab.",
    )
    # Known on 11 June, so the limit is 9 July. At discretion: 4 June to 9 July.
    late = duties.act("L015", "2007-06-04", "afslag_arbejde", known="2007-06-11")
    late.assessed("2007-07-10", "ikke_rimelig_grund").sanctioned(
        "2007-07-17", "fradrag", vurdering="", vurdering_dato=""
    )
    late.expect("RT101", "Kommunen vidste besked 11. juni 2007, og vurderingen 10. juli kom på den 29. dag derefter.")
    duties.act("L016", "2007-09-03", "ikke_aktivt_soegende").assessed("2007-09-10", "ikke_raadig").expect(
        "RT102", "Vurderingen 10. september 2007 er negativ, og der er ingen afgørelse 8. oktober."
    )
    answered = duties.act("L014", "2007-09-03").assessed("2007-09-10", "ikke_raadig")
    answered.sanctioned("2007-10-08", vurdering="", vurdering_dato="").passes("Afgørelsen kom på den 28. dag.")
    duties.act("L017", "2007-09-03", "intet_cv").assessed("2007-09-10", "ikke_raadig").handled(
        afgoerelse_dato="2007-09-20", sanktion="ingen"
    ).expect("RT102", "En afgørelse om ingen sanktion er ikke et svar på en negativ vurdering.")


def decisions(duties: Duties) -> None:
    """Tell of sanctions that lack something, each beside one that nearly does (RT103 to RT107 and RT111)."""
    duties.act("L018", "2007-09-03").sanctioned("2007-09-24", hjemmel="§ 38").expect(
        "RT103", "§ 38 er ikke blandt bestemmelserne i § 2, som begynder med § 38 a."
    )
    duties.act("L063", "2007-09-03").sanctioned("2007-09-24", hjemmel="jf. aktivlovens §§ 38 a-41, stk. 2").passes(
        "§§ 38 a-41 er præcis det, tilsynet omfatter."
    )
    duties.act("L019", "2007-09-03").sanctioned("2007-09-24", partshoering_dato="2007-09-24").expect(
        "RT104", "Borgeren er hørt samme dag, som der blev truffet afgørelse."
    )
    duties.act("L084", "2007-09-03").sanctioned("2007-09-24", partshoering_dato="2007-09-23").passes(
        "Borgeren er hørt dagen før afgørelsen."
    )
    duties.act("L020", "2007-09-03").sanctioned("2007-09-24", begrundelse="nej").expect(
        "RT105", "Afgørelsen 24. september 2007 er ikke begrundet."
    )
    duties.act("L024", "2007-09-03").sanctioned("2007-09-24", klagevejledning="").expect(
        "RT106", "Afgørelsen 24. september 2007 er uden klagevejledning."
    )
    duties.act("L026", "2007-09-03").sanctioned("2007-09-24", vejledt_dato="2007-09-03").expect(
        "RT107", "Borgeren er først vejledt samme dag, som det skete."
    )
    duties.act("L107", "2007-09-03").sanctioned("2007-09-24", vejledt_dato="2007-09-02").passes(
        "Borgeren er vejledt dagen før hændelsen."
    )
    duties.act("L034", "2007-09-03").assessed("2007-09-10", "rimelig_grund").sanctioned(
        "2007-09-24", vurdering="", vurdering_dato=""
    ).expect("RT111", "Den seneste vurdering før afgørelsen er, at borgeren havde en rimelig grund.")
    duties.act("L059", "2007-09-03").assessed("2007-09-10", "rimelig_grund").sanctioned("2007-09-24").passes(
        "Vurderingen er ændret til ikke rimelig grund 17. september 2007, før afgørelsen 24. september."
    )


def payments(duties: Duties) -> None:
    """Tell of benefit that stopped and was paid (RT108)."""
    stopped = {"sanktion_fra": "2007-10-01", "sanktion_til": "2007-10-14", "hjemmel": "LAS § 41"}
    duties.act("L021", "2007-09-03", "afslag_tilbud").sanctioned("2007-09-24", "ophoer", **stopped).expect(
        "RT108", "Hjælpen var ophørt fra 1. til 14. oktober 2007, og udbetalingen for oktober dækker dagene."
    )
    # Nothing was paid in July.
    unpaid = {"sanktion_fra": "2007-07-09", "sanktion_til": "2007-07-20", "hjemmel": "LAS § 41"}
    duties.act("L078", "2007-06-11", "afslag_tilbud").sanctioned("2007-07-02", "ophoer", **unpaid).passes(
        "Hjælpen var ophørt i juli 2007, hvor der ikke er udbetalt noget."
    )
    # Runs at the cutoff. Lost: 10 December to 31 December.
    duties.act("L040", "2007-11-12", "afslag_arbejde").sanctioned("2007-12-10", "ophoer", hjemmel="§ 41").expect(
        "RT108", "Hjælpen er ophørt fra 10. december 2007 og indtil videre, men der er udbetalt for hele december."
    )
    # The interview of 3 July was never held, and these days are lost for that too: both supervisions expect them.
    stopped = {"sanktion_fra": "2007-10-01", "sanktion_til": "2007-10-07", "hjemmel": "LAS § 41"}
    duties.act("L027", "2007-09-03", "ophoer_tilbud").sanctioned("2007-09-24", "ophoer", **stopped).expect(
        "RT108", "Hjælpen var ophørt fra 1. til 7. oktober 2007, dage som visitationstilsynet også regner for tabt."
    )


def registrations(duties: Duties) -> None:
    """Tell of no-shows and whether they are registered (RT109), and of acts of an unknown category (RT202)."""
    duties.expected.append(("L035", "RT109", "Udeblivelsen 30. april 2007 er ikke registreret som hændelse 7. maj."))
    late = duties.act("L036", "2007-05-07", "udeblivelse_samtale").assessed("2007-05-14", "rimelig_grund")
    late.expect("RT202", "Udeblivelsen 30. april 2007 er registreret på den syvende dag, før borgeren var indplaceret.")
    for sag_id, days in NO_SHOWS.items():
        for day in days:
            after = (date.fromisoformat(day) + timedelta(7)).isoformat()
            told = duties.act(sag_id, day, "udeblivelse_samtale").assessed(after, "rimelig_grund")
            told.expect("RT202", f"Borgeren var ikke indplaceret {day}, før den første kontaktsamtale.")
    duties.act("L041", "2007-12-13", "udeblivelse_samtale").passes(
        "Fristen for at vurdere udeblivelsen 13. december 2007 er ikke udløbet på opgørelsesdagen."
    )
    duties.expected.append(("L042", "ingen", "Syv dage efter udeblivelsen 27. december 2007 er efter opgørelsesdagen."))


def outside(duties: Duties) -> None:
    """Tell of cases under appeal (RT110), acts outside the target group (RT201), and introduktionsydelse."""
    duties.act("L091", "2007-09-03").sanctioned("2007-09-24", hjemmel="", begrundelse="nej", ankesag="ja").expect(
        "RT110", "Sagen er i ankesystemet og udgår, så manglerne er ikke fund."
    )
    duties.act("L073", "2007-08-06").expect("RT201", "Borgeren var i matchkategori 5 fra 3. juli 2007.")
    duties.act("L076", "2007-07-02").assessed("2007-07-16").passes("Borgeren kom først i matchkategori 4 dagen efter.")
    duties.act("L083", "2007-07-31").passes("Hændelsen er under revalidering, hvor borgeren er uden for tilsynet.")
    duties.act("L088", "2007-06-04").sanctioned("2007-06-25", hjemmel="integrationslovens § 31").passes(
        "Introduktionsydelse hviler på integrationsloven."
    )
    duties.act("L088", "2007-09-03").sanctioned("2007-09-24", hjemmel="aktivlovens § 39").expect(
        "RT103", "Introduktionsydelse kan ikke nedsættes efter lov om aktiv socialpolitik."
    )
    duties.act("L087", "2007-06-04").passes("Borgeren får revalidering og er ikke omfattet.")


def data(duties: Duties) -> None:
    """Tell of rows that cannot be used as they are (DQ002, DQ003, DQ005, DQ008)."""
    duties.act("L043", "2007-09-03", "fravær").assessed("2007-09-10").expect(
        "DQ008", "Hændelsens type fravær er ikke en kendt kode og er vurderet som andet."
    )
    duties.act("L048", "2007-09-03").assessed("2007-09-10", "måske").expect(
        "DQ003", "Vurderingen måske kan ikke læses, og sagen er ikke fuldt vurderet."
    )
    duties.act("L065", "2007-09-03").assessed("2007-09-02").assessed("2007-09-10").expect(
        "DQ005", "Den første vurdering er dagen før hændelsen."
    )
    stray = Duty(duties, {"haendelse_id": "H999", "sag_id": "L071", "dato": "2007-09-03"})
    stray.assessed("2007-09-10")
    duties.expected.append(("", "DQ002", "En afgørelse i sag L071 hører til hændelsen H999, som ikke findes."))
    duties.expected.append(("", "RT301", "Opsætningen nævner ingen forretningsgang for rådighed og sanktioner."))


def tables() -> dict[str, list[Row]]:
    """The rows of each table, and what must be found."""
    duties = Duties()
    for chapter in (assessments, decisions, payments, registrations, outside, data):
        chapter(duties)
    told = dict.fromkeys(duties.expected)
    expected = [{"sag_id": sag_id, "kode": code, "begrundelse": why} for sag_id, code, why in told]
    return duties.tables | {"forventet_raadighed": expected}
