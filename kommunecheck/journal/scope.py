"""What takes the proof away from a statement, and how far each such word reaches.

Precision first: where a word may reach the statement, it does. It does not reach across *men*, across a reason, or into
a clause with a verb of its own.
"""

from typing import NamedTuple

from kommunecheck.journal.clauses import Clause, Link, clauses_of
from kommunecheck.journal.sentences import Sentence
from kommunecheck.journal.subjects import inherited
from kommunecheck.journal.times import label_time, other_time, week
from kommunecheck.journal.tokens import Token

AGAINST = {
    "negation": "nægtet",
    "tages_tilbage": "kaldt forkert",
    "uafgjort": "ikke afgjort",
    "betingelse": "betinget",
    "plan": "en plan eller forventning",
    "senere": "først senere",
    "fortid": "fortid",
    "tvivl": "tvivl",
    "forslag": "et forslag eller ønske",
    "kilde": "gengivet, ikke besluttet",
    "fagperson": "en andens vurdering",
    "andre": "handler om en anden",
    "flere": "handler om flere, eller er generelt",
    "andet": "ikke en matchkategori",
    "tale": "kun omtalt",
    "forsoeg": "forsøgt, ikke gjort",
    "ikke_register": "en anden tilmelding",
}
"""The groups that take the proof away, and how the reason is told."""

_ALL = frozenset(AGAINST) - {"ikke_register"}
_GOVERNING = _ALL - {"senere", "flere", "tale"}
"""What reaches from a main clause into the one it governs."""
_STILL_NEAR = 5
"""Words before a statement that no mark parts from it: what they say may be of it."""
_BEFORE = frozenset({"plan", "forslag", "tvivl", "kilde", "andre", "fortid", "fagperson"})
"""What a fragment before the statement says of it."""
_AFTER = frozenset({"tvivl", "forslag", "betingelse"})
"""What a fragment after the statement says of it."""
_IN_PARENTHESES = frozenset({"kilde", "andre", "fagperson", "fortid"})
_BEFORE_ONLY = frozenset({"fagperson", "kilde", "flere", "tale", "andre"})
"""Groups that count only before the statement in its own clause."""
_NEXT_ONE = frozenset({"naeste", "nst", "kommende"})
_WITHOUT = frozenset({"uden", "ingen", "intet"})
_LEARNT_FROM = frozenset(
    {"fra", "af", "med", "hos", "til", "i", "paa", "ved", "efter", "jf", "ud fra", "paa baggrund af", "trods"}
)
_PUT_RIGHT = frozenset(
    {"skulle", "skal", "fejl", "fejlagtigt", "ved en fejl", "forkert", "burde", "en fejl", "skal rettes"}
)
"""In a correction these say what is so: *skulle være 4*."""
_WE_SAY = frozenset({"sagde", "siger", "fortalte", "fortaeller", "oplyste", "oplyser", "mener", "har oplyst"})
_POINTS_BACK = frozenset(
    {"nej", "nej forkert", "hvilket", "det", "dette", "denne", "den", "indplaceringen", "matchet", "matchkategorien"}
)
_ACTS = frozenset({"aendringen", "indplaceringen", "afgoerelsen", "registreringen", "beslutningen", "matchkategorien"})
_SHORT = 10
"""Words of a sentence that only says that what stands before it is not settled."""
_GUIDES = frozenset({"dialogguiden", "vejledningen", "skalaen"})
_DESCRIBES = frozenset({"mand", "mor", "far"})
"""Words that may also say what the citizen is: *42-årig mand*, *enlig mor*."""
_DESCRIBED = frozenset({"enlig", "ung", "gift", "er", "yngre", "aeldre", "ugift", "fraskilt"})
_DISCUSSED = (
    "til droeft",
    "til disk",
    "naevn",
    "beroer",
    "droeft",
    "diskuter",
    "vendt",
    "talt",
    "snak",
    "omtalt",
    "udleveret",
    "gennemg",
    "tilsendt",
    "fremlagt",
)
_EXPLAINS = ("betyd", "omfatter", "indebaerer", "gaelder", "daekker")
_LATEST_WORD = frozenset({"negation", "tages_tilbage", "fortid", "tvivl", "senere"})
"""Of several numbers in a clause, these count for the one they stand before."""


class Reason(NamedTuple):
    """Why a statement proves nothing: the group of the word, and the word."""

    group: str
    word: str

    @property
    def told(self) -> str:
        """In Danish."""
        return f"Afvist: {AGAINST[self.group]}" + (f" - »{self.word}«" if self.word else "")


class Scene:
    """A sentence with its clauses, and what of the lines above it still holds."""

    def __init__(
        self, sentence: Sentence, heading: Reason | None = None, subject_is_other: bool = False, topic: bool = False
    ) -> None:
        self.sentence, self.heading, self.subject_is_other = sentence, heading, subject_is_other
        self.topic = topic  # the note spoke of the match before
        self.clauses = clauses_of(sentence)
        self._skip: frozenset[int] = frozenset()
        label = [token.text for token in sentence.tokens[:2]]
        self.correction = any("rettelse" in token.groups for token in sentence.tokens) or label == ["ret", ":"]

    def clause_at(self, place: int) -> int:
        """The number of the clause that the word at ``place`` stands in."""
        for number, clause in enumerate(self.clauses):
            if place < clause.end:
                return number
        return len(self.clauses) - 1

    def against(
        self, first: int, last: int, others: tuple[int, ...] = (), skip: frozenset[int] = frozenset()
    ) -> Reason | None:
        """The first reason against the statement at the places ``first`` to ``last``.

        ``others`` are the places of the other statements of the sentence; what stands between two of them speaks of the
        later. The words at the places ``skip`` say nothing against it.
        """
        self._skip = skip
        busy = frozenset(self.clause_at(place) for place in (first, *others))
        number = self.clause_at(first)
        return (
            self.heading
            or self._whole_sentence(number)
            or self._of_another(number)
            or self._own(self.clauses[number], first, last, others)
            or self._governed(number, busy)
            or self._trailing(self.clause_at(last), busy)
        )

    def _whole_sentence(self, number: int) -> Reason | None:
        if self.sentence.question:
            return Reason("tvivl", "?")
        tokens = self.sentence.tokens
        own = any(token.text == "selv" for token in tokens)
        if (
            self.subject_is_other
            and not own
            and not self.clauses[number].own_subject
            and not _own_before(self.clauses, number)
        ):
            return Reason("andre", "")
        if _asks_or_supposes(tokens) or _supposes(tokens[0], self.clauses):
            return Reason("betingelse", tokens[0].text)
        return self._condition(number)

    def _of_another(self, number: int) -> Reason | None:
        """Somebody else whom the clause goes on speaking of."""
        for token in inherited(self.clauses, number):
            for group in sorted(token.groups & {"andre", "fagperson", "flere"}):
                return Reason(group, token.text)
        return None

    def _condition(self, number: int) -> Reason | None:
        """A condition before or after, up to *men* or a semicolon."""
        first = last = number
        while first and not self._parts(first):
            first -= 1
        while last + 1 < len(self.clauses) and not (self._parts(last + 1) or self.clauses[last + 1].link is Link.RUN):
            last += 1
        for clause in self.clauses[first : last + 1]:
            for token in clause.tokens:
                if "betingelse" in token.groups:
                    return Reason("betingelse", token.text)
        return None

    def _parts(self, number: int) -> bool:
        clause = self.clauses[number]
        condition = clause.link is Link.AND and "betingelse" in clause.tokens[0].groups
        return clause.link is Link.STRONG or condition or (clause.link is Link.BUT and clause.has_verb)

    def _own(self, clause: Clause, first: int, last: int, others: tuple[int, ...]) -> Reason | None:
        """What the clause itself has against the statement: words before it, and those after that look back at it."""
        since = max((place for place in others if clause.first <= place < first), default=-1)
        until = min((place for place in others if place > last), default=clause.end)
        now = any("nu" in one.groups and since < place < until for place, one in enumerate(clause.tokens, clause.first))
        decided = any(
            "myndighed" in token.groups and since < place < first
            for place, token in enumerate(clause.tokens, clause.first)
        )
        for place, token in enumerate(clause.tokens, start=clause.first):
            if place in self._skip:
                continue
            of_another = not since <= place <= until or last < place < until < clause.end
            for group in sorted(token.groups & _ALL):
                if (group == "fortid" and now) or (of_another and (decided or group in _LATEST_WORD)):
                    continue
                if self._speaks_of(clause, place, token, group, first, last):
                    return Reason(group, token.text)
        joined = clause.link is Link.AND and "nu" in self.clauses[self.clause_at(first) - 1].groups
        told = other_time(clause.tokens, first - clause.first, last - clause.first, now or joined)
        return Reason(*told) if told else None

    def _speaks_of(self, clause: Clause, place: int, token: Token, group: str, first: int, last: int) -> bool:
        if place >= first:
            return self._counts_after(clause, place, token, group, last)
        return not self._is_harmless(clause, place, token, group)

    def _counts_after(self, clause: Clause, place: int, token: Token, group: str, last: int) -> bool:
        """Whether a word after the statement, in its own clause, says something of it."""
        if place <= last:
            return True
        if group == "plan" and clause.tokens[place - clause.first - 1].text == "med":
            return False  # match 3 med mål om match 2
        if group in _BEFORE_ONLY:
            explained = token.text.startswith(_DISCUSSED if group == "tale" else _EXPLAINS)
            if group == "tale" and clause.groups & {"fastholdelse", "besluttet"}:
                return False
            return place == last + 1 or (explained and group in ("flere", "tale"))
        if group == "senere" and token.text in _NEXT_ONE:
            return False
        return group != "negation" or token.text not in _WITHOUT or place + 1 == clause.end

    def _is_harmless(self, clause: Clause, place: int, token: Token, group: str) -> bool:
        """Words that deny or name something else than the statement."""
        tokens = self.sentence.tokens
        if self.correction and (token.text in _PUT_RIGHT or "rettelse" in token.groups):
            return True
        after = tokens[place + 1] if place + 1 < clause.end else None
        if group == "andre" and token.text in _DESCRIBES and place:
            return tokens[place - 1].text.endswith(("årig", "aarig")) or tokens[place - 1].text in _DESCRIBED
        if group == "fagperson":
            return not _is_subject(clause, place, after)
        if group == "tale":
            return bool(clause.groups & {"indplacering", "fastholdelse", "vurdering", "besluttet"})
        if group == "senere" and token.text.startswith("efter "):
            done = {"indplacering", "vurdering", "aendring"}
            return any(one.groups & done and one.text.endswith("t") for one in clause.tokens)
        if group == "kilde" and token.text in _WE_SAY and _we_say(clause, place - clause.first):
            return True
        if group == "kilde" and token.text == "vurderer":
            return _decided_by(clause, place)
        if group == "flere" and token.text in _GUIDES:
            return place > 0 and tokens[place - 1].text in _LEARNT_FROM
        return group == "kilde" and token.text == "skriver" and "myndighed" in clause.groups

    def _labelled(self, clause: Clause, number: int) -> Reason | None:
        """What the label before a colon says: *Mål:*, *Notat fra 2006:*, *Lægen:*."""
        if clause.label is None or clause.label == number:
            return None
        label = self.clauses[clause.label]
        source = next((token for token in label.tokens if "fagperson" in token.groups and len(label.tokens) < 5), None)
        if source is not None and not clause.groups & {"indplacering", "besluttet"}:
            return Reason("fagperson", source.text)
        if later := week(label.tokens):
            return Reason("senere", later)
        if "nu" not in clause.groups and "nu" not in label.groups:
            past = label_time(label.tokens)
            if past:
                return Reason("fortid", past)
        whole = label.has_verb and clause.has_verb and (clause.own_subject or "pronomen" in clause.tokens[0].groups)
        reach = _GOVERNING - {"negation", "fortid", "tages_tilbage"} if whole else _GOVERNING | {"senere", "tale"}
        return self._any(label, reach, number)

    def _cut_off(self, clause: Clause, number: int) -> Reason | None:
        """A denial that something was put in after: *er ikke pga. sygdom indplaceret*, *blev ikke; som aftalt; ...*."""
        before = self.clauses[number - 1]
        earlier = self.clauses[number - 2] if number > 1 else before
        if "negation" in before.tokens[-1].groups and not clause.has_verb:
            return Reason("negation", before.tokens[-1].text)
        if "negation" in earlier.tokens[-1].groups and not (clause.has_verb or before.has_verb):
            return Reason("negation", earlier.tokens[-1].text)
        if clause.link is Link.FREE and "forholdsgrund" in clause.tokens[0].groups and not clause.has_verb:
            return self._any(before, _GOVERNING, number)
        return None

    def _governed(self, number: int, busy: frozenset[int]) -> Reason | None:
        clause = self.clauses[number]
        reason = self._labelled(clause, number)
        if reason:
            return reason
        if not number:
            return None
        before = self.clauses[number - 1]
        if clause.resumes is not None:
            return self._any(self.clauses[clause.resumes], _ALL, number) or self._governed(clause.resumes, busy)
        if clause.link in (Link.FREE, Link.BUT, Link.STRONG, Link.FIRST, Link.COLON):
            return self._cut_off(clause, number)
        if clause.link is Link.RUN:
            return self._any(before, _BEFORE, number, before.end - _STILL_NEAR)
        if "negation" in before.tokens[-1].groups and not clause.has_verb:
            return Reason("negation", before.tokens[-1].text)
        if clause.link is Link.THAT:
            return self._any(before, _GOVERNING, number) or self._governed(number - 1, busy)
        if clause.link is Link.AND:
            return self._joined(before, clause, number)
        if clause.link is Link.RESUME:
            return self._any(self.clauses[max(0, number - 2)], _GOVERNING, number)
        return self._beside(before, clause, number, busy)

    def _joined(self, before: Clause, clause: Clause, number: int) -> Reason | None:
        """After *og*: the subject goes on, and so does a verb that wants an infinitive."""
        if clause.tokens[0].text == "saa":
            later = self._any(before, frozenset({"plan", "senere", "betingelse"}), number)
            if later:
                return later
        groups = {"andre", "kilde"} if not clause.own_subject else set()
        if (clause.tokens[0].text.endswith("es") or not clause.has_verb) and not clause.own_subject:
            groups |= {"pligt"}
        for token in before.tokens:
            for group in ("andre", "kilde"):
                if group in groups and group in token.groups and not before.own_subject:
                    return Reason(group, token.text)
            if "pligt" in groups and "pligt" in token.groups:
                return Reason("plan", token.text)
            if "tvivl" in token.groups and token.text.startswith(("om ", "hvorvidt")):
                return Reason("tvivl", token.text)
        infinitive = len(before.tokens) > 1 and before.tokens[1].text in ("vaere", "have", "kunne", "blive")
        goes_on = before.link is Link.THAT and not (infinitive and clause.has_verb)
        return self._governed(number - 1, frozenset()) if goes_on else None

    def _beside(self, before: Clause, clause: Clause, number: int, busy: frozenset[int]) -> Reason | None:
        """After a comma or in a parenthesis: a fragment before it, or somebody else who is still spoken of."""
        apposed = number > 1 and "verbum" in clause.tokens[0].groups and self.clauses[number - 2].own_subject
        if number - 1 not in busy and not before.has_verb and "nu" not in clause.groups and not apposed:
            reason = self._any(before, _BEFORE, number)
            if reason:
                return reason
        if before.link is Link.THAT and before.tokens[0].text != "at":
            return None  # whom a relative clause speaks of is told by what it hangs on
        alone = not (clause.own_subject or before.own_subject or any(one.text == "selv" for one in clause.tokens))
        if alone and before.link is not Link.FREE:
            return self._any(before, frozenset({"andre"}), number)
        return None

    def _any(self, clause: Clause, groups: frozenset[str], number: int, since: int = 0) -> Reason | None:
        """The first word of the clause in one of the groups that speaks of clause ``number``."""
        now = "nu" in self.clauses[number].groups
        for place, token in enumerate(clause.tokens, start=clause.first):
            if place in self._skip or place < since:
                continue
            for group in sorted(token.groups & groups):
                if group == "tale" and "besluttet" in self.clauses[number].groups:
                    continue
                if (group == "fortid" and now) or self._is_harmless(clause, place, token, group):
                    continue
                return Reason(group, token.text)
        return None

    def _trailing(self, number: int, busy: frozenset[int]) -> Reason | None:
        """What comes after, as long as it is no statement of its own: ``, siger borgeren``, ``(forslag)``."""
        for place in range(number + 1, min(number + 3, len(self.clauses))):
            clause = self.clauses[place]
            if takes_back(clause.tokens):
                return Reason("negation", clause.tokens[0].text)
            if clause.link is Link.COLON and clause.tokens[0].text in ("nej", "ikke", "udgaar", "slettet"):
                return Reason("negation", clause.tokens[0].text)
            if place in busy or clause.link in (Link.STRONG, Link.FREE, Link.COLON, Link.AND, Link.RESUME, Link.RUN):
                return None
            if "kilde" in clause.tokens[0].groups:
                return Reason("kilde", clause.tokens[0].text)
            if clause.link is Link.THAT or (clause.has_verb and clause.link is not Link.PAREN):
                return None
            for token in clause.tokens:
                for group in sorted(token.groups & (_AFTER | ({"plan"} if len(clause.tokens) < 4 else set()))):
                    return Reason(group, token.text)
                labels = place + 1 < len(self.clauses) and self.clauses[place + 1].link is Link.COLON
                of_it = clause.link is Link.PAREN and not labels and not _of_the_change(clause)
                if of_it and token.groups & _IN_PARENTHESES:
                    return Reason(min(token.groups & _IN_PARENTHESES), token.text)
        return None


def _decided_by(clause: Clause, place: int) -> bool:
    """Whether whoever *vurderer* is the authority: named before or right after, or left out as in hurried notes."""
    ahead = clause.tokens[: place - clause.first]
    after = clause.tokens[place - clause.first + 1 : place - clause.first + 2]
    if any("myndighed" in token.groups for token in (*ahead, *after)):
        return True
    return all(token.groups & {"nu", "aarsag", "klart", "fastholdelse"} for token in ahead)


def _we_say(clause: Clause, at: int) -> bool:
    """Whether the case worker is the one who says it: *jeg fortalte borger, at ...*."""
    around = (*clause.tokens[max(0, at - 2) : at], *clause.tokens[at + 1 : at + 2])
    return any(token.text in ("jeg", "vi", "ut", "undertegnede", "sb") for token in around)


def _own_before(clauses: list[Clause], number: int) -> bool:
    return any(clause.own_subject for clause in clauses[:number])


def _asks_or_supposes(tokens: tuple[Token, ...]) -> bool:
    """Whether the verb stands first and its subject next: ``Bliver borgeren rask, ...``."""
    if len(tokens) < 3 or "foerst_verbum" not in tokens[0].groups:
        return False
    after = tokens[1].groups & {"borger", "pronomen", "fagperson"} or tokens[1].text in ("borgerens", "borgers")
    return bool(after) and tokens[1].text not in ("der", "det", "den", "de")


def _supposes(first: Token, clauses: list[Clause]) -> bool:
    """``Kommer der svar, sættes borgeren i ...``: the verb first, and first again after the comma."""
    if not first.groups & {"foerst_verbum", "verbum"}:
        return False
    for clause in clauses[1:]:
        if clause.tokens[0].text == "saa":
            after = clause.tokens[1:3]
            says = len(after) > 1 and "match" in after[0].groups and "verbum" in after[1].groups
            return not (says or (after and after[0].groups & {"borger", "pronomen"}))
        if (
            clause.link is Link.COMMA
            and len(clause.tokens) > 1
            and clause.tokens[0].groups & {"verbum", "indplacering"}
        ):
            surely = "foerst_verbum" in first.groups and first.text not in ("er", "har")
            return surely or bool(clause.tokens[1].groups & {"borger", "pronomen", "match", "myndighed"})
    return False


def _is_subject(clause: Clause, place: int, after: Token | None) -> bool:
    """Whether a doctor, project or the like is the one who says it, and not only where it was learnt."""
    at = place - clause.first
    if at and clause.tokens[at - 1].text.split()[-1] in _LEARNT_FROM:
        return False
    if after is not None and "indplacering" in after.groups:
        return True
    decides = {"indplacering", "fastholdelse"} & clause.groups and not ({"kilde", "forslag"} & clause.groups)
    return not decides or at <= 1


def _of_the_change(clause: Clause) -> bool:
    """*(før 4)*, *(ændret siden sidst)*: what was before, beside what is now."""
    return "nu" in clause.groups or any(
        token.kind == "number" or token.groups & {"fastholdelse", "aendring"} for token in clause.tokens
    )


def takes_back(tokens: tuple[Token, ...]) -> bool:
    """Whether what was just said is called wrong: *hvilket er en fejl*, *men det passer ikke*, *ændringen slettet*."""
    first = tokens[1] if tokens[0].text in ("men", "og", "dog") and len(tokens) > 1 else tokens[0]
    if first.text in _POINTS_BACK and any("tages_tilbage" in token.groups for token in tokens):
        return True
    points = first.text in _POINTS_BACK or "uafgjort" in tokens[0].groups
    if points and len(tokens) <= _SHORT and any("uafgjort" in token.groups for token in tokens):
        return True
    act = next((at for at, token in enumerate(tokens) if token.text in _ACTS), None)
    return act is not None and any("fjernes" in token.groups for token in tokens[act + 1 : act + 5])


def headed(scene: Scene) -> Reason | None:
    """What a line that is only a heading says of the lines below it."""
    sentence = scene.sentence
    if len(sentence.tokens) <= 2 and sentence.tokens[0].text in _DRAFTS:
        return Reason("forslag", sentence.tokens[0].text)
    if not sentence.alone or len(sentence.tokens) > 6:
        return None
    colon = sentence.tokens[-1].text == ":"
    known = _ALL | {"overskrift", "nu"}
    reasons = [(token, token.groups & _HEADS) for token in sentence.tokens]
    if not colon and not all(token.groups & known for token in sentence.tokens):
        return None
    return next((Reason(min(groups), token.text) for token, groups in reasons if groups), None)


_DRAFTS = frozenset({"udkast", "kladde", "oplaeg", "forslag"})
REPORTED = frozenset({"plan", "fortid", "andre", "fagperson", "kilde", "forslag", "tvivl", "betingelse", "flere"})
"""What the words before a quotation say of all that is quoted."""
_HEADS = frozenset({"plan", "senere", "fortid", "andre", "fagperson", "kilde", "forslag", "tvivl"})


def speaks_of_other(scenes: Scene) -> bool:
    """Whether the subject of the sentence is somebody else, who may go on being spoken of as *han* or *hun*."""
    first = scenes.sentence.tokens[:2]
    return any("andre" in token.groups for token in first) and not scenes.clauses[0].own_subject
