"""The names of things in a workspace that several parts must agree on."""

from __future__ import annotations

CONFIG = "mkdocs.yml"
SITE = "site"
SOURCE = "policy_src"
TEMPLATES = "templates"
RELEASES = "releases"
SUMS = "SHA256SUMS"
