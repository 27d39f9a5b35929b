"""What a journal note proves, and what it must not be taken to prove: false evidence hides a loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunecheck.journal.reader import read_note, statements_of

PLAIN = "Borgeren er indplaceret i matchkategori 3."
AREAS = "Opmærksomhedsområder: helbred."
JOB_SEEKER = "Borgeren er registreret som arbejdssøgende."
ALL = f"Samtale holdt. {PLAIN} {AREAS} {JOB_SEEKER}"


def placed(text: str) -> str | None:
    return read_note(text).placed


# The plain sentences


@pytest.mark.parametrize("category", "12345")
@pytest.mark.parametrize("word", ["match", "matchkategori", "matchgruppe"])
def test_a_note_that_says_so_places_in_1_to_5(word: str, category: str) -> None:
    assert placed(f"Borgeren er indplaceret i {word} {category}.") == category


@pytest.mark.parametrize("number", ["0", "6", "9", "10", "13", "33"])
def test_other_numbers_are_no_category(number: str) -> None:
    assert placed(f"Borgeren er indplaceret i matchkategori {number}.") is None


def test_a_note_can_prove_all_three_steps() -> None:
    assert read_note(ALL) == ("3", True, True)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        pytest.param(PLAIN, ("3", False, False), id="a placement"),
        pytest.param(AREAS, (None, True, False), id="areas"),
        pytest.param(JOB_SEEKER, (None, False, True), id="job seeker"),
        pytest.param("Talte om fritid og økonomi.", (None, False, False), id="nothing of the kind"),
        pytest.param("", (None, False, False), id="an empty note"),
    ],
)
def test_a_note_proves_what_it_says_and_no_more(text: str, reading: tuple[str | None, bool, bool]) -> None:
    assert read_note(text) == reading


@pytest.mark.parametrize(
    "area",
    [
        "arbejdsmarkedsperspektiv", "faglige kvalifikationer", "praktiske kvalifikationer", "personlige kompetencer",
        "økonomi", "netværk", "økonomi og netværk", "helbred",
    ],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["Opmærksomhedsområde", "Opmærksomhedsområder", "Opmærksomhedspunkter"])
def test_the_five_areas_of_the_dialogue_guide_are_known(heading: str, area: str) -> None:
    assert read_note(f"{heading}: {area}.").areas


@pytest.mark.parametrize("word", ["arbejdssøgende", "jobsøgende"])
def test_registration_as_job_seeker_is_read(word: str) -> None:
    assert read_note(f"Borgeren er registreret som {word}.").job_seeker


@pytest.mark.parametrize(
    "written",
    [ALL.upper(), ALL.lower(), ALL.replace("æ", "ae").replace("ø", "oe"), ALL.replace(". ", ".\n"), f"\n\n{ALL}\n"],
    ids=["capitals", "small letters", "ae and oe", "line by line", "blank lines"],
)
def test_capitals_letters_and_lines_change_nothing(written: str) -> None:
    assert read_note(written) == ("3", True, True)


@pytest.mark.parametrize("end", ["", " "])
def test_a_line_break_between_two_statements_ends_a_sentence(end: str) -> None:
    lines = [PLAIN, AREAS, JOB_SEEKER, "Næste samtale er 12-06-2007", "Borgeren skal søge job"]
    note = f"{end}\n".join(line.removesuffix(".") for line in lines)
    assert read_note(note) == ("3", True, True)
    assert read_note(note.replace("\n", "\r\n")) == ("3", True, True)


@pytest.mark.parametrize(
    "heading", ["Mål", "Plan", "Samlever", "Tidligere", "Ved næste samtale", "Kommunelægens vurdering", "Mål:"]
)
def test_what_stands_below_a_line_that_proves_nothing_may_fall_under_it(heading: str) -> None:
    for sentence in (PLAIN, "Indplaceret i match 3."):
        assert placed(f"{heading}\n{sentence}") is None
        assert placed(f"Samtale holdt. {heading}\n{sentence}") is None


@pytest.mark.parametrize(
    "below",
    ["Hvis lægen er enig", "Men kun måske", "Ikke aktuelt", "Eller 4", "Grovmatch", "hvis lægen er enig", "- 4"],
)
def test_a_line_that_reads_on_from_a_placement_is_part_of_it(below: str) -> None:
    assert placed(f"Borgeren er indplaceret i match 3\n{below}") is None


def test_capitals_alone_begin_no_statement() -> None:
    assert placed("BORGEREN ER IKKE\nINDPLACERET I MATCH 3.\nTalt om fritid.") is None
    assert placed("Borgeren er registreret som arbejdssøgende,\nIkke indplaceret i match 3") is None


def test_the_last_placement_of_a_note_counts() -> None:
    assert placed("Borgeren er indplaceret i match 4. Efter drøftelse er borgeren indplaceret i match 3.") == "3"


def test_a_real_placement_beside_a_plan_still_counts() -> None:
    assert placed(f"{PLAIN} Ved næste samtale forventes borgeren indplaceret i match 2.") == "3"


def test_a_sentence_that_denies_takes_nothing_from_another() -> None:
    assert read_note(f"Borgeren har ikke arbejde. {ALL}") == ("3", True, True)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Ændres fra match 4 til match 3.", "3"),
        ("Borgeren indplaceres i match 3.", "3"),
        ("Borgeren er match 3.", "3"),
        ("Matchkategori: 3", "3"),
        ("Borgeren er indplaceret i match tre.", "3"),
        ("Indpl. i matchkat. 3.", "3"),
        ("Borgeren er indplasseret i match 3.", "3"),
        ("Match 3 fastholdes.", "3"),
        ("Borgeren er i dag indplaceret i match 3, tidligere match 4.", "3"),
    ],
)
def test_the_other_ways_to_write_a_placement_are_read(text: str, category: str) -> None:
    assert placed(text) == category


# What must not count as a placement

NO_PLACEMENT = {
    "negation": [
        "Borgeren er ikke indplaceret i match 3.",
        "Borgeren kan ikke indplaceres i match 3.",
        "Borgeren er endnu ikke indplaceret i match 3.",
        "Borgeren er aldrig blevet indplaceret i match 3.",
        "Ingen er indplaceret i match 3.",
        "Der er ikke grundlag for, at borgeren er indplaceret i match 3.",
        "Borgeren er hverken indplaceret i match 3 eller 4.",
        "Samtale uden at borgeren er indplaceret i match 3.",
        "Annulleret: borgeren er indplaceret i match 3.",
        "Slettet: borgeren er indplaceret i match 3.",
        "Borgeren er langt fra indplaceret i match 3.",
    ],
    "negation that a line or a short word cuts off": [
        "Borgeren er ikke\nindplaceret i match 3.",
        "Borgeren er ikke p.t. indplaceret i match 3.",
        "Borgeren er ikke pga. sygdom indplaceret i match 3.",
        "Borgeren er endnu ikke jf. aftalen indplaceret i match 3.",
        "Borgeren blev ikke; som aftalt; indplaceret i match 3.",
    ],
    "plans and conditions": [
        "Borgeren forventes indplaceret i match 2.",
        "Borgeren skal indplaceres i match 2.",
        "Borgeren skal være indplaceret i match 2.",
        "Borgeren vil blive indplaceret i match 2.",
        "Hvis borgeren bliver rask, er han indplaceret i match 2.",
        "Såfremt lægen er enig, er borgeren indplaceret i match 2.",
        "Ved næste samtale bliver borgeren indplaceret i match 2.",
        "Når lægen har svaret, er borgeren indplaceret i match 2.",
        "Det overvejes, om borgeren er indplaceret i match 2.",
        "Borgeren indstilles til at blive indplaceret i match 2.",
        "Borgeren ventes indplaceret i match 2.",
        "Borgeren håber at blive indplaceret i match 2.",
        "Mål: indplaceret i match 2.",
        "Plan: indplaceret i match 2 inden jul.",
        "Bliver borgeren rask, er han indplaceret i match 2.",
        "Medmindre andet aftales, er borgeren indplaceret i match 2.",
    ],
    "the past": [
        "Borgeren var tidligere indplaceret i match 4.",
        "Borgeren var indplaceret i match 4.",
        "Borgeren har været indplaceret i match 4.",
        "Ved sidste samtale blev borgeren indplaceret i match 4.",
        "Før sommerferien blev borgeren indplaceret i match 4.",
        "Borgeren blev i 2005 indplaceret i match 4.",
    ],
    "ranges and alternatives": [
        "Borgeren er indplaceret i match 1-3.",
        "Borgeren er indplaceret i match 1 - 3.",
        "Borgeren er indplaceret i match 1–3.",
        "Borgeren er indplaceret i match 4/5.",
        "Borgeren er indplaceret i match 3 eller 4.",
        "Borgeren er indplaceret i match 3 og 4.",
        "Borgeren er indplaceret i match 1 til 3.",
        "Borgeren er indplaceret i match 3, 4 eller 5.",
        "Borgeren er indplaceret i match 3 el. 4.",
        "Borgeren er indplaceret i match 3 eller match 4.",
        "Borgeren er indplaceret i match 3 (eller 4).",
        "Borgeren er indplaceret i match 1 t.o.m. 3.",
    ],
    "questions and doubt": [
        "Er borgeren indplaceret i match 3?",
        "Borgeren er indplaceret i match 3?",
        "Borgeren er indplaceret i match 3 (?).",
        "Borgeren er måske indplaceret i match 3.",
        "Borgeren er formentlig indplaceret i match 3.",
        "Borgeren er nok indplaceret i match 3.",
    ],
    "other people": [
        "Ægtefællen er indplaceret i match 3.",
        "Hendes mand er indplaceret i match 3.",
        "Borgerens bror er indplaceret i match 3.",
        "Hans søn er indplaceret i match 3.",
        "Borgerens mor er indplaceret i match 3.",
        "Naboen er indplaceret i match 3.",
        "Borgerens veninde er indplaceret i match 3.",
        "Tilbuddet er for borgere indplaceret i match 3.",
        "Holdet er for ledige indplaceret i match 3.",
    ],
    "opinions of others": [
        "Borgeren mener, at han er indplaceret i match 3.",
        "Borgeren oplyser at være indplaceret i match 3.",
        "Ifølge borgeren er han indplaceret i match 3.",
        "Borgeren tror, at han er indplaceret i match 3.",
        "Lægen anbefaler borgeren indplaceret i match 5.",
    ],
    "a grovmatch": [
        "Grovmatch: borgeren er indplaceret i match 3.",
        "Borgeren er indplaceret i match 3 (grovmatch).",
        "Borgeren er grovmatchet og indplaceret i match 3.",
        "Grov-match: borgeren er indplaceret i match 3.",
        "Grov match: borgeren er indplaceret i match 3.",
    ],
    "other numbers": [
        "Hold 3 vandt match 2.",
        "Borgeren har 3 børn og er 45 år.",
        "Kursus 3 begynder kl. 2.",
        "Jobmatch 4 på Fyn.",
        "Borgeren er indplaceret på hold 3.",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    "text", [pytest.param(text, id=f"{kind}: {text}") for kind, texts in NO_PLACEMENT.items() for text in texts]
)
def test_this_is_no_placement(text: str) -> None:
    assert placed(text) is None


# What must not count as areas, or as registration


@pytest.mark.parametrize(
    "text",
    [
        "Opmærksomhedsområder: ingen.",
        "Opmærksomhedsområder: -",
        "Opmærksomhedsområder:",
        "Opmærksomhedsområder: se DRV.",
        "Opmærksomhedsområder: som sidst.",
        "Opmærksomhedsområder: udfyldes senere.",
        "Opmærksomhedsområder: helbred?",
        "Opmærksomhedsområder: ikke helbred.",
        "Tidligere opmærksomhedsområder: helbred.",
        "Borgeren er syg og har gæld.",
        "Helbred og økonomi er drøftet.",
        "Vær opmærksom på hunden.",
        "Ægtefællens opmærksomhedsområder: helbred.",
        "Mandens opmærksomhedsområder: helbred.",
    ],
)
def test_this_names_no_area(text: str) -> None:
    assert not read_note(text).areas


@pytest.mark.parametrize(
    "text",
    [
        "Borgeren er ikke registreret som arbejdssøgende.",
        "Borgeren skal registreres som arbejdssøgende.",
        "Borgeren skal være registreret som arbejdssøgende.",
        "Borgeren var registreret som arbejdssøgende.",
        "Er borgeren registreret som arbejdssøgende?",
        "Hvis borgeren er registreret som arbejdssøgende, gives tilbud.",
        "Hendes mand er registreret som arbejdssøgende.",
        "Borgeren er aktivt arbejdssøgende.",
        "Borgeren er registreret som boligsøgende.",
        "Borgerens mor er registreret som arbejdssøgende.",
        "Borgeren blev i 2005 registreret som arbejdssøgende.",
        "Forsøgt registreret som arbejdssøgende, men systemet er nede.",
        "Borgeren er ikke\nregistreret som arbejdssøgende.",
    ],
)
def test_this_is_no_registration_as_job_seeker(text: str) -> None:
    assert not read_note(text).job_seeker


# Whatever the text


DOUBT = (
    "ikke aldrig ingen hverken uden forventes skal vil kan hvis såfremt måske formentlig nok overvejes foreslås "
    "indstilles tidligere sidste før var havde ægtefælle samlever mand kone søn datter"
)


@pytest.mark.parametrize("word", DOUBT.split())
def test_a_word_of_doubt_takes_the_proof_of_a_plain_sentence_away(word: str) -> None:
    assert placed(f"{word} {PLAIN}") is None


@pytest.mark.parametrize("word", ["ikke", "aldrig", "hvis", "såfremt", "måske", "formentlig", "tidligere", "sidste år"])
def test_so_it_does_when_it_comes_last(word: str) -> None:
    assert placed(f"{PLAIN.removesuffix('.')} {word}.") is None


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    reading = read_note(text)
    assert reading.placed in (None, "1", "2", "3", "4", "5")


@given(
    st.lists(
        st.sampled_from(["3", "4", "børn", "kl", "hold", "uge", "den", "borgeren", ".", "-", "\n"]),
        max_size=14,
    )
)
def test_other_words_and_numbers_place_nobody(words: list[str]) -> None:
    assert placed(" ".join(words)) is None


@given(st.lists(st.sampled_from([PLAIN, AREAS, JOB_SEEKER, "Talt om fritid.", "Borgeren er glad."]), max_size=6))
def test_sentences_prove_together_what_they_prove_alone(sentences: list[str]) -> None:
    whole, parts = read_note(" ".join(sentences)), [read_note(one) for one in sentences]
    assert whole.placed == ("3" if PLAIN in sentences else None)
    assert whole.areas == any(part.areas for part in parts)
    assert whole.job_seeker == any(part.job_seeker for part in parts)


def test_a_reason_quotes_words_as_they_are_written() -> None:
    said = statements_of("Så længe kurset varer, er hun match 1. Ægtefællen er match 3.")
    told = [one.reason for one in said]
    assert told == ["Afvist: betinget - »Så længe«", "Afvist: handler om en anden - »Ægtefællen«"]
