"""Text cut into tokens."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policypress.core.tokens import tokeniser, tokens

TAGS = ["en", "zh-Hans", "ja", "th", "hi", "ar"]
CASES = {
    "words": ("en", "We don’t; it's|ok", ["We", " ", "don’t", ";", " ", "it's", "|", "ok"]),
    "numbers": ("en", "1,000.50 in 3.", ["1,000.50", " ", "in", " ", "3", "."]),
    "dates and spans": ("en", "2025-06-10, 30-60-", ["2025-06-10", ",", " ", "30-60", "-"]),
    "numbers in words": ("en", "3rd v2.1", ["3rd", " ", "v2", ".", "1"]),
    "runs of space": ("en", "a  \tb", ["a", "  \t", "b"]),
    "line ends": ("en", "a \n\n b", ["a", " ", "\n", "\n", " ", "b"]),
    "carriage returns": ("zh-Hans", "保存\r\n信息", ["保存", "\r", "\n", "信息"]),
    "a mark belongs to its letter": ("en", "cafe\u0301s e\u0301", ["cafe\u0301s", " ", "e\u0301"]),
    "marks within words": ("hi", "किताब है", ["किताब", " ", "है"]),
    "a family is one": ("en", "a\U0001f469\u200d\U0001f467b", ["a", "\U0001f469\u200d\U0001f467", "b"]),
    "a mark alone after a line end": ("en", "\n\u0301", ["\n", "\u0301"]),
    "Chinese words": ("zh-Hans", "我们可以保存信息。", ["我们", "可以", "保存信息", "。"]),
    "Chinese with Latin": ("zh-Hans", "使用 Cookie，30日", ["使用", " ", "Cookie", "，", "30", "日"]),
    "a lone surrogate": ("zh-Hans", "保存\ud800信息", ["保存", "\ud800", "信息"]),
    "no spaces, no dictionary": ("th", "กิน OK1", ["กิ", "น", " ", "OK1"]),
}


@pytest.mark.parametrize(("tag", "text", "expected"), CASES.values(), ids=CASES)
def test_cutting(tag: str, text: str, expected: list[str]) -> None:
    assert list(tokens(text, tag)) == expected


@given(st.text(st.characters(exclude_categories=())), st.sampled_from(TAGS))
def test_the_tokens_joined_are_the_text(text: str, tag: str) -> None:
    found = tokens(text, tag)
    assert "".join(found) == text
    assert all(found)
    assert all(token == "\n" for token in found if "\n" in token)


def test_the_tokeniser_is_named_with_its_version() -> None:
    assert tokeniser("en") == "words 1"
    assert tokeniser("zh-Hant") == f"rjieba {metadata.version('rjieba')}"
    assert tokeniser("th") == "characters 1"


WITHOUT = """
import sys
sys.modules["rjieba"] = None
from policypress.core.redline import redline
from policypress.core.tokens import tokeniser, tokens
print(tokeniser("zh-Hans"))
print("|".join(tokens("保存Cookie三十日。", "zh-Hans")))
print("|".join(f"{edit.op} {edit.text}" for edit in redline("保存三十日。", "保存六十日。", "zh-Hans")))
"""


def test_chinese_is_cut_into_characters_without_rjieba() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", WITHOUT], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "characters 1",
        "保|存|Cookie|三|十|日|。",
        "equal 保存|delete 三|insert 六|equal 十日。",
    ]
