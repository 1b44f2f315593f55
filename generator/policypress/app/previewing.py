"""A live preview: served from a folder of its own, built anew at every change."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from policypress.app.building import build
from policypress.core.errors import PolicypressError, WorkspaceError
from policypress.core.layout import CONFIG, SOURCE, TEMPLATES


class Preview:
    """A live preview: `rebuild` after each `wait`; what was served stays until a build is good."""

    def __init__(self, root: Path, folder: Path, host: str, port: int) -> None:
        from policypress.write import preview

        self._root, self._folder = root, folder
        self._generation = preview.Generation()
        try:
            self._server = preview.server(folder, host, port, self._generation)
        except OSError as error:
            what = f"cannot listen on {host}:{port}: {(error.strerror or str(error)).lower()}"
            raise WorkspaceError(what, "Choose another --port (0 takes a free one) or --host.") from error
        watched = [root / name for name in (SOURCE, TEMPLATES) if (root / name).is_dir()]
        self._watcher = preview.Watcher(watched, root / CONFIG)
        self.url = f"http://{host}:{self._server.server_address[1]}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def rebuild(self) -> PolicypressError | None:
        """Build; return why it could not be done, if so."""
        try:
            build(self._root, self._folder, drafts=True)
        except PolicypressError as error:
            return error
        self._generation.next()
        return None

    @property
    def has_pages(self) -> bool:
        """Whether a build has been good since the start."""
        return self._generation.number > 0

    def wait(self) -> None:
        """Return after the next change of a source file, a template or mkdocs.yml."""
        self._watcher.wait()

    def close(self) -> None:
        """Stop serving and watching."""
        self._watcher.stop()
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def preview(root: Path, host: str, port: int) -> Iterator[Preview]:
    """Serve a workspace from a folder that goes away with it."""
    with tempfile.TemporaryDirectory(prefix="policypress-") as folder:
        made = Preview(root, Path(folder), host, port)
        try:
            yield made
        finally:
            made.close()
