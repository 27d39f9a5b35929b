"""The configuration: what is taken, what is refused with a Danish sentence, and that no sentence repeats a value."""

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunecheck.config import Config, Parameters, RefundRate, as_config, open_config, read_law
from kommunecheck.domain.days import day_of, iso
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.rule import Severity
from kommunecheck.facts import parameters_used
from kommunecheck.law.law import Law
from kommunecheck.setup import set_up

Reader = Callable[[str], Config]
Span = tuple[str | None, str | None]

GIVEN = "Hemmeligt1234"
"""A value that must turn up in no message: values can be persons."""


def config_in(file: Path) -> Config:
    return as_config(file.name, open_config(file), {})


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def from_text(text: str) -> Config:
        file = tmp_path / "kommunecheck.toml"
        file.write_text(text, encoding="utf-8")
        return config_in(file)

    return from_text


ENGLISH = re.compile(r"\b(?:input|valid|should|expected|unable|error|value|must|greater|less|field)\b")


def refusal(read: Reader, text: str) -> str:
    """The message the text is refused with: Danish, one sentence a line, and no value that was given."""
    with pytest.raises(UserError) as refused:
        read(text)
    message = str(refused.value)
    assert GIVEN not in message
    for line in message.splitlines():
        assert line.startswith("kommunecheck.toml")
        assert line.endswith((".", "?"))
        assert not ENGLISH.search(re.sub("'[a-z]+'|»[^«]+«", "", line)), line
    return message


# What is taken


def test_an_empty_configuration_is_the_defaults(read: Reader) -> None:
    config = read("")
    assert config == Config()
    assert config.rules.fail_on is Severity.ERROR
    assert config.municipality.synthetic is False
    assert config.sources == []


def test_every_section_of_the_contract_that_is_known_is_read(read: Reader) -> None:
    config = read(
        """
        [municipality]
        name = "Lilleby"
        code = "999"
        procedures = { visitation = "Forretningsgang" }
        [audit]
        from = 2007-01-01
        to = 2007-12-31
        cutoff = 2008-01-15
        [[sources]]
        table = "samtaler"
        file = "udtræk.csv"
        encoding = "cp1252"
        delimiter = ";"
        columns = { samtale_id = "Samtale nr." }
        codes.status = { "Gennemført" = "afholdt" }
        [parameters]
        interval_months = 4
        [[parameters.refund_rates]]
        benefit = "introduktionsydelse"
        passive = 50
        offer = 75
        source = "lov"
        [rules]
        select = ["VT1"]
        ignore = { VT107 = "ses andetsteds" }
        fail_on = "warning"
        severity = { VT107 = "warning" }
        [privacy]
        key_file = "noegle.txt"
        """
    )
    assert (config.audit.from_, config.audit.to, config.audit.cutoff) == (
        date(2007, 1, 1),
        date(2007, 12, 31),
        date(2008, 1, 15),
    )
    assert config.sources[0].columns == {"samtale_id": "Samtale nr."}
    assert config.sources[0].codes == {"status": {"Gennemført": "afholdt"}}
    assert config.rules.severity == {"VT107": Severity.WARNING}
    assert config.parameters.refund_rates[0].offer == Fraction(3, 4)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "kommunecheck.toml"
    file.write_bytes("[municipality]\nname = 'Lilleby'\n".encode("utf-8-sig"))
    assert config_in(file).municipality.name == "Lilleby"


# What is refused


@pytest.mark.parametrize(
    ("text", "where", "meant"),
    [
        pytest.param("[munincipality]\nname = 'x'", "munincipality", "municipality", id="a section"),
        pytest.param("[audit]\ncutof = 2007-01-01", "audit.cutof", "cutoff", id="a key"),
        pytest.param("[audit]\nfrom_ = 2007-01-01", None, "from", id="our own name for a key"),
        pytest.param("[parameters]\ninterval_month = 3", "parameters.interval_month", "interval_months", id="a number"),
        pytest.param("[rules]\nseverities = {}", "rules.severities", "severity", id="a key of the rules"),
        pytest.param(
            "[[sources]]\ntable='sager'\nfile='s.csv'\ncolumn = {}", "sources.0.column", "columns", id="in a list"
        ),
        pytest.param(
            "[[parameters.refund_rates]]\nbenefit='kontanthjaelp'\npassiv=1\npassive=1\noffer=1\nsource='x'",
            "parameters.refund_rates.0.passiv",
            "passive",
            id="in a list of a section",
        ),
        pytest.param("[privacy]\nkeyfile = 'k'", "privacy.keyfile", "key_file", id="without its underscore"),
    ],
)
def test_an_unknown_key_is_refused_with_the_one_that_was_probably_meant(
    read: Reader, text: str, where: str | None, meant: str
) -> None:
    message = refusal(read, text)
    assert f"»{where or ''}" in message
    assert f"Mente du »{meant}«?" in message


def test_an_unknown_key_like_none_of_ours_is_refused_with_those_that_may_stand_there(read: Reader) -> None:
    message = refusal(read, "[audit]\nqwxz = 1")
    assert "nøglen »audit.qwxz« findes ikke" in message
    for key in ("from", "to", "cutoff", "supervisions"):
        assert key in message
    assert "from_" not in message


def test_everything_that_is_wrong_is_told_at_once(read: Reader) -> None:
    message = refusal(read, "[audit]\ncutof = 1\n[rules]\nfail_on = 'x'\n[municipality]\nname = 1")
    assert len(message.splitlines()) == 3


A_DATE = "en dato som 2007-03-31"
WRONG_KIND = {
    "a number for a text": ("municipality", "name = 7", "name", "en tekst"),
    "a text for yes or no": ("municipality", f"synthetic = '{GIVEN}'", "synthetic", "true eller false"),
    "a text for a date": ("audit", f"cutoff = '{GIVEN}'", "cutoff", A_DATE),
    "a Danish date": ("audit", "cutoff = '31-12-2007'", "cutoff", A_DATE),
    "a time of day": ("audit", "cutoff = 2007-12-31T08:30:00", "cutoff", "en dato"),
    "a number for a date": ("audit", "cutoff = 20071231", "cutoff", A_DATE),
    "nought for a date": ("audit", "cutoff = 0", "cutoff", A_DATE),
    "yes for a date": ("audit", "cutoff = true", "cutoff", A_DATE),
    "a text for a number": ("parameters", f"interval_months = '{GIVEN}'", "interval_months", "et helt tal"),
    "a half month": ("parameters", "interval_months = 3.5", "interval_months", "et helt tal"),
    "yes for a number": ("parameters", "interval_months = true", "interval_months", "et helt tal"),
    "no months": ("parameters", "interval_months = 0", "interval_months", "for lille"),
    "over two years": ("parameters", "interval_months = 25", "interval_months", "for stort"),
    "days before": ("parameters", "followup_workdays = -1", "followup_workdays", "for lille"),
    "over a year": ("parameters", "followup_workdays = 367", "followup_workdays", "for stort"),
    "a severity": ("rules", f"fail_on = '{GIVEN}'", "fail_on", "'info', 'warning' eller 'error'"),
    "a text for a list": ("rules", f"select = '{GIVEN}'", "select", "en liste"),
    "ignore without a reason": ("rules", f"ignore = ['{GIVEN}']", "ignore", "en tabel"),
    "ignore with a blank reason": ("rules", "ignore = { VT107 = '' }", "ignore.VT107", "ikke er tom"),
    "a supervision": ("audit", f"supervisions = '{GIVEN}'", "supervisions", "en liste"),
}


@pytest.mark.parametrize(("section", "line", "key", "expected"), WRONG_KIND.values(), ids=WRONG_KIND)
def test_a_value_of_the_wrong_kind_is_refused_with_what_was_expected(
    read: Reader, section: str, line: str, key: str, expected: str
) -> None:
    message = refusal(read, f"[{section}]\n{line}")
    assert f"»{section}.{key}«: " in message
    assert expected in message


def test_a_text_for_a_section_and_a_source_without_a_file_are_refused(read: Reader) -> None:
    assert "»audit«: " in refusal(read, f"audit = '{GIVEN}'")
    assert "»sources.0.file«: nøglen mangler" in refusal(read, f"[[sources]]\ntable = '{GIVEN}'")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param(f"[audit\nname = '{GIVEN}'", "linje 1", id="a bracket that is not closed"),
        pytest.param(f"[audit]\nname = {GIVEN}", "linje 2", id="a text without quotes"),
        pytest.param(f"[audit]\nname = '{GIVEN}", "linje 2", id="a quote that is not closed"),
        pytest.param(f"[audit]\nfrom = 2007-01-01\nfrom = '{GIVEN}'", "linje 3", id="a key twice"),
    ],
)
def test_what_is_no_toml_is_refused_with_the_line(read: Reader, text: str, place: str) -> None:
    message = refusal(read, text)
    assert "ikke gyldig TOML" in message
    assert place in message or "sidst i filen" in message
    assert "line" not in message.replace("linje", "")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"name = {'[' * 2000}{']' * 2000}", id="lists in two thousand layers"),
        pytest.param(f"word_cases = {'9' * 5000}", id="a number of five thousand digits"),
    ],
)
def test_what_the_library_reads_no_further_is_refused_in_one_sentence(read: Reader, text: str) -> None:
    assert refusal(read, f"[report]\n{text}") == (
        "kommunecheck.toml har lister eller tabeller i hundredvis af lag eller et tal med tusindvis af cifre og kan "
        "ikke læses. Ret det, og kør igen."
    )


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "kommunecheck.toml"
    file.write_bytes("[municipality]\nname = 'Ærø'\n".encode("cp1252"))
    with pytest.raises(UserError, match="ikke gemt som UTF-8"):
        config_in(file)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"kommunecheck\.toml (?:kan ikke læses|findes ikke)"):
        config_in(tmp_path / "kommunecheck.toml")


# Per cents


def a_rate(passive: str, offer: str = "50") -> str:
    return f"[[parameters.refund_rates]]\nbenefit = 'kontanthjaelp'\nsource = 'x'\npassive = {passive}\noffer = {offer}"


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("0", Fraction(0)),
        ("35", Fraction(35, 100)),
        ("33.3", Fraction(333, 1000)),
        ("'33.3'", Fraction(333, 1000)),
        ("0.1", Fraction(1, 1000)),
        ("100", Fraction(1)),
        ("100.0", Fraction(1)),
    ],
)
def test_a_per_cent_is_taken_exactly_as_it_is_written(read: Reader, written: str, share: Fraction) -> None:
    assert read(a_rate(written)).parameters.refund_rates[0].passive == share


@pytest.mark.parametrize(
    "written", ["-1", "-0.1", "100.1", "101", "1000", "'x'", "'35 %'", "'33,3'", "true", "nan", "inf", "[]", "''"]
)
def test_what_is_no_per_cent_from_0_to_100_is_refused(read: Reader, written: str) -> None:
    for text in (a_rate(written), a_rate("35", written)):
        assert "der ventes et tal i procent fra 0 til 100" in refusal(read, text)


@given(st.integers(0, 100), st.integers(0, 99))
def test_every_per_cent_with_two_decimals_comes_through_unchanged(whole: int, part: int) -> None:
    share = Fraction(whole * 100 + part, 10_000)
    written = f"{whole}.{part:02}"
    if share > 1:
        with pytest.raises(ValueError, match="passive"):
            RefundRate(benefit="kontanthjaelp", passive=written, offer=0, source="x")
    else:
        assert RefundRate(benefit="kontanthjaelp", passive=written, offer=float(written), source="x").passive == share


def test_a_rate_without_its_source_is_refused(read: Reader) -> None:
    bare = "[[parameters.refund_rates]]\nbenefit = 'kontanthjaelp'\npassive = 1\noffer = 1\n"
    for text in (bare, f"{bare}source = ''"):
        assert "»parameters.refund_rates.0.source«" in refusal(read, text)


def test_a_rate_for_a_benefit_that_does_not_exist_is_refused(read: Reader) -> None:
    text = a_rate("35").replace("kontanthjaelp", GIVEN)
    assert "»parameters.refund_rates.0.benefit«" in refusal(read, text)


# The law as the configuration leaves it


def rates(*spans: Span, benefit: str = "kontanthjaelp") -> list[dict[str, Any]]:
    """Rates of one's own for the spans of days."""
    return [
        {"benefit": benefit, "passive": 35, "offer": 65, "source": "lov"}
        | ({"from": date.fromisoformat(first)} if first else {})
        | ({"to": date.fromisoformat(last)} if last else {})
        for first, last in spans
    ]


def law_with(**parameters: Any) -> Law:
    return read_law(Parameters.model_validate(parameters))


@pytest.mark.parametrize(
    ("spans", "trouble"),
    [
        ([(None, "2007-05-31"), ("2007-06-02", None)], "ingen værdi gælder fra 2007-06-01 til 2007-06-01"),
        ([(None, "2007-05-31"), ("2007-05-31", None)], "gælder samtidig"),
        ([(None, None), ("2007-06-01", None)], "gælder samtidig"),
        ([(None, "2007-05-31"), (None, "2007-06-30")], "gælder samtidig"),
        ([("2007-06-01", "2007-05-01")], "slutter"),
    ],
    ids=["a day between", "a day in common", "one that never ends", "two that always were", "the wrong way round"],
)
def test_rates_that_leave_a_gap_or_overlap_are_refused(spans: list[Span], trouble: str) -> None:
    with pytest.raises(UserError, match=trouble) as refused:
        law_with(refund_rates=rates(*spans))
    assert str(refused.value).endswith(".")
    assert "kontanthjaelp" in str(refused.value)


@pytest.mark.parametrize(
    "spans", [[(None, None)], [("2007-01-01", "2007-12-31")], [("2007-06-01", None), (None, "2007-05-31")]]
)
def test_rates_that_meet_are_taken_in_any_order(spans: list[Span]) -> None:
    assert set(law_with(refund_rates=rates(*spans)).overridden_rates) == {"kontanthjaelp"}


def test_the_defaults_are_those_of_the_contract_with_their_certainty() -> None:
    told = {one.name: (one.value, one.certainty) for one in read_law().parameters.values()}
    assert told == {
        "interval_months": (3, "found"),
        "first_interview_months": (3, "unverified"),
        "registration_workdays": (1, "unverified"),
        "followup_workdays": (5, "unverified"),
        "sickness_workdays": (10, "unverified"),
        "long_sickness_days": (28, "unverified"),
        "reform_exclusions_from": (day_of("2007-03-01"), "unverified"),
    }


def test_every_number_names_an_act_it_rests_on() -> None:
    law = read_law()
    citations = [one.citation for one in law.parameters.values()]
    citations += [value.citation for dated in law.rates.values() for value in dated.values]
    assert all(citation.startswith(tuple(law.acts)) for citation in citations)


def test_the_default_refund_rates_are_those_of_the_contract_and_found() -> None:
    law = read_law()
    assert set(law.rates) == {"kontanthjaelp", "starthjaelp"}
    for dated in law.rates.values():
        told = [
            (one.first and iso(one.first), one.last and iso(one.last), one.value.passive * 100, one.value.offer * 100)
            for one in dated.values
        ]
        assert told == [
            (None, "2006-06-30", 50, 50),
            ("2006-07-01", "2010-12-31", 35, 65),
            ("2011-01-01", "2015-12-31", 30, 50),
        ]
        assert {one.certainty for one in dated.values} == {"found"}


def test_the_ruleset_is_vouched_for_until_the_match_categories_were_gone() -> None:
    ruleset = read_law().ruleset
    assert ruleset.name == "visitation-2007"
    assert (iso(ruleset.vouched.first), iso(ruleset.vouched.last)) == ("2007-01-01", "2010-03-31")


NUMBERS = {
    "interval_months": 4, "first_interview_months": 1, "registration_workdays": 0, "followup_workdays": 366,
    "sickness_workdays": 5, "long_sickness_days": 14, "reform_exclusions_from": date(2007, 7, 1),
}  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_of_ones_own_is_used_and_marked_and_the_others_are_not(name: str) -> None:
    law = law_with(**{name: NUMBERS[name]})
    own = NUMBERS[name]
    assert law.number(name) == (day_of(own) if isinstance(own, date) else own)
    assert {one.name for one in law.parameters.values() if one.overridden} == {name}
    assert {one.name for one in parameters_used(law) if one.overridden} == {name}


def test_rates_of_ones_own_are_marked() -> None:
    told = {
        one.name: one
        for one in parameters_used(law_with(refund_rates=rates((None, None), benefit="introduktionsydelse")))
    }
    assert told["refund_rates"].overridden
    assert {one["benefit"] for one in told["refund_rates"].value} == {
        "kontanthjaelp",
        "starthjaelp",
        "introduktionsydelse",
    }
    assert not told["interval_months"].overridden


def test_nothing_is_marked_that_nobody_changed() -> None:
    assert not any(one.overridden for one in parameters_used(read_law()))


def test_every_parameter_of_the_law_can_be_set_and_no_other() -> None:
    assert set(Parameters.model_fields) - {"refund_rates"} == set(read_law().parameters)


def test_the_example_of_lilleby_is_a_sound_configuration() -> None:
    folder = Path(__file__).parent.parent / "examples" / "lilleby"
    assert set_up(folder).config.municipality.synthetic
