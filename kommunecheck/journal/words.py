"""The reader's vocabulary, as data. All in lower case and with æ, ø and å; parts of words count."""

AREA_WORDS = (
    "arbejdsmarkedsperspektiv",
    "faglige",
    "praktiske kvalifikationer",
    "kompetencer",
    "økonomi",
    "netværk",
    "helbred",
)
"""The five areas of the dialogue guide, as they are usually shortened."""

ABBREVIATIONS = frozenset(
    {
        "bl.a.", "ca.", "d.", "d.d.", "dd.", "dvs.", "eks.", "el.", "evt.", "f.eks.", "fx.", "hhv.", "ifm.", "ift.",
        "inkl.", "jf.", "jvf.", "kl.", "m.", "m.fl.", "m.m.", "m.v.", "mht.", "mk.", "mv.", "nr.", "opm.", "osv.",
        "p.t.", "pct.", "pga.", "pgl.", "pkt.", "pt.", "stk.", "t.o.m.", "tilm.", "tlf.", "vedr.",
    }
)  # fmt: skip
"""Words whose full stop ends no sentence."""

READS_ON = (
    "dog", "eller", "formentlig", "grov", "hvis", "ikke", "medmindre", "men", "muligvis", "måske", "når", "om",
    "såfremt", "samt", "og",
)  # fmt: skip
"""How a line begins that reads on from the one above, whatever the capital."""

UNCERTAIN_WORDS = (
    # denied
    "ikke", "ej", "slettet", "aldrig", "ingen", "intet", "hverken", "uden", "nej", "afvist", "annulleret",
    # planned, conditional or in doubt
    "forventes", "forventet", "forventer", "skal", "skulle", "bør", "vil", "ville", "kan", "kunne", "hvis", "såfremt",
    "når", "måske", "formentlig", "muligvis", "nok", "eller", "el\\.", "overvejes", "foreslås",
    "indstilles", "ønsker", "ønskes", "senere", "næste", "planlægges", "afventer", "udkast", "mulig",
    "eventuelt", "evt", "om",
    # looking back, or somebody else
    "tidligere", "sidst", "sidste", "forrige", "før", "var", "været", "havde", "dengang", "ægtefælle", "ægtefælles",
    "ægtefællen", "samlever", "samleverens", "samleveren", "kæreste", "kæresten", "bror", "broderen",
    "søster", "søsteren", "mand", "manden", "kone", "konen", "søn", "sønnen", "datter", "datteren", "kollega",
    "hans", "hendes", "mener", "oplyser",
)  # fmt: skip
"""A sentence with one of these proves nothing."""
