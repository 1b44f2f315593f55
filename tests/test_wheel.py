"""The wheel alone, in an environment of its own, does all that a checkout does."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.support.paths import ROOT


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds the wheel, and lends only its dependencies from this one."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "venv"
    venv.create(environment, with_pip=False)
    (site_packages,) = environment.glob("lib/python*/site-packages")
    run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        site_packages,
        wheel,
        cwd=folder,
    )
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if "policypress" not in path.name.lower() and not (site_packages / path.name).exists():
            (site_packages / path.name).symlink_to(path)
    return environment / "bin" / "python"


@pytest.fixture(scope="module")
def scaffolded(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new workspace, made by the wheel."""
    folder = tmp_path_factory.mktemp("scaffolded") / "workspace"
    folder.mkdir()
    run(python, "-m", "policypress", "init", cwd=folder)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_package_comes_from_the_wheel(python: Path, tmp_path: Path) -> None:
    where = run(python, "-c", "import policypress; print(policypress.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(python.parents[1])


def test_its_templates_come_from_the_wheel(python: Path, tmp_path: Path) -> None:
    code = "from policypress.render.resources import folders; print(*folders(), sep='\\n')"
    (folder,) = run(python, "-c", code, cwd=tmp_path).splitlines()
    assert Path(folder).is_relative_to(python.parents[1])


def test_the_scaffold_is_the_checkouts_hidden_files_too(scaffolded: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "policypress", "init", tmp_path / "checkout", cwd=tmp_path)
    made = files(scaffolded)
    assert {"mkdocs.yml", "site/.gitignore", "policy_src/.schema/clause.schema.json"} <= set(made)
    assert made == files(tmp_path / "checkout")


def test_the_scaffold_is_free_of_findings(python: Path, scaffolded: Path) -> None:
    assert run(python, "-m", "policypress", "check", "--strict", cwd=scaffolded) == ""


def test_it_builds_what_a_checkout_builds(python: Path, scaffolded: Path, tmp_path: Path) -> None:
    run(python, "-m", "policypress", "build", "--site", tmp_path / "wheel", cwd=scaffolded)
    run(sys.executable, "-m", "policypress", "build", "--site", tmp_path / "checkout", cwd=scaffolded)
    made = files(tmp_path / "wheel")
    assert {"index.html", "en/privacy/index.html", "zh-Hans/privacy/index.html"} <= set(made)
    assert made == files(tmp_path / "checkout")


def test_plain_mkdocs_builds_the_same(python: Path, scaffolded: Path, tmp_path: Path) -> None:
    run(python, "-m", "policypress", "build", "--site", tmp_path / "ours", cwd=scaffolded)
    run(python, "-m", "mkdocs", "build", "--quiet", "--site-dir", tmp_path / "mkdocs", cwd=scaffolded)
    ours = files(tmp_path / "ours")
    del ours[".policypress.json"]
    assert files(tmp_path / "mkdocs") == ours
