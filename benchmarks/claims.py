"""How well ``check`` tells true claims from false ones, on made-up data and sentences.

Random data packages (seeded), true claims on them in several sentence patterns per
form, and mutants of each that plain arithmetic says are false. Prints, per form, the
share of true claims that are supported, the share of those wrongly contradicted, and
the share of mutants caught; then the mutants by kind.

Run: python -m benchmarks.claims [PACKAGES] [--misses]
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.claims.judging import accepted, judged
from tests.claims.made_claims import claims, sentence
from tests.claims.made_mutants import mutants
from tests.claims.made_tables import tables, write
from writer.model.claim import Verdict


def measure(packages: int, *, misses: bool) -> tuple[Counter[str], Counter[str]]:
    """Counts by form and by kind of mutation."""
    forms: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for seed in range(packages):
        rng = random.Random(seed)  # noqa: S311  # reproducible, no secret
        made = tables(rng)
        true = list(claims(rng, made, 6))
        false = [(kind, item) for said in true for kind, item in mutants(rng, said)]
        with tempfile.TemporaryDirectory() as name:
            root = Path(name).resolve()
            write(root, made)
            texts = [sentence(said) for said in (*true, *(said for _, said in false))]
            found = judged(root, texts)
        for said, text, verdicts in zip(true, texts, found, strict=False):
            forms[f"{said.form} true"] += 1
            forms[f"{said.form} supported"] += accepted(verdicts)
            wrong = any(item.verdict is Verdict.CONTRADICTED for item in verdicts)
            forms[f"{said.form} contradicted"] += wrong
            if misses and not accepted(verdicts):
                reasons = [f"{i.claim.text}: {i.verdict} {i.reason}" for i in verdicts]
                print("TRUE ", said.form, said.pattern, "|", text, "|", reasons)
        rest = zip(false, texts[len(true) :], found[len(true) :], strict=True)
        for (kind, said), text, verdicts in rest:
            caught = not accepted(verdicts)
            forms[f"{said.form} mutants"] += 1
            forms[f"{said.form} caught"] += caught
            kinds[f"{kind} mutants"] += 1
            kinds[f"{kind} caught"] += caught
            if misses and not caught:
                print(
                    "FALSE",
                    kind,
                    said.form,
                    said.pattern,
                    "|",
                    text,
                    "|",
                    [i.reason for i in verdicts],
                )
    return forms, kinds


def main() -> None:
    """Print the figures."""
    numbers = [argument for argument in sys.argv[1:] if argument.isdigit()]
    forms, kinds = measure(int(numbers[0]) if numbers else 40, misses="--misses" in sys.argv)
    heads = f"{'supported':>10} {'contradicted':>13} {'mutants':>8} {'caught':>7}"
    print(f"{'form':<12} {'true':>6} {heads}")
    for form in [*dict.fromkeys(key.rpartition(" ")[0] for key in forms), "all"]:
        total = {
            what: sum(
                n
                for key, n in forms.items()
                if key == f"{form} {what}" or (form == "all" and key.endswith(f" {what}"))
            )
            for what in ("true", "supported", "contradicted", "mutants", "caught")
        }
        print(
            f"{form:<12} {total['true']:>6} {total['supported'] / max(total['true'], 1):>10.3f} "
            f"{total['contradicted'] / max(total['true'], 1):>13.3f} {total['mutants']:>8} "
            f"{total['caught'] / max(total['mutants'], 1):>7.3f}"
        )
    print()
    for kind in dict.fromkeys(key.rpartition(" ")[0] for key in kinds):
        caught, count = kinds[f"{kind} caught"], kinds[f"{kind} mutants"]
        print(f"{kind:<16} {count:>6} mutants, caught {caught / count:.3f}")


if __name__ == "__main__":
    main()
