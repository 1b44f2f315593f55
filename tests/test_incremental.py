"""A build keeps what it may, and the site is that of a full build in an empty folder, whatever happened."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from policypress import app
from policypress.core.errors import WorkspaceError
from policypress.core.releasing import RefusedError
from policypress.core.site import Site
from policypress.write import mkdocs, publish
from tests.support import ledgers
from tests.support.faults import Victims
from tests.support.histories import Workspace, at, five_records, workspace
from tests.support.paths import ROOT

AS_OF = "2026-05-01"


def contents(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


def full(made: Workspace, folder: Path, as_of: datetime) -> dict[str, bytes]:
    """What a build in an empty folder gives."""
    shutil.rmtree(folder, ignore_errors=True)
    app.build(made.root, folder, as_of=as_of)
    return contents(folder)


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    """1.0.0, 1.1.0, a withdrawn 2.0.0 and a scheduled 3.0.0; built as of May 2026."""
    found = five_records(tmp_path / "workspace")
    (found.root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    app.build(found.root, as_of=at(AS_OF))
    return found


# --- The same bytes


class Story:
    """A policy to which things happen at random, and a site that is built after each."""

    def __init__(self, root: Path, seed: int) -> None:
        self.made, self.chance = workspace(root), random.Random(seed)
        self.config = self.made.root / "mkdocs.yml"
        self.config.write_bytes((ROOT / "mkdocs.yml").read_bytes())
        self.now = at("2026-01-05T10:00")
        self.word = "for security"
        self.told: list[str] = []
        self.made.release("2026-01-05T10:00")

    def step(self) -> None:
        self.now += timedelta(days=self.chance.randint(1, 40))
        event = self.chance.choice(
            [self.release, self.release, self.schedule, self.withdraw, self.wait, self.edit]
        )
        self.told.append(event.__name__)
        try:
            event()
        except RefusedError as error:
            self.told.append(str(error))

    def edit(self) -> None:
        words = f"for reason {self.chance.randint(1, 999)}"
        self.made.change(self.word, words)
        self.word = words

    def release(self) -> None:
        self.edit()
        urgent = self.chance.random() < 0.3
        self.made.release(self.now.isoformat(), urgent=urgent, short_notice="A court order.")

    def schedule(self) -> None:
        self.edit()
        effective = self.now + timedelta(days=self.chance.randint(1, 90))
        self.made.release(self.now.isoformat(), effective=effective, short_notice="It was agreed.")

    def withdraw(self) -> None:
        if waiting := app.timeline(self.made.policy).scheduled(self.now):
            self.made.withdraw(self.chance.choice(waiting).version, self.now.isoformat())

    def wait(self) -> None:
        """Nothing happens but time."""


@pytest.mark.parametrize("seed", range(6))
def test_after_any_history_the_site_is_that_of_a_full_build(seed: int, tmp_path: Path) -> None:
    story = Story(tmp_path / "workspace", seed)
    for _ in range(6):
        app.build(story.made.root, as_of=story.now)
        story.step()
    app.build(story.made.root, as_of=story.now)
    expected = full(story.made, tmp_path / "full", story.now)
    assert contents(story.made.root / "site") == expected, story.told
    assert app.build(story.made.root, as_of=story.now) == 0


def test_a_transition_alone_changes_what_is_in_force(made: Workspace, tmp_path: Path) -> None:
    before = contents(made.root / "site")
    app.build(made.root, as_of=at("2027-01-01"))
    after = contents(made.root / "site")
    assert after == full(made, tmp_path / "full", at("2027-01-01"))
    assert after["en/privacy/index.html"] != before["en/privacy/index.html"]
    for version in ("1.0.0", "1.1.0", "2.0.0", "3.0.0"):
        name = f"en/privacy/{version}/index.html"
        assert after[name] == before[name]


def change_words(made: Workspace) -> None:
    page = made.root / "templates/pages/policies.html"
    page.parent.mkdir(parents=True)
    page.write_text("<h1>ours</h1>", "utf-8")


def change_address(made: Workspace) -> None:
    config = made.root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "site_url: https://example.com/legal/\n", "utf-8")


def change_draft(made: Workspace) -> None:
    made.change("for 60 days", "for 61 days")


def lose_files(made: Workspace) -> None:
    (made.root / "site/en/privacy/1.0.0/index.html").unlink()
    (made.root / "site/robots.txt").unlink()


def lose_manifest(made: Workspace) -> None:
    (made.root / "site" / publish.MANIFEST).unlink()


@pytest.mark.parametrize("happen", [change_words, change_address, change_draft, lose_files, lose_manifest])
def test_the_site_is_that_of_a_full_build_also_after(
    happen: Callable[[Workspace], None], made: Workspace, tmp_path: Path
) -> None:
    happen(made)
    app.build(made.root, as_of=at(AS_OF))
    assert contents(made.root / "site") == full(made, tmp_path / "full", at(AS_OF))


def test_rebuild_makes_anew_what_somebody_spoilt_in_the_site(made: Workspace, tmp_path: Path) -> None:
    page = made.root / "site/en/privacy/1.0.0/index.html"
    page.write_bytes(b"spoilt")
    app.build(made.root, as_of=at(AS_OF))
    assert page.read_bytes() == b"spoilt"
    app.build(made.root, as_of=at(AS_OF), rebuild=True)
    assert contents(made.root / "site") == full(made, tmp_path / "full", at(AS_OF))


# --- Only what is new


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that builds hand to MkDocs."""
    seen: list[str] = []
    build = mkdocs.build

    def watched(config: Path, site: Site, folder: Path) -> None:
        seen.extend(page.path for page in site.pages)
        build(config, site, folder)

    monkeypatch.setattr(mkdocs, "build", watched)
    return seen


def test_a_new_version_makes_no_page_of_another(made: Workspace, pages: list[str]) -> None:
    made.change("for 60 days", "for 90 days")
    made.release("2026-04-20T10:00")
    app.build(made.root, as_of=at(AS_OF))
    versions = {match[1] for page in pages if (match := re.search(r"privacy/(\d+\.\d+\.\d+)/", page))}
    assert versions == {"4.0.0"}


def test_a_new_version_makes_the_pages_of_the_clauses_that_it_changed_and_of_no_other(
    tmp_path: Path, pages: list[str]
) -> None:
    *steps, coming = islice(ledgers.history(), 13)
    root = tmp_path / "workspace"
    ledgers.write(root, steps)
    as_of = ledgers.START + 20 * ledgers.BETWEEN
    app.build(root, as_of=as_of)
    before = contents(root / "site")
    pages.clear()
    ledgers.add(root, coming)
    app.build(root, as_of=as_of)
    after = contents(root / "site")
    changed = {change["clause"] for change in json.loads(coming.data)["changes"]}
    wanted = {f"{tag}/privacy/clauses/{name}/index.html" for tag in ledgers.TAGS for name in changed}
    assert len(changed) == ledgers.REWORDED
    assert {page for page in pages if "/clauses/" in page} == wanted
    folders = tuple(f"{tag}/privacy/clauses/" for tag in ledgers.TAGS)
    assert {name for name in after if name.startswith(folders) and after[name] != before[name]} == wanted


def test_a_draft_that_is_not_shown_makes_nothing(made: Workspace, pages: list[str]) -> None:
    change_draft(made)
    assert app.build(made.root, as_of=at(AS_OF)) == 0
    assert pages == []


def test_a_previous_site_spares_the_work(made: Workspace, pages: list[str], tmp_path: Path) -> None:
    app.build(made.root, tmp_path / "new", as_of=at(AS_OF), previous=made.root / "site")
    assert pages == []
    assert contents(tmp_path / "new") == contents(made.root / "site")
    made.change("for 60 days", "for 90 days")
    made.release("2026-04-20T10:00")
    app.build(made.root, tmp_path / "newer", as_of=at(AS_OF), previous=tmp_path / "new")
    assert not [page for page in pages if "1.0.0" in page]
    assert contents(tmp_path / "newer") == full(made, tmp_path / "full", at(AS_OF))


def test_a_build_with_nothing_to_do_imports_neither_mkdocs_nor_jinja(made: Workspace) -> None:
    script = (
        "import sys\n"
        "from datetime import datetime\n"
        "from pathlib import Path\n"
        "from policypress import app\n"
        f"assert app.build(Path(sys.argv[1]), as_of=datetime.fromisoformat({at(AS_OF).isoformat()!r})) == 0\n"
        "assert not {'mkdocs', 'jinja2', 'babel'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(made.root)], check=True, cwd=ROOT)


def test_a_ledger_that_was_tampered_with_is_not_published(made: Workspace) -> None:
    from policypress.core.errors import PolicypressError

    before = contents(made.root / "site")
    record = made.releases / "3.0.0.json"
    record.write_bytes(record.read_bytes().replace(b"60 days", b"10 days"))
    with pytest.raises(PolicypressError, match=r"3\.0\.0\.json"):
        app.build(made.root, as_of=at(AS_OF), rebuild=True)
    assert contents(made.root / "site") == before


def test_without_a_configuration_nothing_is_touched(made: Workspace) -> None:
    (made.root / "mkdocs.yml").unlink()
    with pytest.raises(WorkspaceError, match=r"mkdocs\.yml"):
        app.build(made.root, as_of=at(AS_OF))


# --- Kills


ADDRESS = re.compile(r'(?:href|src|data-index|data-worker)="(?!data:|#|https?:)([^"#]+)')
VERSION = re.compile(r'"version": "([^"]+)"')


def dangling(site: Path) -> list[str]:
    """Links to files that are not there, from any page that a reader can come to from the first one."""
    found, seen, waiting = [], set[Path](), [site / "index.html"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        for address in ADDRESS.findall(page.read_text("utf-8")):
            target = Path(os.path.normpath(page.parent / address))
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file():
                found.append(f"{page.relative_to(site)}: {address}")
            elif target.suffix == ".html":
                waiting.append(target)
    return found


# Each of the tests tries every third call, so that they can run beside each other.
SHARDS = 3


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_kill_at_any_write_leaves_a_whole_site_and_the_next_build_completes_it(
    made: Workspace, shard: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made.change("for 60 days", "for 90 days")
    made.release("2026-04-20T10:00", urgent=True, short_notice="A court order.")
    before = contents(made.root / "site")
    after = full(made, tmp_path / "full", at(AS_OF))
    number, between = shard, 0
    with Victims(
        "tests.support.histories:build", "policypress.write.mkdocs", "policypress.render.site"
    ) as victims:
        while True:
            put_back(made.root / "site", before)
            if not victims.killed_at(number, str(made.root), AS_OF):
                break
            there = check_after_kill(made.root / "site", before, after)
            # While a build only stages, every kill leaves the same site: the next run is tried for some.
            if there != before or number // SHARDS % 25 == 0:
                between += there != before
                app.build(made.root, as_of=at(AS_OF))
                assert contents(made.root / "site") == after
            number += SHARDS
    assert contents(made.root / "site") == after
    with capsys.disabled():
        print(f"\nbuild: {number} places to die, {between} of them, every third, between the two sites")
    assert between > 20


def put_back(site: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(site)
    for name, content in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)


def check_after_kill(site: Path, before: dict[str, bytes], after: dict[str, bytes]) -> dict[str, bytes]:
    """No file is torn, and nothing leads to what is not there. Returns the site without what is staged."""
    found = {name: (site / name).read_bytes() for name in publish.names_in(site)}
    torn = [
        name
        for name, data in found.items()
        if name != publish.MANIFEST and data not in {before.get(name), after.get(name)}
    ]
    assert torn == []
    assert dangling(site) == []
    for tag in ("en", "zh-Hans"):
        for version in VERSION.findall(found[f"{tag}/privacy/versions.json"].decode()):
            assert f"{tag}/privacy/{version}/index.html" in found
    return found
