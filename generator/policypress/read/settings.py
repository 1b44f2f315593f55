"""What mkdocs.yml says of the published site."""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError


def site_url(path: Path) -> str:
    """The address in `site_url`; empty where there is none, or where only MkDocs can tell."""
    if not path.is_file():
        return ""
    try:
        found = YAML(typ="rt").load(path.read_bytes())  # this one passes over tags such as !ENV
    except YAMLError:
        return ""
    url = found.get("site_url") if isinstance(found, dict) else None
    return str(url) if isinstance(url, str) else ""
