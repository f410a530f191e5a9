"""Digits that name something instead of counting it: ResNet-50, Table 3, 2024, F1, O(1)."""

from __future__ import annotations

import re

from writer.latex.words import words

_ADDRESS = re.compile(
    r"\b(?:https?|ftp)://\S+|\bdoi:\S+|[\w.+-]{1,64}@[A-Za-z]\S+"
    r"|(?<![A-Za-z])[OΘΩ]\s?\([^()]{0,30}(?:\([^()]{0,20}\)[^()]{0,20})?\)",
    re.IGNORECASE,
)
"""Addresses and orders of growth: spans of which no digit counts anything."""

_IDIOM = re.compile(
    r"24/7\b|(?:19|20)\d\d-\d\d?-\d\d?\b|\d{1,2}:\d\d\b|1:1\b|(?:1[5-9]|20)\d0s\b"
    r"|\d-to-\d\b(?!\s?[x×%.])|[\d,]{1,24}\s(?:[A-Z]\w*\s){1,3}(?:Project|Initiative|Consortium|Phase)\b"
    r"|\d{1,3}\s?%[\s-](?:CIs?\b|confidence|credible|HDI)|\d{1,2}[\s-]?-?folds?[\s-]cross"
    r"|\d+-(?:shot|grams?|norm|th|NN|nearest)\b|[1-6]-?D\b"
    r"|\d{1,2}\s(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b",
    re.IGNORECASE,
)
"""Dates, times of day and idioms that begin with a digit."""

_DECADE = re.compile(r"\bthe\s(?:(?:high|low|mid|late|early|upper)[\s-])?\Z", re.IGNORECASE)
"""Before "the high 70s", which are no seconds."""

_MARKER = re.compile(r"(?<![\w)])\(\Z")
_MARKER_END = re.compile(r"\)(?=\s|$)")
_LONE_MARKER = re.compile(r"(?:^|\s)\Z")
_LONE_MARKER_END = re.compile(r"\)\s[A-Za-z]")

_NUMBERED = words(
    "january february march april june july august september october november december "
    "table tables figure figures fig figs section sections sec secs equation equations eq "
    "eqs algorithm theorem lemma corollary proposition definition appendix chapter listing "
    "step stage phase task subtask round scenario case version ver rq hypothesis type "
    "question claim part tier step line lines page pages ref refs footnote category grade"
)
"""Words whose following number is which one, not how many."""

_PRODUCTS = words(
    "rtx gtx titan cuda cudnn gpt llama claude gemini qwen mistral phi ubuntu windows "
    "debian python java pytorch tensorflow linux gcc llvm clang pcie usb hdmi ddr epyc xeon "
    "ryzen core tesla snapdragon jetson raspberry android ios wikitext imagenet kepler wmt "
    "semeval conll squad cifar deepseek gemma opt bert yolo yolov resnet vgg efficientnet "
    "sdxl flux utf sha aes tls http ipv trec tpc tpch spark hadoop flink kafka postgresql "
    "mysql postgres redis docker kubernetes iso ieee iec rfc nist ansi http fortran sql "
    "solaris matlab"
)
_METRICS = words(
    "bleu rouge meteor f1 map mrr ndcg auc auroc auprc acc accuracy precision recall em wer "
    "cer psnr ssim fid iou miou mse rmse mae perplexity ppl lpips cider spice chrf comet "
    "score loss error throughput latency kappa hits dice speedup spearman pearson"
)
_BEFORE = re.compile(r"([A-Za-z][\w+.-]*?)\.?[\s~]\Z")
_LISTED_BEFORE = re.compile(r"[A-Za-z]\s(\d+\.\d+),\s(?:and\s)?\Z")
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d\Z")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|of|from|until|till|during|early|late|mid|by|before|after|year|the|at|our|this|and|to|for"
    r"|between|through|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|[A-Z][\w-]*)\s|[(–—'’-])\Z"
)
_MORE = re.compile(r"\s?(?:[–-]|to|and|,)\s?\d[\d.,]{0,24}\s?(?!\d|[,.;)]|$)(?=[A-Za-z%×])")
_LETTERS_BEFORE = re.compile(r"(?:^|[\s(/,])(?!sub-)[^\W\d][\w+.&/-]*[-–]\Z|[\w]/\Z", re.IGNORECASE)
_SLASHED = re.compile(r"\d\.\d+\s?/\s?\Z")
_ACRONYM = re.compile(r"-(?!GPU|CPU|TPU|NPU|FPGA|LLM)[A-Z]{2,}\b(?!-)")
_START = re.compile(r"(?:^|[.:;!?]\s|[(\"'])\Z")
_FORMULA_AFTER = re.compile(
    r"\+[A-Za-z]|/[A-Z√](?![A-Za-z])|\s?[*^]\s?[A-Za-z(]|\s?[<≤]\s?[A-Za-z]\s?[<≤]"
)


def addresses(sentence: str) -> list[tuple[int, int]]:
    """Spans of ``sentence`` whose digits count nothing."""
    if not any(each in sentence for each in ("@", "://", "doi:", "O(", "O (", "Θ", "Ω")):
        return []
    return [match.span() for match in _ADDRESS.finditer(sentence)]


def idiom_end(sentence: str, start: int, end: int) -> int:
    """Where the idiom ends that begins with the digits at ``start:end``; 0 if there is none."""
    match = _IDIOM.match(sentence, start)
    if match:
        return match.end()
    if sentence.startswith("0s", end - 1) and _DECADE.search(sentence[max(start - 12, 0) : start]):
        return end + 1
    if not sentence.startswith(")", end) or end - start > 2:
        return 0
    before = sentence[max(start - 2, 0) : start]
    listed = _MARKER.search(before) and _MARKER_END.match(sentence, end)
    lone = end - start == 1 and _LONE_MARKER.search(before)
    return end if listed or (lone and _LONE_MARKER_END.match(sentence, end)) else 0


def names(sentence: str, start: int, end: int, unit: str, noun: str) -> bool:
    """Whether the digits at ``start:end`` are part of a name.

    Args:
        sentence: where they stand.
        start, end: their span, without a sign.
        unit: the unit that follows, or the empty string.
        noun: the noun that follows, or the empty string.
    """
    before = sentence[max(start - 40, 0) : start]
    if before.endswith(("'", "’")) and end - start == 2 and not unit:
        return True  # STOC'91
    if not unit and _ACRONYM.match(sentence, end):
        return True
    if "." in sentence[start:end] and _SLASHED.search(before):
        return False  # "0.790/0.910/0.829": a list
    if before[-1:] in "-–/" and _LETTERS_BEFORE.search(before):
        return not (before[-1:] == "/" and unit)
    if _FORMULA_AFTER.match(sentence, end) and not unit:
        return True
    digits = sentence[start:end]
    if _YEAR.match(digits) and not unit:
        dated = _YEAR_BEFORE.search(before) is not None
        # "from 2000 to 3000 requests", but not "on AIME 2025, 50.0% on HMMT 2025"
        more = _MORE.match(sentence, end) and not (dated and sentence.startswith(",", end))
        if not more and (dated or not noun):
            return dated or not before.strip()
    return not unit and _is_numbered(before, digits)


def _is_numbered(before: str, digits: str) -> bool:
    """Whether the word before makes of the digits the number of one among several."""
    match = _BEFORE.search(before)
    if match is None or "," in digits:
        return False
    word = match[1]
    lower = word.lower().rstrip(".")
    if lower in _NUMBERED:
        return "." not in digits or lower in ("section", "sec", "version", "ver", "table", "figure")
    if lower in _PRODUCTS:
        return True
    listed = _LISTED_BEFORE.search(before, 0, match.start(1))
    if listed is not None and "." in digits:  # "CUDA 12.6, GCC 13.3, and rustc 1.95"
        return _is_numbered(before[: listed.start(1)], listed[1])
    whole = digits.isdecimal()
    capital = word[0].isupper() and word[1:] != word[1:].upper()
    if not capital or lower in _METRICS or not (whole or len(digits) <= 3):
        return False
    opens = _START.search(before[: match.start(1)]) is not None
    return not opens and not before[: match.start(1)].isspace() and lower not in _OPENERS


_OPENERS = words(
    "with using over under in on at for of from to by and or about all the these those our "
    "we between across than only both top nearly almost roughly approximately around"
)
