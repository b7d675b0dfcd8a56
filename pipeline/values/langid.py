"""The model of py3langid, read where it lies: tells the language of a text in a tenth of that package's memory.

That package holds its tables, 70 MB, in each process and needs numpy for them. Here they are unpacked into a file
without a name, and the rows that texts ask for are read from it. The answers are the package's own; a test compares.
Left out: training, languages that the model names twice, and any layout but that of py3langid 0.3.
"""

import lzma
import math
import shutil
import tempfile
import unicodedata
import zipfile
from array import array
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from operator import mul
from pathlib import Path
from struct import Struct
from typing import IO
from weakref import finalize

_MODEL = Path("data", "model.npz.xz")
_LOCAL = Struct("<26xHH")  # what stands before a file in a zip: the lengths of its name and of more
_ARRAY = Struct("<8xH")  # what stands before an array: the length of its description
_NAME = 12  # bytes of a language's name
_ROW = 1024  # bytes of a row of the automaton: the next state for each byte
_KEPT = 8192  # rows in memory, enough for the words of several languages


class Identifier:
    """Chooses among ``languages``, codes that the model knows."""

    def __init__(self, languages: Sequence[str]) -> None:
        self._model = _Model()
        labels = self._model.read("classes")
        names = [labels[at : at + _NAME].decode("utf-32-le").rstrip("\0") for at in range(0, len(labels), _NAME)]
        chosen = {number for number, name in enumerate(names) if name in languages}
        prior = array("f", self._model.read("pc"))
        self._languages = [names[number] for number in sorted(chosen)]
        self._prior = [prior[number] for number in sorted(chosen)]
        self._weight = Struct("<" + "".join("e" if number in chosen else "2x" for number in range(len(names))))
        self._row_of = array("H", self._model.read("nextmove_row"))  # by state
        self._feature = array("i", self._model.read("out_feat"))  # by state; -1 is none
        self._rows: list[array[int] | None] = [None] * len(self._feature)  # by state
        self._read = 0
        self._weights = lru_cache(_KEPT)(self._read_weights)

    def classify(self, text: str) -> tuple[str, float]:
        """The language of ``text`` and its probability among those chosen."""
        text = unicodedata.normalize("NFC", text.lower() if text.isupper() else text)
        data = text.encode("utf-8", "surrogatepass")
        scores = self._scores(Counter(self._features(data)), math.sqrt(len(data) or 1))
        most = max(scores)
        return self._languages[scores.index(most)], 1 / sum(math.exp(score - most) for score in scores)

    def _features(self, data: bytes) -> list[int]:
        """What the automaton reports on its way over ``data``."""
        rows, feature = self._rows, self._feature
        state, found = 0, []
        for byte in data:
            row = rows[state]
            state = (self._read_row(state) if row is None else row)[byte]
            if feature[state] >= 0:
                found.append(feature[state])
        return found

    def _scores(self, seen: Counter[int], damping: float) -> list[float]:
        """By language, how much the features speak for it; none speak for all alike."""
        if not seen:
            return [0.0] * len(self._languages)
        often = [math.log1p(count) for count in seen.values()]
        columns = zip(*map(self._weights, seen), strict=True)
        sums = (sum(map(mul, often, column)) for column in columns)
        return [(prior + total) / damping for prior, total in zip(self._prior, sums, strict=True)]

    def _read_row(self, state: int) -> "array[int]":
        if self._read >= _KEPT:
            self._rows[:], self._read = [None] * len(self._rows), 0
        row = array("I", self._model.read("nextmove", self._row_of[state] * _ROW, _ROW))
        self._rows[state] = row
        self._read += 1
        return row

    def _read_weights(self, feature: int) -> tuple[float, ...]:
        return self._weight.unpack(self._model.read("ptc", feature * self._weight.size, self._weight.size))


class _Model:
    """The arrays of the model by name, in a file that goes with this object."""

    def __init__(self) -> None:
        package = find_spec("py3langid")
        assert package
        assert package.origin
        self._file: IO[bytes] = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - it stays open
        finalize(self, self._file.close)
        with lzma.open(Path(package.origin).parent / _MODEL) as packed:
            shutil.copyfileobj(packed, self._file, 1 << 16)
        with zipfile.ZipFile(self._file) as members:
            self._places = {one.filename.removesuffix(".npy"): self._place(one) for one in members.infolist()}

    def read(self, name: str, at: int = 0, size: int | None = None) -> bytes:
        """Bytes of an array, all of them or ``size`` from ``at`` on."""
        start, length = self._places[name]
        self._file.seek(start + at)
        return self._file.read(length if size is None else size)

    def _place(self, member: zipfile.ZipInfo) -> tuple[int, int]:
        """Where the numbers of an array begin, and how many bytes they are; it is stored in the zip as it is."""
        self._file.seek(member.header_offset)
        start = member.header_offset + _LOCAL.size + sum(_LOCAL.unpack(self._file.read(_LOCAL.size)))
        self._file.seek(start)
        described = _ARRAY.size + _ARRAY.unpack(self._file.read(_ARRAY.size))[0]
        return start + described, member.file_size - described
