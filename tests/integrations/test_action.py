"""The composite action: its ``run`` steps, run by bash as GitHub's runner does."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.integrations.conftest import spoil

_EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")


@pytest.fixture(scope="module")
def action(demo: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((demo / "action.yml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``RUNNER_TEMP``: what the first step installs serves all tests here."""
    return tmp_path_factory.mktemp("runner")


@dataclass(frozen=True)
class Step:
    """How one step ended."""

    code: int
    log: str
    outputs: str


def run_step(
    step: dict[str, Any], inputs: dict[str, str], checkout: Path, runner: Path, workspace: Path
) -> Step:
    """Run one step with its expressions evaluated, as the runner does."""
    values = {f"inputs.{name}": value for name, value in inputs.items()}
    values["github.action_path"] = str(checkout)

    def evaluated(text: str) -> str:
        return _EXPRESSION.sub(lambda match: values[match[1]], text)

    script = runner / "step.sh"
    script.write_text(evaluated(step["run"]), encoding="utf-8")
    outputs = runner / "outputs"
    outputs.write_text("", encoding="utf-8")
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
        cwd=workspace / evaluated(step.get("working-directory", ".")),
        capture_output=True,
        text=True,
        check=False,
        env={
            **{key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
            **{key: evaluated(value) for key, value in step.get("env", {}).items()},
            "RUNNER_TEMP": str(runner),
            "GITHUB_OUTPUT": str(outputs),
        },
    )
    return Step(done.returncode, done.stdout + done.stderr, outputs.read_text(encoding="utf-8"))


def run_action(
    action: dict[str, Any], given: dict[str, str], checkout: Path, runner: Path, workspace: Path
) -> Step:
    """Run the steps that have a script; the last one's result, or the first failure's."""
    inputs = {name: str(item.get("default", "")) for name, item in action["inputs"].items()}
    last = None
    for step in action["runs"]["steps"]:
        installed = (runner / "sage-write" / "bin" / "sage-write").exists()
        if "run" not in step or (step["name"].startswith("Install") and installed):
            continue
        last = run_step(step, {**inputs, **given}, checkout, runner, workspace)
        if "No matching distribution" in last.log:
            pytest.skip("no package registry is reached")
        if last.code:
            break
    assert last is not None
    return last


def test_no_input_is_put_into_a_script(action: dict[str, Any]) -> None:
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    assert len(scripts) == 2
    assert [script for script in scripts if "${{" in script] == []


def test_every_input_is_used_and_described(action: dict[str, Any], demo: Path) -> None:
    text = (demo / "action.yml").read_text(encoding="utf-8")
    for name, item in action["inputs"].items():
        assert item["description"]
        assert re.search(rf"\$\{{\{{ inputs\.{name} \}}\}}", text), name


@pytest.mark.registry
def test_a_contradiction_becomes_an_annotation_and_fails_the_step(
    action: dict[str, Any], checkout: Path, runner: Path, project: Path
) -> None:
    given = {"paper": "main.tex", "section": "abstract", "sarif": "out/check.sarif"}
    clean = run_action(action, given, checkout, runner, project)
    assert (clean.code, clean.outputs) == (0, "exit-code=0\n"), clean.log
    assert clean.log.startswith("::notice title=sage-write check::main.tex: ")

    spoil(project)
    wrong = run_action(action, given, checkout, runner, project)
    assert (wrong.code, wrong.outputs) == (1, "exit-code=1\n"), wrong.log
    assert "::error file=main.tex,line=22,col=18," in wrong.log
    sarif = json.loads((project / "out" / "check.sarif").read_text(encoding="utf-8"))
    assert [item["ruleId"] for item in sarif["runs"][0]["results"]] == ["CLM002"]

    for more in ({"fail-on": "never"}, {"ignore": "contradicted-claim"}):
        assert run_action(action, {**given, **more}, checkout, runner, project).code == 0
    html = {**given, "format": "html", "output": "out/check.html", "project": "."}
    assert run_action(action, html, checkout, runner, project).code == 1
    assert (project / "out" / "check.html").read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.registry
@pytest.mark.parametrize(
    "given",
    [
        {"paper": '"; touch taken; "'},
        {"paper": "$(touch taken)"},
        {"paper": "--help`touch taken`"},
        {"paper": "main.tex", "select": "x; touch taken"},
        {"paper": "main.tex", "sarif": "out/$(touch taken).sarif"},
    ],
)
def test_an_input_is_never_run(
    action: dict[str, Any], checkout: Path, runner: Path, project: Path, given: dict[str, str]
) -> None:
    done = run_action(action, given, checkout, runner, project)
    assert not list(project.rglob("taken"))
    assert done.outputs in ("exit-code=0\n", "exit-code=1\n", "exit-code=2\n")
    assert done.code == int(done.outputs.split("=")[1])
