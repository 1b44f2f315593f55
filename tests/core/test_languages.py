"""How the lines of a paragraph join, and where each character came from."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policypress.core import languages
from policypress.core.languages import paragraphs

TAGS = ("en", "zh-Hans", "zh-Hant", "ja", "th", "de", "ko")
sources = st.text(alphabet=st.one_of(st.sampled_from("\n\n\t  aé9。,您いก"), st.characters()))


@pytest.mark.parametrize(
    ("tag", "source", "joined"),
    [
        ("en", "One.\nTwo.\n", ["One. Two."]),
        ("de", "Eins.\nZwei.", ["Eins. Zwei."]),
        ("ko", "하나.\n둘.", ["하나. 둘."]),
        ("zh-Hans", "第一句。\n第二句。\n", ["第一句。第二句。"]),
        ("zh-Hans", "使用Cookie\nAPI接口。", ["使用Cookie API接口。"]),
        ("zh-Hans", "第3\n4条", ["第3 4条"]),
        ("zh-Hans", "使用Cookie\n接口。", ["使用Cookie接口。"]),
        ("zh-Hans", "接口\nAPI。", ["接口API。"]),
        ("zh-Hans", "VSO.\nCloud", ["VSO.Cloud"]),
        ("ja", "一つ。\n二つ。", ["一つ。二つ。"]),
        ("th", "ก\nข", ["กข"]),
        ("en", "One.\n\nTwo.\n\n\n\nThree.", ["One.", "Two.", "Three."]),
        ("en", "\n\nOne.\n \t\nTwo.\n\n", ["One.", "Two."]),
        ("en", "", []),
        ("en", " \n\t\n", []),
        ("en", "a\n　\nb", ["a 　 b"]),
    ],
)
def test_lines_join_by_the_rule_of_the_language(tag: str, source: str, joined: list[str]) -> None:
    assert [paragraph.text for paragraph in paragraphs(source, tag)] == joined


@given(sources, st.sampled_from(TAGS))
def test_every_character_is_found_in_the_source_again(source: str, tag: str) -> None:
    before = -1
    for paragraph in paragraphs(source, tag):
        starts = {start for start, _ in paragraph.starts}
        for offset, character in enumerate(paragraph.text):
            place = paragraph.source_offset(offset)
            if offset + 1 in starts and source[place] == "\n":
                assert character == " "  # put in to join two lines, it stands where the newline does
            else:
                assert source[place] == character
            assert place > before
            before = place


@given(sources, st.sampled_from(TAGS))
def test_joining_loses_nothing_but_newlines_and_blank_lines(source: str, tag: str) -> None:
    found = {
        paragraph.source_offset(offset)
        for paragraph in paragraphs(source, tag)
        for offset in range(len(paragraph.text))
    }
    start = 0
    for line in source.split("\n"):
        span = set(range(start, start + len(line)))
        assert span <= found if line.strip(" \t") else not span & found
        start += len(line) + 1


@given(sources)
def test_only_newlines_and_blank_lines_go_where_lines_join_with_nothing(source: str) -> None:
    han = re.sub(r"[0-9A-Za-zª-ɏ]", "您", source)
    lines = [line for line in han.split("\n") if line.strip(" \t")]
    assert "".join(paragraph.text for paragraph in paragraphs(han, "zh-Hans")) == "".join(lines)


@pytest.mark.parametrize("tag", ["en", "zh", "zh-Hans", "pt-BR", "es-419", "zh-Hant-HK", "de-1996x", "yue"])
def test_tags(tag: str) -> None:
    assert languages.is_tag(tag)


@pytest.mark.parametrize(
    "tag", ["", "EN", "e", "zh-hans", "zh_Hans", "en-us", "en-", "english", "en\n", "[key]"]
)
def test_what_is_no_tag(tag: str) -> None:
    assert not languages.is_tag(tag)


@pytest.mark.parametrize(
    ("tag", "spaceless", "han", "latin"),
    [
        ("en", False, False, True),
        ("zh-Hans", True, True, False),
        ("ja", True, True, False),
        ("th", True, False, False),
        ("ru", False, False, False),
        ("sr-Latn", False, False, True),
    ],
)
def test_what_is_known_of_a_script(tag: str, spaceless: bool, han: bool, latin: bool) -> None:
    assert languages.is_spaceless(tag) is spaceless
    assert languages.is_han(tag) is han
    assert languages.is_latin(tag) is latin
