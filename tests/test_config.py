"""``sage-write.toml``: what is read, and one error with its line for what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writer.config import (
    CONFIG_NAME,
    Config,
    Request,
    Suppression,
    Treatment,
    find_root,
    load_config,
)
from writer.errors import ConfigError, PathError, SageWriteError


def _write(root: Path, text: str | bytes) -> Path:
    data = text if isinstance(text, bytes) else text.encode()
    (root / CONFIG_NAME).write_bytes(data)
    return root


def _fault(root: Path, text: str | bytes) -> tuple[str | None, int | None, str]:
    with pytest.raises(SageWriteError) as caught:
        load_config(_write(root, text))
    return caught.value.file, caught.value.line, caught.value.message


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_config(_write(tmp_path, "")) == Config(tmp_path, tmp_path / CONFIG_NAME)


def test_every_key_is_read(tmp_path: Path) -> None:
    text = """\
[paper]
title = " A title "
authors = ["Ada", "Grace"]
system = "SAGE"
section = "experiments"
page_limit = 2
main = "paper/main.tex"
data = "tables"
templates = "own"
build = "out"
novelty_citation = "a:1, b"

[treatment]
nodes = "omit"
jobs = "discuss"

[[suppress]]
rule = "single-trial"
reason = "we had one day"

[[suppress]]
rule = "PRV001"
experiment = "jobs"
reason = "known"

# asked for
[[request]]
experiment = "jobs"
quantity = "overhead"
asked_by = "a figure"
"""
    assert load_config(_write(tmp_path, text)) == Config(
        root=tmp_path,
        file=tmp_path / CONFIG_NAME,
        title="A title",
        authors=("Ada", "Grace"),
        system="SAGE",
        section="experiments",
        page_limit=2,
        main="paper/main.tex",
        data="tables",
        templates="own",
        build="out",
        novelty_citation="a:1, b",
        treatments={"nodes": Treatment.OMIT, "jobs": Treatment.DISCUSS},
        suppressions=(
            Suppression("single-trial", None, "we had one day"),
            Suppression("PRV001", "jobs", "known"),
        ),
        requests=(Request("jobs", "overhead", "a figure", 27),),
    )


def test_the_treatment_is_discuss_unless_set(tmp_path: Path) -> None:
    config = load_config(_write(tmp_path, '[treatment]\nnodes = "omit"\n'))
    assert [config.treatment(name) for name in ("nodes", "jobs")] == [
        Treatment.OMIT,
        Treatment.DISCUSS,
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[treatment]\nnodes = "interpolate"\n', 2),
        ('[treatment]\njobs = "omit"\n\n"nodes" = "interpolate"\n', 4),
        ('[paper]\n\n[treatment]  # what to do\n  nodes="interpolate"\n', 4),
        ('treatment.nodes = "interpolate"\n', 1),
        ('\ntreatment = {nodes = "interpolate"}\n', 2),
    ],
)
def test_interpolation_is_refused_with_the_reason(tmp_path: Path, text: str, line: int) -> None:
    _write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path)
    assert (caught.value.place, caught.value.message) == (
        f"{CONFIG_NAME}:{line}",
        "treatment 'interpolate' of 'nodes' is refused: an interpolated value is not a "
        "measurement, and a reader cannot tell the two apart",
    )
    assert caught.value.hint == ("measure the point again, discuss it, or leave the experiment out")


FAULTS = {
    "unknown table": ("[paper]\n[papers]\n", 2, "unknown table 'papers'"),
    "unknown top key": ('\ntitle = "a"\n', 2, "unknown table 'title'"),
    "unknown key": ('[paper]\ntitle = "a"\ntitel = "b"\n', 3, "unknown key 'titel' in [paper]"),
    "unknown key of a suppression": (
        '[[suppress]]\nrule = "a"\nreason = "b"\n[[suppress]]\nrules = "c"\n',
        5,
        "unknown key 'rules' in [[suppress]]",
    ),
    "unknown key of a request": (
        "[[request]]\nfigure = 1\n",
        2,
        "unknown key 'figure' in [[request]]",
    ),
    "no reason": ('[[suppress]]\nrule = "a"\n', 1, "[[suppress]] has no 'reason'"),
    "empty reason": ('[[suppress]]\nrule = "a"\nreason = ""\n', 3, "'reason' is blank"),
    "blank reason": ('[[suppress]]\nrule = "a"\nreason = " \\t"\n', 3, "'reason' is blank"),
    "reason that is no text": ('[[suppress]]\nrule = "a"\nreason = 1\n', 3, "'reason' is not text"),
    "no rule": ('\n[[suppress]]\nreason = "a"\n', 2, "[[suppress]] has no 'rule'"),
    "the second has no reason": (
        '[[suppress]]\nrule = "a"\nreason = "b"\n\n[[suppress]]\nrule = "c"\n',
        5,
        "[[suppress]] has no 'reason'",
    ),
    "request of nobody": (
        '[[request]]\nexperiment = "a"\nquantity = "b"\n',
        1,
        "[[request]] has no 'asked_by'",
    ),
    "unknown treatment": (
        '[treatment]\na = "hide"\n',
        2,
        "unknown treatment 'hide' of 'a'",
    ),
    "treatment that is no text": ("[treatment]\na = 1\n", 2, "unknown treatment 1 of 'a'"),
    "treatment that is a list": ("[treatment]\na = []\n", 2, "unknown treatment [] of 'a'"),
    "paper that is no table": ('paper = "a"\n', 1, "'paper' is not a table"),
    "suppress that is no list": ("[suppress]\n", 1, "'suppress' is not a list of tables"),
    "blank title": ('[paper]\ntitle = ""\n', 2, "'title' is blank"),
    "title that is no text": ("[paper]\ntitle = 1\n", 2, "'title' is not text"),
    "authors": ('[paper]\nauthors = "Ada"\n', 2, "'authors' is not a list of names"),
    "an author": ("[paper]\nauthors = [1]\n", 2, "'authors' is not a list of names"),
    "no page": ("[paper]\npage_limit = 0\n", 2, "'page_limit' is not a positive whole number"),
    "half a page": (
        "[paper]\npage_limit = 1.5\n",
        2,
        "'page_limit' is not a positive whole number",
    ),
    "pages true": (
        "[paper]\npage_limit = true\n",
        2,
        "'page_limit' is not a positive whole number",
    ),
    "citation": (
        '[paper]\nnovelty_citation = "a}b"\n',
        2,
        "'novelty_citation' is no citation key",
    ),
    "data outside": ('[paper]\ndata = "../x"\n', 2, "data '../x' leads outside the project"),
    "templates outside": (
        '[paper]\ntemplates = "/etc"\n',
        2,
        "templates '/etc' leads outside the project",
    ),
    "build outside": (
        '[paper]\nbuild = "a/../.."\n',
        2,
        "build 'a/../..' leads outside the project",
    ),
    "main outside": (
        '[paper]\n\nmain = "../a.tex"\n',
        3,
        "main '../a.tex' leads outside the project",
    ),
    "build in the project": (
        '[paper]\nbuild = "."\n',
        2,
        "'build' holds data, which it would be mixed with",
    ),
    "build over the data": (
        '[paper]\ndata = "a/b"\nbuild = "a"\n',
        3,
        "'build' holds data, which it would be mixed with",
    ),
    "build over the templates": (
        '[paper]\nbuild = "templates"\n',
        2,
        "'build' holds templates, which it would be mixed with",
    ),
    "not TOML": ("[paper]\ntitle = \n", 2, "not valid TOML: Invalid value"),
    "a key twice": (
        '[paper]\ntitle = "a"\ntitle = "b"\n',
        3,
        "not valid TOML: Cannot overwrite a value",
    ),
    "Latin-1": (
        '[paper]\ntitle = "Zürich"\n'.encode("latin-1"),
        2,
        "the text is not UTF-8 (byte 0xfc)",
    ),
    "UTF-16": ("[paper]\n".encode("utf-16"), 1, "the text is not UTF-8 (byte 0xff)"),
}


@pytest.mark.parametrize(("text", "line", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_error_with_its_line(
    tmp_path: Path, text: str | bytes, line: int, message: str
) -> None:
    assert _fault(tmp_path, text) == (CONFIG_NAME, line, message)


def test_a_path_through_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / "data").symlink_to(tmp_path)
    message = "data 'data' leads outside the project"
    assert _fault(root, '[paper]\ndata = "data"\n') == (CONFIG_NAME, 2, message)


def test_a_line_in_a_text_of_several_lines_is_no_key(tmp_path: Path) -> None:
    text = '[paper]\ntitle = """\n[treatment]\nnodes = 1\n"""\n[treatment]\nnodes = "hide"\n'
    assert _fault(tmp_path, text) == (CONFIG_NAME, 7, "unknown treatment 'hide' of 'nodes'")


def test_a_missing_file_is_a_path_error(tmp_path: Path) -> None:
    with pytest.raises(PathError) as caught:
        load_config(tmp_path)
    assert (caught.value.file, caught.value.message) == (CONFIG_NAME, "there is no such file")


def test_the_root_is_the_nearest_folder_above(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    _write(tmp_path, "")
    assert find_root(inner) == tmp_path
    _write(tmp_path / "a", "")
    assert find_root(inner) == tmp_path / "a"


_KEYS = st.sampled_from(["paper", "treatment", "suppress", "request", "title", "reason", "build"])
_VALUES = st.sampled_from(['"a"', "1", "[]", "{}", "true", '""', "1979-05-27", "nan", '"../x"'])
_LINES = st.lists(
    st.builds("{} = {}".format, _KEYS, _VALUES)
    | _KEYS.map("[{}]".format)
    | _KEYS.map("[[{}]]".format)
    | st.text(max_size=8),
    max_size=6,
)


@given(lines=_LINES)
def test_any_text_gives_settings_or_one_error_with_a_line_of_the_file(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    root = tmp_path_factory.mktemp("config")
    text = "\n".join(lines)
    error: SageWriteError | None = None
    try:
        found = load_config(_write(root, text.encode("utf-8", "replace")))
    except SageWriteError as caught:
        error = caught
    if error is None:
        assert found.file == root / CONFIG_NAME
    else:
        assert (error.file, 1 <= (error.line or 1) <= len(text.splitlines())) == (CONFIG_NAME, True)
