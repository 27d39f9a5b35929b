"""What a reader of a report must be warned of: sentences in Danish, none of them about a single case."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from kommunecheck.domain.days import danish, day_of, iso
from kommunecheck.domain.report import Source
from kommunecheck.domain.wording import number, span, whole
from kommunecheck.intake.records import Audited, Records
from kommunecheck.intake.sources import TELLING, Opened
from kommunecheck.law.law import Law
from kommunecheck.reading import Read
from kommunecheck.setup import Options, Setup
from kommunecheck.supervising import Further

FAR_BEHIND = 366
"""Days between the latest day of an export and the one before it, from which the latest is taken for a typing error."""


def warnings_of(
    setup: Setup, options: Options, read: Read, sources: Mapping[int, Source], further: Further
) -> tuple[str, ...]:
    """All warnings, in the order a reader meets them: what could not be taken part, the files, the period, the rows."""
    opened, records, audit = read
    return (
        *setup.plugins.failures,
        *setup.plugins.remarks,
        *opened.warnings,
        *_nameless(records),
        *_late_cutoff(audit, records, sources),
        *_of_period_and_tables(setup.law, audit, records, opened),
        *_later(options, records),
        *_hardly_used(options, sources.values()),
        *(warning for ruling in further.rulings for warning in ruling.warnings),
        *further.failures,
    )


def _nameless(records: Records) -> Iterator[str]:
    """Cases that nobody would miss: they are in no count."""
    if records.nameless:
        rows = number(records.nameless, "række", "rækker")
        about, missed = ("den", "Den sag") if records.nameless == 1 else ("de", "De sager")
        yield (
            f"I sager er der {rows}, hvor det ikke kan ses, hvilken sag {about} handler om. {missed} er slet ikke med "
            "i rapporten. Ret filen, og kør igen; fundene om data siger hvor."
        )


def _late_cutoff(audit: Audited, records: Records, sources: Mapping[int, Source]) -> Iterator[str]:
    """A single mistyped year would set the cutoff, and let every loss run on to it."""
    latest = records.latest
    if audit.cutoff_from is None or latest is None or latest.before is None or latest.day - latest.before <= FAR_BEHIND:
        return
    number, row, column = latest.cell
    yield (
        f"Opgørelsesdagen {iso(latest.day)} kommer fra {sources[number].place}, række {row}, kolonne {column}. Den "
        f"næstseneste dag er {iso(latest.before)}. Er det en tastefejl, så ret cellen, eller skriv dagen: "
        f"--cutoff {iso(latest.before)}."
    )


def _of_period_and_tables(law: Law, audit: Audited, records: Records, opened: Opened) -> Iterator[str]:
    if "samtaler" not in records.present:
        absent = "samtaler" if "samtaler" not in opened.tables else "sager"
        yield f"Visitationstilsynet er ikke med, fordi tabellen {absent} ikke er det. Kun andre tilsyn er ført."
        return
    vouched, window = law.ruleset.vouched, audit.window
    if window.first < vouched.first or window.last > vouched.last:
        yield (
            f"Perioden {span(window)} går ud over den tid, reglerne er kontrolleret for ({span(vouched)}). "
            "Brug tallene med forbehold."
        )
    if audit.cutoff < window.first:
        yield (
            f"Opgørelsesdagen {danish(audit.cutoff)} ligger før perioden {span(window)}, så intet i den kan være sket. "
            "Ret cutoff eller perioden."
        )
    if records.perioder is None:
        yield "Tabellen perioder er ikke med: sygdom, løntilskud og dage uden for målgruppen er ikke set."
    if records.udbetalinger is None:
        yield "Tabellen udbetalinger er ikke med: de tabte dage er fundet, men ingen beløb."
    elif "i_tilbud" not in records.present["udbetalinger"]:
        yield "Kolonnen i_tilbud mangler i udbetalinger: satsen kendes ikke, og tabte dage er uden pris."


def _later(options: Options, records: Records) -> Iterator[str]:
    """What was registered too late to be judged with."""
    if options.known_on is None:
        return
    known = danish(day_of(options.known_on))
    counted = [
        f"{number(count, 'række', 'rækker')} i {table}" for table, count in sorted(records.later.items()) if count
    ]
    if counted:
        yield f"Vurderet, som det var kendt {known}: {' og '.join(counted)} er registreret senere og er ikke brugt."
    else:
        yield f"Vurderet, som det var kendt {known}. Ingen rækker er registreret senere."


def _hardly_used(options: Options, sources: Iterable[Source]) -> Iterator[str]:
    """Tables of which most rows are of no use: what is wrong is wrong with the export, and not with its rows."""
    if options.known_on is not None:  # rows that came later are not used either
        return
    rows, used = Counter[str](), Counter[str]()
    for source in sources:
        rows[source.table] += source.rows
        used[source.table] += source.rows_used
    for table, count in rows.items():
        if count >= TELLING and used[table] * 2 < count:
            how_many = f"Kun {whole(used[table])}" if used[table] else "Ingen"
            yield (
                f"{how_many} af {whole(count)} rækker i {table} er brugt, så tallene her kan ikke bruges endnu. "
                "Fundene om data siger, hvad der er galt."
            )
