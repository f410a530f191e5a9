"""What metrics are called, and whether more or less of each is better: one vocabulary for
headers, captions and sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from writer.latex.words import words


def singular(word: str) -> str:
    """A word of lower case without the ending of several."""
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _names(text: str) -> frozenset[str]:
    """Names in the normal form of terms: "F1-score" is ``f1score``."""
    return frozenset(singular(re.sub(r"[^\w@]|_", "", name)) for name in words(text))


_KINDS = {
    "time": _names(
        "time latency runtime duration delay second sec ms millisecond minute hour wall clock "
        "elapsed execution response faster slower speed speedup quicker fast slow overhead makespan"
    ),
    "rate": _names(
        "throughput fps qps rps tps iops bandwidth goodput request token ops mops query "
        "transaction event faster slower speed speedup rate"
    ),
    "memory": _names(
        "memory mem ram footprint gb mb kb gib mib byte storage space size smaller compression"
    ),
    "accuracy": _names("accuracy acc accurate correct top-1"),
    "error": _names("error err loss rmse mae mse wer cer mape deviation"),
    "parameters": _names("parameter param weight size"),
    "energy": _names("energy power joule watt mj kwh consumption"),
    "cost": _names("cost price dollar usd expensive cheaper cheap"),
    "flops": _names("flop gflop mac gmac tflop compute computation"),
    "f1": _names("f1 f-score f-measure f1-score f1-measure"),
    "precision": _names("precision prec"),
    "recall": _names("recall rec sensitivity"),
    "perplexity": _names("perplexity ppl"),
}
"""Words by the kind of quantity that they may speak of."""

_LOWER = _names(
    "time latency runtime duration delay second sec ms s min error err loss rmse mae mse wer cer "
    "mape perplexity ppl memory mem cost price params parameter flop gflop mac fid overhead energy "
    "power size footprint miss stall nll bpc ece eer fpr fnr far frr mr hd distance abort "
    "violation makespan epe chamfer brier regret"
)
"""Metrics of which less is better."""

_LEVELS = _names(
    "accuracy acc f1 f1-score f1-measure f-score f-measure precision recall sensitivity "
    "specificity auc auroc auprc roc-auc map ap iou miou dice bleu sacrebleu rouge rouge-1 "
    "rouge-2 rouge-l chrf meteor ndcg mrr em macro-f1 micro-f1 weighted-f1 mf1"
)
"""Scores in per cent, or in hundredths: a change of one by "3%" is one by three points."""

_HIGHER = _LEVELS | _names(
    "psnr ssim mcc kappa throughput fps qps rps tps iops mops bandwidth goodput speedup success win"
)
"""Metrics of which more is better."""

_AT = _names("p r h hit precision recall ndcg map mrr acc accuracy pass success")
"""What stands before "@10" in the name of a score."""

_PHRASE = re.compile(r"\b(?:success\srate|win\srate|exact\smatch|top-\d)(?![\w-])")
"""Scores of two words."""

_BETTER = frozenset(("#accuracy", "#f1", "#precision", "#recall"))
"""Kinds of which more is better."""

_PER_TIME = re.compile(r"(?:\bper\s|/\s?)(?:s|secs?|seconds?|min|minute|h|hour)\b", re.IGNORECASE)
"""Units of a rate: of "images per second" more is better."""

UP, DOWN = "\u2191", "\u2193"
"""Arrows that headers have beside what is better high, or low."""


def _by_word() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, names in _KINDS.items():
        for word in names:
            found.setdefault(word, set()).add("#" + kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


_KINDS_OF = _by_word()
_NONE: frozenset[str] = frozenset()


def kinds_of(word: str) -> frozenset[str]:
    """The kinds of quantity that a word may speak of, ``#time``; empty for most words."""
    return _KINDS_OF.get(word, _NONE)


def lower_is_better(header: Iterable[str]) -> bool:
    """Whether words, in normal form, name a quantity of which less is better."""
    return any(word in _LOWER for word in header)


def is_score(word: str) -> bool:
    """Whether a word names a score of which more is better: "BLEU", "P@5", "AP50"."""
    return _is_in(word, _HIGHER)


def names_level(text: str, said: Iterable[str]) -> bool:
    """Whether a text of the words ``said`` names a score in per cent: what changes it by some
    per cent changes it by points."""
    return any(_is_in(word, _LEVELS) for word in said) or _PHRASE.search(text) is not None


def _is_in(word: str, scores: frozenset[str]) -> bool:
    stem = word.rstrip("0123456789")
    return word in scores or stem in scores or ("@" in word and word.partition("@")[0] in _AT)


def less_is_better(text: str, header: Iterable[str]) -> bool | None:
    """Whether a header says that less is better; None if it does not say.

    Args:
        text: the header: an arrow decides.
        header: its words, in normal form.
    """
    if UP in text or DOWN in text:
        return None if UP in text and DOWN in text else DOWN in text
    if _PER_TIME.search(text):
        return False
    said = list(header)
    if lower_is_better(said):
        return True
    return False if more_is_better(said) else None


def more_is_better(header: Iterable[str]) -> bool:
    """Whether words name a score, or another quantity of which more is better."""
    return any(is_score(word) or kinds_of(word) & _BETTER for word in header)
