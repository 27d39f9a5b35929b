"""What results and agreement are called, and what there is to learn, wherever it is told."""

from collections.abc import Iterator, Mapping, Sequence

from kommunecheck.domain.decisions import Compared, Comparison, Fit, Relation, Result, RuleRow
from kommunecheck.domain.names import capital
from kommunecheck.domain.report import Report
from kommunecheck.domain.wording import kroner, number, share, value, whole
from kommunecheck.reports.phrases import cases, days, listed, name

RESULTS = {
    Result.LOSS: "tab",
    Result.ERROR: "fejl uden tab",
    Result.NONE: "uden kritik",
    Result.WITHDRAWN: "udgået",
    Result.OPEN: "muligt tab",
    Result.UNKNOWN: "ikke fuldt vurderet",
}
DECIDED = (Result.LOSS, Result.ERROR, Result.NONE, Result.WITHDRAWN)
"""What the directorate may decide."""
RELATIONS = {
    Relation.AGREED: "enige",
    Relation.WE_STRICTER: "vi var strengere",
    Relation.THEY_STRICTER: "de var strengere",
    Relation.OPEN: "overladt til skøn eller notat",
    Relation.APART: "kun den ene mener, sagen er udgået",
    Relation.UNKNOWN: "vi kunne ikke vurdere den fuldt",
}
DUTY_NAMES = {
    "deadline": "Samtalen",
    "step1": "Matchkategori",
    "step2": "Opmærksomhedsområder",
    "step3": "Arbejdssøgende",
}
"""The duties, as the columns of the form are called too."""
TITLE = "Efter tilsynet: visitationstilsynet"
CASES = 5
"""Cases that a sentence names."""
HOW = (
    "En sag er vi enige om, når begge siger tab, fejl uden tab, uden kritik eller udgået. Et muligt tab har vi "
    "overladt til direktoratet: begge svar er inden for det, vi sagde, og det tælles for sig."
)
HOW_RULES = (
    "Under hver regel står, hvad direktoratet sagde om det, reglen fandt. Er det ikke udfyldt, hvilket skridt det "
    "gælder, er resultatet ført til den regel, vi fandt noget efter, når der kun er ét skridt at vælge imellem."
)
HOW_FITS = (
    "De afgjorte sager er vurderet forfra med ét tal ad gangen et trin strengere og et trin lempeligere. Et tal passer "
    "bedre, når vi er enige om mindst lige så mange sager og uenige om højst lige så mange; står begge dele lige, når "
    "færre dage kun er tabt efter den ene. Få sager viser kun lidt: spørg direktoratet, før et tal ændres."
)


def shares(made: Comparison) -> list[list[str]]:
    """How many of the decided cases stand in each way, and their share; agreed ones are always told."""
    decided = len(made.cases)
    counted = [(relation, made.count(relation)) for relation in RELATIONS]
    told = [(relation, many) for relation, many in counted if many or relation is Relation.AGREED]
    return [[capital(RELATIONS[relation]), whole(many), share(many, decided)] for relation, many in told]


def amounts_told(made: Comparison) -> str:
    """What we expected and what the directorate took, where its amount is told; nothing where it is told of no case."""
    told = [one for one in made.cases if one.decision.refund_lost is not None]
    if not told or any(one.refund_lost is None for one in told):
        return ""
    ours = sum(one.refund_lost or 0 for one in told)
    theirs = sum(one.decision.refund_lost or 0 for one in told)
    return (
        f"I {cases(len(told))}, hvor direktoratets beløb er oplyst, ventede vi et tab på {kroner(ours)}, og "
        f"direktoratet tog {kroner(theirs)}"
    )


def _title(row: RuleRow, made: Comparison, report: Report) -> str:
    """What a row's rule is called, with its duty where the rule stands for several."""
    title = next((rule.title for rule in report.rules if rule.code == row.code), row.code or "")
    several = sum(other.code == row.code for other in made.rules) > 1
    return f"{title}: {DUTY_NAMES[row.duty].lower()}" if several else title


def rule_cells(row: RuleRow, made: Comparison, report: Report) -> list[str]:
    """A rule's row: code, what it is, and the counts."""
    what = _title(row, made, report) if row.code else f"Intet fund: {DUTY_NAMES[row.duty].lower()}"
    counts = (row.agreed, row.we_stricter, row.they_stricter, row.taken, row.let_go)
    return [row.code or "–", what, *map(whole, counts)]


RULE_HEADINGS = ("Regel", "", "Enige", "Vi strengere", "De strengere", "Muligt, taget", "Muligt, faldt væk")


def fits_told(made: Comparison) -> tuple[list[Fit], str]:
    """The run as it is and the steps that change anything, and a sentence about those that do not."""
    now = made.now
    told = [fit for fit in made.fits if (fit.agreed, fit.disagreed, fit.days) != (now.agreed, now.disagreed, now.days)]
    others = len(made.fits) - len(told)
    said = f"{number(others, 'andet trin ændrer', 'andre trin ændrer')} intet i de afgjorte sager." if others else ""
    return [now, *told], said


def fit_cells(fit: Fit, made: Comparison, titles: Mapping[str, str]) -> list[str]:
    """A reading's row: what it is called, the step, the value, and how it fits; better ones are marked."""
    what = "Som nu" if fit.name is None else titles.get(fit.name, fit.name)
    way = "" if fit.stricter is None else "strengere" if fit.stricter else "lempeligere"
    better = "bedre" if fit.beats(made.now) else ""
    said = "" if fit.name is None else value(fit.value)
    return [what, way, said, whole(fit.agreed), whole(fit.disagreed), whole(fit.days), better]


FIT_HEADINGS = ("Læsning", "Trin", "Værdi", "Enige", "Uenige", "Dage, kun den ene", "")


def lessons(made: Comparison, report: Report) -> Iterator[str]:
    """What there is to learn, in sentences; the last is always about the readings."""
    stricter = [one.decision.sag_id for one in made.cases if one.relation is Relation.THEY_STRICTER]
    if stricter:
        yield (
            f"I {cases(len(stricter))} var direktoratet strengere end vi ({_first(stricter)}). Begynd dér: de viser, "
            "hvad vores egen kontrol ikke fangede."
        )
    yield from _of_rules(made, report)
    unknown, apart = made.count(Relation.UNKNOWN), made.count(Relation.APART)
    if apart:
        yield (
            f"I {cases(apart)} mener kun den ene, at sagen er uden for tilsynet. Se efter, om perioder og ydelsestype "
            "er rigtige i udtrækket, og giv direktoratet besked hurtigst muligt, når en sag ikke skal være med."
        )
    if unknown:
        yield f"{cases(unknown)} kunne vi ikke vurdere fuldt. Ret det, der ikke kunne læses, før næste tilsyn."
    yield _of_readings(made, report)


def _first(ids: Sequence[str]) -> str:
    shown = [name(one) for one in ids[:CASES]]
    return listed(shown) if len(ids) <= CASES else f"{', '.join(shown)} og {len(ids) - CASES} mere"


def _of_rules(made: Comparison, report: Report) -> Iterator[str]:
    for row in made.rules:
        if row.code is None:
            yield (
                f"{DUTY_NAMES[row.duty]}: i {cases(row.they_stricter)} så direktoratet en fejl, hvor vi intet fandt. "
                "Se efter, om udtrækket viser noget andet end sagen, eller om reglen læses for mildt."
            )
            continue
        name = f"{row.code} ({_title(row, made, report)})"
        if row.we_stricter:
            yield (
                f"{name}: i {cases(row.we_stricter)} så direktoratet mildere på det end vi. Læs begrundelserne: er det "
                "særlige grunde, noget, udtrækket ikke viser, eller vores læsning?"
            )
        if row.they_stricter:
            yield f"{name}: i {cases(row.they_stricter)} tog direktoratet refusion, hvor vi kun så en fejl uden tab."
        if row.taken or row.let_go:
            both = number(row.taken + row.let_go, "muligt tab", "mulige tab")
            yield f"{name}: af {both} blev {whole(row.taken)} taget af direktoratet, og {whole(row.let_go)} faldt væk."


def _of_readings(made: Comparison, report: Report) -> str:
    if not made.better:
        return "Ingen læsning et trin strengere eller lempeligere ville have passet bedre end den, der er brugt."
    best = made.better[0]
    one = next(one for one in report.run.parameters if one.name == best.name)
    return (
        f"Det tal, der ville have passet bedst, er »{one.title}« ({best.name}): {value(best.value)} i stedet for "
        f"{value(one.value)}. Så var vi enige om {cases(best.agreed)} (nu {whole(made.now.agreed)}), uenige om "
        f"{whole(best.disagreed)} (nu {whole(made.now.disagreed)}), og {days(best.days)} er kun tabt efter den ene "
        f"(nu {whole(made.now.days)})."
    )


def case_cells(one: Compared) -> list[str]:
    """What we and the directorate said of a case, the rules, and the loss by each of us."""
    theirs = one.decision.refund_lost
    ours = "" if one.ours is not Result.LOSS else kroner(one.refund_lost)
    said = RESULTS[one.ours], RESULTS[one.decision.result], ", ".join(one.codes)
    return [*said, ours, "" if theirs is None else kroner(theirs)]
