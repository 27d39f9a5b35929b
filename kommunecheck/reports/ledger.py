"""The account of what was checked, in words. Every format that tells of it tells the same."""

COUNTED = ("Fund", "Intet fundet", "Ikke relevant", "Kan ikke vurderes", "Gik i stykker")
"""What a rule can come to in a case, in the order of ``LedgerRow.counts``."""

LEDGER = (
    "Hvad hver regel kom til i hver sag. De fem tal giver tilsammen antallet af sager. »Ikke relevant«: der var intet "
    "af det, reglen ser på, eller sagen er udgået. »Kan ikke vurderes«: noget i sagens rækker kunne ikke læses, eller "
    "reglen kunne ikke kontrolleres."
)
