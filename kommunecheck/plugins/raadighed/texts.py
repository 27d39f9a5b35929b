"""The acts the supervision rests on, and the numbers the order leaves open."""

from typing import Final

from kommunecheck.domain.days import day_of
from kommunecheck.law.law import LawTexts, Parameter

ASSESSMENT_DAYS: Final = "assessment_days"
DECISION_DAYS: Final = "decision_days"
PROVISIONS_UNTIL: Final = "provisions_until"

FIRST = day_of("2007-01-01")
"""BEK 1404/2006 § 16: in force from 1 January 2007."""

LAST_KNOWN_PROVISION = day_of("2009-08-16")
"""From 17 August 2009 a new order on availability holds, and the sanctions were rebuilt: legal facts, 5.1."""

TEXTS = LawTexts(
    {
        "BEK 1404/2006": "Bekendtgørelse nr. 1404 af 13. december 2006 om tilsyn med kommunernes administration af "
        "reglerne om rådighed, konsekvenser og sanktioner",
        "LAS": "Lov om aktiv socialpolitik (lovbekendtgørelse nr. 1009 af 24. oktober 2005)",
        "integrationsloven": "Lov om integration af udlændinge i Danmark (lovbekendtgørelse nr. 902 af 31. juli 2006)",
        "forvaltningsloven": "Forvaltningsloven, lov nr. 571 af 19. december 1985",
        "vejl. om rådighed": "Vejledning om rådighed (retsinformation id 31361)",
    },
    (
        Parameter(
            ASSESSMENT_DAYS,
            "Dage fra kommunen fik kendskab til hændelsen, til rådigheden skal være vurderet (bekendtgørelsen har "
            "ingen frist)",
            28,
            is_date=False,
            first=FIRST,
            last=None,
            certainty="unverified",
            citation="BEK 1404/2006 § 13, stk. 2, nr. 1",
        ),
        Parameter(
            DECISION_DAYS,
            "Dage fra en negativ vurdering, til der skal være en afgørelse (bekendtgørelsen har ingen frist)",
            28,
            is_date=False,
            first=FIRST,
            last=None,
            certainty="unverified",
            citation="BEK 1404/2006 § 13, stk. 2, nr. 1",
        ),
        Parameter(
            PROVISIONS_UNTIL,
            "Den sidste afgørelsesdag, hvor hjemlen holdes op imod bestemmelserne i § 2 (derefter kræves kun, at en "
            "bestemmelse er nævnt)",
            LAST_KNOWN_PROVISION,
            is_date=True,
            first=FIRST,
            last=None,
            certainty="unverified",
            citation="BEK 1404/2006 § 2",
        ),
    ),
)
"""None has a step for telling what the total would be with another: no expected loss rests on them."""
