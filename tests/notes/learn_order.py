"""Learn what the words around a word say in their order: the numbers of ``kommunecheck/journal/order.npz``.

Two gated recurrent units (PyTorch), one from the left up to the word and one from the right back to it, learnt together
for all kinds of step from the rows of ``learn.py``. ``kommunecheck/journal/order.py`` does the same sums without it.
"""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kommunecheck.domain.statement import KINDS, Kind
from kommunecheck.journal.noted import Found, verdict
from kommunecheck.journal.order import REACH, UNKNOWN, window

LEAST = 4
"""How often a name stands in the windows of the rows before it is learnt."""
SIZE, SEEN, OF_VERDICT = 64, 64, 16
"""Numbers of what a word means and of what is in mind; of what is made of it; of what a verdict means."""
ROUNDS, TOGETHER, RATE, FORGOTTEN, DROPPED = 8, 64, 2e-3, 0.08, 0.3
"""Rounds through all rows, rows at a time, how fast; names put out of sight, and numbers, while learning."""
MOST = 6
"""Names of a word that are looked at while learning; hardly any word has more."""
NO_NAME = 0
"""In the table of words: no further name of a word."""


class Example(NamedTuple):
    """The names of a word that may tell of a step and of those around it, what the rules said, and whether it tells."""

    words: tuple[tuple[str, ...], ...]
    kind: Kind
    verdict: str
    said: bool


def example(found: Found[Any], said: bool, ruled: bool) -> Example:
    """What is learnt from a word; what the rules said only if they were not made by its note."""
    told = verdict(found.ruled) if found.ruled else "none"
    return Example(window(found), found.kind, told if ruled else "", said)


class Names:
    """The names and verdicts that are learnt, each with its number."""

    def __init__(self, examples: Sequence[Example]) -> None:
        counted = Counter(name for one in examples for names in one.words for name in names)
        self.names = {name: at for at, name in enumerate(["", *sorted(n for n in counted if counted[n] >= LEAST)])}
        told = sorted({one.verdict for one in examples} - {"", "none"})
        self.verdicts = {name: at for at, name in enumerate(["", "none", *told])}

    def numbers(self, names: tuple[str, ...]) -> list[int]:
        """A word's row: the numbers of its names, one higher than in the file, so that 0 is no name."""
        known = [self.names[name] for name in names if name in self.names] or [UNKNOWN] * bool(names)
        return ([at + 1 for at in known] + [NO_NAME] * MOST)[:MOST]

    def table(self, examples: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Words, kind, verdict and outcome of the examples."""
        words = np.zeros((len(examples), 2 * REACH + 1, MOST), dtype=np.int32)
        for at, one in enumerate(examples):
            words[at] = [self.numbers(names) for names in one.words]
        kinds = [KINDS.index(one.kind) for one in examples]
        verdicts = [self.verdicts[one.verdict] for one in examples]
        said = [float(one.said) for one in examples]
        return torch.from_numpy(words), torch.tensor(kinds), torch.tensor(verdicts), torch.tensor(said)


class Network(nn.Module):
    """What is in mind after reading from both sides, and what it says of the word."""

    def __init__(self, names: Names) -> None:
        super().__init__()
        self.words = nn.Embedding(len(names.names) + 1, SIZE, padding_idx=NO_NAME)
        self.kinds = nn.Embedding(len(KINDS), SIZE)
        self.verdicts = nn.Embedding(len(names.verdicts), OF_VERDICT)
        self.sides = nn.ModuleList(nn.GRU(SIZE, SIZE, batch_first=True) for _ in range(2))
        self.seen = nn.Linear(3 * SIZE + OF_VERDICT, SEEN)
        self.weight = nn.Linear(SEEN, 1)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, words: Tensor, kinds: Tensor, verdicts: Tensor) -> Tensor:
        """The logit of each row."""
        named = (words != NO_NAME).unsqueeze(-1).float()
        each = (self.words(words) * named).sum(2) / named.sum(2).clamp(min=1)
        each[:, REACH] = each[:, REACH] + self.kinds(kinds)
        each = self.drop(each)
        left, right = self.sides[0](each[:, : REACH + 1])[0], self.sides[1](each[:, REACH:].flip(1))[0]
        mind = torch.cat([left[:, -1], right[:, -1], self.kinds(kinds), self.verdicts(verdicts)], 1)
        return self.weight(self.drop(functional.relu(self.seen(self.drop(mind))))).squeeze(1)


def learn(examples: Sequence[Example], share: float, file: Path) -> None:
    """Learn from the examples and write the numbers, with what they weigh beside the weights of ``learn.py``."""
    torch.manual_seed(1)
    torch.set_num_threads(1)  # sums are then made in one order
    names = Names(examples)
    words, kinds, verdicts, said = names.table(examples)
    network = Network(names)
    steps = ROUNDS * -(-len(examples) // TOGETHER)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    network.train()
    for _ in range(ROUNDS):
        for rows in torch.randperm(len(examples)).split(TOGETHER):
            seen = words[rows].long()
            hidden = (torch.rand(seen.shape) < FORGOTTEN) & (seen != NO_NAME)
            weighed = network(torch.where(hidden, UNKNOWN + 1, seen), kinds[rows], verdicts[rows])
            optimizer.zero_grad()
            functional.binary_cross_entropy_with_logits(weighed, said[rows]).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    write(network, names, share, file)


def write(network: Network, names: Names, share: float, file: Path) -> None:
    """Write what was learnt, half as exact as it was learnt; what is fixed for a kind or a verdict is summed up."""
    at = {name: value.detach().numpy().astype(np.float64) for name, value in network.named_parameters()}
    inward = _side_by_side([at[f"sides.{side}.weight_ih_l0"].T for side in range(2)])
    inward_bias, onward_bias = (
        _side_by_side([at[f"sides.{side}.bias_{way}_l0"][None] for side in range(2)])[0] for way in ("ih", "hh")
    )
    nothing = np.zeros((SIZE, 3 * SIZE))
    onward = [at[f"sides.{side}.weight_hh_l0"].T for side in range(2)]
    in_mind, of_kind, of_verdict = np.split(at["seen.weight"].T, [2 * SIZE, 3 * SIZE])
    known = json.dumps({"names": list(names.names), "verdicts": names.verdicts}, ensure_ascii=False)
    numbers = {
        "words": at["words.weight"][1:],
        "inward": inward,
        "inward_bias": inward_bias + np.concatenate([onward_bias[: 4 * SIZE], np.zeros(2 * SIZE)]),
        "onward": np.concatenate([_side_by_side([onward[0], nothing]), _side_by_side([nothing, onward[1]])]),
        "onward_bias": onward_bias[4 * SIZE :],
        "kinds": at["kinds.weight"] @ inward,
        "seen": in_mind,
        "seen_of_kind": at["kinds.weight"] @ of_kind + at["seen.bias"],
        "seen_of_verdict": at["verdicts.weight"] @ of_verdict,
        "weight": share * at["weight.weight"][0],
        "weight_bias": share * at["weight.bias"][0],
    }
    halves = {name: value.astype(np.float16) for name, value in numbers.items()}
    np.savez_compressed(file, known=np.frombuffer(known.encode("utf-8"), dtype=np.uint8), **halves)


def _side_by_side(of_sides: Sequence[Any]) -> Any:
    """The three parts of both directions, part by part."""
    parts = [np.split(side, 3, axis=1) for side in of_sides]
    return np.concatenate([side[part] for part in range(3) for side in parts], axis=1)
