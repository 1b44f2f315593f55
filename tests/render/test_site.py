import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from policypress.core.model import Language, Publisher
from policypress.core.site import Page, Site, link
from policypress.core.text import Text
from policypress.render import i18n, pages, paper, resources
from policypress.render.edition import Edition
from policypress.render.pages import Shelf
from policypress.render.site import render_site
from tests.support.documents import document, node

SITE = render_site((document(),))
EVIL = '<script>alert("x")</script>'


def page(path: str, site: Site = SITE) -> Page:
    return next(page for page in site.pages if page.path == path)


def words_of(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"</?(strong|a|span)\b[^>]*>", "", markup)).split())


def test_paths() -> None:
    assert [page.path for page in SITE.pages] == [
        "index.html",
        "en/index.html",
        "zh-Hans/index.html",
        "404.html",
        "en/privacy/index.html",
        "zh-Hans/privacy/index.html",
    ]
    assert {name for name in SITE.files if not name.startswith(("assets/", "api/"))} == {
        "_headers",
        *(
            f"{tag}/privacy/{name}"
            for tag in ("en", "zh-Hans")
            for name in ("print.css", "search/search_index.json")
        ),
    }


def test_assets_are_named_by_their_content() -> None:
    scripts = {
        "scheme.js",
        "page.js",
        "search.js",
        "versions.js",
        "history.js",
        "timeline.js",
        "compare.js",
        "comparing.js",
        "digests.js",
    }
    assert set(SITE.assets) == {"site.css", "paper.css", "favicon.svg", *scripts}
    assert all(path in SITE.files for path in SITE.assets.values())
    assert all(
        re.fullmatch(r"assets/policypress/\w+\.[0-9a-f]{8}\.\w+", path) for path in SITE.assets.values()
    )


def test_every_clause_has_its_permanent_anchor_and_a_link_to_it() -> None:
    content = page("en/privacy/index.html").content
    for id_ in ("notice", "collect", "collect.provided", "collect.account", "collect.account.note", "use"):
        assert content.count(f' id="{id_}"') == 1
        assert f'class="anchor" href="#{id_}"' in content
    assert len(re.findall(r' id="([^"]+)"', content)) == len(set(re.findall(r' id="([^"]+)"', content)))


def test_the_text_reads_in_order_with_each_label_before_its_text() -> None:
    text = words_of(page("en/privacy/index.html").content.split("data-clauses>")[1])
    assert text.startswith("Important Notice: # Please read this. Call 400-000-0000. #")
    expected = (
        "Article 1. Information We May Collect # We collect personal information. "
        "1.1 Information You Provide # 1.1.1 When registering, see Article 2. # "
        "(1) Your name. # Special note: Be careful. # "
        "Article 2. Use # We use it. Twice. That is all."
    )
    assert expected in text


def test_chinese_gets_no_space_after_a_run_in_title() -> None:
    assert (
        '<strong class="run-in">特别说明：</strong>请您谨慎对待。'
        in page("zh-Hans/privacy/index.html").content
    )


def test_headings_never_skip_a_level() -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", page("en/privacy/index.html").content)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_draft_says_so_and_shows_no_date() -> None:
    for tag, words in (("en", "This is a draft."), ("zh-Hans", "本文为草稿。")):
        content = page(f"{tag}/privacy/index.html").content
        assert words in content
        assert not re.search(r"\b20\d\d\b|年", content)


def test_only_an_unreviewed_text_says_that_it_is() -> None:
    notice = "本译文尚未经发布方审核。"
    assert notice in page("zh-Hans/privacy/index.html").content
    reviewed = document(languages=(Language("en", "official"), Language("zh-Hans", "convenience")))
    assert notice not in page("zh-Hans/privacy/index.html", render_site((reviewed,))).content
    assert "This translation" not in page("en/privacy/index.html").content


@pytest.mark.parametrize(
    ("prevailing", "words"),
    [
        ("unstated", "The policy does not state which language prevails."),
        ("equal", "The texts in all languages are equally valid."),
        ("zh-Hans", "The text in Chinese prevails."),
    ],
)
def test_which_language_prevails_is_said_as_it_is(prevailing: str, words: str) -> None:
    assert words in page("en/privacy/index.html", render_site((document(prevailing=prevailing),))).content


def test_a_release_shows_its_version_and_dates_in_the_readers_language() -> None:
    moment = datetime(2026, 2, 28, 16, 0, tzinfo=UTC)
    edition = Edition(document(), "1.1.0", published=moment, effective=moment)
    content = pages.policy(edition, "zh-Hans", Shelf((edition,))).content
    assert "版本 1.1.0" in content
    assert "2026年3月1日生效" in content
    assert "2026年3月1日（中国标准时间）" in content
    assert "本文为草稿" not in content


def test_a_policy_in_one_language_has_no_choice_and_no_prevailing_text() -> None:
    alone = document(languages=(Language("en", "official"),))
    shown = page("en/privacy/index.html", render_site((alone,)))
    assert shown.frame.languages == ()
    assert "Prevailing text" not in shown.content


def test_a_reserved_clause_keeps_its_number() -> None:
    kept = node("gone", label={"en": "Article 3.", "zh-Hans": "第三条"}, reserved=True)
    content = page("en/privacy/index.html", render_site((document(nodes=(kept,)),))).content
    assert "Article 3." in content
    assert "(Reserved)" in content


def test_languages_link_to_the_same_page() -> None:
    links = page("en/privacy/index.html").frame.languages
    assert [(one.tag, one.name, one.path, one.current) for one in links] == [
        ("en", "English", "en/privacy/index.html", True),
        ("zh-Hans", "中文", "zh-Hans/privacy/index.html", False),
    ]


def test_nothing_a_person_wrote_becomes_markup() -> None:
    title = {"en": EVIL, "zh-Hans": EVIL}
    evil = replace(document(), title=title, publisher=Publisher(title, title))
    evil = replace(evil, nodes=(replace(evil.nodes[1], heading={tag: (Text(EVIL),) for tag in title}),))
    site = render_site((evil,))
    for shown in site.pages:
        assert "<script" not in shown.content


def test_the_description_ends_with_a_sentence() -> None:
    assert page("en/privacy/index.html").description == "Please read this. Call 400-000-0000."
    long = node("long", text={"en": "First sentence. " + "word " * 60})
    assert pages.description((long,), "en") == "First sentence."


def test_several_policies_are_listed_in_every_language_that_they_have() -> None:
    other = document(policy="terms", title={"en": "Terms"}, languages=(Language("en", "official"),))
    site = render_site((document(), other))
    assert "Terms" in page("en/index.html", site).content
    assert "Terms" not in page("zh-Hans/index.html", site).content


def test_the_running_foot_is_safe_css() -> None:
    style = paper.style(
        Edition(document(title={"en": 'A"; } * { x', "zh-Hans": "隐"})), "en", i18n.words("en")
    )
    assert 'A\\22 \\3b  \\7d  \\2a  \\7b  x"' in style
    assert 'counter(page) " of " counter(pages)' in style


@pytest.mark.parametrize("tag", ["en", "zh-Hans"])
def test_the_words_around_page_numbers_keep_their_order(tag: str) -> None:
    words = i18n.words(tag).gettext("Page %(page)s of %(pages)s")
    assert words.index("%(page)s") < words.index("%(pages)s")


def test_a_workspaces_own_template_comes_first(tmp_path: Path) -> None:
    folder = tmp_path / "templates/pages"
    folder.mkdir(parents=True)
    (folder / "policies.html").write_text("<h1>ours</h1>", "utf-8")
    assert page("en/index.html", render_site((document(),), tmp_path)).content == "<h1>ours</h1>"


def test_resources_that_are_not_there() -> None:
    assert resources.find("nothing") is None
    assert resources.tree("nothing") == {}


@pytest.mark.parametrize(
    ("source", "target", "address"),
    [
        ("index.html", "index.html", "./"),
        ("index.html", "en/index.html", "en/"),
        ("en/privacy/index.html", "index.html", "../../"),
        ("en/privacy/index.html", "en/privacy/index.html", "./"),
        ("en/privacy/index.html", "assets/a.css", "../../assets/a.css"),
        ("en/privacy/1.0.0/index.html", "en/privacy/history/index.html", "../history/"),
    ],
)
def test_links_are_relative(source: str, target: str, address: str) -> None:
    assert link(source, target) == address
