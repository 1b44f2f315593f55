"""From a YAML tree to a source model; every fault becomes a finding, and what is sound is kept."""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from policypress.core.codes import CODES
from policypress.core.diagnostics import Finding, Path, Place

M = TypeVar("M", bound=BaseModel)

_ROUNDS = 8


def validate(model: type[M], data: Any, file: str) -> tuple[M | None, list[Finding]]:
    """The model of some data, and all faults.

    Faulty parts are left out and the rest is read again, so that one unknown key does not hide
    what the later checks would say about the same file.
    """
    findings: list[Finding] = []
    left_out: set[Path] = set()
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(data), findings
        except ValidationError as error:
            details = error.errors(include_url=False)
            findings += [
                _finding(model, detail, data, file) for detail in details if detail["loc"] not in left_out
            ]
            data = copy.deepcopy(data)
            paths = {_existing(detail["loc"], data) for detail in details}
            left_out |= paths
            if not _prune(data, paths):
                break
    return None, findings


def _finding(model: type[BaseModel], detail: ErrorDetails, data: Any, file: str) -> Finding:
    code = _code(detail)
    path = _existing(detail["loc"], data)
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    place = Place(file, path)
    if code == "S201":
        return Finding(code, place.key(), f"`{name}` is not known here{_near(name, model)}")
    if code == "S202":
        return Finding(code, place, f"`{name}` is missing")
    return Finding(code, place.key() if "[key]" in detail["loc"] else place, _message(detail))


def _code(detail: ErrorDetails) -> str:
    kind = detail["type"]
    if kind in CODES:
        return kind
    return {"extra_forbidden": "S201", "missing": "S202"}.get(kind, "S203")


def _message(detail: ErrorDetails) -> str:
    if detail["type"] in CODES:
        return detail["msg"]
    what = detail["msg"][0].lower() + detail["msg"][1:]
    what = re.sub(r"^(?:input|value) ", "this ", what)
    what = re.sub(r" or instance of \w+", "", what)
    return what.replace("dictionary", "map").replace("tuple", "list")


def _existing(loc: tuple[int | str, ...], data: Any) -> Path:
    """The part of a pydantic location that names something in the data."""
    found: list[int | str] = []
    for part in loc:
        if isinstance(data, dict) and part in data:
            data = data[part]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            continue
        found.append(part)
    return tuple(found)


def _prune(data: Any, paths: set[Path]) -> bool:
    """Remove the faulty parts, the later ones of a list first; False when nothing could be removed."""
    if () in paths:
        return False
    outermost = [path for path in paths if not any(path[:length] in paths for length in range(1, len(path)))]
    for path in sorted(outermost, key=_reading_order, reverse=True):
        _remove(data, path)
    return True


def _reading_order(path: Path) -> tuple[str, ...]:
    return tuple(str(part).zfill(9) if isinstance(part, int) else part for part in path)


def _remove(data: Any, path: Path) -> None:
    for part in path[:-1]:
        data = data[part]
    del data[path[-1]]


def _near(name: str, model: type[BaseModel]) -> str:
    close = difflib.get_close_matches(name, sorted(_all_keys(model)), n=1)
    return f"; did you mean `{close[0]}`?" if close else ""


def _all_keys(model: type[BaseModel]) -> Iterator[str]:
    schema = model.model_json_schema()
    for part in [schema, *schema.get("$defs", {}).values()]:
        yield from part.get("properties", {})
