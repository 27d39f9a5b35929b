"""A note to what it says of the steps at an interview, each reading with its sentence and its reason.

Rules and vocabulary follow section 6 of the contract: false evidence hides a loss and is worse than missed evidence.
"""

from kommunecheck.domain.records import Reading
from kommunecheck.domain.statement import Statement
from kommunecheck.journal import areas, job_seeker, placement
from kommunecheck.journal.grovmatch import is_rough
from kommunecheck.journal.quotations import quotations
from kommunecheck.journal.scope import REPORTED, Reason, Scene, headed, speaks_of_other, takes_back
from kommunecheck.journal.sentences import Sentence, sentences_of
from kommunecheck.journal.vocabulary import SPEAKS_OF, Vocabulary, our_own

NOTHING = Reading(None, areas=False, job_seeker=False)

_SOME = SPEAKS_OF | areas.TRIGGERS | job_seeker.TRIGGERS


def read_note(text: str, vocabulary: Vocabulary | None = None) -> Reading:
    """What a note says of the three steps, and no more."""
    said = statements_of(text, vocabulary)
    if not said:
        return NOTHING
    kinds = {one.kind for one in said if one.accepted}
    return Reading(placed_by(said), areas="areas" in kinds, job_seeker="jobseeker" in kinds)


def placed_by(statements: list[Statement]) -> str | None:
    """The category the statements place in: that of the last correction, else of the last placement."""
    placing = [one for one in statements if one.kind == "placed" and one.accepted]
    corrections = [one for one in placing if one.correction]
    return (corrections or placing)[-1].value if placing else None


def statements_of(text: str, vocabulary: Vocabulary | None = None) -> list[Statement]:
    """Everything that was read in a note, what proves nothing too, in the order of the text."""
    vocabulary = vocabulary or our_own()
    found: list[Statement] = []
    heading: Reason | None = None
    other = grov = topic = False
    quoted = quotations(text, vocabulary, REPORTED)
    for sentence in sentences_of(text, vocabulary):
        while quoted and quoted[0].end <= sentence.start:
            quoted = quoted[1:]
        if sentence.after_blank:
            heading, other = None, False
        if sentence.tokens[0].kind == "passed":
            other, grov = "andre" in sentence.tokens[0].groups, False
            continue
        groups = frozenset().union(*[token.groups for token in sentence.tokens])
        if not (groups & _SOME or topic) and len(sentence.tokens) > 6:
            other = "andre" in sentence.tokens[0].groups
            grov = False
            continue
        if found and takes_back(sentence.tokens):
            found[-1] = found[-1]._replace(accepted=False, reason="Afvist: taget tilbage i næste sætning")
        within = Reason(*quoted[0][2:]) if quoted and quoted[0].start < sentence.end else None
        scene = Scene(sentence, within or heading, other and sentence.tokens[0].text in _GOES_ON, topic)
        found += placement.placements(scene, text, grov)
        if groups & areas.TRIGGERS:
            found += areas.areas(scene)
        if groups & job_seeker.TRIGGERS:
            found += job_seeker.registrations(scene, text)
        topic = topic or bool(groups & SPEAKS_OF)
        grov = "grov" in groups and is_rough(scene)
        heading = _heading(scene, sentence, heading)
        other = speaks_of_other(scene)
    return found


_GOES_ON = frozenset({"han", "hun", "denne", "vedkommende", "er", "bliver", "indplaceret", "indplaceres"})


def _heading(scene: Scene, sentence: Sentence, heading: Reason | None) -> Reason | None:
    """The heading that holds for the next line: this one, the one before it, or none if another began."""
    new = headed(scene)
    if new is not None:
        return new
    return None if sentence.alone and sentence.tokens[-1].text == ":" else heading
