"""Whole policy folders: all that is wrong in one run, nothing that only follows, never a traceback."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from policypress.core.assemble import assemble
from policypress.read.folders import policy_folders
from policypress.read.workspace import ReadPolicy, read_policy
from tests.read.mutations import mutated
from tests.support.paths import ROOT

BASE = ROOT / "tests/cases/valid/base"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound policy folder."""
    shutil.copytree(BASE, tmp_path / "w")
    return tmp_path / "w/policy_src/privacy"


def read(folder: Path, *, pure: bool = False) -> ReadPolicy:
    return read_policy(folder.parents[1], folder, pure=pure)


def told(folder: Path) -> list[str]:
    return [
        f"{one.file.removeprefix('policy_src/privacy/')}:{one.line}:{one.column} {one.code}"
        for one in read(folder).diagnostics
    ]


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8", newline="")


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert text.count(old) == 1
    write(folder, name, text.replace(old, new))


USE, SHARE = "clauses/01-use.yaml", "clauses/02-share.yaml"


@pytest.mark.parametrize("root", [BASE, ROOT])
@pytest.mark.parametrize("pure", [False, True], ids=["c", "pure"])
def test_sound_policies_are_read(root: Path, pure: bool) -> None:
    (found,) = [read_policy(root, folder, pure=pure) for folder in policy_folders(root)]
    assert found.draft is not None
    assert found.draft.complete
    assert not [one for one in found.diagnostics if one.level == "error"]
    assert found.files == len(found.draft.clauses) + 1


def test_both_parsers_read_the_same_policy() -> None:
    folder = ROOT / "policy_src/privacy"
    assert read_policy(ROOT, folder) == read_policy(ROOT, folder, pure=True)


def test_clauses_come_in_the_order_of_their_file_names(folder: Path) -> None:
    (folder / USE).rename(folder / "clauses/10-use.yaml")
    draft = read(folder).draft
    assert draft is not None
    assert [file.clause.id for file in draft.clauses] == ["share", "use"]


def test_everything_wrong_with_one_file_is_told_in_one_run(folder: Path) -> None:
    write(
        folder,
        USE,
        "id: Use\n"
        "colour: red\n"
        "heading: {en: Use}\n"
        "text:\n"
        "  en: |\n"
        "    See {@nowhere.\n"
        "  zh-Hans: |\n"
        "    使用 {nothing}。\n"
        "children:\n"
        "  - txet: {}\n"
        "    text: {en: 'A **b.', zh-Hans: 某。}\n"
        "  - id: use.b\n"
        "    text: {en: Ends here, zh-Hans: 某。}\n"
        "    facts: [{purpose: Nothing}]\n",
    )
    assert told(folder) == [
        f"{USE}:1:1 S202",
        f"{USE}:1:5 I301",
        f"{USE}:2:1 S201",
        f"{USE}:3:1 L401",
        f"{USE}:6:9 T505",
        f"{USE}:8:5 L408",
        f"{USE}:8:7 C608",
        f"{USE}:8:8 T506",
        f"{USE}:10:5 S201",
        f"{USE}:10:5 S202",
        f"{USE}:11:19 T501",
        f"{USE}:13:24 C605",
        f"{USE}:14:23 F701",
    ]


def test_faults_of_the_policy_do_not_hide_those_of_its_clauses(folder: Path) -> None:
    change(folder, "policy.yaml", "time_zone: Asia/Shanghai\n", "colour: red\n")
    change(folder, "policy.yaml", "  name: {en: Example, zh-Hans: 示例公司}\n", "")
    change(folder, "policy.yaml", "hotline: 400-000-0000", "hotline: [400]")
    change(folder, USE, "for security.", "for **security.")
    change(folder, USE, "  zh-Hans: 我们如何使用信息\n", "")
    assert [line.split()[1] for line in told(folder)] == [
        "L401",
        "T501",
        "S202",
        "S201",
        "S202",
        "S203",
        "S203",
    ]


def test_what_follows_from_a_fault_is_not_told(folder: Path) -> None:
    change(folder, USE, "id: use", "id: Use")
    change(folder, "policy.yaml", "status: official", "status: final")
    assert [line.split()[1] for line in told(folder)] == ["I301", "S203"]


def test_a_clause_that_could_not_be_read_is_not_missed_by_those_that_refer_to_it(folder: Path) -> None:
    write(folder, USE, "a: [")
    assert [line.split()[1] for line in told(folder)] == ["Y103"]


def test_places_after_a_faulty_list_item_are_exact(folder: Path) -> None:
    change(folder, USE, "id: use\n", "id: use\nfacts:\n  - what\n  - purpose: Nothing\n")
    assert told(folder) == [f"{USE}:4:5 S203", f"{USE}:5:14 F701"]


def test_line_ends_of_windows_change_nothing(folder: Path) -> None:
    change(folder, USE, "for security.", "for **security.")
    before = read(folder)
    for path in folder.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read(folder) == before


def test_a_character_cut_in_half_is_an_error_wherever_it_stands(folder: Path) -> None:
    for old in ("for security.", "id: use", "heading:"):
        write(folder, USE, (BASE / "policy_src/privacy" / USE).read_text("utf-8"))
        change(folder, USE, old, '"\\ud800": "\\udfff"\n' + old if ":" in old else '"\\ud800"')
        found = read(folder).diagnostics
        for one in found:
            str(one).encode()
        assert old == "for security." or "error" in {str(one.level) for one in found}


def test_names_of_files_are_not_read_as_yaml(folder: Path) -> None:
    (folder / "clauses/notes.txt").write_text("a: [", "utf-8")
    (folder / "clauses/sub").mkdir()
    write(folder, "clauses/sub/01-x.yaml", "a: [")
    assert told(folder) == []


@pytest.mark.parametrize("make", ["folder", "dangling", "loop"])
def test_what_cannot_be_opened_is_told(folder: Path, make: str) -> None:
    path = folder / "clauses/03-x.yaml"
    if make == "folder":
        path.mkdir()
    else:
        path.symlink_to(path if make == "loop" else "nowhere")
    assert [one.file.rsplit("/", 1)[-1] for one in read(folder).diagnostics if one.level == "error"] == [
        "03-x.yaml"
    ]


def test_the_folders_of_a_workspace(tmp_path: Path) -> None:
    assert policy_folders(tmp_path) == []
    for name in ("terms", "privacy", ".schema"):
        (tmp_path / "policy_src" / name).mkdir(parents=True)
    (tmp_path / "policy_src/readme.md").touch()
    assert [path.name for path in policy_folders(tmp_path)] == ["privacy", "terms"]


@pytest.mark.parametrize(
    "zone", ["Nowhere/City", "Asia", "../etc/passwd", "/etc/passwd", '""', '"\\0"', "é", "a" * 300, "."]
)
def test_a_time_zone_must_be_one(folder: Path, zone: str) -> None:
    change(folder, "policy.yaml", "Asia/Shanghai", zone)
    assert told(folder) == ["policy.yaml:9:12 S203"] or told(folder) == ["policy.yaml:9:13 S203"]


def test_progress_names_each_file(folder: Path) -> None:
    said: list[str] = []
    read_policy(folder.parents[1], folder, progress=said.append)
    assert [line.rsplit("/", 1)[-1] for line in said] == ["policy.yaml", "01-use.yaml", "02-share.yaml"]


SHARDS, PER_SHARD = 4, 500


def assert_linear(seconds: Callable[[int], float], count: int) -> None:
    """Four times the input may take ten times as long: far from the sixteen of quadratic time."""
    seconds(100)
    small = min(seconds(count) for _ in range(2))
    assert small < 2  # it takes a twentieth of that
    assert min(seconds(4 * count) for _ in range(2)) < 10 * max(small, 0.01)


@pytest.mark.parametrize("seed", range(SHARDS))
def test_no_folder_breaks_the_reader_or_makes_the_parsers_disagree(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    sound = {path: path.read_text("utf-8") for path in sorted(folder.rglob("*.yaml"))}
    drafts = 0
    for _ in range(PER_SHARD):
        certain = chance.choice(list(sound))
        for path, text in sound.items():
            made = mutated(text, chance) if path == certain or chance.random() < 0.2 else text
            path.write_text(made, "utf-8", newline="")
        start = time.process_time()
        by_c, by_pure = read(folder), read(folder, pure=True)
        assert time.process_time() - start < 1
        assert by_c == by_pure, certain.read_text("utf-8")
        if by_c.draft is not None:
            assemble(by_c.draft)
            drafts += 1
        assert by_c.draft is not None or by_c.diagnostics
        for one in by_c.diagnostics:
            lines = (folder.parents[1] / one.file).read_bytes().decode("utf-8").split("\n")
            assert 1 <= one.line <= len(lines)
            assert 1 <= one.column <= len(lines[one.line - 1]) + 2
    assert PER_SHARD // 3 < drafts < PER_SHARD


@pytest.mark.parametrize(
    "line",
    [
        *(
            "{",
            "}",
            "](",
            "**",
            "\\*",
            "\\x",
            "{@no}",
            "{no}",
            "[a](x:b)",
            "a{\n    ",
            "{@no}\n    ",
            "。\n    ",
            "\n\n    a",
        )
    ],
)
def test_a_text_full_of_faults_is_read_in_linear_time(folder: Path, line: str) -> None:
    def seconds(count: int) -> float:
        body = f"format: 1\nid: use\nheading: {{en: U, zh-Hans: 用}}\ntext:\n  en: |\n    {line * count}\n"
        write(folder, USE, body + "  zh-Hans: |\n    某。\n")
        start = time.process_time()
        read(folder)
        return time.process_time() - start

    assert_linear(seconds, 2_000)


@pytest.mark.parametrize("line", ["a{}: 1\n", "  - id: use.a{}\n", "  - {}\n", "  - id: use.a\n"])
def test_a_file_full_of_faulty_keys_is_read_in_linear_time(folder: Path, line: str) -> None:
    def seconds(count: int) -> float:
        head = "format: 1\nid: use\n" + ("children:\n" if line.startswith(" ") else "")
        write(folder, USE, head + "".join(line.format(number) for number in range(count)))
        start = time.process_time()
        read(folder)
        return time.process_time() - start

    assert_linear(seconds, 1_000)


def test_what_was_found_does_not_depend_on_where_the_workspace_is(folder: Path, tmp_path: Path) -> None:
    change(folder, USE, "for security.", "for **security.")
    shutil.copytree(folder.parents[1], tmp_path / "elsewhere/deep")
    there = read(tmp_path / "elsewhere/deep/policy_src/privacy")
    assert replace(there, folder=folder) == read(folder)
