"""Notices in every form and language: golden files, and nothing in a text that can do harm."""

from __future__ import annotations

import email
import email.policy
import json
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from policypress import app
from policypress.core.announcing import Notice
from policypress.core.errors import PolicypressError
from policypress.core.notices import Kind, NoticeError
from policypress.render.notices import FORMS, rendered
from tests.support.golden import same_as_golden
from tests.support.histories import Workspace
from tests.support.notices import SITE, changed, notice_of, retold

ENDINGS = {"text": "txt", "html": "html", "short": "short.txt", "banner": "json", "markdown": "md"}
STRICT = email.policy.default.clone(raise_on_defect=True)
HEADERS = {
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
    *("MIME-Version", "Content-Type", "Content-Language"),
}
TAGS = ("en", "zh-Hans")
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return changed(tmp_path_factory.mktemp("notices") / "w")


@pytest.fixture(scope="module")
def announced(made: Workspace) -> Notice:
    return notice_of(made)


def parsed(data: bytes) -> EmailMessage:
    found = email.message_from_bytes(data, policy=STRICT)
    assert isinstance(found, EmailMessage)
    return found


# --- As they were


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("form", FORMS)
def test_each_form_in_each_language_is_as_it_was(
    announced: Notice, form: str, tag: str, update_golden: bool
) -> None:
    text = rendered(announced, tag).form(form)
    same_as_golden(f"notices/{tag}.{ENDINGS[form]}", text, update=update_golden)


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("kind", [Kind.REMINDER, Kind.EFFECTIVE, Kind.CORRECTION])
def test_each_kind_has_words_of_its_own(made: Workspace, kind: Kind, tag: str, update_golden: bool) -> None:
    now = "2026-07-01" if kind is Kind.EFFECTIVE else "2026-03-02"
    said = rendered(notice_of(made, kind, now), tag)
    head = "\n".join([said.subject, *said.text.splitlines()[:2], said.short, ""])
    same_as_golden(f"notices/{kind}.{tag}.txt", head, update=update_golden)


@pytest.mark.parametrize("tag", TAGS)
def test_a_withdrawal_says_why_and_asks_for_nothing(tmp_path: Path, tag: str, update_golden: bool) -> None:
    made = changed(tmp_path / "w")
    made.withdraw("2.0.0", "2026-03-10T10:00")
    said = rendered(notice_of(made, Kind.WITHDRAWAL, "2026-03-11"), tag)
    same_as_golden(
        f"notices/withdrawal.{tag}.txt", f"{said.subject}\n{said.text}{said.short}\n", update=update_golden
    )


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("form", ["text", "html", "markdown", "banner"])
def test_all_that_a_reader_needs_is_in_it(announced: Notice, form: str, tag: str) -> None:
    text = rendered(announced, tag).form(form).replace("\\", "")
    wanted = {
        "en": [
            "Example",
            "privacy@example.com",
            "60 days",
            "Close your account",
            "June 1, 2026",
            "China Standard Time",
            "Material",
            "The text in Chinese prevails",
            "You can no longer",
            "separately",
        ],
        "zh-Hans": [
            "示例",
            "privacy@example.com",
            "六十日",
            "注销账号",
            "2026年6月1日",
            "中国标准时间",
            "重大",
            "以中文文本为准",
            "您将无法",
            "单独",
        ],
    }
    if form == "banner":
        wanted = {tag: words[:-1] for tag, words in wanted.items()}
    plain = text.replace("<span>@</span>", "@")
    missing = [word for word in wanted[tag] if word not in plain]
    assert missing == []
    assert f"{SITE}{tag}/privacy/2.0.0/changes/" in text
    assert f"{SITE}{tag}/privacy/2.0.0/" in text
    assert "1.0.0" in text


def test_what_changed_and_what_it_means_come_first(announced: Notice) -> None:
    lines = [line for line in rendered(announced, "en").text.splitlines() if line]
    assert lines[2].startswith("* We keep your information for 60 days")
    assert lines[3].strip().startswith("What it means for you:")


def test_a_short_text_is_one_sentence_and_a_link_and_never_cut(announced: Notice) -> None:
    long = retold(announced, title="Policy " * 400)
    said = rendered(long, "en").short
    assert said.count("Policy ") >= 400
    assert said.endswith(f"{SITE}en/privacy/2.0.0/changes/")
    assert "\n" not in said


def test_a_banner_is_json_for_a_program(announced: Notice) -> None:
    banner = json.loads(rendered(announced, "en").banner)
    assert (banner["action"], banner["severity"], banner["effective"]) == (
        "consent",
        "material",
        "2026-06-01T00:00:00+08:00",
    )
    assert [(scope["id"], scope["clauses"]) for scope in banner["scopes"]] == [("keeping", ["use"])]


# --- What is refused


def refused(made: Workspace, kind: Kind = Kind.ANNOUNCE, now: str = "2026-03-02", **options: str) -> str:
    with pytest.raises(PolicypressError) as error:
        notice_of(made, kind, now, **options)
    return f"{error.value.message}. {error.value.hint}"


def test_what_needs_choices_and_has_none_is_refused(tmp_path: Path) -> None:
    made = changed(tmp_path / "w", choices="choices: {en: '', zh-Hans: 注销账号。}\n", released=False)
    with pytest.raises(NoticeError) as error:
        notice_of(made, new="draft")
    assert "a note asks to consent and has no choices in en" in error.value.hint


def test_a_first_release_and_what_is_not_true_are_refused(made: Workspace) -> None:
    assert "1.0.0 is the first release" in refused(made, new="1.0.0")
    assert "2.0.0 was not withdrawn" in refused(made, Kind.WITHDRAWAL)
    assert "is not in force before" in refused(made, Kind.EFFECTIVE)
    assert "is in force already" in refused(made, Kind.REMINDER, "2026-07-01")


def test_a_withdrawn_release_is_only_told_as_such(tmp_path: Path) -> None:
    made = changed(tmp_path / "w")
    made.withdraw("2.0.0", "2026-03-10T10:00")
    assert "was withdrawn: announce would not be true" in refused(made, new="2.0.0", now="2026-03-11")


def test_without_an_address_of_the_site_there_is_no_notice(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nextra: !ENV [A, b]\n")
    with pytest.raises(PolicypressError) as error:
        app.site_url(tmp_path)
    assert "--site-url" in error.value.hint
    (tmp_path / "mkdocs.yml").write_text("site_url: https://example.com/legal\nextra: !ENV [A, b]\n")
    assert app.site_url(tmp_path) == SITE


# --- E-mails


@pytest.mark.parametrize("tag", TAGS)
def test_an_email_parses_under_the_strict_policy(announced: Notice, tag: str) -> None:
    said = rendered(announced, tag)
    read = parsed(app.email_of(announced, said, "a@example.com", NOW))
    assert set(read.keys()) == HEADERS
    assert read["Subject"] == said.subject
    assert read["From"].addresses[0].display_name == said.sender
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    plain, rich = (part.get_content().replace("\r\n", "\n") for part in read.iter_parts())
    assert (plain, rich) == (said.text, said.html)


_NASTY = st.text(st.one_of(st.characters(), st.sampled_from("\r\n\x00=?:<>{}%\"'&")), max_size=60)


@given(title=_NASTY, name=_NASTY)
def test_no_title_and_no_name_breaks_out_of_a_header(announced: Notice, title: str, name: str) -> None:
    notice = retold(announced, title=f"{title}\r\nBcc: x@y" if len(title) % 3 == 0 else title, name=name)
    said = rendered(notice, "en")
    try:
        data = app.email_of(notice, said, "a@example.com", NOW)
    except NoticeError:
        assert any(not char.isprintable() for char in said.subject + said.sender)
        return
    read = parsed(data)
    assert set(read.keys()) == HEADERS
    assert read["Subject"] == said.subject


@given(title=_NASTY.filter(lambda text: "\x00" not in text))
def test_no_title_becomes_markup(announced: Notice, title: str) -> None:
    notice = retold(announced, title=f"{title}<script>x</script><img src=x onerror=y>")
    said = rendered(notice, "en")
    assert "<script" not in said.html
    assert "<img" not in said.html
    assert "<script" not in said.markdown.replace("\\<", "")
    assert json.loads(said.banner)["title"].endswith("onerror=y>")
    tree = lxml_html.document_fromstring(said.html.encode("utf-8", "replace"))
    assert tree.xpath("//*[@onerror]|//script|//img") == []


def test_nothing_is_loaded_from_anywhere(announced: Notice) -> None:
    tree = lxml_html.fromstring(rendered(announced, "en").html)
    assert tree.xpath("//*[@src]|//link|//script|//img|//form") == []
    assert {one.get("href") for one in tree.xpath("//a")} == {
        f"{SITE}en/privacy/2.0.0/changes/",
        f"{SITE}en/privacy/2.0.0/",
    }
