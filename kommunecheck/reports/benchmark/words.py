"""The benchmark in words: what things are called, and how an interval is read."""

from datetime import date
from fractions import Fraction

from kommunecheck.domain.benchmark import Benchmark, Change, Compared, ControlView, Goal, Rate, Standing
from kommunecheck.domain.days import MONTHS, Period, danish
from kommunecheck.domain.money import half_up
from kommunecheck.domain.months import whole_months
from kommunecheck.domain.names import BENEFITS, capital
from kommunecheck.domain.wording import number, per_cent_of, share, span, whole

MADE_UP = "OPDIGTEDE TAL"
SUPERVISIONS = {
    "visitation": "Visitationstilsynet",
    "raadighed": "Rådighedstilsynet",
    "sagsbehandling": "Sagsbehandlingen",
}
STANDINGS = {
    Standing.FEWER: "Færre fejl end gruppen",
    Standing.LIKE: "Kan ikke skelnes fra gruppen",
    Standing.MORE: "Flere fejl end gruppen",
    Standing.NOT_RANKED: "Vist, men ikke holdt op mod de andre",
    Standing.WITHHELD: "Ikke vist",
}
"""What stands over the municipalities that stand so."""

IN_SHORT = {
    Standing.FEWER: "færre",
    Standing.LIKE: "usikkert",
    Standing.MORE: "flere",
    Standing.NOT_RANKED: "ikke rangeret",
    Standing.WITHHELD: "ikke vist",
}

ABOUT = {
    Standing.FEWER: "Hele intervallet ligger under gruppens interval.",
    Standing.LIKE: "Intervallet overlapper gruppens, så forskellen kan være tilfældig.",
    Standing.MORE: "Hele intervallet ligger over gruppens interval.",
    Standing.NOT_RANKED: (
        "Over 5 % af sagerne kunne ikke vurderes fuldt ud. Deres fejl er måske ikke fundet, og kommunerne er ikke med "
        "i gruppens tal."
    ),
    Standing.WITHHELD: (
        "Færre end 5 vurderede sager, eller den næstmindste, hvor kun én ellers var skjult og kunne regnes ud."
    ),
}
CONTROL_STANDINGS = {
    Standing.FEWER: "mindre",
    Standing.LIKE: "usikkert",
    Standing.MORE: "mere",
    Standing.NOT_RANKED: "",
    Standing.WITHHELD: "ikke vist",
}
"""How much of its kontrolsager a municipality draws, beside the group."""

NOT_RANKED = (
    "En kommune, hvor over 5 % af sagerne (uden de udgåede) ikke er fuldt vurderet, er vist, men ikke rangeret og ikke "
    "med i gruppen."
)
CHANGES = {Change.FALLEN: "faldet", Change.SAME: "ingen sikker ændring", Change.RISEN: "steget"}
GOALS = {Goal.MET: "nået", Goal.MISSED: "ikke nået", Goal.UNSURE: "kan ikke afgøres"}

INTERVAL = (
    "Fejlandelen er sager med fejl af de sager, der er vurderet fuldt ud: dem med fejl og dem uden kritik. En kommune "
    "har kun så og så mange sager, og hvor mange af dem der har fejl, er delvis tilfældigt. Derfor står der et "
    "interval ved hver andel: var sagerne tilfældigt udvalgt, lå kommunens egentlige niveau med 95 % sikkerhed inden "
    "for det (Wilson). Få sager giver et bredt interval."
)
ORDER = (
    "To kommuner, og en kommune og gruppen, er kun sat i rækkefølge, når deres intervaller ikke overlapper. Inden for "
    "hvert afsnit står kommunerne efter navn og ikke efter andel."
)
GROUP = "Gruppen er alle kommuner, der kan rangeres, lagt sammen; også dem, der ikke er vist."
LOSS = (
    "Det forventede tab er statens refusion for de dage, der er tabt efter reglerne. Det er delt med de vurderede "
    "sager (tab pr. sag) og med de tabte dage (tab pr. tabt dag). Har en kommune færre end 5 tabte dage, vises dage og "
    "tab pr. dag ikke."
)
OVER_TIME = (
    "En sag kan være med i flere perioder. Ændringen er fra den første viste periode til den sidste og er kun kaldt et "
    "fald eller en stigning, når de to intervaller ikke overlapper."
)
HIDDEN = (
    "Intet, hvis nævner er under 5, er vist. Hvor kun ét tal i en række ellers var skjult, er det næstmindste skjult "
    "med, så det første ikke kan regnes ud."
)
BEST = (
    "De bedste er kommunerne med færre fejl end gruppen. For hver regel står, hvor ofte den er brudt hos dem og hos "
    "alle andre. Kun hvor de to intervaller ikke overlapper, gør de bedste sikkert noget, de andre ikke gør."
)
CONTROL = (
    "Oprettet er regnet af de udtagne, med resultat af de afsluttede, og ikke afsluttet af dem, der er oprettet i de "
    "tolv måneder. Hver måling er over de tolv måneder, der slutter med måneden. Udtaget er sager taget til egen "
    "visitering af dem og dem, der står tilbage på bruttolisten. Afsluttede sager og udtagne sager er to forskellige "
    "grupper og kan ikke lægges sammen."
)


def by_chance(compared: Compared) -> str:
    """How many at most stand out by chance alone; nothing said of a few municipalities.

    One in twenty of all intervals misses the share behind it, and fewer miss the group's whole interval.
    """
    ranked = sum(len(compared.standing(one)) for one in (Standing.FEWER, Standing.LIKE, Standing.MORE))
    if ranked < 20:
        return ""
    return (
        f"Selv om alle {whole(ranked)} kommuner var lige gode, kunne op til omkring {half_up(ranked, 20)} af dem "
        "skille sig ud fra gruppen ved et tilfælde."
    )


def title_of(made: Benchmark) -> str:
    """What the benchmark is called."""
    if made.municipalities > 1:
        return "Kommunernes resultater side om side"
    names = [row.name for one in made.compared for row in one.rows]
    return f"{names[0] if names else 'Kommunen'}: resultater over tid"


def what_of(made: Benchmark) -> str:
    """How many municipalities and periods, and which."""
    owners = number(made.municipalities, "kommune", "kommuner")
    whole_span = span(Period(made.periods[0].first, made.periods[-1].last))
    return f"{owners}, {number(len(made.periods), 'periode', 'perioder')}: {whole_span}"


def supervision(name: str) -> str:
    """What a supervision is called."""
    return SUPERVISIONS.get(name, capital(name))


def per_cent(one: Rate) -> str:
    """A share: ``12,4 %``."""
    return share(one.part, one.of)


def between(one: Rate) -> str:
    """The interval: ``9,1-16,8 %``."""
    return f"{per_cent_of(one.low).removesuffix(' %')}-{per_cent_of(one.high)}"


def counted(one: Rate) -> str:
    """The count behind a share: ``12 af 97``."""
    return f"{whole(one.part)} af {whole(one.of)}"


def goal(aimed: Fraction) -> str:
    """A goal: ``10 %``, or with decimals where it has some."""
    tenths = half_up(aimed.numerator * 1000, aimed.denominator)
    return f"{tenths // 10} %" if tenths % 10 == 0 else f"{tenths // 10},{tenths % 10} %"


def one_decimal(value: Fraction) -> str:
    """A number with one decimal."""
    tenths = half_up(value.numerator * 10, value.denominator)
    return f"{whole(tenths // 10)},{tenths % 10}"


def period(window: Period) -> str:
    """A period by its name where it has one, else by its days: ``1. kvartal 2007``, ``2007``, ``januar 2007``."""
    return _name_of(window) or f"{danish(window.first)} til {danish(window.last)}"


def during(window: Period) -> str:
    """A period as it stands behind "i"."""
    return _name_of(window) or f"perioden {period(window)}"


def _name_of(window: Period) -> str | None:
    first, months = date.fromordinal(window.first), whole_months(window)
    if first.day != 1 or months is None or (first.month - 1) % months:
        return None
    place = (first.month - 1) // months + 1
    names = {1: f"{MONTHS[first.month - 1]} {first.year}", 3: f"{place}. kvartal {first.year}"}
    names |= {6: f"{place}. halvår {first.year}", 12: f"{first.year}"}
    return names.get(months)


def in_short(window: Period) -> str:
    """A period as a narrow column has it: ``1. kvt. 07``, ``jan 07``, ``2007``, ``01.01.07-15.02.07``."""
    first, last = date.fromordinal(window.first), date.fromordinal(window.last)
    named = period(window)
    if "kvartal" in named or "halvår" in named:
        return f"{named.split()[0]} {'kvt.' if 'kvartal' in named else 'halvår'} {first.year % 100:02d}"
    if named == str(first.year):
        return named
    if named == f"{MONTHS[first.month - 1]} {first.year}":
        return f"{MONTHS[first.month - 1][:3]} {first.year % 100:02d}"
    return f"{first:%d.%m.%y}-{last:%d.%m.%y}"


def group_said(compared: Compared, made: Benchmark) -> list[str]:
    """The main results in a few sentences."""
    group, window = compared.groups[-1], compared.periods[-1]
    if not group.municipalities:
        return [f"Ingen kommune kan holdes op mod de andre i {during(window)}: for mange sager kunne ikke vurderes."]
    if group.rate is None:
        return [f"Der er for få sager til at vise en samlet fejlandel i {during(window)}."]
    said = [f"I {during(window)} var der fejl i {per_cent(group.rate)} af sagerne ({counted(group.rate)})."]
    if made.municipalities > 1:
        said.append(_standings_said(compared))
    elif compared.standing(Standing.NOT_RANKED):
        said.append("Over 5 % af sagerne kunne ikke vurderes fuldt ud, så der kan være flere fejl.")
    if compared.moved is not None:
        rates = zip(compared.periods, compared.groups, strict=True)
        earlier, first = next((when, one.rate) for when, one in rates if one.rate is not None)
        whose = "Gruppens andel" if made.municipalities > 1 else "Andelen"
        said.append(f"{whose} var {per_cent(first)} i {period(earlier)}: {CHANGES[compared.moved]}.")
    if group.goal is not None and group.reached is not None:
        said.append(f"Målet for året er højst {goal(group.goal)}: {GOALS[group.reached]}.")
    return said


def _standings_said(compared: Compared) -> str:
    """How many stand out from the group on either side, and how many do not; nothing of a side that has none."""
    fewer, more, alike = (len(compared.standing(one)) for one in (Standing.FEWER, Standing.MORE, Standing.LIKE))
    sides = ((fewer, "har sikkert færre fejl end gruppen"), (more, "har sikkert flere fejl end gruppen"))
    told = [f"{number(many, 'kommune', 'kommuner')} {what}" for many, what in sides if many]
    if not told:
        return "Ingen kommune har sikkert færre eller flere fejl end gruppen."
    rest = f"; {number(alike, 'kommune', 'kommuner')} kan ikke skelnes fra den" if alike else ""
    return f"{', og '.join(told)}{rest}."


def counted_of(compared: Compared) -> str:
    """Of whom the kinds of error are counted, where that is not all of the group: those not shown are left out."""
    group = compared.groups[-1].rate
    if group is None or not compared.kinds or compared.kinds[0].group.of == group.of:
        return ""
    return (
        f"Fejltyperne er talt i {whole(compared.kinds[0].group.of)} af gruppens {whole(group.of)} sager: de kommuner, "
        "der ikke er vist, er ikke med."
    )


def best_said(compared: Compared) -> str:
    """What the best do not get wrong, in a sentence."""
    if not compared.best:
        return "Ingen kommune har sikkert færre fejl end gruppen, så der er ingen at lære af endnu."
    learnt = compared.learnt
    if not learnt:
        return (
            "De bedste bryder de samme regler som de andre, bare sjældnere; ingen enkelt regel skiller dem sikkert ud."
        )
    told = [
        f"{kind.code} {kind.title[:1].lower()}{kind.title[1:]} ({per_cent(kind.best)} mod {per_cent(kind.others)})"
        for kind in learnt[:MOST_MARKED]
        if kind.best is not None and kind.others is not None
    ]
    return f"Det adskiller tydeligst de bedste, at de sjældnere har: {'; '.join(told)}."


MOST_MARKED = 3
"""How many of the rules that the best seldom break are named at once."""


def view_named(view: ControlView) -> str:
    """A view of the kontrolsager: which kontroltrin and benefit."""
    step = "Kontroltrin 2 og 3 tilsammen (vores egen sum)" if view.step == "alle" else f"Kontroltrin {view.step}"
    benefit = {"oekonomisk_friplads": "økonomisk friplads", **BENEFITS}.get(view.benefit, view.benefit)
    return step if view.benefit == "alle" else f"{step}, {benefit}"


def month_named(month: str) -> str:
    """``2022-03`` as ``marts 2022``."""
    year, _, place = month.partition("-")
    return f"{MONTHS[int(place) - 1]} {year}"
