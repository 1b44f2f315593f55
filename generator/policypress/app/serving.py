"""Whether a published site serves a release: nobody is told of what they cannot read."""

from __future__ import annotations

from collections.abc import Iterator

from policypress.core import publication
from policypress.core.ledger import Release, sha256
from policypress.core.mailing import Obstacle
from policypress.read.published import Published, PublishedError, opened

_LONGEST = 64_000_000


def not_served(site: str, release: Release, digest: str, *, withdrawn: bool) -> tuple[Obstacle, ...]:
    """What a site, a folder or an address, lacks of a release whose record has this digest."""
    hint = "Build the site, publish it, and send then; --site DIR looks into a folder."
    try:
        lacks = tuple(_lacks(opened(site), release, digest, withdrawn))
    except PublishedError as error:
        return (Obstacle(error.message, f"{error.hint} --site DIR looks into a folder.".lstrip()),)
    return tuple(Obstacle(f"{site} {what}", hint) for what in lacks)


def _lacks(site: Published, release: Release, digest: str, withdrawn: bool) -> Iterator[str]:
    record = site.read(publication.record_path(release.policy, release.version), _LONGEST)
    if record is None or sha256(record) != digest:
        what = "does not serve" if record is None else "serves another text as"
        yield f"{what} {release.policy} {release.version}"
        return
    for tag in release.document.tags:
        name = f"{tag}/{release.policy}/{release.version}/index.html"
        if site.read(name, 1) is None:
            yield f"has no page {name}"
    if withdrawn:
        listed = site.read(publication.versions_path(release.policy), _LONGEST)
        if listed is None or not publication.is_withdrawn(listed, release.version):
            yield f"does not say that {release.policy} {release.version} was withdrawn"
