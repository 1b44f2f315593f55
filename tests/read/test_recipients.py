"""Every file of tests/cases/recipients gives exactly the diagnostics written beside it."""

from __future__ import annotations

import hashlib
import tracemalloc
from pathlib import Path

import pytest

from policypress.core.notices import Recipient
from policypress.read.recipients import RecipientsError, check_recipients, recipients
from tests.support.sender import write_file

CASES = Path(__file__).parents[1] / "cases" / "recipients"
NAMES = sorted(path.stem for path in CASES.glob("*.csv"))


def found(path: Path) -> str:
    return "".join(
        f"{found.file}:{found.line}:{found.column} {found.code}\n"
        for found in check_recipients(path).diagnostics
    )


@pytest.mark.parametrize("name", NAMES)
def test_case_gives_the_diagnostics_beside_it(name: str, update_golden: bool) -> None:
    expected = CASES / f"{name}.expected"
    if update_golden:
        expected.write_text(found(CASES / f"{name}.csv"), "utf-8")
    assert found(CASES / f"{name}.csv") == expected.read_text("utf-8")


def test_a_good_file_gives_its_rows_as_they_were_written() -> None:
    assert list(recipients(CASES / "good-with-mark.csv")) == [
        Recipient("c1", "a@example.com", "en", "1.0.0", "en"),
        Recipient("c2", "o'hara+x@xn--fsqu00a.xn--0zwm56d", "zh-Hans", "", ""),
    ]


def test_the_order_of_the_columns_is_free() -> None:
    assert list(recipients(CASES / "good-in-another-order.csv")) == [
        Recipient("c1", "a@example.com", "en", "1.0.0", "en")
    ]


def test_a_check_counts_the_good_rows_and_knows_the_bytes() -> None:
    path = CASES / "N812-rows.csv"
    checked = check_recipients(path)
    assert checked.rows == 1
    assert checked.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_that_turned_bad_after_its_check_is_not_read_on() -> None:
    walk = recipients(CASES / "N814-addresses.csv")
    with pytest.raises(RecipientsError, match=r"N814-addresses.csv:2 is bad"):
        list(walk)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(RecipientsError, match="no such file"):
        check_recipients(tmp_path / "none.csv")


def peak(path: Path) -> int:
    tracemalloc.start()
    try:
        check_recipients(path)
        for _ in recipients(path):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    small, large = write_file(tmp_path / "small.csv", 500), write_file(tmp_path / "large.csv", 10_000)
    assert peak(large) < peak(small) + 300_000  # their ids alone would take twice as much


def test_a_file_that_was_changed_since_it_was_checked_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes((CASES / "good-with-mark.csv").read_bytes())
    sha256 = check_recipients(path).sha256
    assert list(recipients(path, sha256)) == list(recipients(path))
    walk = recipients(path, sha256)
    next(walk)
    path.write_bytes(path.read_bytes() + b"c9,u9@example.com,en,1.0.0,\n")
    with pytest.raises(RecipientsError, match="was changed since it was checked"):
        next(recipients(path, sha256))
    with pytest.raises(RecipientsError, match="was changed since it was checked"):
        list(walk)
