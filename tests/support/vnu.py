"""Faults of HTML, CSS and SVG files, as the Nu HTML Checker finds them."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.support.paths import VNU, needed

OPTIONS = ("--format", "json", "--stdout", "--exit-zero-always", "--also-check-css", "--also-check-svg")


def errors(files: Iterable[Path], *, warnings: bool = False) -> list[str]:
    """What the checker calls an error, and with `warnings` also its warnings. Hand it many files at once."""
    names = [str(file.resolve(strict=True)) for file in files]  # it is silent about a missing file
    if not names:
        raise ValueError("no files to check")
    messages = _run(names)
    return [_describe(message) for message in messages if warnings or message["type"] != "info"]


def _run(names: list[str]) -> list[dict[str, Any]]:
    jar = str(needed(VNU, "npm ci --ignore-scripts"))
    command = ["java", "-Xss4m", "-Dnu.validator.locale=en", "-jar", jar, *OPTIONS, *names]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode or not done.stdout:
        raise RuntimeError(f"the HTML checker failed ({done.returncode}):\n{done.stderr}")
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return messages


def _describe(message: dict[str, Any]) -> str:
    path = unquote(urlsplit(message.get("url", "")).path)
    place = f"{path}:{message.get('lastLine', 0)}:{message.get('firstColumn', 0)}"
    return f"{place}: {message['message']} [{message.get('extract', '').strip()}]"
