"""What a sentence of the body says again, and the cells of a table state otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_against import RUNS
from tests.claims.test_own_tables import judged


def _body(text: str) -> str:
    return f"{RUNS}\n\\section{{Evaluation}}\n{text}"


@pytest.mark.parametrize(
    ("sentence", "body", "text", "verdict"),
    [
        (  # both sentences name the cell
            "Tuff reaches an accuracy of 87.4\\% on News.",
            "On News the accuracy of Tuff is 87.4\\%.",
            "87.4%",
            "contradicted",
        ),
        (  # only the body says of what the number is told
            "Our parser is right in 87.4\\% of the sentences of News.",
            "Tuff has an accuracy of 87.4\\%: it is right in so many of the sentences of News.",
            "87.4%",
            "contradicted",
        ),
        (  # the table does not speak of it
            "Tuff needs 12.6 ms per sentence of News.",
            "On News, Tuff needs 12.6 ms per sentence.",
            "12.6 ms",
            "supported",
        ),
        (  # an end of an interval is no result of its own
            "The accuracy of Tuff on News has an interval of [79.4\\%, 87.4\\%].",
            "Tuff has an accuracy on News in [79.4\\%, 87.4\\%].",
            "87.4%",
            "supported",
        ),
        (  # the table gives it, though its words are bound worse
            "Tuff reaches an accuracy of 84.7\\% on News.",
            "On News the accuracy of Tuff is 84.7\\%.",
            "84.7%",
            "supported",
        ),
    ],
)
def test_cells_weigh_more_than_a_sentence_of_the_body(
    tmp_path: Path, sentence: str, body: str, text: str, verdict: str
) -> None:
    assert str(judged(tmp_path, sentence, _body(body))[text].verdict) == verdict


def test_the_cells_and_the_sentence_are_told(tmp_path: Path) -> None:
    body = _body("On News the accuracy of Tuff is 87.4\\%.")
    item = judged(tmp_path, "Tuff reaches an accuracy of 87.4\\% on News.", body)["87.4%"]
    assert item.reason == (
        "Table 1 has 84.7 (Tuff (ours), Accuracy on News (%)), though the body says the same in "
        '"On News the accuracy of Tuff is 87.4%."'
    )
    assert [cell["text"] for cell in item.evidence] == ["84.7"]


def test_cells_that_no_word_singles_out_take_the_support_only(tmp_path: Path) -> None:
    body = _body("The accuracy of the parser is 87.4\\% in the end.")
    item = judged(tmp_path, "In the end, the parser has an accuracy of 87.4\\%.", body)["87.4%"]
    assert str(item.verdict) == "unsupported"


def test_a_table_that_denies_all_numbers_of_a_sentence_tells_of_another_setting(
    tmp_path: Path,
) -> None:
    sentence = "Tuff reaches an accuracy of 87.4\\% on News and of 82.2\\% on Mail."
    body = _body(
        "In the second year Tuff reaches an accuracy of 87.4\\% on News and of 82.2\\% on Mail."
    )
    found = judged(tmp_path, sentence, body)
    assert [str(found[text].verdict) for text in ("87.4%", "82.2%")] == ["unsupported"] * 2


def test_a_cell_that_another_number_tells_does_not_stand_before_the_one_that_is_meant(
    tmp_path: Path,
) -> None:
    found = judged(tmp_path, "On News, Tuff has 84.7\\% where Basalt has 83.4\\% accuracy.", RUNS)
    assert [str(found[text].verdict) for text in ("84.7%", "83.4%")] == [
        "supported",
        "contradicted",
    ]
