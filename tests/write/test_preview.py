"""The preview server serves the site's pages, each with the script that reloads it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

import pytest

from policypress.write import preview

PAGE = b"<!DOCTYPE html><html><body><p>page</p></body></html>"


class Answer(NamedTuple):
    status: int
    kind: str
    body: str
    location: str


class Served:
    """A folder being served."""

    def __init__(self, folder: Path, port: int, generation: preview.Generation) -> None:
        self.folder, self.generation, self._port = folder, generation, port

    def get(self, path: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        headers = answer.headers
        read = Answer(
            answer.status,
            headers.get("Content-Type", ""),
            answer.read().decode(),
            headers.get("Location", ""),
        )
        connection.close()
        return read


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    generation = preview.Generation()
    server = preview.server(folder, "127.0.0.1", 0, generation)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield Served(folder, server.server_port, generation)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    site = tmp_path / "site"
    (site / "en" / "privacy").mkdir(parents=True)
    (site / "assets").mkdir()
    for name in ("index.html", "en/privacy/index.html", "404.html"):
        (site / name).write_bytes(PAGE)
    (site / "assets" / "site.css").write_text("a{}")
    (tmp_path / "secret.html").write_bytes(PAGE)
    with serving(site) as served:
        yield served


@pytest.mark.parametrize("path", ["/", "/index.html", "/en/privacy/", "/en/privacy/?query", "/en/privacy/#x"])
def test_pages_carry_the_reload_script(path: str, served: Served) -> None:
    answer = served.get(path)
    assert (answer.status, answer.kind) == (200, "text/html; charset=utf-8")
    assert '<script src="/.preview/reload.js" data-generation="0"></script></body>' in answer.body


def test_the_reload_script_is_a_file_because_pages_forbid_inline_ones(served: Served) -> None:
    answer = served.get("/.preview/reload.js")
    assert (answer.status, answer.kind) == (200, "text/javascript; charset=utf-8")
    assert "/.preview/wait?generation=" in answer.body


def test_other_files_are_served_as_they_are(served: Served) -> None:
    answer = served.get("/assets/site.css")
    assert (answer.status, answer.kind, answer.body) == (200, "text/css", "a{}")


def test_a_folder_without_slash_is_redirected(served: Served) -> None:
    answer = served.get("/en/privacy")
    assert (answer.status, answer.location) == (301, "/en/privacy/")


@pytest.mark.parametrize(
    "path", ["/missing", "/missing/", "/en/", "/assets/", "/../secret.html", "/%2e%2e/secret.html"]
)
def test_what_is_no_page_gives_the_sites_404_and_never_a_listing(path: str, served: Served) -> None:
    answer = served.get(path)
    assert answer.status == 404
    assert "<p>page</p>" in answer.body
    assert "reload.js" in answer.body


def test_before_the_first_good_build_there_is_a_page_that_reloads(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        answer = served.get("/")
    assert answer.status == 503
    assert "Nothing has been built yet" in answer.body
    assert "reload.js" in answer.body


def test_the_page_tells_the_build_that_it_is_of(served: Served) -> None:
    served.generation.next()
    assert 'data-generation="1"' in served.get("/").body


@pytest.mark.parametrize("seen", ["0", "", "-1", "x", "9"])
def test_waiting_for_another_build_than_the_one_seen_ends_at_once(seen: str, served: Served) -> None:
    served.generation.next()
    assert served.get(f"/.preview/wait?generation={seen}").body == "1"


def test_waiting_ends_with_the_next_build(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[str] = []
    waiting = threading.Event()
    wait_for = served.generation._changed.wait_for

    def watched(*arguments: object, **named: object) -> bool:
        waiting.set()
        return wait_for(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(served.generation._changed, "wait_for", watched)
    reader = threading.Thread(target=lambda: answers.append(served.get("/.preview/wait?generation=0").body))
    reader.start()
    assert waiting.wait(timeout=30)
    assert answers == []
    served.generation.next()
    reader.join(timeout=15)
    assert answers == ["1"]


def test_waiting_does_not_last_for_ever(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "_POLL_SECONDS", 0.01)
    assert served.get("/.preview/wait?generation=0").body == "0"


# --- Watching


@contextmanager
def watching(folder: Path, file: Path) -> Iterator[threading.Event]:
    """An event that is set when the watcher has seen a change."""
    watcher = preview.Watcher([folder], file)
    seen = threading.Event()

    def wait() -> None:
        watcher.wait()
        seen.set()

    threading.Thread(target=wait, daemon=True).start()
    try:
        yield seen
    finally:
        watcher._event.set()
        watcher.stop()


@pytest.mark.parametrize("change", ["new", "edit", "replace", "remove", "config"])
def test_every_way_of_changing_a_source_is_seen(change: str, tmp_path: Path) -> None:
    folder, config = tmp_path / "policy_src", tmp_path / "mkdocs.yml"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.yaml").write_text("old")
    (tmp_path / "b.yaml").write_text("other")
    config.write_text("old")
    with watching(folder, config) as seen:
        match change:
            case "new":
                (folder / "deep" / "new.yaml").touch()
            case "edit":
                (folder / "deep" / "a.yaml").write_text("new")
            case "replace":
                (tmp_path / "b.yaml").replace(folder / "deep" / "a.yaml")
            case "remove":
                (folder / "deep" / "a.yaml").unlink()
            case "config":
                config.write_text("new")
        assert seen.wait(timeout=30)


def test_what_is_neither_a_source_nor_the_configuration_is_not_seen(tmp_path: Path) -> None:
    folder = tmp_path / "policy_src"
    folder.mkdir()
    events: list[str] = []
    touch = preview._Touch(lambda: events.append("touched"), tmp_path / "mkdocs.yml")
    from watchdog.events import FileModifiedEvent, FileMovedEvent, FileOpenedEvent

    touch.dispatch(FileModifiedEvent(str(tmp_path / "README.md")))
    touch.dispatch(FileOpenedEvent(str(tmp_path / "mkdocs.yml")))
    assert events == []
    touch.dispatch(FileMovedEvent(str(tmp_path / "tmp"), str(tmp_path / "mkdocs.yml")))
    assert events == ["touched"]
