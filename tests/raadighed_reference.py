"""The rådighedstilsyn once more, written from the contract alone: slow, day by day and row by row.

Nothing here comes from the product's code. A case is a plain dictionary of rows with ISO dates or ``None``; what is
found is a list of ``(code, date, expected days, discretionary days)``. Only what tests write is read: every value is in
order.
"""

from datetime import date, timedelta

NEGATIVE = ("ikke_raadig", "ikke_rimelig_grund")
POSITIVE = ("raadig", "rimelig_grund")
SANCTIONS = ("fradrag", "nedsaettelse", "ophoer")
BENEFITS = ("kontanthjaelp", "starthjaelp", "introduktionsydelse")
LAS_INSIDE = ("13", "13 a", "13 b", "13 c", *(f"{n}{x}" for n in (38, 39, 40) for x in ("", " a", " b", " c")), "41")
INTEGRATION_INSIDE = ("25", "25 a", "30", "30 a", "31")
IN_FORCE = date(2007, 1, 1)
PROVISIONS_UNTIL = date(2009, 8, 16)


def day(text):
    return None if text is None else date.fromisoformat(text)


def days_from_to(first, last):
    found = set()
    while first <= last:
        found.add(first)
        first += timedelta(1)
    return found


class Reading:
    """One case, with the numbers it is judged by."""

    def __init__(self, case, window, cutoff, assessment_days=28, decision_days=28):
        self.case, self.cutoff = case, day(cutoff)
        self.window = day(window[0]), day(window[1])
        self.assessment_days, self.decision_days = assessment_days, decision_days
        self.began, self.ended = day(case["anmodningsdato"]), day(case["ophoersdato"])
        self.last = self.cutoff if self.ended is None else min(self.ended, self.cutoff)
        self.excluded, self.subsidised, self.paid = set(), set(), set()
        for kind, fra, til in case["perioder"]:
            run = days_from_to(day(fra), day(til))
            (self.subsidised if kind == "loentilskud" else self.excluded).update(run)
        for fra, til in case["udbetalinger"]:
            self.paid |= days_from_to(day(fra), day(til))

    def lost(self, days):
        return days - self.excluded - self.subsidised

    def looked_at(self, when):
        if self.case["ydelsestype"] not in BENEFITS or when < IN_FORCE or when in self.excluded:
            return False
        if not (self.window[0] <= when <= self.window[1]) or when > self.cutoff or when < self.began:
            return False
        return self.ended is None or when <= self.ended

    def held_by(self, when):
        """The held contact interviews on or before the day that the register knows of at the cutoff, in order."""
        found = []
        for row in self.case["samtaler"]:
            held = day(row["afholdt_dato"])
            if row["type"] != "kontaktsamtale" or row["status"] != "afholdt" or held is None:
                continue
            registered = max(held, day(row["registreret_dato"]) or held)
            if self.began <= held <= min(self.last, when) and registered <= self.cutoff:
                found.append((held, row["samtale_id"], row))
        return [row for _, _, row in sorted(found, key=lambda one: one[:2])]

    def category(self, when):
        known = None
        for row in self.held_by(when):
            if row["matchkategori"] in ("1", "2", "3", "4", "5") and row["grovmatch"] != "ja":
                known = row["matchkategori"]
        return known

    # One act

    def rows_of(self, act):
        return [row for row in self.case["afgoerelser"] if row["haendelse_id"] == act["haendelse_id"]]

    def sanctions_of(self, act):
        found = []
        for row in self.rows_of(act):
            when = day(row["afgoerelse_dato"]) or day(row["sanktion_fra"])
            if row["sanktion"] in SANCTIONS and when is not None and when <= self.cutoff:
                found.append((when, row))
        return found

    def assessments_of(self, act):
        found = []
        for row in self.rows_of(act):
            when = day(row["vurdering_dato"])
            if when is not None and row["vurdering"] and day(act["dato"]) <= when <= self.cutoff:
                found.append((when, row["vurdering"]))
        return found

    def of_act(self, act):
        return self.rt101(act) + self.rt102(act) + self.of_sanctions(act) + self.rt111(act)

    def rt101(self, act):
        happened = day(act["dato"])
        assessments = self.assessments_of(act)
        known = max(happened, day(act["underrettet_dato"]) or happened)
        limit = known + timedelta(self.assessment_days)
        told = [when for when, _ in assessments]
        told += [when for when, _ in self.sanctions_of(act) if when >= happened]
        if limit > self.cutoff or any(when <= limit for when in told):
            return []
        if told:
            first = min(told)
            on_first = [said for when, said in assessments if when == first]
            if on_first and all(said in POSITIVE for said in on_first):
                days = set()
            else:
                days = days_from_to(happened, min(first - timedelta(1), self.last))
        else:
            days = days_from_to(happened, self.last)
        return [("RT101", limit, set(), self.lost(days))]

    def rt102(self, act):
        assessments = self.assessments_of(act)
        negatives = [when for when, said in assessments if said in NEGATIVE]
        if not negatives:
            return []
        first = min(negatives)
        limit = first + timedelta(self.decision_days)
        answers = [when for when, _ in self.sanctions_of(act)]
        answers += [when for when, said in assessments if said in POSITIVE and when > first]
        if limit > self.cutoff or any(when <= limit for when in answers):
            return []
        until = min(min(answers) - timedelta(1), self.last) if answers else self.last
        return [("RT102", limit, set(), self.lost(days_from_to(first, until)))]

    def of_sanctions(self, act):
        found = []
        happened = day(act["dato"])
        rows = self.rows_of(act)
        for when, row in self.sanctions_of(act):
            hearings = [day(one["partshoering_dato"]) for one in rows if one["partshoering_dato"]]
            guided = [day(one["vejledt_dato"]) for one in rows if one["vejledt_dato"]]
            wrong = {
                "RT103": not self.has_basis(row["hjemmel"], when),
                "RT104": not any(happened <= one <= when - timedelta(1) for one in hearings),
                "RT105": row["begrundelse"] != "ja",
                "RT106": row["klagevejledning"] != "ja",
                "RT107": not any(one < happened for one in guided),
            }
            found += [(code, when, set(), set()) for code, holds in wrong.items() if holds]
            if row["sanktion"] == "ophoer":
                found += self.rt108(row)
        return found

    def rt108(self, row):
        first = day(row["sanktion_fra"]) or day(row["afgoerelse_dato"])
        until = min(day(row["sanktion_til"]) or self.last, self.last)
        covered = days_from_to(first, until) & self.paid
        lost = self.lost(covered)
        return [("RT108", min(lost or covered), lost, set())] if covered else []

    def rt111(self, act):
        found = []
        assessments = self.assessments_of(act)
        for when, _ in self.sanctions_of(act):
            before = [one for one, _ in assessments if one <= when]
            if before and all(said in POSITIVE for one, said in assessments if one == max(before)):
                found.append(("RT111", when, set(), set()))
        return found

    def has_basis(self, written, when):
        """The tests write one provision, with or without the name of its act."""
        if not written or "§" not in written:
            return False
        if when > PROVISIONS_UNTIL:
            return True
        act, _, number = written.partition("§")
        own = "integrationslovens" if self.case["ydelsestype"] == "introduktionsydelse" else "LAS"
        inside = INTEGRATION_INSIDE if own == "integrationslovens" else LAS_INSIDE
        if number.strip() == "38":
            return False
        return act.strip() in ("", own) and number.strip() in inside

    # The case

    def found(self):
        """``(findings, outcome)``; the outcome is ``None`` for a case the supervision does not look at."""
        acts = [act for act in self.case["haendelser"] if self.looked_at(day(act["dato"]))]
        missing = self.unregistered()
        if not acts and not missing:
            return [], None
        inside = [act for act in acts if self.category(day(act["dato"])) not in ("4", "5")]
        appealed = [act for act in inside if any(row["ankesag"] == "ja" for row in self.rows_of(act))]
        if appealed:
            return [("RT110", min(day(act["dato"]) for act in appealed), set(), set())], "withdrawn"
        found = list(missing)
        for act in acts:
            if act not in inside:
                found.append(("RT201", day(act["dato"]), set(), set()))
                continue
            if self.category(day(act["dato"])) is None:
                found.append(("RT202", day(act["dato"]), set(), set()))
            found += self.of_act(act)
        return found, self.outcome(acts, inside, found)

    def unregistered(self):
        found = []
        for row in self.case["samtaler"]:
            when = day(row["planlagt_dato"])
            if row["status"] != "udeblevet" or when is None or not self.looked_at(when):
                continue
            if self.category(when) in ("4", "5") or when + timedelta(7) > self.cutoff:
                continue
            told = [day(act["dato"]) for act in self.case["haendelser"] if act["type"] == "udeblivelse_samtale"]
            if not any(when <= one <= when + timedelta(7) for one in told):
                found.append(("RT109", when, set(), set()))
        return found

    def outcome(self, acts, inside, found):
        if acts and not inside:
            return "withdrawn"
        if any(expected for _, _, expected, _ in found):
            return "error_with_loss"
        errors = ("RT101", "RT102", "RT103", "RT104", "RT105", "RT106", "RT108", "RT111")
        if any(code in errors or discretionary for code, _, _, discretionary in found):
            return "error_without_loss"
        return "no_criticism"
