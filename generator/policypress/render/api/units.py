"""The API as units of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from policypress.core.site import Part, Unit
from policypress.render.api import files, lists
from policypress.render.api.since import chapters, pointers, since
from policypress.render.api.text import text
from policypress.render.edition import Archive

Key = Callable[..., str]


def units(archives: tuple[Archive, ...], key: Key) -> Iterator[Unit]:
    """All but what belongs to one version: that is made with its pages."""
    yield Unit("api schemas", key("api schemas"), lambda: Part(files=_descriptions()))
    stretches = [_stretch(archive) for archive in archives]
    index = key("api", stretches)
    yield Unit("api", index, lambda: Part(files={files.INDEX: lists.index(archives)}))
    for archive, stretch in zip(archives, stretches, strict=True):
        policy = archive.policy
        yield Unit(
            f"api versions {policy}",
            key("api versions", policy, _records(archive)),
            lambda archive=archive: Part(files={files.versions(archive.policy): lists.versions(archive)}),  # type: ignore[misc]
        )
        for number, heads in enumerate(chapters(archive)):
            yield Unit(
                f"api pointers {policy} {number}",
                key("api pointers", policy, [[head.version, head.tags] for head in heads]),
                lambda number=number, heads=heads: Part(files=pointers(number, heads)),  # type: ignore[misc]
            )
        yield Unit(
            f"api since {policy}",
            key("api since", stretch),
            lambda archive=archive: Part(files=since(archive)),  # type: ignore[misc]
        )


def of_version(archive: Archive, version: str) -> dict[str, bytes]:
    """The files of one version: its record, and its text in every language."""
    head, document = archive.head(version), archive.load(version)
    found = {files.record(head.policy, version): archive.record(version)}
    for tag in head.tags:
        found[files.text(head.policy, version, tag)] = text(head, document, tag)
    return found


def _records(archive: Archive) -> list[object]:
    """What the ledger holds."""
    withdrawn = [
        [entry.version, str(entry.withdrawn)] for entry in archive.timeline.entries if entry.withdrawn
    ]
    return [[head.sha256 for head in archive.heads], withdrawn, dict(archive.withdrawals)]


def _stretch(archive: Archive) -> list[object]:
    """The same, in a stretch of time."""
    return [archive.policy, *_records(archive), str(lists.as_of(archive))]


def _descriptions() -> dict[str, bytes]:
    # Types and schemas are only needed, and take their time to import, when this is made.
    from policypress.core.api.schemas import api_schemas, openapi

    found = {f"{files.ROOT}schemas/{name}": files.to_bytes(schema) for name, schema in api_schemas().items()}
    return {**found, files.OPENAPI: files.to_bytes(openapi())}
