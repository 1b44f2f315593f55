"""Addresses of pages from one another."""

from __future__ import annotations

import posixpath

from hypothesis import given
from hypothesis import strategies as st

from policypress.core.site import link

names = st.sampled_from(["a", "b", "ab", "index.html", "x.json"])
paths = st.lists(names, min_size=1, max_size=5).map("/".join)


@given(paths, paths)
def test_a_link_leads_to_its_target(source: str, target: str) -> None:
    """As a browser resolves it, with a folder standing for its page."""
    address = link(source, target)
    found = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), address))
    expected = target.removesuffix("index.html") if posixpath.basename(target) == "index.html" else target
    assert found == posixpath.normpath(f"/{expected}")
    assert address.endswith("/") == (posixpath.basename(target) == "index.html")
    assert ".." not in address.lstrip("./")
