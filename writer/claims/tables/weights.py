"""What each word weighs in each line of a paper's tables; only what is not zero is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from writer.claims.tables.terms import Header

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

DISTINCT = 0.9
"""What a word weighs that stands in one row, or one column, of its table only."""


@dataclass(frozen=True, eq=False)
class Weights:
    """Weights of words in headers; parallel arrays, header after header.

    Attributes:
        header, word: numbers of a header and of one of its words.
        weight: of the word there, above 0.
        totals: sum of each header's.
    """

    header: Ints
    word: Ints
    weight: Floats
    totals: Floats

    @classmethod
    def of(cls, headers: Sequence[Header], numbers: Mapping[str, int]) -> Weights:
        """The rarity of each word in ``headers``; ``numbers`` are those of the words."""
        import numpy as np

        header = np.repeat(
            np.arange(len(headers)), np.array([len(each) for each in headers], np.int64)
        )
        word = np.array([numbers[item.joined] for each in headers for item in each], np.int64)
        weight = np.array([item.idf for each in headers for item in each], float)
        return cls(header, word, weight, _summed(header, weight, len(headers)))

    def distinct(self, axis: Ints) -> Weights:
        """With more for a word that tells a line from the others of its axis than it is rare.

        Args:
            axis: the number of each line's axis.
        """
        import numpy as np

        if not len(axis):
            return self
        count = np.bincount(axis) + 0.5
        width = int(self.word.max(initial=0)) + 1
        _, place, share = np.unique(
            axis[self.header] * width + self.word, return_inverse=True, return_counts=True
        )
        own = count[axis[self.header]]
        rarity = np.log(own / share[place]) / np.log(own)
        raised = np.maximum(self.weight, DISTINCT * rarity)
        weight = np.where(own > 2, raised, self.weight)
        return Weights(self.header, self.word, weight, _summed(self.header, weight, len(axis)))

    def gained(self, met: Floats) -> Floats:
        """The weight of each header's words, by how much each word is met."""
        return _summed(self.header, self.weight * met[self.word], len(self.totals))


def _summed(header: Ints, weight: Floats, size: int) -> Floats:
    import numpy as np

    return np.asarray(np.bincount(header, weight, minlength=size), float)
