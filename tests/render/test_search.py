import json

from policypress.render import search
from tests.support.documents import document


def entries(tag: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(search.index(document(), tag))["docs"]
    return found


def test_the_first_entry_is_the_page_without_an_anchor() -> None:
    assert entries("en")[0] == {"location": "./", "title": "Privacy Policy", "text": ""}


def test_every_clause_has_one_entry_at_its_anchor() -> None:
    places = [entry["location"] for entry in entries("zh-Hans")[1:]]
    assert places == [
        f"./#{id_}"
        for id_ in (
            "notice",
            "notice.about",
            "collect",
            "collect.provided",
            "collect.account",
            "collect.account.name",
            "collect.account.note",
            "use",
        )
    ]


def test_texts_are_clean() -> None:
    use = entries("zh-Hans")[-1]
    assert use == {"location": "./#use", "title": "第二条 使用", "text": "我们使用它。\n两次。\n以上。"}


def test_an_entry_without_words_of_its_own_is_named_after_what_is_above() -> None:
    about = entries("en")[2]
    assert about["title"] == "Important Notice:"
    assert about["text"] == "Please read this. Call 400-000-0000."
