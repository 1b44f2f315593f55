"""Whether a published site serves what the ledger says: it is built anew beside it, and compared."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from policypress.app.building import build
from policypress.app.finding import Progress
from policypress.core import publication
from policypress.core.diagnostics import Diagnostic
from policypress.read.folders import policy_folders
from policypress.read.ledger import FOLDER, read_ledger
from policypress.read.published import Address, Published, PublishedError, opened

AT_ONCE = 4  # requests


def published_findings(root: Path, site: str, now: datetime, progress: Progress) -> tuple[Diagnostic, ...]:
    """What a site, a folder or an address, serves otherwise than a build as of now would."""
    from policypress.write import publish

    there = opened(site)
    progress("Reading the published site")
    found = list(_about_all(root, there, now, site))
    with TemporaryDirectory(prefix="policypress-") as folder:
        wanted = Path(folder)
        build(root, wanted, as_of=now, progress=progress)
        names = sorted(publish.names_in(wanted) - _unserved(there))
        progress("Comparing the published site")
        with ThreadPoolExecutor(AT_ONCE) as pool:
            try:
                found += filter(None, pool.map(partial(_compared, wanted, there), names))
            except PublishedError:
                pool.shutdown(cancel_futures=True)
                raise
    return tuple(found)


def _unserved(there: Published) -> set[str]:
    """What is of no use to readers: a host that heeds its file of headers does not serve it."""
    from policypress.render.hosting import HEADERS
    from policypress.write import publish

    return {publish.MANIFEST, HEADERS} if isinstance(there, Address) else {publish.MANIFEST}


def _compared(wanted: Path, there: Published, name: str) -> Diagnostic | None:
    ours = (wanted / name).read_bytes()
    return publication.compared(name, ours, there.read(name, len(ours) + 1))


def _about_all(root: Path, there: Published, now: datetime, site: str) -> Iterator[Diagnostic]:
    """What the lists of the site say of all versions."""
    index = there.read(publication.INDEX, _LONGEST_LIST)
    if index is None:
        raise PublishedError(
            f"{site} serves no site of policypress: {publication.INDEX} is not there",
            "Give the folder or address of its first page.",
        )
    yield from publication.passed(index, now)
    for policy in policy_folders(root):
        name = publication.versions_path(policy.name)
        versions = there.read(name, _LONGEST_LIST)
        if versions is not None:
            entries = read_ledger(policy).timeline.entries if (policy / FOLDER).is_dir() else ()
            yield from publication.unknown(name, versions, {entry.version for entry in entries})


_LONGEST_LIST = 64_000_000
