"""Must my user accept the policy again, be told of a change, or nothing? For apps in Python 3.11 or later.

Copy this file: it needs the standard library alone. docs/api.md says why it does what it does.

    policy = Policy("https://example.org/legal/", "privacy", "en", Path("data"))
    told = policy.ask()
    if told.action == "consent":
        agreed = dialog(policy.text(told.now), told.now)  # an answer for each scope: {"sharing": False}
        policy.done(told.now, agreed)
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from itertools import product
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import Request, urlopen

Json = dict[str, Any]  # an object of the API
ACTIONS = ("none", "notify", "acknowledge", "consent")
SEVERITIES = ("editorial", "minor", "material")
SECONDS = 10
NOTHING_KNOWN: Json = {"now": {"verdict": "changed"}}  # asks for consent, and has no text to offer


@dataclass(frozen=True)
class Told:
    """What the user must do: `none`, `notify` (be told), `acknowledge` or `consent`.

    `now` is about the text in force, `upcoming` about those that follow: the API's answers, with whole links
    and only words that are known here. Where `now` has no `notice_ref`, show the text that came with the app.
    `fresh` is false where the site could not be asked.
    """

    action: str
    now: Json | None
    upcoming: tuple[Json, ...]
    withdrawn: Json | None
    fresh: bool


class Policy:
    """A policy, and what the user of this app accepted of it.

    In the folder, POLICY.accepted.jsonl is evidence: a record a line, only ever added to. POLICY.kept.json
    has the last answers of the site, and may be lost.
    """

    def __init__(self, site: str, policy: str, language: str, folder: Path) -> None:
        self.api, self.policy, self.language = f"{site.rstrip('/')}/api/v1/", policy, language
        self.accepted, self.kept = folder / f"{policy}.accepted.jsonl", folder / f"{policy}.kept.json"
        folder.mkdir(parents=True, exist_ok=True)

    def ask(self, at: datetime | None = None) -> Told:
        """What the user must do now; without a network, what the last answer says of today."""
        at, last = at or datetime.now(UTC), self.records[-1:]
        site = _Site(self.api, self.policy, self.kept)
        try:
            accepted = last and self._since(site, last[0]["notice_ref"])
            found = accepted or self._nothing_accepted(site)
        except UnreadableError:
            found = {} if last else NOTHING_KNOWN
        site.keep()
        return _told(_whole(found, urljoin(self.api, f"policies/{self.policy}/since/")), at, site.fresh)

    def text(self, notice: Json) -> Json:
        """The text to show: the very bytes that the record will name."""
        with urlopen(notice["notice_ref"]["url"], timeout=SECONDS) as answer:
            data = answer.read()
        if hashlib.sha256(data).hexdigest() != notice["notice_ref"]["sha256"]:
            raise ValueError(f"{answer.url} is not the text that the notice names")
        return _object(data)

    def done(self, notice: Json, agreed: dict[str, bool] | None = None, at: datetime | None = None) -> Json:
        """Record that the user, who was shown the text, has done what a notice asks for.

        `agreed` is the user's own answer to each of its scopes.
        """
        if "notice_ref" not in notice:
            raise ValueError("nobody knows which text was shown: there is nothing to record")
        agreed = agreed or {}
        if missing := {scope["id"] for scope in notice.get("scopes", ())} - agreed.keys():
            raise ValueError(f"the user was not asked about: {', '.join(sorted(missing))}")
        made = {"at": (at or datetime.now(UTC)).isoformat(), "action": notice["action"], "scopes": agreed}
        record = {**made, "notice_ref": notice["notice_ref"]}
        line = json.dumps(record, ensure_ascii=False)
        with self.accepted.open("ab") as file:
            file.write(f"\n{line}\n".encode())  # the first line feed ends a record that was cut off
            file.flush()
            os.fsync(file.fileno())
        return record

    @property
    def records(self) -> list[Json]:
        """All that the user did, in order. A line that was cut off never happened."""
        lines = self.accepted.read_bytes().splitlines() if self.accepted.exists() else []
        return [record for line in lines if (record := _object(line))]

    @property
    def scopes(self) -> dict[str, bool]:
        """What the user said last to each scope. To one that is not here, nothing was agreed."""
        return {scope: agreed for record in self.records for scope, agreed in record["scopes"].items()}

    def _since(self, site: _Site, ref: Json) -> Json | None:
        """What the site says to who accepted a text; nothing if it does not know that."""
        path = f"policies/{self.policy}/since/{ref['version']}.{ref['language']}.json"
        found = site.get(path)
        if found and "see" in found:
            found = (site.get(urljoin(path, found["see"])) or {}).get("answers", {}).get(ref["version"])
        return found

    def _nothing_accepted(self, site: _Site) -> Json:
        """The same to who accepted nothing that the site knows: consent to the text in force.

        The answer since the oldest version has every scope that was ever asked for.
        """
        index = site.get("index.json") or {}
        listed = next((one for one in index.get("policies", ()) if one["policy"] == self.policy), None)
        if listed is None:
            return NOTHING_KNOWN
        versions = [one["version"] for one in listed["schedule"]]
        tags = dict.fromkeys([self.language, *(one["tag"] for one in listed["languages"])])
        for tag, version in product(tags, dict.fromkeys([*versions[:1], *versions[-1:]])):
            if found := self._since(site, {"version": version, "language": tag}):
                return _strictest(found)
        return NOTHING_KNOWN if versions else {}


class UnreadableError(ValueError):
    """The site does not answer, and no answer that is new enough was kept."""


class _Site:
    """The API, and its last answers for when it cannot be asked. An old answer never replaces a newer one."""

    def __init__(self, api: str, policy: str, file: Path) -> None:
        self.api, self.policy, self.file = api, policy, file
        kept = _object(file.read_bytes()) if file.exists() else {}
        self.seen: int = kept.get("seen", 0)
        self.kept: dict[str, Json] = kept.get("answers", {})
        self.used: dict[str, Json] = {}
        self.fresh = True

    def get(self, path: str) -> Json | None:
        """The object at a path; nothing if there is none there, or none of a format that we know."""
        url = urljoin(self.api, path)
        try:
            answer = self._new_enough(self._fetched(url))
        except (OSError, HTTPException, ValueError, LookupError, TypeError):
            self.fresh = False
            answer = self._new_enough(self.kept.get(url))
        self.used[url] = answer
        found: Json | None = answer["object"]
        return found

    def keep(self) -> None:
        """Keep what was of use for the next time."""
        with suppress(OSError):  # no room: the next time begins anew
            new = self.file.with_suffix(".new")
            new.write_text(json.dumps({"seen": self.seen, "answers": self.used}), "utf-8")
            new.replace(self.file)

    def _fetched(self, url: str) -> Json:
        """An answer of the site, or the one that we have if it has not changed."""
        kept = self.kept.get(url)
        try:
            with urlopen(Request(url, headers=kept["conditions"] if kept else {}), timeout=SECONDS) as answer:
                data, headers = answer.read(), answer.headers
        except HTTPError as error:
            if error.code == 304 and kept:
                return kept
            if error.code in (404, 410):
                return _answer(None)
            raise
        found = json.loads(data)
        return _answer(found if found["format"] == 1 else None, headers)

    def _new_enough(self, answer: Json | None) -> Json:
        if answer is None:
            raise UnreadableError
        sequence = self._sequence(answer["object"] or {})
        if sequence < self.seen:
            raise UnreadableError
        self.seen = sequence
        return answer

    def _sequence(self, found: Json) -> int:
        """The number that only grows, of our policy; what has none is of any age."""
        if "policies" in found:
            found = next((one for one in found["policies"] if one["policy"] == self.policy), {})
        return int(found["sequence"]) if "sequence" in found else self.seen


def _answer(found: Json | None, headers: Mapping[str, str] | None = None) -> Json:
    """An object to keep, with the conditions under which the site is asked for it the next time."""
    names = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
    conditions = {name: headers[said] for name, said in names.items() if headers and said in headers}
    return {"object": found, "conditions": conditions}


def _told(found: Json, at: datetime, fresh: bool) -> Told:
    """What an answer says at an instant: the last text that has begun by then is the one in force."""
    least = "notify" if "withdrawn" in found else "none"
    upcoming = tuple(_known(one, least) for one in found.get("upcoming", ()))
    begun = [one for one in upcoming if _has_begun(one["notice_ref"], at)]
    now = begun[-1] if begun else _known(found["now"], least) if "now" in found else None
    action = now["action"] if now else "none"
    return Told(action, now, upcoming[len(begun) :], found.get("withdrawn"), fresh)


def _known(answer: Json, least: str) -> Json:
    """An answer in words that are known here: any other one counts as the strictest."""
    if answer.get("verdict") in ("same", "ahead"):
        return {**answer, "action": least}
    action, severity = _word(answer, "action", ACTIONS), _word(answer, "severity", SEVERITIES)
    return {**answer, "action": max(action, least, key=ACTIONS.index), "severity": severity}


def _word(answer: Json, name: str, known: tuple[str, ...]) -> str:
    return answer[name] if answer.get(name) in known else known[-1]


def _strictest(found: Json) -> Json:
    """The answers to who accepted nothing: what there is to read and to agree to, but not what changed."""

    def strict(answer: Json) -> Json:
        names = ("notice_ref", "scopes", "links")
        return {"verdict": "changed", **{name: answer[name] for name in names if name in answer}}

    made: Json = {"upcoming": [strict(one) for one in found.get("upcoming", ())]}
    return {"now": strict(found["now"]), **made} if "now" in found else made


def _has_begun(ref: Json, at: datetime) -> bool:
    start = ref.get("effective") or ref.get("known_since")
    return start is not None and datetime.fromisoformat(start) <= at


def _whole(value: Any, base: str, name: str = "") -> Any:
    """The same with whole links, which alone may be kept."""
    if isinstance(value, dict):
        return {key: _whole(part, base, key) for key, part in value.items()}
    if isinstance(value, list):
        return [_whole(part, base) for part in value]
    return urljoin(base, value) if name in ("url", "page", "changes") else value


def _object(data: bytes) -> Json:
    """The object that some bytes are; of any others, an empty one."""
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
