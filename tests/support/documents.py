"""Small documents for tests of what comes after reading."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from policypress.core.kinds import Kind
from policypress.core.model import Document, Fact, Label, Language, Node, NoticeDays, Publisher
from policypress.core.text import Link, Ref, Runs, Strong, Text, Var, parse

TAGS = ("en", "zh-Hans")
NUMBERS = NoticeDays(30, 0, 0)


def runs(text: str) -> Runs:
    """Text in the inline grammar, with its references cited as `Article 2`."""
    return tuple(_filled(run) for run in parse(text).runs)


def _filled(run: Any) -> Any:
    match run:
        case Ref(target):
            return Ref(target, "Article 2")
        case Var(name):
            return Var(name, "400-000-0000")
        case _:
            return run


def both(value: Any) -> dict[str, Any]:
    """The same for both languages."""
    return dict.fromkeys(TAGS, value)


def paragraphs(texts: Mapping[str, str]) -> dict[str, tuple[Runs, ...]]:
    """Texts whose paragraphs are parted by a blank line."""
    return {tag: tuple(runs(part) for part in text.split("\n\n")) for tag, text in texts.items()}


def node(
    id: str,  # noqa: A002 - the model's own word
    kind: Kind = Kind.CLAUSE,
    *,
    label: Mapping[str, str] | None = None,
    heading: Mapping[str, str] | None = None,
    text: Mapping[str, str] | None = None,
    closing: Mapping[str, str] | None = None,
    children: tuple[Node, ...] = (),
    reserved: bool = False,
) -> Node:
    """A node with everything else left out."""
    labels = {tag: Label(value, value.rstrip("."), value) for tag, value in (label or {}).items()}
    return Node(
        id=id,
        kind=kind,
        reserved=reserved,
        labels={tag: labels.get(tag, Label()) for tag in TAGS},
        heading={tag: (Text(value),) for tag, value in (heading or {}).items()},
        text=paragraphs(text or {}),
        closing=paragraphs(closing or {}),
        children=children,
    )


def document(**changes: Any) -> Document:
    """A policy of two articles in two languages, Chinese unreviewed; `changes` replace its fields."""
    made = Document(
        policy="privacy",
        title={"en": "Privacy Policy", "zh-Hans": "隐私政策"},
        languages=(Language("en", "official"), Language("zh-Hans", "unreviewed")),
        source_language="en",
        prevailing="unstated",
        time_zone="Asia/Shanghai",
        publisher=Publisher(
            {"en": "Example", "zh-Hans": "示例"},
            {"en": "Hotline 400-000-0000", "zh-Hans": "热线：400-000-0000"},
        ),
        notice_days=NUMBERS,
        variables={"hotline": both("400-000-0000")},
        nodes=(_notice(), _collect(), _use()),
    )
    return replace(made, **changes)


def _notice() -> Node:
    text = {"en": "Please read this. Call {hotline}.", "zh-Hans": "请阅读本政策。电话：{hotline}。"}
    about = node("notice.about", Kind.PARAGRAPH, text=text)
    heading = {"en": "Important Notice:", "zh-Hans": "重要提示："}
    return node("notice", Kind.NOTICE, heading=heading, children=(about,))


def _collect() -> Node:
    note = node(
        "collect.account.note",
        Kind.NOTE,
        heading={"en": "Special note:", "zh-Hans": "特别说明："},
        text={"en": "Be careful.", "zh-Hans": "请您谨慎对待。"},
    )
    item = node(
        "collect.account.name",
        Kind.ITEM,
        label={"en": "(1)", "zh-Hans": "（1）"},
        text={"en": "Your name.", "zh-Hans": "您的姓名。"},
    )
    account = node(
        "collect.account",
        label=both("1.1.1"),
        text={"en": "When registering, see {@use}.", "zh-Hans": "注册时，见{@use}。"},
        children=(item, note),
    )
    section = node(
        "collect.provided",
        Kind.SECTION,
        label=both("1.1"),
        heading={"en": "Information You Provide", "zh-Hans": "您提供的信息"},
        children=(account,),
    )
    return node(
        "collect",
        Kind.ARTICLE,
        label={"en": "Article 1.", "zh-Hans": "第一条"},
        heading={"en": "Information We May Collect", "zh-Hans": "我们可能收集的信息"},
        text={"en": "We collect personal information.", "zh-Hans": "我们收集个人信息。"},
        children=(section,),
    )


def _use() -> Node:
    return node(
        "use",
        Kind.ARTICLE,
        label={"en": "Article 2.", "zh-Hans": "第二条"},
        heading={"en": "Use", "zh-Hans": "使用"},
        text={"en": "We **use** it.\n\nTwice.", "zh-Hans": "我们**使用**它。\n\n两次。"},
        closing={"en": "That is all.", "zh-Hans": "以上。"},
    )


# --- Documents that nobody would write: for properties that must hold of all of them.


def _tuples(items: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=most).map(tuple)


def _by_language(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from((*TAGS, "\ud800")), values, max_size=2)


HOSTILE = (
    *("", "\ud800", "\udc00\ud800", "\x00", "\x1b[2J", "\u2028\x85\r\n", "</script><!--", "\u202e"),
    *("\ufeff", "e\u0301"),
    *('"\\/', "{@use}", "**", "不得", "may not", "30 days", "🏳️‍🌈", " ", "\U0010ffff"),
)
texts = st.sampled_from(HOSTILE) | st.text(st.characters(max_codepoint=0x10FFFF, categories=None), max_size=6)
leaves = st.one_of(st.builds(Text, texts), st.builds(Ref, texts, texts), st.builds(Var, texts, texts))
inline = st.recursive(
    leaves,
    lambda inner: st.builds(Strong, _tuples(inner)) | st.builds(Link, _tuples(inner), texts),
    max_leaves=3,
)
IDS = tuple("abcdefgh")


bodies = _by_language(_tuples(_tuples(inline)))
nodes = st.builds(
    Node,
    id=st.just(""),
    kind=st.sampled_from(Kind),
    reserved=st.booleans(),
    labels=_by_language(st.builds(Label, texts, texts, texts)),
    heading=_by_language(_tuples(inline)),
    text=bodies,
    closing=bodies,
    facts=_tuples(st.builds(Fact, texts, texts)),
    replaces=_tuples(st.sampled_from(IDS)),
    restores=st.none() | st.just("1.0.0"),
    children=st.just(()),
)


@st.composite
def trees(draw: st.DrawFn) -> tuple[Node, ...]:
    """Some nodes with ids of a small pool, so that two documents share many, anywhere in a tree."""
    ids = draw(st.permutations(IDS))[: draw(st.integers(0, 5))]
    parents = {name: draw(st.sampled_from(("", *ids[:place]))) for place, name in enumerate(ids)}
    made = {name: draw(nodes) for name in ids}

    def under(parent: str) -> tuple[Node, ...]:
        below = (name for name in ids if parents[name] == parent)
        return tuple(replace(made[name], id=name, children=under(name)) for name in below)

    return under("")


documents = st.builds(
    Document,
    policy=texts,
    title=_by_language(texts),
    languages=st.sampled_from(
        (
            (Language("en", "official"), Language("zh-Hans", "unreviewed")),
            (Language("zh-Hans", "official"), Language("en", "official")),
            (Language("en", "unreviewed"),),
            (),
        )
    ),
    source_language=texts,
    prevailing=texts,
    time_zone=texts,
    publisher=st.builds(Publisher, _by_language(texts), _by_language(texts)),
    notice_days=st.builds(NoticeDays, st.integers(), st.integers(), st.integers()),
    variables=st.dictionaries(texts, _by_language(texts), max_size=2),
    nodes=trees(),
)
