"""Boxes to tick and numbers to ring: the category that is chosen, if exactly one is (label 3)."""

from kommunecheck.journal.tokens import Token

_WIDEST = 14
"""Words and marks from 1 to 5."""
_BETWEEN = frozenset("()x/,_-")


def ticked(tokens: tuple[Token, ...]) -> tuple[int, int] | None:
    """The category that is ticked, with its place; 0 if not exactly one is. ``None`` where there is nothing to tick."""
    numbers = [place for place, token in enumerate(tokens) if token.kind == "number" and 1 <= token.value <= 5]
    boxes = [place for place, token in enumerate(tokens) if token.kind == "box"]
    if boxes and numbers:
        step = _side(tokens, boxes, numbers)
        beside = {box: place for box in boxes if (place := _beside(tokens, box, step)) in numbers}
        ticks = [place for box, place in beside.items() if tokens[box].value == 1]
        if not beside:
            return None
        return (tokens[ticks[0]].value, ticks[0]) if len(ticks) == 1 else (0, numbers[0])
    return _ringed(tokens, numbers)


def _side(tokens: tuple[Token, ...], boxes: list[int], numbers: list[int]) -> int:
    """On which side of a box its number stands: where the first box touches one (``[x]4``), else where it begins."""
    first = boxes[0]
    touching = [step for step in (1, -1) if first + step in numbers and _touch(tokens, first, first + step)]
    if len(touching) == 1:
        return touching[0]
    return 1 if first < numbers[0] else -1


def _touch(tokens: tuple[Token, ...], one: int, two: int) -> bool:
    left, right = sorted((one, two))
    return tokens[left].end == tokens[right].start


def _beside(tokens: tuple[Token, ...], box: int, step: int) -> int:
    """The place next to a box; ``[x] match 3``: the match word does not count."""
    place = box + step
    if step > 0 and place < len(tokens) and tokens[place].groups & {"match", "kategori"}:
        place += 1
    return place


def _ringed(tokens: tuple[Token, ...], numbers: list[int]) -> tuple[int, int] | None:
    """``1 2 (3) 4 5`` or ``1 2 3x 4 5``: all five stand there, and one is marked."""
    row = numbers[:5]
    if [tokens[place].value for place in row] != [1, 2, 3, 4, 5] or row[-1] - row[0] > _WIDEST:
        return None
    if any(tokens[place].kind != "number" and tokens[place].text not in _BETWEEN for place in range(row[0], row[-1])):
        return None
    around = [(tokens[place - 1].text if place else "", _text(tokens, place + 1), place) for place in row]
    marked = [place for before, after, place in around if (before, after) == ("(", ")") or after == "x"]
    return (tokens[marked[0]].value, marked[0]) if len(marked) == 1 else (0, row[0])


def _text(tokens: tuple[Token, ...], place: int) -> str:
    return tokens[place].text if place < len(tokens) else ""
