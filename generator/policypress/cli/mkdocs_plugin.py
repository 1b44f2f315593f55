"""The plugin that mkdocs.yml names: plain `mkdocs build` and `mkdocs serve` render through the app."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

from policypress import app
from policypress.core.errors import PolicypressError, SourceError
from policypress.core.site import Site
from policypress.write.mkdocs import SitePlugin

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class PolicypressPlugin(SitePlugin):  # type: ignore[no-untyped-call]
    """Renders the workspace that mkdocs.yml stands in."""

    def supply(self, config: MkDocsConfig) -> Site:
        """Render, or say what is wrong as MkDocs would."""
        try:
            return app.rendered(Path(config.config_file_path).resolve().parent)
        except PolicypressError as error:
            raise PluginError(_explained(error)) from None


def _explained(error: PolicypressError) -> str:
    lines = [str(diagnostic) for diagnostic in error.diagnostics] if isinstance(error, SourceError) else []
    return "\n".join(part for part in (*lines, error.message, error.hint) if part)
