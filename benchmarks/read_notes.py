"""Read made-up notes of 60 words, and tell how long it took: ``read_notes.py NOTES [SEED]``."""

import json
import random
import sys
from time import perf_counter, process_time

from kommunecheck.journal.reader import read_note

WORDS = 60
STEPS = (
    "Borgeren er i dag indplaceret i matchkategori 3.",
    "Match 4 fastholdes, da helbredet er uændret.",
    "Matchkategori ændres fra 4 til 3 efter drøftelse med teamleder.",
    "Opmærksomhedsområder: helbred og økonomi.",
    "Netværk er fortsat opm.punkt.",
    "Borger er tilmeldt som arbejdssøgende i jobcenteret.",
    "Er ikke tilmeldt AF, da hun er på barsel.",
    "Borger forventes indplaceret i match 2, når kurset er bestået.",
    "Lægen mener, at borger er match 5.",
    "Det overvejes, om borger skal rykkes til match 3.",
)
"""What concerns a step at an interview: about one sentence in five."""
OTHER = (
    "Borger er mødt til samtale sammen med sin bisidder og fortæller om sommeren.",
    "Han har søgt seks job siden sidst og har været til to samtaler på lageret.",
    "Ryggen driller, men han går lange ture med hunden hver morgen.",
    "Der er aftalt virksomhedspraktik i fire uger hos gartneren fra den 2. maj.",
    "Hun har betalt de første 3 rater af restancen til elselskabet.",
    "Lægen har bestilt en scanning, og svaret ventes i uge 32.",
    "Børnene er begyndt i skole og klarer sig fint.",
    "Borger vil gerne lære mere dansk og er skrevet op til hold 4.",
    "Kørekortet skal fornyes, og hun spørger til betalingen.",
    "Ny tid den 14. juni kl. 10, indkaldelse er sendt.",
    "Boligen er lille og fugtig, udlejer er kontaktet igen.",
    "Mester er glad for ham og roser hans arbejde i værkstedet.",
    "Talt om transport, der går bus hver halve time.",
    "Sygemeldt i 14 dage med influenza, rask igen i dag.",
    "Datteren passes af mormor, indtil der er plads i vuggestuen.",
    "Vi gennemgik jobplanen og underskrev den.",
)


def notes(count: int, seed: int = 1) -> list[str]:
    """Return notes of about 60 words; four sentences in five tell nothing of the steps."""
    chance = random.Random(seed)  # noqa: S311 - made-up notes
    made = []
    for _ in range(count):
        sentences: list[str] = []
        words = 0
        while words < WORDS:
            sentence = chance.choice(STEPS if chance.random() < 1 / 5 else OTHER)
            number = str(chance.randint(1, 28))
            sentences.append(sentence.replace("14", number))
            words += len(sentence.split())
        made.append(" ".join(sentences))
    return made


def main() -> None:
    """Write how many notes and words were read, and the seconds on the clock and of the processor."""
    made = notes(int(sys.argv[1]), *map(int, sys.argv[2:]))
    clock, processor = perf_counter(), process_time()
    placed = sum(read_note(text).placed is not None for text in made)
    seconds, cpu = perf_counter() - clock, process_time() - processor
    words = sum(len(text.split()) for text in made)
    json.dump({"notes": len(made), "words": words, "placed": placed, "seconds": seconds, "cpu": cpu}, sys.stdout)


if __name__ == "__main__":
    main()
