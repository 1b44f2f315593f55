"""`policypress notify`: what is shown, what is written, what is refused."""

from __future__ import annotations

import email
import email.policy
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.runner import Done, run_here
from tests.support.histories import Workspace
from tests.support.notices import SITE, changed

HEADERS = {
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
    *("MIME-Version", "Content-Type", "Content-Language"),
}
AS_OF = ("--as-of", "2026-03-02")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return changed(tmp_path_factory.mktemp("notify") / "w")


def notify(made: Workspace, *arguments: str) -> Done:
    return run_here("notify", *arguments, cwd=made.root)


def test_the_newest_release_is_told_to_those_who_know_what_it_amends(made: Workspace) -> None:
    done = notify(made, *AS_OF, "--site-url", SITE, "--language", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "what is new in version 2.0.0, compared with version 1.0.0" in done.stdout
    assert notify(made, "show", "2.0.0", *AS_OF, "--site-url", SITE, "--language", "en").stdout == done.stdout


def test_any_two_versions_are_told(made: Workspace) -> None:
    made = made.copy(made.root.with_name("two"))
    made.change("60 days", "90 days")
    made.change("六十日", "九十日")
    done = notify(
        made, "2.0.0", "draft", *AS_OF, "--site-url", SITE, "--format", "banner", "--language", "en"
    )
    banner = json.loads(done.stdout)
    assert (banner["old_version"], banner["new_version"], banner["effective"]) == ("2.0.0", "draft", None)


def test_all_forms_are_written_in_all_languages(made: Workspace, tmp_path: Path) -> None:
    done = notify(made, *AS_OF, "--site-url", SITE, "--output", str(tmp_path / "out"))
    assert done.returncode == 0
    names = {"mail.txt", "mail.html", "mail.eml", "short.txt", "banner.json", "notice.md"}
    for tag in ("en", "zh-Hans"):
        assert {path.name for path in (tmp_path / "out" / tag).iterdir()} == names
        data = (tmp_path / "out" / tag / "mail.eml").read_bytes()
        read = email.message_from_bytes(data, policy=email.policy.default.clone(raise_on_defect=True))
        assert read["Content-Language"] == tag


def test_a_workspace_s_own_templates_count(made: Workspace, tmp_path: Path) -> None:
    own = made.copy(tmp_path / "w")
    (own.root / "templates/notices").mkdir(parents=True)
    (own.root / "templates/notices/short.txt").write_text("Ours & {{ title }}: {{ changes }}")
    done = notify(own, *AS_OF, "--site-url", SITE, "--format", "short", "--language", "en")
    assert done.stdout == f"Ours & Privacy Policy: {SITE}en/privacy/2.0.0/changes/\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "--site-url"),
        (["--site-url", "ftp://x"], 2, "is no address of a site"),
        (["--site-url", SITE, "--language", "fr"], 2, "There is no text in `fr`"),
        (["9.9.9", "--site-url", SITE], 2, "never released"),
        (["2.0.0", "1.0.0", "--site-url", SITE, "--kind", "withdrawal"], 1, "was not withdrawn"),
        (["1.0.0", "--site-url", SITE], 1, "is the first release"),
        (["draft", "--site-url", SITE], 1, "nothing changed from 2.0.0 to draft"),
    ],
)
def test_what_cannot_be_told_is_refused_in_words(
    made: Workspace, arguments: list[str], code: int, said: str
) -> None:
    done = notify(made, *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


# What a source may hold, and some of what it may not.
_HOSTILE = st.text(
    st.sampled_from("ab 政:;,<>\"'@=?\\-_.") | st.characters(codec="utf-8", exclude_categories=["Cc"]),
    min_size=1,
    max_size=90,
) | st.text(st.sampled_from("ab\r\n\t\u2028\u0085\x7f:"), min_size=1)


@given(title=_HOSTILE, name=_HOSTILE)
@settings(max_examples=40, deadline=None)
def test_no_title_and_no_name_in_the_source_breaks_out_of_a_header(
    made: Workspace, title: str, name: str
) -> None:
    """Either it is refused in words, or the mail has its own headers, each once, and no other."""
    source = made.policy / "policy.yaml"
    before = source.read_text("utf-8")
    try:
        made.change(
            "title: {en: Privacy Policy",
            f"title: {{en: {json.dumps(title, ensure_ascii=False)}",
            "policy.yaml",
        )
        made.change(
            "name: {en: Example", f"name: {{en: {json.dumps(name, ensure_ascii=False)}", "policy.yaml"
        )
        done = run_here(
            *("notify", "2.0.0", "draft", "--site-url", SITE, "--language", "en", "--format", "email"),
            cwd=made.root,
        )
    finally:
        source.write_text(before, "utf-8")
    assert done.returncode in (0, 1), done.stderr
    if done.returncode == 0:
        read = email.message_from_string(done.stdout, policy=email.policy.default.clone(raise_on_defect=True))
        assert sorted(read.keys()) == sorted(HEADERS)
        assert read["To"] == "recipient@example.invalid"
