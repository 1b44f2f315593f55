"""From bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policypress.core.diagnostics import Position
from policypress.read.decode import MAX_BYTES, decode
from policypress.read.nodes import Located


@given(st.text().filter(lambda text: not text.startswith("\ufeff") and "\r\n" not in text))
def test_utf_8_is_read_as_it_is(text: str) -> None:
    assert decode("f.yaml", text.encode()) == text


@given(st.binary())
def test_any_bytes_give_text_or_a_finding(data: bytes) -> None:
    found = decode("f.yaml", data)
    assert isinstance(found, str) or found.finding.code == "Y101"


def test_only_the_line_ends_of_windows_are_changed() -> None:
    assert decode("f.yaml", b"a\r\nb\rc\n\r") == "a\nb\rc\n\r"


@pytest.mark.parametrize(
    ("data", "words", "position"),
    [
        ("\ufeffa".encode(), "byte order mark", (1, 1)),
        ("a: 中".encode("utf-16"), "UTF-16", (1, 1)),
        ("\ufeffa".encode("utf-16-be"), "UTF-16", (1, 1)),
        ("a: 隐私政策".encode("gb18030"), "GB18030", (1, 4)),
        (b"a: b\nc: \xff\xff", "0xff", (2, 4)),
        ("a: 中é\n中".encode() + "é".encode("latin-1"), "0xe9", (2, 2)),
        (b"\xed\xa0\x80", "0xed", (1, 1)),
        (b"a\xc0\xaf", "0xc0", (1, 2)),
    ],
)
def test_what_is_not_utf_8_is_named_and_found(data: bytes, words: str, position: tuple[int, int]) -> None:
    found = decode("f.yaml", data)
    assert isinstance(found, Located)
    assert found.finding.code == "Y101"
    assert words in found.finding.message
    assert found.position == Position(*position)


def test_a_file_has_a_limit() -> None:
    assert isinstance(decode("f.yaml", b"a" * MAX_BYTES), str)
    found = decode("f.yaml", b"a" * (MAX_BYTES + 1))
    assert isinstance(found, Located)
    assert found.finding.code == "Y102"
