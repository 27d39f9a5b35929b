"""The acts that the rules cite, and the limits they judge by, each with its source and how sure it is."""

from kommunecheck.law.law import LawTexts, Parameter

TARGET_SHARE, DEAD_PERIOD_DAYS, RECEIPT_DAYS = "target_share", "dead_period_days", "receipt_days"

NOTE = "KK-notat 2006"
LEGAL_SECURITY, PUBLIC_ADMINISTRATION = "retssikkerhedsloven", "forvaltningsloven"
OPENNESS, GOOD_PRACTICE = "offentlighedsloven", "god forvaltningsskik"

TEXTS = LawTexts(
    {
        NOTE: "Københavns Kommune, Socialforvaltningen: notat om kvalitets- og metodeudvikling, september 2006",
        LEGAL_SECURITY: "Retssikkerhedsloven, LBK nr. 847 af 8. september 2005",
        PUBLIC_ADMINISTRATION: "Forvaltningsloven, lov nr. 571 af 19. december 1985",
        OPENNESS: "Lov om offentlighed i forvaltningen, lov nr. 572 af 19. december 1985",
        GOOD_PRACTICE: "God forvaltningsskik, som ombudsmanden beskriver den",
    },
    (
        Parameter(
            TARGET_SHARE,
            "Sagsbehandling: målet for andelen af afgørelser inden fristen i hver sagstype, i procent",
            80,
            is_date=False,
            first=None,
            last=None,
            certainty="seed",
            citation=f"{NOTE}, pkt. 6.3, temaområde 1",
        ),
        Parameter(
            DEAD_PERIOD_DAYS,
            "Sagsbehandling: dage i træk uden skridt, som en sag kan have, før perioden er død",
            21,
            is_date=False,
            first=None,
            last=None,
            certainty="unverified",
            citation=f"{NOTE}, pkt. 6.3, taler om døde perioder uden at sætte et tal",
        ),
        Parameter(
            RECEIPT_DAYS,
            "Sagsbehandling: dage efter modtagelsen, inden for hvilke der skal sendes kvittering",
            10,
            is_date=False,
            first=None,
            last=None,
            certainty="unverified",
            citation=f"{NOTE}, pkt. 6.3: forslag om en skriftlig tilbagemeldingsgaranti",
        ),
    ),
)
