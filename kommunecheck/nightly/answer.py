"""The answer of the last run, kept beside the history: what a run on the same grounds would write again.

It is a zip file with the outputs as they were written. Only those of the last run are kept, and the file may be deleted
at any time: then the next run is run. Nothing stands in it that did not stand in an output.
"""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from kommunecheck.nightly.history import History
from kommunecheck.ports import Pages

FORM = "kommunecheck/answer/1"
FACTS = "answer.json"
QUICK = 1
"""How hard the outputs are packed: a night must not wait for it."""


class Answer(NamedTuple):
    """How a run came out: its exit status, whether nothing was new, and the line that the log has of it."""

    status: int
    nothing_new: bool
    said: str


def place_of(history: History) -> Path:
    """The file in which the answer is kept."""
    return history.path.with_name(f"{history.path.name}.svar")


class Keeper:
    """Keeps what is written, as it is written."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._content = io.BytesIO()
        self._zip = zipfile.ZipFile(self._content, "w", zipfile.ZIP_DEFLATED, compresslevel=QUICK)
        self._outputs: dict[str, dict[str, Any]] = {}

    def keeping(self, label: str, pages: Pages) -> Pages:
        """The same pages, kept under the label as they are taken; once is enough."""
        if label in self._outputs:
            return pages
        number = len(self._outputs)
        beside: list[str] = []
        self._outputs[label] = {"first": f"{number}", "beside": beside}

        def others() -> Iterator[tuple[str, Iterable[bytes]]]:
            for name, pieces in pages.beside:
                beside.append(name)
                yield name, self._kept(f"{number}/{name}", pieces)

        return Pages(self._kept(f"{number}", pages.first), others())

    def _kept(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        with self._zip.open(name, "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
                yield piece

    def content(self, grounds: str, history: History, run: str, answer: Answer) -> bytes:
        """The file's content, when everything is written and the run is stored."""
        stands = history.place_of(run)
        said = {
            "form": FORM,
            "grounds": grounds,
            "run": run,
            "so_far": stands and stands.so_far,
            "answer": list(answer),
            "outputs": self._outputs,
        }
        self._zip.writestr(FACTS, orjson.dumps(said))
        self._zip.close()
        return self._content.getvalue()


class Kept(NamedTuple):
    """An answer that was kept, with its outputs by their labels."""

    answer: Answer
    outputs: dict[str, Pages]


def kept_answer(history: History, grounds: str, labels: Iterable[str]) -> Kept | None:
    """The answer to a run on these grounds; ``None`` where there is none with all the outputs that are asked for.

    It only holds while the history still is what the run was held against.
    """
    try:
        with zipfile.ZipFile(place_of(history)) as file:
            said = orjson.loads(file.read(FACTS))
            if (said["form"], said["grounds"]) != (FORM, grounds):
                return None
            stands = history.place_of(said["run"])
            if stands is None or stands.so_far != said["so_far"]:
                return None
            outputs = {label: _pages(file, said["outputs"][label]) for label in labels}
            return Kept(Answer(*said["answer"]), outputs)
    except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile, zlib.error):  # not there, or not whole
        return None


def _pages(file: zipfile.ZipFile, where: dict[str, Any]) -> Pages:
    first = where["first"]
    beside = [(name, (file.read(f"{first}/{name}"),)) for name in where["beside"]]
    return Pages((file.read(first),), beside)
