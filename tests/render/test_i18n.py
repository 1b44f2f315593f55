from datetime import UTC, datetime
from pathlib import Path

import pytest

from policypress.render import i18n

MIDNIGHT = datetime(2026, 2, 28, 16, 0, tzinfo=UTC)  # 00:00 of 1 March in Shanghai
NOON = datetime(2026, 3, 1, 4, 30, tzinfo=UTC)
ZONE = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("tag", "words"),
    [("en", "Draft"), ("zh-Hans", "草稿"), ("zh-Hans-CN", "草稿"), ("fr", "Draft"), ("zh-Hant", "Draft")],
)
def test_words_come_from_the_catalog_of_the_language_or_in_english(tag: str, words: str) -> None:
    assert i18n.words(tag).gettext("Draft") == words


def test_a_workspace_may_bring_its_own_language(tmp_path: Path) -> None:
    folder = tmp_path / "templates/locales/fr/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "policypress.po").write_text(
        'msgid ""\nmsgstr "Language: fr\\n"\n\nmsgid "Draft"\nmsgstr "Brouillon"\n', "utf-8"
    )
    assert i18n.words("fr", tmp_path).gettext("Draft") == "Brouillon"
    assert i18n.catalog_tag("fr-CA", tmp_path) == "fr"


@pytest.mark.parametrize(
    ("tag", "reader", "among", "name"),
    [
        ("en", None, (), "English"),
        ("zh-Hans", None, ("en", "zh-Hans"), "中文"),
        ("zh-Hans", None, ("zh-Hant", "zh-Hans"), "中文 (简体)"),
        ("en", "zh-Hans", (), "英语"),
        ("zh-Hans", "en", (), "Chinese"),
        ("fr", None, (), "Français"),
        ("qaa", None, (), "qaa"),
    ],
)
def test_language_names(tag: str, reader: str | None, among: tuple[str, ...], name: str) -> None:
    assert i18n.language_name(tag, reader, among=among) == name


@pytest.mark.parametrize(
    ("tag", "text"), [("en", "March 1, 2026"), ("zh-Hans", "2026年3月1日"), ("qaa", "March 1, 2026")]
)
def test_a_date_is_that_of_the_policys_zone(tag: str, text: str) -> None:
    assert i18n.date(MIDNIGHT, tag, ZONE) == text


def test_an_instant_names_its_zone_and_its_time_only_when_it_is_not_midnight() -> None:
    assert i18n.instant(MIDNIGHT, "en", ZONE) == "March 1, 2026 (China Standard Time)"
    assert i18n.instant(MIDNIGHT, "zh-Hans", ZONE) == "2026年3月1日（中国标准时间）"
    assert "12:30" in i18n.instant(NOON, "zh-Hans", ZONE)
