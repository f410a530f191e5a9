"""Words of judgement: claims without a number, held against the data where data can decide.

A kind of word is a pattern that finds it (``search.py``) and the function that judges it.
What no table can show ("optimal", "stable", "first of its kind") is unsupported unless the
sentence cites someone for it.
"""

from writer.claims.judgement_words.binding import Word
from writer.claims.judgement_words.search import words

__all__ = ["Word", "words"]
