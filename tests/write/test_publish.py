"""From the staging folder into the site: whole files, what leads to others last, nothing foreign touched."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from policypress.core.manifest import FORMAT
from policypress.write.publish import MANIFEST, STAGING, publish, staging

PAGES = {"index.html": "home", "en/index.html": "list", "assets/site.css": "css"}


def put(target: Path, files: dict[str, str]) -> int:
    with staging(target) as folder:
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        return publish(folder, target)


def published(target: Path) -> dict[str, str]:
    """All that a visitor could ask for."""
    files = (path for path in target.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(target).as_posix(): path.read_text() for path in files}


def lie(target: Path, content: object) -> None:
    (target / MANIFEST).write_text(content if isinstance(content, str) else json.dumps(content))


class KilledError(BaseException):
    """Stands for a kill: nobody catches it."""


def killed_after(count: int, target: Path, files: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish, and be killed before the step number `count` (from 0): a file moved or removed."""
    steps = 0
    replace, unlink = Path.replace, Path.unlink

    def step() -> None:
        nonlocal steps
        if steps == count:
            raise KilledError
        steps += 1

    def replaced(self: Path, to: Path) -> Path:
        step()
        return replace(self, to)

    def unlinked(self: Path) -> None:
        step()
        unlink(self)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replaced)
        patch.setattr(Path, "unlink", unlinked)
        with pytest.raises(KilledError):
            put(target, files)


# --- Staging


def test_the_staging_folder_is_empty_inside_the_site_and_gone_afterwards(tmp_path: Path) -> None:
    with staging(tmp_path / "site") as folder:
        assert folder.parent == tmp_path / "site"
        assert list(folder.iterdir()) == []
    assert list((tmp_path / "site").iterdir()) == []


def test_the_staging_folder_goes_when_the_build_fails(tmp_path: Path) -> None:
    def build() -> None:
        with staging(tmp_path) as folder:
            (folder / "half.html").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        build()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_build_left_in_staging_is_swept_and_not_published(tmp_path: Path) -> None:
    (tmp_path / STAGING / "en").mkdir(parents=True)
    (tmp_path / STAGING / "en" / "torn.html").write_text("to")
    put(tmp_path, PAGES)
    assert published(tmp_path) == PAGES
    assert not (tmp_path / STAGING).exists()


# --- Publishing


def test_all_files_arrive_and_are_counted(tmp_path: Path) -> None:
    assert put(tmp_path, PAGES) == 3
    assert published(tmp_path) == PAGES


def test_unchanged_files_are_not_touched(tmp_path: Path) -> None:
    put(tmp_path, PAGES)
    for path in tmp_path.rglob("*.*"):
        os.utime(path, ns=(1, 1))
    assert put(tmp_path, {**PAGES, "en/index.html": "List"}) == 1
    times = {name: (tmp_path / name).stat().st_mtime_ns for name in PAGES}
    assert [name for name, when in times.items() if when != 1] == ["en/index.html"]


def test_files_of_the_same_size_and_time_are_still_compared(tmp_path: Path) -> None:
    put(tmp_path, {"a.html": "one"})
    with staging(tmp_path) as folder:
        (folder / "a.html").write_text("two")
        for path in (folder / "a.html", tmp_path / "a.html"):
            os.utime(path, ns=(1, 1))
        assert publish(folder, tmp_path) == 1
    assert published(tmp_path) == {"a.html": "two"}


def test_stale_files_and_their_empty_folders_go_and_foreign_files_stay(tmp_path: Path) -> None:
    put(tmp_path, {**PAGES, "fr/deep/index.html": "old", "de/index.html": "old"})
    (tmp_path / "CNAME").write_text("example.com")
    (tmp_path / "de" / "mine.txt").write_text("mine")
    assert put(tmp_path, PAGES) == 2
    assert published(tmp_path) == {**PAGES, "CNAME": "example.com", "de/mine.txt": "mine"}
    assert not (tmp_path / "fr").exists()


def test_a_page_may_become_a_folder_and_a_folder_a_page(tmp_path: Path) -> None:
    put(tmp_path, {"a": "file", "b/index.html": "page"})
    put(tmp_path, {"a/index.html": "page", "b": "file"})
    assert published(tmp_path) == {"a/index.html": "page", "b": "file"}


def test_a_foreign_file_where_a_folder_must_be_is_not_removed(tmp_path: Path) -> None:
    (tmp_path / "en").write_text("mine")
    with pytest.raises(OSError, match="en"):
        put(tmp_path, PAGES)
    assert (tmp_path / "en").read_text() == "mine"


def test_what_a_page_loads_comes_before_it_and_what_lists_pages_after_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    replace = Path.replace

    def replaced(self: Path, to: Path) -> Path:
        order.append(to.relative_to(tmp_path).as_posix())
        return replace(self, to)

    monkeypatch.setattr(Path, "replace", replaced)
    names = (
        "index.html sitemap.xml robots.txt 404.html en/index.html en/privacy/index.html en/privacy/print.css "
        "en/privacy/search/search_index.json assets/a/site.css assets/z.js"
    )
    put(tmp_path, dict.fromkeys(names.split(), "x"))
    place = {name: order.index(name) for name in names.split()}
    pages = [place["en/privacy/index.html"], place["en/index.html"], place["index.html"]]
    assert pages == sorted(pages)
    loaded = (
        "en/privacy/print.css",
        "en/privacy/search/search_index.json",
        "assets/a/site.css",
        "assets/z.js",
    )
    assert max(place[name] for name in loaded) < min(pages[0], place["404.html"])
    assert place["sitemap.xml"] > pages[-1]


# --- Kills


STEPS = 7


@pytest.mark.parametrize("count", range(STEPS))
def test_a_kill_at_any_step_leads_from_no_page_to_a_missing_one_and_the_next_run_completes(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {"index.html": "en/old.html", "en/old.html": "assets/1.css", "assets/1.css": "red"}
    new = {"index.html": "en/new.html", "en/new.html": "assets/2.css", "assets/2.css": "blue"}
    put(tmp_path, old)
    killed_after(count, tmp_path, new, monkeypatch)
    there = published(tmp_path)
    dangling = [text for name, text in there.items() if name.endswith("html") and text not in there]
    assert dangling == []
    put(tmp_path, new)
    assert published(tmp_path) == new


def test_there_are_no_more_steps_than_were_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"index.html": "en/old.html", "en/old.html": "assets/1.css", "assets/1.css": "red"})
    new = {"index.html": "en/new.html", "en/new.html": "assets/2.css", "assets/2.css": "blue"}
    with pytest.raises(pytest.fail.Exception):
        killed_after(STEPS, tmp_path, new, monkeypatch)


def test_what_a_killed_run_published_is_swept_when_a_later_one_has_it_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, PAGES)
    killed_after(
        3, tmp_path, {**PAGES, "fr/a/b.html": "1", "fr/b/c.html": "2", "fr/c.html": "3"}, monkeypatch
    )
    assert "fr/a/b.html" in published(tmp_path)
    put(tmp_path, PAGES)
    assert published(tmp_path) == PAGES


# --- Manifests that lie


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '{"files": null}',
        '{"files": 7}',
        '{"files": "mine"}',
        '{"files": {"mine": 1}}',
        '{"files": [["mine"], 7, null]}',
        '{"files": ["a\\u0000b", "\\ud800"]}',
        pytest.param("[" * 100_000, id="deep"),
    ],
)
def test_a_broken_manifest_is_as_good_as_none(content: str, tmp_path: Path) -> None:
    put(tmp_path, PAGES)
    for name in "mine":
        (tmp_path / name).write_text("mine")
    (tmp_path / "mine").write_text("mine")
    lie(tmp_path, content)
    assert put(tmp_path, {"index.html": "new"}) == 1
    assert published(tmp_path) == {**PAGES, "index.html": "new", **dict.fromkeys([*"mine", "mine"], "mine")}
    assert json.loads((tmp_path / MANIFEST).read_text()) == {"format": FORMAT, "files": ["index.html"]}


def test_a_manifest_that_is_not_text_is_as_good_as_none(tmp_path: Path) -> None:
    put(tmp_path, PAGES)
    (tmp_path / MANIFEST).write_bytes(b"\xff\xfe")
    assert put(tmp_path, {"index.html": "new"}) == 1


def test_a_manifest_never_deletes_outside_the_site(tmp_path: Path) -> None:
    outside, site = tmp_path / "outside", tmp_path / "site"
    outside.mkdir()
    (outside / "precious.txt").write_text("precious")
    put(site, PAGES)
    (site / "way-out").symlink_to(outside, target_is_directory=True)
    names = [
        "../outside/precious.txt",
        "en/../../outside/precious.txt",
        str(outside / "precious.txt"),
        "way-out/precious.txt",
        "way-out/../outside/precious.txt",
        "",
        ".",
        "en",
    ]
    lie(site, {"format": 1, "files": names})
    put(site, PAGES)
    assert (outside / "precious.txt").read_text() == "precious"
    assert published(site) == PAGES


def test_a_stale_link_goes_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("precious")
    put(tmp_path / "site", PAGES)
    (tmp_path / "site" / "index.html").unlink()
    (tmp_path / "site" / "index.html").symlink_to(precious)
    put(tmp_path / "site", {"en/index.html": "list"})
    assert precious.read_text() == "precious"
    assert not (tmp_path / "site" / "index.html").is_symlink()


def test_a_site_that_is_a_link_to_a_folder_is_published_there(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "real", target_is_directory=True)
    put(tmp_path / "site", {**PAGES, "old.html": "old"})
    put(tmp_path / "site", PAGES)
    assert published(tmp_path / "real") == PAGES
