"""What a page shows: a document, and where it stands in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from policypress.core.model import Document


@dataclass(frozen=True, slots=True)
class Edition:
    """A document to be shown. A draft has no version and no dates, and none are made up for it."""

    document: Document
    version: str = ""
    published: datetime | None = None
    effective: datetime | None = None

    @property
    def draft(self) -> bool:
        """Whether this was never released."""
        return not self.version

    def path(self, tag: str) -> str:
        """Where the page is in the site."""
        return f"{tag}/{self.document.policy}/index.html"

    def folder(self, tag: str) -> str:
        """The folder of the page, for what belongs to it alone."""
        return self.path(tag).removesuffix("index.html")
