"""Provisions as case workers write them, each read by hand."""

import pytest

from kommunecheck.plugins.raadighed.provisions import INTEGRATION, LAS, Number, Provision, covers, provisions

COVERED = """\
§ 39
§39
§  39
paragraf 13
Paragraf 38 a
paragrafferne 38 a til 41
LAS § 38 a, stk. 2
LAS § 38 A STK 2
LAS § 39, STK. 2
§38 b, stk. 1, nr. 2
§ 38a
§ 38 a.
Sanktion efter § 38 a. Borgeren udeblev.
§ 41 e.l.
§ 39 d. 3. maj
§ 39, 2. pkt.
§ 39, stk. 1, litra b
§ 13.2
§ 13
§ 13 c
§ 13c, stk. 2
§ 13 a-c
§ 13 a og b
§§ 13-13 c
§§ 38 a-41
§§38a–41
§§ 38 a til 41
§ 38 a - § 41
§§ 38, 39 og 40
§§ 11, stk. 2, og 39
LAS §§ 13, 38a og 41, stk. 1-3
jf. aktivlovens §13
aktivlovens § 39
Aktivloven §39
aktiv-lovens § 39
l.a.s. § 39
AKL § 39
§ 41 i lov om aktiv socialpolitik
§ 41 i Lov om aktiv  socialpolitik
lov om aktiv soc.pol. § 40
Lov om aktiv socialpolitik § 40, jf. § 41
§ 39 af lovbekendtgørelse nr. 1009 af 24. oktober 2005
§ 39, jf. LBK 1460
hjemmel i lovens § 39
SEL § 11, jf. LAS § 41
§ 11 i serviceloven og § 39 i aktivloven
§ 38; § 39
LAB § 14, § 13 i LAS
LAB § 14, § 13 LAS
LAB § 14 og § 13 LAS
LAB § 14, § 13 (LAS)
LAB § 14; § 13 LAS
§ 14 LAB, § 13 LAS
§ 14 LAB § 13 LAS
LAB § 14 LAS § 13
§ 14, stk. 2, i LAB, § 13 LAS
retssikkerhedsloven § 11, § 39 i aktivloven
LAS §§ 14 og 13; § 12 SEL
§ 39 LAS, SEL § 12
§ 39, LAS
LAS: § 39
§ 39 IKKE MØDT
Hjælpen er ophørt efter § 41, da borgeren afslog tilbuddet.
""".splitlines()

OUTSIDE = """\
§ 38
§ 12
§ 14
§ 13 d
§ 41 a
§ 42
§ 139
§ 380 a
§§ 11-41
§§ 13-42
§ 39 i SEL
SEL § 39
SEL § 11
RSL § 39
Serviceloven § 39
retssikkerhedslovens § 39
§ 39 i lov om social service
lov om en aktiv beskæftigelsesindsats § 39
LAB § 39
bekendtgørelse nr. 1148 § 13
BEK 1404/2006 § 13
rådighedsbekendtgørelsens § 39
vejledningens § 39
lov nr. 571 § 39
integrationslovens § 39
integrationslovens § 30
SEL §§ 11, 12 og 39
§ 25 a
§ 39 eller SEL § 41
LAS § 12, § 39 retssikkerhedsloven
LAS § 12 og § 13 i LAB
LAS § 14, § 13 LAB
LAS § 12, § 13 i medfør af lov om en aktiv beskæftigelsesindsats
§ 12 LAS, § 13 i retssikkerhedsloven
§ 12 LAS § 13 RSL
LAS § 12 LAB § 13
§ 12, stk. 1, LAS, § 13, stk. 2, i RSL
§ 12 LAS, § 13, stk. 2, i RSL
§ 12 LAS, § 38 a, § 39 RSL
LAB § 14, § 39
§ 12 i lov om aktiv socialpolitik, § 39 i lov om retssikkerhed
LAB § 13
§ 40 i LAB
§ 40 (LAB)
§ 40 LAB
§ 40, LAB
(LAB) § 40
LAB, § 40
LAB: § 40
§ 40/LAB
§ 40 lab
§ 40 i l.a.b.
RSL § 13
RSL: § 13
RSL, § 13
§ 13 RSL
§ 13 SEL
§ 13 (SEL)
PARAGRAF 13 FVL
""".splitlines()

UNREADABLE = [
    "",
    "ingen",
    "39",
    "stk. 2",
    "LAS",
    "aktivloven",
    "§",
    "§ a",
    "se notat af 3. maj 2007",
    "nr. 39",
    "§§ - 41",
]


@pytest.mark.parametrize("text", COVERED)
def test_it_is_covered_in_a_case_of_kontanthjaelp(text: str) -> None:
    assert any(covers(LAS, one) for one in provisions(text))


@pytest.mark.parametrize("text", OUTSIDE)
def test_it_can_be_read_and_is_outside(text: str) -> None:
    assert provisions(text)
    assert not any(covers(LAS, one) for one in provisions(text))


@pytest.mark.parametrize("text", UNREADABLE)
def test_no_provision_stands_there(text: str) -> None:
    assert provisions(text) == ()


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("integrationslovens § 30", True),
        ("§ 30", True),
        ("§ 31, stk. 2", True),
        ("§§ 30-31", True),
        ("INL § 25 a", True),
        ("§ 25", True),
        ("§ 25 i lov om integration af udlændinge i Danmark", True),
        ("§ 31 i lovbekendtgørelse nr. 902", True),
        ("§ 25 b", False),
        ("§ 26", False),
        ("§ 32", False),
        ("§ 39", False),
        ("LAS § 30", False),
        ("§ 30 LAB", False),
        ("§ 30 (LAB)", False),
        ("§ 30 INL, § 39 LAS", True),
        ("LAS § 30, § 31 i integrationsloven", True),
        ("INL § 26, § 30 LAS", False),
        ("aktivlovens § 39", False),
        ("aktivlovens § 39 og integrationslovens § 30", True),
    ],
)
def test_introduktionsydelse_rests_on_an_act_of_its_own(text: str, covered: bool) -> None:
    assert any(covers(INTEGRATION, one) for one in provisions(text)) is covered


def test_what_is_read_of_a_list_and_a_range() -> None:
    assert provisions("LAS §§ 38 a-39, 41 og 13 a-c, jf. SEL § 11") == (
        Provision(Number(38, "a"), Number(39), "LAS"),
        Provision(Number(41), Number(41), "LAS"),
        Provision(Number(13, "a"), Number(13, "c"), "LAS"),
        Provision(Number(11), Number(11), "other"),
    )


def test_a_cell_of_any_length_is_read_at_once() -> None:
    assert provisions("§ 39" + ", " * 200_000)
    assert provisions("§" + "9" * 200_000)
    assert provisions("lov" * 100_000) == ()
    assert provisions("§ 1 LAB, " * 100_000)
    assert provisions("LAB" + ": " * 300 + "§ 1 LAB" * 100)


def test_the_order_is_that_of_the_law() -> None:
    law = [
        Number(13),
        Number(13, "a"),
        Number(38),
        Number(38, "a"),
        Number(38, "b"),
        Number(39),
        Number(41),
        Number(139),
    ]
    backwards = law[::-1]
    assert sorted(backwards) == law
