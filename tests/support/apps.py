"""The example clients as apps use them, one in this process and one in a browser: the same to a test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from docs.clients.policy_client import Policy
from playwright.sync_api import Page

from tests.support.paths import ROOT

Json = dict[str, Any]
# What a browser app is made of, by file name.
PAGE: Mapping[str, bytes] = {
    "policy-client.js": (ROOT / "docs/clients/policy-client.js").read_bytes(),
    "app.html": b'<!doctype html><title>App</title><script type="module" src="app.js"></script>',
    "app.js": b"""\
import { Policy } from "./policy-client.js";
const stored = new Map();
const storage = (user) => ({
  getItem: (name) => stored.get(user + name) ?? null,
  setItem: (name, text) => stored.set(user + name, text),
});
const revived = (value) => (typeof value === "string" ? new Date(value) : value);
window.run = async ([address, user, name, values]) => {
  const policy = new Policy(address, "privacy", "en", storage(user));
  const found = values ? await policy[name](...values.map(revived)) : policy[name];
  return JSON.stringify(found ?? null);
};
""",
}


class App(Protocol):
    """An app with one user, who may have accepted something of a site."""

    def ask(self, at: datetime) -> Json:
        """What its user must do."""

    def done(self, notice: Json, at: datetime, agreed: Mapping[str, bool] | None = None) -> None:
        """Its user has done it."""

    def text(self, notice: Json) -> Json:
        """The text that its user is shown."""

    @property
    def records(self) -> list[Json]:
        """What its user did."""

    @property
    def scopes(self) -> Json:
        """What its user agreed to."""


class PythonApp:
    """An app in Python."""

    def __init__(self, address: str, folder: Path) -> None:
        self.policy = Policy(address, "privacy", "en", folder)

    def ask(self, at: datetime) -> Json:
        told: Json = json.loads(json.dumps(asdict(self.policy.ask(at))))
        return told

    def done(self, notice: Json, at: datetime, agreed: Mapping[str, bool] | None = None) -> None:
        self.policy.done(notice, dict(agreed or {}), at)

    def text(self, notice: Json) -> Json:
        return self.policy.text(notice)

    @property
    def records(self) -> list[Json]:
        return self.policy.records

    @property
    def scopes(self) -> Json:
        return self.policy.scopes


class BrowserApp:
    """An app in a page that imports the module; each user has a storage of their own."""

    def __init__(self, address: str, page: Page, user: str = "") -> None:
        self.address, self.page, self.user = address, page, user

    def ask(self, at: datetime) -> Json:
        told: Json = self._run("ask", at.isoformat())
        return told

    def done(self, notice: Json, at: datetime, agreed: Mapping[str, bool] | None = None) -> None:
        self._run("done", notice, agreed or {}, at.isoformat())

    def text(self, notice: Json) -> Json:
        text: Json = self._run("text", notice)
        return text

    @property
    def records(self) -> list[Json]:
        records: list[Json] = self._run("records")
        return records

    @property
    def scopes(self) -> Json:
        scopes: Json = self._run("scopes")
        return scopes

    def _run(self, name: str, *values: object) -> Any:
        return json.loads(self.page.evaluate("run", [self.address, self.user, name, values or None]))


def brief(told: Json) -> Json:
    """What an app was told, as a test speaks of it."""
    now = told["now"] or {}
    return {
        "action": told["action"],
        "text": now.get("notice_ref", {}).get("version"),
        "severity": now.get("severity"),
        "scopes": {scope["id"]: scope["version"] for scope in now.get("scopes", ())},
        "net": {name: sorted(found) for name, found in now.get("net", {}).items()},
        "upcoming": [[one["notice_ref"]["version"], one["action"]] for one in told["upcoming"]],
        "withdrawn": bool(told["withdrawn"]),
        "fresh": told["fresh"],
    }
