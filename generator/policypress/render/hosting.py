"""What core/hosting.py says, in the words of the usual hosts of static files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from policypress.core import hosting
from policypress.core.site import Words
from policypress.render import templates

HEADERS = "_headers"
FILES = (HEADERS, "nginx.conf", "Caddyfile")
_NO_WORDS = Words(gettext=str, ngettext=lambda one, many, number: one if number == 1 else many)


def text(name: str, workspace: Path | None = None) -> str:
    """The file of this name. `_headers` is for hosts that read it in the site: Netlify, Cloudflare Pages."""
    bare = {ending: kind.partition(";")[0] for ending, kind in hosting.TYPES.items()}
    written = templates.render(
        f"{name}.txt",
        _NO_WORDS,
        workspace,
        folder="hosting",
        core=hosting,
        rules=_rules(),
        bare=bare,
        with_charset=[bare[ending] for ending, kind in hosting.TYPES.items() if ";" in kind],
        compressed=dict.fromkeys([*bare.values(), hosting.FEED[2]]),
        lifetimes=_lifetimes(),
        any_of=_any_of,
    )
    return f"{written.rstrip()}\n"


def _rules() -> dict[str, dict[str, str]]:
    """What `_headers` says of each address, once: of two rules for one some hosts forget the first."""
    folder, ending, feed = hosting.FEED
    found: dict[str, dict[str, str]] = {"/*": hosting.EVERYWHERE}
    told = [(f"/{pattern}", hosting.FOR_PROGRAMS) for pattern in hosting.PROGRAMS]
    told += [(f"/{_placeholders(area.pattern)}", {"Cache-Control": area.cache}) for area in hosting.AREAS]
    types = {f"/{folder}*.atom": ".atom", "/:language/:policy/timemap.link": ".link"}
    told += [(address, {"Content-Type": hosting.TYPES[name]}) for address, name in types.items()]
    for address, headers in [*told, (f"/{folder}*{ending}", {"Content-Type": feed})]:
        found[address] = {**found.get(address, {}), **headers}
    return found


def _placeholders(pattern: str) -> str:
    return pattern.replace("{", ":").replace("}", "")


def _lifetimes() -> dict[str, list[str]]:
    """The patterns of each lifetime."""
    found: dict[str, list[str]] = {}
    for area in hosting.AREAS:
        found.setdefault(area.cache, []).append(area.pattern)
    return found


def _any_of(patterns: Iterable[str]) -> str:
    """A regular expression of whole addresses below the host's root."""
    return f"^/(?:{'|'.join(map(hosting.regex, patterns))})"
