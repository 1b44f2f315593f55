"""Tampering of every sort with a ledger in memory; tests/cli/test_verify.py does it to files."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from policypress.core.layout import SUMS
from policypress.core.ledger import sums
from policypress.core.verifying import Files, against, repairable, verify
from tests.support.histories import Workspace, five_records

FLIPS = 2_100
Change = Callable[[dict[str, Any]], object]
JUNK: tuple[Any, ...] = (None, 7, True, "\ud800", ["x"], {}, {"x": 1}, [{}])


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return five_records(tmp_path_factory.mktemp("history") / "workspace")


@pytest.fixture
def files(history: Workspace) -> dict[str, bytes]:
    return history.files()


def records(files: Files) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name != SUMS}


def summed(files: Files) -> dict[str, bytes]:
    """The files with SHA256SUMS made to fit, as a forger would."""
    return {**records(files), SUMS: sums(records(files)).encode()}


def named(files: Files) -> set[str]:
    return {fault.file for fault in verify(files).faults}


def flips(files: Files, count: int) -> Iterator[tuple[str, dict[str, bytes]]]:
    """The ledger with one byte changed, at places spread over all files."""
    chance = random.Random(20260101)
    places = [(name, position) for name, data in files.items() for position in range(len(data))]
    for name, position in chance.sample(places, count):
        data = bytearray(files[name])
        data[position] ^= chance.randrange(1, 256)
        yield name, {**files, name: bytes(data)}


def edited(files: Files, name: str, change: Change) -> dict[str, bytes]:
    """The ledger with a record edited as the tool would write it, SHA256SUMS made to fit."""
    data = json.loads(files[name])
    change(data)
    written = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return summed({**files, name: written.encode("utf-8", "surrogatepass")})


def test_an_untouched_ledger_has_no_faults_and_no_remarks(files: dict[str, bytes]) -> None:
    verdict = verify(files)
    assert (verdict.records, verdict.faults, verdict.remarks) == (5, (), ())


def test_sha256sum_agrees_with_an_untouched_ledger_and_with_its_sums(history: Workspace) -> None:
    tool = shutil.which("sha256sum")
    assert tool, "sha256sum belongs to every Linux system"
    done = subprocess.run(
        [tool, "--strict", "-c", SUMS], cwd=history.releases, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [f"{name}: OK" for name in records(history.files())]
    assert done.stderr == ""


def test_any_flipped_byte_is_found_in_its_file(files: dict[str, bytes]) -> None:
    missed = [name for name, tampered in flips(files, FLIPS) if name not in named(tampered)]
    assert missed == []


def test_a_flipped_byte_is_found_in_its_file_also_when_the_sums_were_made_to_fit(
    files: dict[str, bytes],
) -> None:
    newest = "3.0.0.json"
    tampered = [(name, flipped) for name, flipped in flips(files, 500) if name not in {SUMS, newest}]
    assert len(tampered) > 250
    assert [name for name, flipped in tampered if name not in named(summed(flipped))] == []


def test_a_removed_file_is_named(files: dict[str, bytes]) -> None:
    for name in files:
        left = {other: data for other, data in files.items() if other != name}
        assert name in named(left)


@pytest.mark.parametrize(
    "name", ["4.0.0.json", "notes.txt", "old/1.0.0.json", "1.0.0.json~", ".hidden", "a\nb.json"]
)
def test_an_added_file_is_named(files: dict[str, bytes], name: str) -> None:
    for data in (b"", files["1.0.0.json"], b"\xff", b"{}"):
        assert name in named({**files, name: data})


def test_a_renamed_file_is_named_under_both_names(files: dict[str, bytes]) -> None:
    for name in records(files):
        renamed = {("9.9.9.json" if other == name else other): data for other, data in files.items()}
        assert {name, "9.9.9.json"} <= named(renamed)


def test_swapped_contents_name_both_files_also_when_the_sums_were_made_to_fit(
    files: dict[str, bytes],
) -> None:
    for one in records(files):
        for other in records(files):
            if one < other:
                swapped = {**files, one: files[other], other: files[one]}
                assert {one, other} <= named(swapped)
                assert {one, other} <= named(summed(swapped))


def first_sentence(data: dict[str, Any]) -> None:
    data["document"]["nodes"][0]["text"]["en"] = [["We use nothing."]]


@pytest.mark.parametrize("name", ["1.0.0.json", "1.1.0.json", "2.0.0.json"])
def test_an_edit_with_sums_made_to_fit_breaks_the_chain_at_the_edited_file(
    files: dict[str, bytes], name: str
) -> None:
    faults = verify(edited(files, name, first_sentence)).faults
    assert [fault.file for fault in faults] == [name]
    assert "is not the file that" in faults[0].message


def test_an_edited_withdrawal_breaks_the_chain(files: dict[str, bytes]) -> None:
    name = "2.0.0.withdrawn.json"
    assert named(edited(files, name, lambda data: data.update(reason="Nobody knows."))) == {name}


def test_a_removed_middle_record_is_found_though_the_sums_were_made_to_fit(files: dict[str, bytes]) -> None:
    for name in ("1.0.0.json", "1.1.0.json", "2.0.0.json", "2.0.0.withdrawn.json"):
        left = {other: data for other, data in records(files).items() if other != name}
        assert any(name in str(fault) or fault.field == "sequence" for fault in verify(summed(left)).faults)


def test_records_in_another_order_are_found(files: dict[str, bytes]) -> None:
    def put(name: str, sequence: int, into: Files) -> dict[str, bytes]:
        return edited(into, name, lambda data: data.update(sequence=sequence))

    reordered = put("1.1.0.json", 3, put("2.0.0.json", 2, files))
    faults = verify(reordered).faults
    assert {"1.1.0.json", "2.0.0.json"} <= {fault.file for fault in faults}
    assert "previous" in {fault.field for fault in faults}


def test_an_edit_of_the_newest_record_with_sums_made_to_fit_differs_from_the_copy(
    files: dict[str, bytes],
) -> None:
    newest = edited(files, "3.0.0.json", first_sentence)
    assert verify(newest).faults == ()  # nothing follows it yet: only an older copy can tell
    assert [fault.file for fault in against(newest, files)] == ["3.0.0.json"]
    assert [fault.file for fault in against(newest, {SUMS: files[SUMS]})] == ["3.0.0.json"]


def test_what_only_grew_agrees_with_an_older_copy(files: dict[str, bytes]) -> None:
    older = summed({name: files[name] for name in ("1.0.0.json", "1.1.0.json")})
    assert list(against(files, older)) == []
    assert list(against(files, {SUMS: older[SUMS]})) == []


def test_a_lost_newest_record_is_missing_against_the_copy(files: dict[str, bytes]) -> None:
    left = summed({name: data for name, data in records(files).items() if name != "3.0.0.json"})
    assert verify(left).faults == ()
    assert {fault.file for fault in against(left, files)} == {"3.0.0.json"}
    assert [fault.file for fault in against(left, {SUMS: files[SUMS]})] == ["3.0.0.json"]


FIELDS: dict[str, tuple[str, Change, str]] = {
    "version": ("3.0.0.json", lambda data: data.update(version="3.0.1"), "version"),
    "sequence": ("3.0.0.json", lambda data: data.update(sequence=7), "sequence"),
    "previous": ("3.0.0.json", lambda data: data["previous"].update(file="1.0.0.json"), "previous"),
    "no-previous": ("3.0.0.json", lambda data: data.pop("previous"), "previous"),
    "first-with-previous": (
        "1.0.0.json",
        lambda data: data.update(previous={"file": "0.9.0.json", "sha256": "0" * 64}),
        "previous",
    ),
    "recorded": ("3.0.0.json", lambda data: data.update(recorded="2026-01-01T00:00:00+08:00"), "recorded"),
    "effective": ("3.0.0.json", lambda data: data.update(effective="2026-01-01T00:00:00+08:00"), "effective"),
    "based_on": ("3.0.0.json", lambda data: data.update(based_on="0.9.0"), "based_on"),
    "withdrawn": (
        "2.0.0.withdrawn.json",
        lambda data: data.update(recorded="2026-07-01T00:00:00+08:00"),
        "version",
    ),
}


@pytest.mark.parametrize("case", FIELDS)
def test_a_wrong_field_is_named_with_its_file(files: dict[str, bytes], case: str) -> None:
    name, change, field = FIELDS[case]
    faults = verify(edited(files, name, change)).faults
    assert (name, field) in {(fault.file, fault.field) for fault in faults}
    assert any(str(fault).startswith(f"{name} ({field}): ") for fault in faults)


def test_changes_that_an_engine_would_list_otherwise_are_a_remark_and_no_fault(
    files: dict[str, bytes],
) -> None:
    def other_engine(data: dict[str, Any]) -> None:
        data["engine"], data["changes"] = "0", data["changes"][:0]

    verdict = verify(edited(files, "3.0.0.json", other_engine))
    assert verdict.faults == ()
    assert [(remark.file, remark.field) for remark in verdict.remarks] == [("3.0.0.json", "changes")]


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every value inside a record."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inside in items:
        yield (*path, key)
        yield from places(inside, (*path, key))


def replaced(data: dict[str, Any], path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    copy = json.loads(json.dumps(data))
    target = copy
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    return dict(copy)


@pytest.mark.parametrize("name", ["2.0.0.withdrawn.json", "3.0.0.json"])
def test_a_record_of_any_shape_gives_a_verdict_that_can_be_printed(
    files: dict[str, bytes], name: str
) -> None:
    data = json.loads(files[name])
    tried = 0
    for path in places(data):
        for junk in JUNK:
            if path[-1] not in {"engine"}:
                written = json.dumps(replaced(data, path, junk), ensure_ascii=False, indent=1) + "\n"
                verdict = verify(summed({**files, name: written.encode("utf-8", "surrogatepass")}))
                "\n".join(str(fault) for fault in (*verdict.faults, *verdict.remarks)).encode()
                tried += 1
    assert tried > 70


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"7",
        b'"x"',
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"9" * 5_000,
        b"{}",
    ],
    ids=lambda data: repr(data[:5]),
)
def test_what_is_no_record_is_named(files: dict[str, bytes], data: bytes) -> None:
    assert "4.0.0.json" in named(summed({**files, "4.0.0.json": data}))


@pytest.mark.parametrize("listed", [b"", b"\xff\n", b"x", b"\r\n", b"  \n", b"0  ../1.0.0.json\n"])
def test_any_other_list_of_sums_is_a_fault(files: dict[str, bytes], listed: bytes) -> None:
    assert SUMS in named({**files, SUMS: listed})
    assert SUMS in named({**files, SUMS: files[SUMS] + listed}) or not listed


def test_only_a_list_that_lacks_the_newest_record_can_be_repaired(files: dict[str, bytes]) -> None:
    def listing(*names: str) -> Mapping[str, bytes]:
        return {**records(files), SUMS: sums({name: files[name] for name in names}).encode()}

    *older, newest = "1.0.0.json", "1.1.0.json", "2.0.0.json", "2.0.0.withdrawn.json", "3.0.0.json"
    assert repairable(listing(*older))
    assert not repairable(files)
    assert not repairable(listing(*older[:-1]))
    assert not repairable(listing(*older[1:], newest))
    assert not repairable({**listing(*older), "1.0.0.json": files["1.0.0.json"] + b" "})
    assert repairable({"1.0.0.json": files["1.0.0.json"]})  # the very first release, killed before its list


def test_a_ledger_without_records_has_no_faults(tmp_path: Path) -> None:
    assert verify({}).faults == ()
