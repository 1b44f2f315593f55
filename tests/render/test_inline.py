from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policypress.core.text import Link, Ref, Run, Runs, Strong, Text, Var, plain
from policypress.render.inline import html

HOSTILE = """<script>alert(1)</script> "' onload=x &amp; <!-- ]]> --> </p><img src=x onerror=y>"""

TEXTS = st.text() | st.just(HOSTILE)
LEAVES: st.SearchStrategy[Run] = (
    st.builds(Text, TEXTS) | st.builds(Var, st.just("name"), TEXTS) | st.builds(Ref, TEXTS, TEXTS)
)
RUNS: st.SearchStrategy[Runs] = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(Strong, st.lists(inner).map(tuple))
        | st.builds(
            Link,
            st.lists(inner).map(tuple),
            st.sampled_from(["https://a.example/?q=%22&b", "javascript:x", '" x="']),
        )
    ),
    max_leaves=8,
).map(lambda run: (run,))


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(markup: str) -> Reader:
    reader = Reader()
    reader.feed(str(markup))  # a Markup would escape what is compared with it
    reader.close()
    return reader


@given(RUNS)
def test_only_known_tags_come_out_and_the_text_stays_the_same(runs: Runs) -> None:
    found = read(html(runs))
    assert set(found.tags) <= {("strong", ()), ("a", ("href",)), ("a", ("href", "rel"))}
    assert found.text == plain(runs)


def test_a_link_leads_out_and_tells_nothing_of_where_it_was() -> None:
    link = Link((Text("terms"),), "https://a.example/?a=1&b=2")
    assert html((link,)) == (
        '<a href="https://a.example/?a=1&amp;b=2" rel="noopener noreferrer external">terms</a>'
    )


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//a.example", "a b"]
)
def test_an_unsafe_link_is_words_alone(href: str) -> None:
    assert html((Link((Text("terms"),), href),)) == "terms"


def test_a_reference_leads_to_its_clause() -> None:
    assert html((Ref("use", "Article 4"),)) == '<a href="#use">Article 4</a>'
