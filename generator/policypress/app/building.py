"""The site: rendered, built, published; what was built of the same input is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from policypress.app import forking
from policypress.app.finding import Progress, silent
from policypress.core.errors import SourceError, WorkspaceError
from policypress.core.layout import CONFIG, SITE
from policypress.core.manifest import FRAME, Kept, Manifest
from policypress.read.folders import policy_folders

if TYPE_CHECKING:
    from policypress.core.heads import Head
    from policypress.core.model import Document
    from policypress.core.site import Catalog, Site, Unit
    from policypress.render.edition import Archive

# Units handed to MkDocs at once: more would only take more memory.
BATCH = 50


def rendered(
    root: Path, *, as_of: datetime | None = None, drafts: bool = False, progress: Progress = silent
) -> Site:
    """The pages and files of a workspace, as of an instant. Refused while the source has errors.

    `drafts` shows the drafts also of policies that have releases.
    """
    catalog = planned(root, as_of or datetime.now(UTC), drafts=drafts, progress=progress)
    return catalog.site(unit.make() for unit in catalog.units)


def planned(root: Path, as_of: datetime, *, drafts: bool = False, progress: Progress = silent) -> Catalog:
    """The same, nothing of it made yet."""
    return _catalog(root, _archives(root, as_of), drafts=drafts, base="", progress=progress)


def _catalog(  # noqa: PLR0913
    root: Path,
    archives: tuple[Archive, ...],
    *,
    drafts: bool,
    base: str,
    progress: Progress,
    published: Callable[[str], bytes | None] = lambda _: None,
) -> Catalog:
    from policypress.app.workspaces import read_all
    from policypress.core.assemble import assemble
    from policypress.core.diagnostics import has_errors
    from policypress.render.site import catalog

    read = read_all(root, progress)
    diagnostics = tuple(diagnostic for policy in read for diagnostic in policy.of_text)
    if has_errors(diagnostics):
        raise SourceError(diagnostics)
    progress("Rendering pages")
    documents = tuple(assemble(policy.draft) for policy in read if policy.draft is not None)
    return catalog(
        documents,
        root,
        archives,
        drafts=drafts,
        base=base,
        published=published,
        site_url=cache(lambda: _site_url(root / CONFIG)),
    )


def _site_url(config: Path) -> str:
    from policypress.write import mkdocs

    return mkdocs.site_url(config)


def _archives(root: Path, as_of: datetime, known: Iterable[Head] = ()) -> tuple[Archive, ...]:
    """What was released of each policy; `known` heads are not read again."""
    return tuple(archive for folder in policy_folders(root) if (archive := _archive(folder, as_of, known)))


def _archive(folder: Path, as_of: datetime, known: Iterable[Head]) -> Archive | None:
    from policypress.core.heads import timeline
    from policypress.read.heads import read_heads
    from policypress.read.ledger import read_bytes, read_release
    from policypress.render.edition import Archive

    @lru_cache(maxsize=4)
    def load(version: str) -> Document:
        return read_release(folder, version).document

    def record(version: str) -> bytes:
        return read_bytes(folder, version)

    ledger = read_heads(folder, known)
    if not ledger.heads:
        return None
    withdrawn = {record.version: record.recorded for record in ledger.withdrawals}
    reasons = {record.version: record.reason for record in ledger.withdrawals}
    return Archive(timeline(ledger.heads, withdrawn), ledger.heads, as_of, load, record, reasons)


def build(  # noqa: PLR0913
    root: Path,
    site: Path | None = None,
    *,
    as_of: datetime | None = None,
    drafts: bool = False,
    rebuild: bool = False,
    previous: Path | None = None,
    progress: Progress = silent,
) -> int:
    """Build the site and put it in place, whole or not at all. Returns the number of files that changed.

    What is there already and was built of the same input is kept, unless `rebuild`; what is not there may
    be taken from a `previous` site.
    """
    from policypress.write import publish

    if not (root / CONFIG).is_file():
        raise WorkspaceError(
            f"there is no {CONFIG} in {root}", "Run `policypress init` to see a complete one."
        )
    target = site or root / SITE
    with publish.locked(target):
        trusted = () if rebuild else (target, previous) if previous else (target,)
        building = _Build(root, target, as_of or datetime.now(UTC), drafts, trusted, progress)
        return 0 if building.is_done() else building.run()


@dataclass(frozen=True, slots=True)
class _Source:
    """A built site that units may be taken from: all but those of which a file is missing."""

    folder: Path
    manifest: Manifest
    names: set[str]

    def has(self, name: str, key: str) -> Kept | None:
        """The unit as it is there, if it is what is wanted and whole."""
        kept = self.manifest.units.get(name)
        return kept if kept and kept.key == key and self.names.issuperset(kept.files) else None


@dataclass(frozen=True, slots=True)
class _Work:
    """Units to be made at once, and the folder for them."""

    catalog: Catalog
    units: list[Unit]
    place: Path


@dataclass(frozen=True)
class _Build:
    """One build: what is wanted, what is there, what is to be made."""

    root: Path
    target: Path
    as_of: datetime
    drafts: bool
    trusted: tuple[Path, ...]
    progress: Progress

    @cached_property
    def base(self) -> str:
        from policypress.read import inputs
        from policypress.render import resources

        return inputs.renderer(self.root / CONFIG, resources.folders(self.root))

    @cached_property
    def inputs(self) -> str:
        from policypress.read import inputs

        return f"{self.base} {inputs.source(self.root)}{' drafts' if self.drafts else ''}"

    @cached_property
    def sources(self) -> tuple[_Source, ...]:
        from policypress.write import publish

        return tuple(
            _Source(folder, publish.manifest(folder), publish.names_in(folder)) for folder in self.trusted
        )

    def is_done(self) -> bool:
        """Whether the site is already what this build would make it."""
        return any(source.folder == self.target and self._holds(source) for source in self.sources)

    def _holds(self, there: _Source) -> bool:
        found, now = there.manifest, self.as_of
        return (
            found.inputs == self.inputs
            and (not found.since or datetime.fromisoformat(found.since) <= now)
            and (not found.until or now < datetime.fromisoformat(found.until))
            and there.names.issuperset(found.names)
        )

    def run(self) -> int:
        """Make what is missing, take over what is not, publish."""
        from policypress.write import publish

        known = [head for source in self.sources for head in _known(source.manifest)]
        archives = _archives(self.root, self.as_of, known)
        catalog = _catalog(
            self.root,
            archives,
            drafts=self.drafts,
            base=self.base,
            progress=self.progress,
            published=self._published,
        )
        with publish.staging(self.target) as folder:
            units = self._kept(catalog, folder)
            units |= self._made(catalog, units.keys(), folder)
            self.progress("Publishing")
            return publish.publish(folder, self.target, self._manifest(archives, units))

    def _published(self, path: str) -> bytes | None:
        """A file of a site that was made by the same renderer; of an older input, perhaps."""
        for source in self.sources:
            if path in source.names and source.manifest.inputs.partition(" ")[0] == self.base:
                return (source.folder / path).read_bytes()
        return None

    def _kept(self, catalog: Catalog, folder: Path) -> dict[str, Kept]:
        """What need not be made; what another site has is brought into the staging folder."""
        from policypress.write import publish

        found: dict[str, Kept] = {}
        for name, key in catalog.keys.items():
            for source in self.sources:
                if kept := source.has(name, key):
                    found[name] = kept
                    if source.folder != self.target:
                        publish.restage(folder, source.folder, kept.files)
                    break
        return found

    def _made(self, catalog: Catalog, kept: Collection[str], folder: Path) -> dict[str, Kept]:
        """Make the other units into the staging folder; last, what MkDocs adds by itself."""
        from policypress.write import publish

        missing = [unit for unit in catalog.units if unit.name not in kept]
        ours = publish.names_in(folder)
        batches = [missing[start : start + BATCH] for start in range(0, len(missing), BATCH)]
        batches = batches or ([] if FRAME in kept else [[]])
        if batches:
            self.progress("Building the site")
        places = [folder / f"{publish.PART}{number}" for number in range(len(batches))]
        works = [_Work(catalog, batch, place) for batch, place in zip(batches, places, strict=True)]
        made = {name: unit for units in forking.each(self._batch, works) for name, unit in units.items()}
        for place in places:
            publish.gather(place, folder)
        ours.update(name for unit in made.values() for name in unit.files)
        frame = publish.names_in(folder) - ours
        return made | ({FRAME: Kept(catalog.keys[FRAME], tuple(sorted(frame)))} if frame else {})

    def _batch(self, work: _Work) -> dict[str, Kept]:
        """Make some units into a folder of their own."""
        from policypress.core.site import Part
        from policypress.write import mkdocs, publish

        parts = [unit.make() for unit in work.units]
        if any(part.pages for part in parts) or not parts:
            pages = work.catalog.site(Part(part.pages) for part in parts)
            mkdocs.build(self.root / CONFIG, pages, work.place)  # first: it empties the folder
        for part in parts:
            publish.stage(work.place, part.files)
        return {unit.name: Kept(unit.key, part.names) for unit, part in zip(work.units, parts, strict=True)}

    def _manifest(self, archives: tuple[Archive, ...], units: Mapping[str, Kept]) -> Manifest:
        from policypress.core import heads

        moments = [entry.applies_from for archive in archives for entry in archive.timeline.standing]
        return Manifest(
            inputs=self.inputs,
            since=_written(max((at for at in moments if at <= self.as_of), default=None)),
            until=_written(min((at for at in moments if at > self.as_of), default=None)),
            units=units,
            heads={archive.policy: heads.to_json(archive.heads) for archive in archives},
        )


def _written(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _known(manifest: Manifest) -> tuple[Head, ...]:
    """The heads that a manifest keeps; none if that is not known for sure."""
    from policypress.core import heads

    try:
        return tuple(head for found in manifest.heads.values() for head in heads.from_json(found))
    except (ValueError, LookupError, TypeError, AttributeError):
        return ()
