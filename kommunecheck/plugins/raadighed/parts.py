"""The parts of the section beside § 13: introduktionsydelse (§ 14), appeals (§ 5), the pool, § 4, and method."""

from collections.abc import Sequence
from datetime import date

from kommunecheck.domain.days import danish
from kommunecheck.domain.report import Outcome
from kommunecheck.domain.section import Section, SectionTable
from kommunecheck.domain.wording import number, whole
from kommunecheck.plugins.raadighed.account import INTRODUCTION, Drawable
from kommunecheck.plugins.raadighed.tables import KINDS
from kommunecheck.plugins.raadighed.texts import ASSESSMENT_DAYS, DECISION_DAYS, PROVISIONS_UNTIL
from kommunecheck.plugins.raadighed.told import SHOWN, Told, counts, grouped, of_many, table_of


def introduction(told: Told) -> Section | None:
    """What § 14 asks for by itself; nothing where there is no introduktionsydelse."""
    own = [one for one in told.account.decisions if one.benefit == INTRODUCTION]
    if not own:
        return None
    good, bad, _ = counts(own)
    said = (
        f"{whole(good)} af {number(good + bad, 'hændelse', 'hændelser')} om introduktionsydelse er behandlet efter "
        "reglerne. "
        "Integrationsministeriet får resultatet for sig.",
    )
    return Section("Introduktionsydelse (§ 14)", said, table_of("Hændelse", grouped(own, lambda one: KINDS[one.kind])))


def appealed(told: Told) -> Section | None:
    """The cases the directorate must be told of (§ 5); nothing where there are none."""
    cases = told.account.appealed
    if not cases:
        return None
    said = (
        f"{'Denne sag' if len(cases) == 1 else 'Disse sager'} er eller har været i ankesystemet og udgår af tilsynet. "
        f"Er {'den' if len(cases) == 1 else 'en af dem'} udtaget, skal kommunen give direktoratet besked.",
        *of_many(len(cases)),
    )
    rows = tuple((one.sag_id, one.team or "") for one in cases[:SHOWN])
    return Section("Ankesager, der skal gives besked om (§ 5)", said, SectionTable(("Sag", "Team"), rows))


def pool(told: Told) -> Section:
    """How many cases the directorate could draw."""
    account = told.account
    rows: tuple[tuple[str, Sequence[Drawable]], ...] = (
        ("Kan udtages", account.drawable),
        (
            "Uvist, om borgeren er registreret som arbejdssøgende eller er i målgruppen, eller om sagen er i "
            "ankesystemet",
            account.unknown,
        ),
        ("Ikke registreret som arbejdssøgende", account.others),
        ("Udgået, fordi sagen er i ankesystemet", account.appealed),
    )
    said = (
        "Direktoratet udtager blandt sager i målgruppen, hvor borgeren er registreret som arbejdssøgende og har "
        "handlet "
        "sådan, at kommunen har pligt til at vurdere rådigheden. Udtag selv med: kommunecheck raadighed draw.",
    )
    table = SectionTable(("Sager", "Antal"), tuple((name, len(some)) for name, some in rows))
    return Section("Sager, direktoratet kan udtage (§§ 6, 8 og 10)", said, table)


def procedure(told: Told) -> Section:
    """Whether the municipality names a written procedure (§ 4)."""
    named = told.account.procedure
    if named:
        said = f"Kommunen har angivet en forretningsgang: {named}. Om den følges, kan tjekket ikke se."
    else:
        said = (
            "Kommunen har ikke angivet en forretningsgang for rådighed og sanktioner. Direktoratet kan henstille, at "
            "den "
            "bliver lavet, og at revisor inddrages (§ 13, stk. 4). Skriv den i kommunecheck.toml under [municipality]."
        )
    return Section("Forretningsgange (§ 4)", (said,))


def method(told: Told) -> Section:
    """What is a reading, and what was left out."""
    values = {one.name: one.value for one in told.report.run.parameters}
    until = values[PROVISIONS_UNTIL]
    outside = sum(1 for case in told.cases for one in case.findings if one.rule.code == "RT201")
    unknown = sum(1 for case in told.cases for one in case.findings if one.rule.code == "RT202")
    left = sum(case.outcome is Outcome.WITHDRAWN for case in told.cases)
    said = [
        f"BEK 1404/2006 sætter ingen frist for vurderingen eller afgørelsen og siger intet om, hvad der mistes. "
        f"{values[ASSESSMENT_DAYS]} kalenderdage til vurderingen, {values[DECISION_DAYS]} til afgørelsen og de to "
        "perioder, "
        "som direktoratet kan skønne over, er vores læsning. Intet af det er bekræftet, og dagene kan ændres i "
        "opsætningen "
        "under [raadighed].",
        "Det forventede tab (RT108) hviler på § 13, stk. 2, nr. 2. Sanktionernes beløb efterregnes ikke.",
        f"Hjemlen holdes op imod bestemmelserne i § 2 for afgørelser til og med {_day(until)}; derefter kræves kun, "
        "at en "
        "bestemmelse er nævnt. At en bestemmelse ikke er omfattet, gør ikke afgørelsen ulovlig.",
        "At borgeren skal være vejledt skriftligt før hændelsen (RT107), er ikke bekræftet for 2007. At en "
        "partshøring samme "
        "dag som afgørelsen ikke er nok (RT104), er en læsning.",
    ]
    if outside or unknown or left:
        unsure = f"; {'den' if unknown == 1 else 'de'} er vurderet" if unknown else ""
        said.append(
            f"{number(outside, 'hændelse er', 'hændelser er')} uden for målgruppen (matchkategori 4-5), og for "
            f"{number(unknown, 'hændelse', 'hændelser')} er målgruppen ukendt{unsure}. "
            f"{number(left, 'sag er', 'sager er')} udgået."
        )
    return Section("Metode, og hvad der er usikkert", tuple(said))


def _day(value: object) -> str:
    return danish(date.fromisoformat(str(value)).toordinal())
