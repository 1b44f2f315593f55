"""From a YAML tree to a source model; every fault becomes a finding, and what is sound is kept."""

from __future__ import annotations

import copy
import difflib
import re
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from policypress.core.codes import CODES
from policypress.core.diagnostics import Finding, Path, Place

M = TypeVar("M", bound=BaseModel)

_ROUNDS = 8
_TEXTS = ("title", "name", "contact", "heading", "text", "closing")

# What stands in for a faulty or missing value: by its key, and by the key of the list or map that holds it.
_OF_KEY: dict[str, Any] = {
    "format": "1",
    "id": "stand-in",
    "title": {},
    "source_language": "",
    "time_zone": "UTC",
    "publisher": {"name": {}, "contact": {}},
    "name": {},
    "contact": {},
    "status": "unreviewed",
    "label": "{n}",
    "host": "example.com",
    "from": "stand-in@example.com",
    "url": "https://example.com",
    **dict.fromkeys(("url_env", "secret_env", "user_env", "password_env"), "STAND_IN"),
}
_WITHIN: dict[str, Any] = {
    "children": {"id": "stand-in"},
    "facts": {},
    "replaces": "stand-in",
    "languages": {"status": "unreviewed"},
    "variables": "",
    **dict.fromkeys(_TEXTS, ""),
}


def validate(model: type[M], data: Any, file: str) -> tuple[M | None, list[Finding], set[Path]]:
    """The model of some data, all faults, and the paths that the model has otherwise than the data.

    Something harmless stands in for faulty parts, or they are left out, and the rest is read again: so one
    unknown key does not hide what the later checks would say about the same file, nor move their places.
    """
    findings: list[Finding] = []
    changed: set[Path] = set()
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(data), findings, changed
        except ValidationError as error:
            details = [detail for detail in error.errors(include_url=False) if detail["loc"] not in changed]
            findings += [_finding(model, detail, data, file) for detail in details]
            paths = {_faulty(detail, data) for detail in details}
            if not paths or () in paths:
                break
            data = copy.deepcopy(data)
            changed |= paths
            _mend(data, paths, {_faulty(detail, data) for detail in details if _is_superfluous(detail)})
    return None, findings, changed


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
        in_map = isinstance(data, dict) and part in data
        in_list = isinstance(data, list) and isinstance(part, int) and part < len(data)
        if in_map or in_list:
            data = data[part]
            found.append(part)
    return tuple(found)


def _faulty(detail: ErrorDetails, data: Any) -> Path:
    """The path to change: of what is there, or of what should be."""
    path = _existing(detail["loc"], data)
    return (*path, detail["loc"][-1]) if detail["type"] == "missing" else path


def _is_superfluous(detail: ErrorDetails) -> bool:
    return detail["type"] == "extra_forbidden" or "[key]" in detail["loc"]


def _mend(data: Any, paths: set[Path], superfluous: set[Path]) -> None:
    for path in paths:
        if any(path[:length] in paths for length in range(1, len(path))):
            continue
        holder = data
        for part in path[:-1]:
            holder = holder[part]
        stand_in = None if path in superfluous else _stand_in(path)
        if stand_in is not None:
            holder[path[-1]] = copy.deepcopy(stand_in)
        elif path[-1] in holder:
            del holder[path[-1]]


def _stand_in(path: Path) -> Any:
    within = _WITHIN.get(str(path[-2])) if len(path) > 1 else None
    return within if within is not None else _OF_KEY.get(str(path[-1]))


def _near(name: str, model: type[BaseModel]) -> str:
    close = difflib.get_close_matches(name, _all_keys(model), n=1)
    return f"; did you mean `{close[0]}`?" if close else ""


@cache
def _all_keys(model: type[BaseModel]) -> tuple[str, ...]:
    schema = model.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return tuple(sorted({key for part in parts for key in part.get("properties", {})}))
