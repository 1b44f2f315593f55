"""What holds for each path, against what the API says of its objects and what the documentation promises."""

from __future__ import annotations

import re

import pytest

from policypress.core import hosting
from policypress.core.api.schemas import KINDS, Kind
from tests.support.paths import ROOT

EXAMPLE = {"policy": "p-1", "version": "1.0.0", "language": "zh-Hans", "clause": "use.safety", "chapter": "0"}


def path_of(kind: Kind) -> str:
    return "api/v1/" + kind.path.format(**EXAMPLE)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_an_object_is_kept_for_ever_exactly_if_it_never_changes(kind: Kind) -> None:
    assert (hosting.cache(path_of(kind)) == hosting.IMMUTABLE) == kind.immutable


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_the_page_of_the_api_says_how_long_an_object_is_kept(kind: Kind) -> None:
    page = (ROOT / "docs/api.md").read_text("utf-8")
    name = re.sub(r"\{(\w+)\}", lambda found: found[1].upper(), kind.path)
    (told,) = re.findall(rf"^\| `{re.escape(name)}` \|.*\| `(.+)` \|$", page, re.MULTILINE)
    assert told == hosting.cache(path_of(kind))


def test_the_page_about_hosting_names_all_that_a_host_says() -> None:
    page = (ROOT / "docs/hosting.md").read_text("utf-8")
    told = {name for path in ("api/v1/index.json", "index.html") for name in hosting.headers(path)}
    lifetimes = {hosting.ASKED, *(area.cache for area in hosting.AREAS)}
    for name in (told - {"Content-Type"}) | lifetimes | {f"{area}/" for area in ("api", "feeds", "assets")}:
        assert f"`{name}`" in page or f"`{name}:" in page, name
    for name, value in hosting.EVERYWHERE.items():
        assert name == "Content-Security-Policy" or f"`{name}: {value}`" in page


@pytest.mark.parametrize(
    "path",
    ["index.html", "404.html", "en/assets/1.0.0/index.html", "en/feeds/versions.json", "en/api/index.html"],
)
def test_a_page_is_asked_about_before_each_use_whatever_a_policy_is_called(path: str) -> None:
    found = hosting.headers(path)
    assert found["Cache-Control"] == hosting.ASKED
    assert found["Content-Security-Policy"] == f"{hosting.PAGE_POLICY}; frame-ancestors 'none'"
    assert "Access-Control-Allow-Origin" not in found


def test_any_app_may_read_what_is_for_programs() -> None:
    for path in ("api/v1/index.json", "feeds/privacy.en.json"):
        found = hosting.headers(path)
        assert found["Access-Control-Allow-Origin"] == "*"
        assert found["Content-Security-Policy"] == hosting.DATA_POLICY


def test_a_feed_is_told_from_other_json() -> None:
    assert hosting.content_type("feeds/privacy.en.json") == "application/feed+json"
    assert hosting.content_type("en/feeds/versions.json") == "application/json"
    assert hosting.content_type("feeds/privacy.en.atom").startswith("application/atom+xml")


def test_no_two_areas_hold_the_same_path() -> None:
    samples = [re.sub(r"\{\w+\}", "p", area.pattern).replace("*", "x.json") for area in hosting.AREAS]
    for sample in samples:
        assert sum(hosting.matches(area.pattern, sample) for area in hosting.AREAS) == 1, sample
