"""The same input gives the same bytes, whatever the machine is like."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.paths import ROOT

INPUTS = ("mkdocs.yml", "policy_src")


def workspace(folder: Path) -> Path:
    """The real policy in a folder of its own."""
    shutil.copytree(ROOT / "policy_src", folder / "policy_src")
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    return folder


def built(
    root: Path, site: Path, *, prefix: tuple[str, ...] = (), umask: int = 0o22, **environment: str
) -> Path:
    command = [
        *prefix,
        sys.executable,
        "-m",
        "policypress",
        "build",
        "--workspace",
        str(root),
        "--site",
        str(site),
    ]
    done = subprocess.run(
        command,
        cwd=root,
        env={**os.environ, **environment},
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return site


def contents(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an ordinary build gives."""
    folder = tmp_path_factory.mktemp("usual")
    return contents(
        built(workspace(folder / "w"), folder / "site", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    )


def another_environment(folder: Path) -> Path:
    return built(
        workspace(folder / "w"), folder / "s", PYTHONHASHSEED="77", TZ="America/St_Johns", LC_ALL="POSIX"
    )


def another_locale(folder: Path) -> Path:
    return built(
        workspace(folder / "w"), folder / "s", LC_ALL="tr_TR.UTF-8", LANG="zh_CN.GB18030", LANGUAGE="de"
    )


def another_folder(folder: Path) -> Path:
    return built(workspace(folder / "a" / "deep er" / "隐私"), folder / "out" / "s", umask=0o77)


def another_day(folder: Path) -> Path:
    faked = ("faketime", "2031-05-05 23:59:59")
    return built(workspace(folder / "w"), folder / "s", prefix=faked, SOURCE_DATE_EPOCH="1")


def other_file_times(folder: Path) -> Path:
    root = workspace(folder / "w")
    for path in root.rglob("*"):
        os.utime(path, (2_000_000_000, 2_000_000_000))
    return built(root, folder / "s")


@pytest.mark.parametrize(
    "elsewhere", [another_environment, another_locale, another_folder, another_day, other_file_times]
)
def test_a_build_is_byte_identical_in(
    elsewhere: Callable[[Path], Path], usual: dict[str, bytes], tmp_path: Path
) -> None:
    assert contents(elsewhere(tmp_path)) == usual


def test_a_second_build_over_the_first_changes_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path / "w")
    first = contents(built(root, tmp_path / "s"))
    assert contents(built(root, tmp_path / "s")) == first


def test_a_time_stamp_would_be_seen(tmp_path: Path) -> None:
    root = workspace(tmp_path / "w")
    page = root / "templates" / "pages" / "policies.html"
    page.parent.mkdir(parents=True)
    page.write_text("{{ lipsum.__globals__.os.times().elapsed }}", "utf-8")
    first, second = contents(built(root, tmp_path / "1")), contents(built(root, tmp_path / "2"))
    assert {name for name in first if first[name] != second[name]} == {"en/index.html", "zh-Hans/index.html"}
