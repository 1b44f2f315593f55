"""Runs the steps of a GitHub workflow and the jobs of a GitLab pipeline, as their runners do.

Every `run` and `script` is run by a real shell in a real clone. What belongs to the service itself is played:
checking out is the clone, deploying is a folder that is served.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.support.paths import ROOT
from tests.support.repositories import environment

BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")  # as GitHub runs `shell: bash`
_PLAYED = ("actions/checkout@", "actions/setup-python@")
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


def read_yaml(text: str) -> Any:
    """A YAML file as plain values."""
    return YAML(typ="safe", pure=True).load(text)


def block(page: str, name: str) -> str:
    """The YAML in a page of the documentation that follows the name of a file."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    found = re.search(rf"`{re.escape(name)}`[^`]*(?:`[^`\n]+`[^`]*)*?\n\n```yaml\n(.*?)```", text, re.DOTALL)
    assert found, f"{page} shows no {name}"
    return found[1]


def here(**more: str) -> dict[str, str]:
    """The environment of a runner: this project's program on the path, git without anybody's settings."""
    ours = environment(**more)
    return {**ours, "PATH": f"{Path(sys.executable).parent}:{ours['PATH']}"}


@dataclass
class Result:
    """How a run ended: all that its steps said, its summary, and which folder was deployed."""

    code: int = 0
    said: str = ""
    summary: str = ""


@dataclass
class Runner:
    """One machine with a clone on it. `context` answers expressions; `live` is what the service serves."""

    clone: Path
    scratch: Path
    context: Mapping[str, str]
    live: Path | None = None

    def workflow(self, text: str) -> Result:
        """The only job of a workflow."""
        (job,) = read_yaml(text)["jobs"].values()
        self.scratch.mkdir(exist_ok=True)
        for name in ("summary", "path"):
            (self.scratch / name).touch()
        result = Result()
        for step in job["steps"]:
            self._step(step, result, {})
        result.summary = (self.scratch / "summary").read_text("utf-8")
        return result

    def _step(self, step: Mapping[str, Any], result: Result, inputs: Mapping[str, str]) -> None:
        if result.code and "!cancelled()" not in step.get("if", ""):
            return
        if "run" in step:
            folder = self.clone / self._told(step.get("working-directory", "."), inputs)
            env = {name: self._told(value, inputs) for name, value in step.get("env", {}).items()}
            self._shell(step["run"], folder, env, result)
        elif step["uses"].startswith("your-organisation/policypress@"):
            self._action(step.get("with", {}), result)
        elif step["uses"].startswith("actions/upload-pages-artifact@"):
            shutil.copytree(self.clone / step["with"]["path"], self.scratch / "artifact")
        elif step["uses"].startswith("actions/deploy-pages@"):
            assert self.live
            shutil.rmtree(self.live, ignore_errors=True)
            shutil.copytree(self.scratch / "artifact", self.live)
        else:
            assert step["uses"].startswith(_PLAYED), f"nobody plays {step['uses']}"

    def _action(self, given: Mapping[str, str], result: Result) -> None:
        action = read_yaml((ROOT / "action.yml").read_text("utf-8"))
        assert set(given) <= set(action["inputs"])
        inputs = {name: str(given.get(name, one["default"])) for name, one in action["inputs"].items()}
        for step in action["runs"]["steps"]:
            assert "uses" in step or step["shell"] == "bash"
            self._step(step, result, inputs)

    def _told(self, text: str, inputs: Mapping[str, str]) -> str:
        """A text with its expressions answered: the first of several that is not empty."""
        known = {**self.context, **{f"inputs.{name}": value for name, value in inputs.items()}}
        return _EXPRESSION.sub(
            lambda match: next(filter(None, (known[part] for part in match[1].split(" || "))), ""), text
        )

    def _shell(self, script: str, folder: Path, env: Mapping[str, str], result: Result) -> None:
        path = self.scratch / "step.sh"
        path.write_text(script, "utf-8")
        files = {
            "GITHUB_STEP_SUMMARY": str(self.scratch / "summary"),
            "GITHUB_PATH": str(self.scratch / "path"),
            "RUNNER_TEMP": str(self.scratch),
        }
        run([*BASH, str(path)], folder, here(**files, **env), result)

    def pipeline(self, text: str, name: str, **variables: str) -> Result:
        """One job of a pipeline, with the job that it extends; as at GitLab, the first failure ends it."""
        found = read_yaml(text)
        job = {**found[found[name]["extends"]], **found[name]}
        result = Result()
        script = "\n".join([*job["before_script"], *job["script"]])
        given = {key: str(value) for key, value in found["variables"].items()} | variables
        self._script(script, given, result)
        for line in job.get("after_script", ()):
            self._script(line, given, Result())  # how it ends does not count
        return result

    def _script(self, script: str, given: Mapping[str, str], result: Result) -> None:
        run([*BASH, "-c", script], self.clone, here(**given), result)


def run(command: list[str], folder: Path, env: Mapping[str, str], result: Result) -> None:
    """Run a command in a clone; the first failure is what counts."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    result.said += done.stdout
    result.code = result.code or done.returncode
