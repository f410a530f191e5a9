"""The rule that CONTRIBUTING.md tells a newcomer to write passes the tests it names."""

from __future__ import annotations

import re
import textwrap
import types

from tests.audit import test_rules
from tests.conftest import ROOT
from writer.audit.example import Outcome
from writer.audit.rule import Rule


def told() -> Rule:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    code = re.search(r"^   ```python\n(.*?)^   ```", text, re.DOTALL | re.MULTILINE)
    assert code is not None
    module = types.ModuleType("CMP099_latency_without_time")
    exec(textwrap.dedent(code[1]), module.__dict__)  # noqa: S102 - our own example
    rule = module.RULE
    assert isinstance(rule, Rule)
    return rule


def test_the_example_rule_is_a_rule_like_the_others() -> None:
    rule = told()
    assert (rule.card.code, rule.card.name) == ("CMP099", "latency-without-time")
    assert [len(test_rules.findings(rule, example)) for example in rule.examples] == [1, 0, 0]
    for example in rule.examples:
        if example.outcome is Outcome.FIRES:
            test_rules.test_the_words_are_whole_sentences(rule, example)
