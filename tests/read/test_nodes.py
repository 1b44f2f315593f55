"""YAML as nodes: raw scalars, refusals, and two parsers that agree on whatever they are given."""

from __future__ import annotations

import time
from typing import Any

import pytest

from policypress.read import lint
from policypress.read.nodes import MAX_DEPTH, Mapping, Node, Scalar, parse, plain
from tests.read.mutations import inputs, texts

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["c", "pure"])


def tree(text: str, *, pure: bool) -> Node:
    node, found = parse("f.yaml", text, pure=pure)
    assert node is not None, found
    return node


def codes(text: str, *, pure: bool) -> list[str]:
    return [located.finding.code for located in parse("f.yaml", text, pure=pure)[1]]


@BOTH
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", {"a": "no"}),
        ("a: 010", {"a": "010"}),
        ("a: 1.10", {"a": "1.10"}),
        ("a: 2024-01-01", {"a": "2024-01-01"}),
        ("a: null", {"a": "null"}),
        ("a: ~", {"a": "~"}),
        ("a: true", {"a": "true"}),
        ("a: 12:30:00", {"a": "12:30:00"}),
        ("a: 0x1F", {"a": "0x1F"}),
        ("a:", {"a": None}),
        ('a: ""', {"a": ""}),
        ("a: ''", {"a": ""}),
        ("no: a", {"no": "a"}),
        ("1: a", {"1": "a"}),
        ("? a", {"a": None}),
        ("a: [b, {c: d}, ]", {"a": ["b", {"c": "d"}]}),
        ("- a\n-\n- 1", ["a", None, "1"]),
        ("a: |\n  b\n\n  c\n\n", {"a": "b\n\nc\n"}),
        ("a: |-\n  b\n", {"a": "b"}),
        ("a: |+\n  b\n\n", {"a": "b\n\n"}),
        ("a: |2\n   b\n", {"a": " b\n"}),
        ("a: >\n  b\n  c\n", {"a": "b c\n"}),
        ("a: b\n  c", {"a": "b c"}),
        (r'a: "b\n\u4e2d\\"', {"a": "b\n中\\"}),
        ("a: 'it''s'", {"a": "it's"}),
        ("a: b # c", {"a": "b"}),
        ("---\na: b\n...\n", {"a": "b"}),
        ("# only\na: b", {"a": "b"}),
        ('"<<": b', {"<<": "b"}),
        ("just text", "just text"),
    ],
)
def test_scalars_stay_the_text_that_was_written(text: str, value: Any, pure: bool) -> None:
    assert plain(tree(text, pure=pure)) == value
    assert codes(text, pure=pure) == []


@BOTH
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x b", "Y105"),
        ("a: *x", "Y105"),
        ("&x a: b", "Y105"),
        ("*x : b", "Y105"),
        ("<<: {a: b}", "Y105"),
        ("a: &x [b]", "Y105"),
        ("a: !!str b", "Y106"),
        ("a: !mine {b: c}", "Y106"),
        ("!x a: b", "Y106"),
        ("a: ! b", "Y106"),
        ("%YAML 1.1\n---\na: b", "Y106"),
        ("%TAG ! tag:x,2000:\n---\na: b", "Y106"),
        ("a: b\n---\nc: d", "Y104"),
        ("---\n---\n", "Y104"),
        ("", "Y104"),
        ("# nothing\n", "Y104"),
        ("[a]: b", "Y113"),
        ("? {a: b}\n: c", "Y113"),
        ("[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2), "Y107"),
        ("- " * (MAX_DEPTH + 2) + "a", "Y107"),
        ("{a: " * (MAX_DEPTH + 2) + "b" + "}" * (MAX_DEPTH + 2), "Y107"),
        ("a: [b", "Y103"),
        ("a: 'b", "Y103"),
        ("a: b: c", "Y103"),
        ("a: b\n c: d", "Y103"),
        ("\ta: b", "Y103"),
        (r'a: "\q"', "Y103"),
        (r'a: "\ud800"', "Y103"),
        (r'"\udfff": a', "Y103"),
        (r'a: "\Uffffffff"', "Y103"),
        (r'a: "\U00110000"', "Y103"),
        ("%YAML 1." + "1" * 5000 + "\n---\na: b", "Y103"),
        ("a: |#\n  b", "Y103"),
    ],
)
def test_what_could_mislead_is_refused(text: str, code: str, pure: bool) -> None:
    assert parse("f.yaml", text, pure=pure)[0] is None
    assert codes(text, pure=pure) == [code]


@BOTH
def test_nesting_up_to_the_limit_is_read(pure: bool) -> None:
    assert codes("[" * MAX_DEPTH + "a" + "]" * MAX_DEPTH, pure=pure) == []


@BOTH
def test_a_refusal_says_where(pure: bool) -> None:
    (located,) = parse("f.yaml", "a: b\nc:\n  - d\n  - *x\n", pure=pure)[1]
    assert (located.position.line, located.position.column) == (4, 5)
    assert located.finding.place.file == "f.yaml"


@BOTH
def test_the_first_of_two_equal_keys_is_kept_and_each_further_one_reported(pure: bool) -> None:
    node, found = parse("f.yaml", "a: 1\nb: 2\na: 3\na: 4\n", pure=pure)
    assert node is not None
    assert plain(node) == {"a": "1", "b": "2"}
    assert [(located.finding.code, located.position.line) for located in found] == [("Y108", 3), ("Y108", 4)]


@BOTH
def test_keys_that_look_the_same_are_the_same(pure: bool) -> None:
    assert codes("caf\u00e9: 1\ncafe\u0301: 2\n", pure=pure) == ["Y108"]


@BOTH
def test_every_node_knows_where_it_starts(pure: bool) -> None:
    node = tree("a:\n  - 'b'\n  - c: |\n      d\n", pure=pure)
    assert isinstance(node, Mapping)
    assert node.keys["a"].start == (0, 0)
    assert places(node) == [((1, 4), "'"), ((2, 4), ""), ((2, 7), "|")]


def places(node: Node) -> list[tuple[tuple[int, int], str]]:
    """Where keys but the outermost, and scalars, start."""
    if isinstance(node, Scalar):
        return [(node.start, node.style)]
    if isinstance(node, Mapping):
        return [
            found
            for key, value in node.items.items()
            for found in ([(node.keys[key].start, "")] if key != "a" else []) + places(value)
        ]
    return [found for item in node.items for found in places(item)]


def all_of(node: Node | None) -> Any:
    """A tree with every position, as plain values."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        return node.value, node.style, node.start, node.end
    if isinstance(node, Mapping):
        return node.start, [(all_of(node.keys[key]), all_of(value)) for key, value in node.items.items()]
    return node.start, [all_of(item) for item in node.items]


@pytest.mark.parametrize("text", texts())
def test_both_parsers_give_the_same_tree_of_the_real_files(text: str) -> None:
    by_c, by_pure = parse("f.yaml", text), parse("f.yaml", text, pure=True)
    assert by_c[1] == by_pure[1] == []
    assert all_of(by_c[0]) == all_of(by_pure[0])


SHARDS, PER_SHARD = 8, 2_000


@pytest.mark.parametrize("seed", range(SHARDS))
def test_no_input_breaks_the_parsers_or_makes_them_disagree(seed: int) -> None:
    read = {"trees": 0, "refused": 0}
    for text in inputs(seed, PER_SHARD):
        if lint.unreadable("f.yaml", text.split("\n")):
            continue
        start = time.process_time()
        by_c, by_pure = parse("f.yaml", text), parse("f.yaml", text, pure=True)
        assert time.process_time() - start < 1, ascii(text)
        assert by_c[1] == by_pure[1], ascii(text)
        assert all_of(by_c[0]) == all_of(by_pure[0]), ascii(text)
        read["trees" if by_c[0] else "refused"] += 1
    assert min(read.values()) > PER_SHARD // 5, "the mutations are all too mild or all too wild"


@BOTH
@pytest.mark.parametrize(
    "part",
    [
        "[",
        "{",
        "- ",
        "? ",
        "'",
        '"',
        ": ",
        "a: b\n",
        "- a\n",
        "#\n",
        "\n",
        "|\n",
        "%\n",
        "[a, ",
        "a:\n - b\n",
        "---\n",
    ],
)
def test_repetition_ends_soon(part: str, pure: bool) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        parse("f.yaml", part * count, pure=pure)
        return time.process_time() - start

    count = 2_000
    seconds(count)
    quarter = min(seconds(count) for _ in range(2))
    assert min(seconds(4 * count) for _ in range(2)) < 10 * max(quarter, 0.01)
