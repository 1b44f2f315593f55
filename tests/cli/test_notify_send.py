"""`policypress notify send`: looked at, approved, sent to real servers, each told once; what is refused."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from policypress import app
from tests.cli.runner import run_here as run
from tests.support.histories import Workspace
from tests.support.mailings import SECRET, Setting, digest_in, released, today
from tests.support.mailserver import mail_server
from tests.support.receiver import Receiver, receiving

PEOPLE = [
    "c1,u1@example.com,en,1.0.0,en",
    "c2,u2@example.com,zh-Hans,1.0.0,zh-Hans",
    "c4,u4@example.com,fr,1.0.0,en",
    "c5,u5@example.com,en,0.9.0,en",
    "c6,u6@example.com,en,2.0.0,en",
]
WRONG = "0" * 8


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return released(tmp_path_factory.mktemp("send") / "w")


@pytest.fixture
def setting(original: Workspace, tmp_path: Path) -> Setting:
    made = Setting(original.copy(tmp_path / "w"), tmp_path / "people.csv")
    made.write(PEOPLE)
    made.channels(port=9)
    return made


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "accepted.log"


@pytest.fixture
def port(log: Path, setting: Setting) -> Iterator[int]:
    with mail_server(log) as port:
        setting.channels(port=port)
        yield port


def told(log: Path) -> list[str]:
    """Whom the server accepted mail for, in that order."""
    return [line.split()[0].split("@")[0] for line in log.read_text().splitlines()]


# --- Looking at it


def test_without_approval_it_shows_who_would_get_what_and_sends_nothing(setting: Setting) -> None:
    done = setting.run()
    assert done.returncode == 0
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines[1].startswith("1 mail en since 1.0.0 Changes to the Privacy Policy")
    assert lines[2].startswith("1 mail zh-Hans since 1.0.0 《隐私政策》")
    assert lines[3:6] == [
        "1 held back: the language 'fr' is not known",
        "1 held back: the version '0.9.0' is not known",
        "1 know this version already: nothing to tell",
    ]
    assert f"add --yes {digest_in(done.stdout)}" in done.stderr
    folder = setting.made.root / ".policypress"
    assert sorted(path.name for path in folder.iterdir()) == [".gitignore", "preview.html"]


def test_the_preview_names_everybody_by_id_and_nobody_by_address(setting: Setting) -> None:
    digest = setting.digest("--preview", "look.html")
    page = (setting.made.root / "look.html").read_text("utf-8")
    assert digest in page
    assert all(f"c{number}" in page for number in (1, 2, 4, 5, 6))
    assert not re.search(r"u\d@", page)
    assert page.count("<iframe sandbox") == 2


def test_a_dry_run_sends_nothing_even_with_approval(setting: Setting) -> None:
    done = setting.run("--dry-run", "--yes", setting.digest())
    assert done.returncode == 0
    assert not (setting.made.root / ".policypress/outbox.sqlite").exists()


# --- Sending


@pytest.mark.usefixtures("port")
def test_each_is_told_once_in_their_language_and_the_others_are_reported(setting: Setting, log: Path) -> None:
    digest = setting.digest()
    done = setting.run("--yes", digest)
    assert done.returncode == 1  # two were held
    assert told(log) == ["u1", "u2"]
    assert "2  accepted" in done.stdout
    assert "held      c4  the language 'fr' is not known" in done.stdout
    again = setting.run("--yes", digest)
    assert again.stdout == done.stdout
    assert told(log) == ["u1", "u2"]


@pytest.mark.usefixtures("port")
def test_all_told_is_a_success_and_failures_for_good_are_listed(setting: Setting, log: Path) -> None:
    setting.write([f"c{number},u{number}@example.com,en,1.0.0," for number in (1, 3)])
    done = setting.run("--yes", setting.digest())  # the server takes u3 at the second try
    assert (done.returncode, sorted(told(log))) == (0, ["u1", "u3"])
    setting.write([f"c{number},u{number}@example.com,en,1.0.0," for number in (1, 3, 7)])
    done = setting.run("--yes", setting.digest())
    assert done.returncode == 1
    assert "refused   c7  550 5.1.1 <(address)>: no such mailbox" in done.stdout
    assert len(told(log)) == 2


@pytest.mark.usefixtures("port")
def test_each_kind_is_an_event_of_its_own(setting: Setting, log: Path) -> None:
    for kind in ("announce", "reminder", "correction"):
        setting.run("--kind", kind, "--yes", setting.digest("--kind", kind))
    # A correction goes to those as well who accepted what it corrects.
    assert told(log) == ["u1", "u2", "u1", "u2", "u1", "u2", "u6"]


@pytest.mark.usefixtures("port")
def test_a_withdrawal_is_told_when_the_site_says_so(setting: Setting, log: Path) -> None:
    root = setting.made.root
    assert run("withdraw", "2.0.0", "--reason", "Counted wrongly.", cwd=root).returncode == 0
    early = setting.run("--kind", "withdrawal")
    assert early.returncode == 1
    assert "site does not say that privacy 2.0.0 was withdrawn" in early.stderr
    assert run("build", cwd=root).returncode == 0
    setting.run("--kind", "withdrawal", "--yes", setting.digest("--kind", "withdrawal"))
    assert told(log) == ["u1", "u2", "u6"]


def test_a_webhook_carries_all_languages_and_its_signature_holds(setting: Setting) -> None:
    setting.people.unlink()
    with receiving(Receiver(statuses=[503, 204])) as receiver:
        setting.channels(hook=receiver.port)
        done = setting.run("--yes", setting.digest())
        assert done.returncode == 0, done.stderr
        assert "1  accepted" in done.stdout
        assert len(receiver.received) == 2  # it was busy at first
        _, body, headers = receiver.received[-1]
    lower = {name.lower(): value for name, value in headers.items()}
    event = Webhook(SECRET).verify(body.decode(), lower)
    assert event["type"] == "policy.announce"
    assert event["data"]["version"] == "2.0.0"
    assert list(event["data"]["banners"]) == ["en", "zh-Hans"]
    assert json.loads(body) == event
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "A" * 32).verify(body.decode(), lower)
    assert receiver.received[0][2]["webhook-id"] == lower["webhook-id"]


def test_no_address_and_no_secret_is_in_the_outbox_or_in_what_is_said(setting: Setting, log: Path) -> None:
    with receiving(Receiver()) as receiver, mail_server(log) as port:
        setting.channels(port=port, hook=receiver.port)
        setting.write([*PEOPLE, "c7,u7@example.com,en,1.0.0,"])
        done = setting.run("--yes", setting.digest())
    assert "3  accepted" in done.stdout
    files = [path.read_bytes() for path in (setting.made.root / ".policypress").iterdir()]
    kept = b"".join([*files, done.stdout.encode(), done.stderr.encode()])
    assert b"u7@" not in kept
    assert b"u1@" not in kept
    assert SECRET[6:].encode() not in kept


# --- What is refused


def change_a_row(setting: Setting) -> None:
    setting.write([*PEOPLE, "c8,u8@example.com,en,1.0.0,"])


def change_a_template(setting: Setting) -> None:
    folder = setting.made.root / "templates/notices"
    folder.mkdir(parents=True)
    (folder / "mail.txt").write_text("Other words.")


def change_a_channel(setting: Setting) -> None:
    setting.channels(port=10)


@pytest.mark.parametrize(
    ("change", "more", "said"),
    [
        (change_a_row, (), "the recipients are not what was approved"),
        (change_a_template, (), "the messages are not what was approved"),
        (change_a_channel, (), "the channels are not what was approved"),
        (
            lambda _: None,
            ("--kind", "reminder"),
            "the release, its kind or the reason and the messages are not what was approved",
        ),
    ],
)
def test_what_is_not_as_it_was_approved_is_refused_with_the_reason(
    setting: Setting, change: Callable[[Setting], None], more: tuple[str, ...], said: str
) -> None:
    digest = setting.digest()
    change(setting)
    done = setting.run(*more, "--yes", digest)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert f"its digest is {setting.digest(*more)}" in done.stderr


def test_a_file_that_git_tracks_is_refused(setting: Setting) -> None:
    folder = setting.people.parent
    subprocess.run(["git", "init", "-q", folder], check=True)
    subprocess.run(["git", "-C", folder, "add", "people.csv"], check=True)
    done = setting.run()
    assert done.returncode == 2
    assert "addresses do not belong in a repository" in done.stderr


def test_nothing_is_sent_before_the_site_serves_the_release(setting: Setting, log: Path, port: int) -> None:
    record = setting.made.root / "site/api/v1/policies/privacy/versions/2.0.0.json"
    digest = setting.digest()
    good = record.read_bytes()
    for there, said in ((good + b" ", "serves another text as"), (None, "does not serve")):
        record.unlink()
        if there:
            record.write_bytes(there)
        done = setting.run("--yes", digest)
        assert done.returncode == 1
        assert f"{said} privacy 2.0.0" in done.stderr
        record.write_bytes(good)
    done = setting.run("--yes", digest, "--site", "http://127.0.0.1:9/")
    assert done.returncode == 1
    assert "cannot read http://127.0.0.1:9/" in done.stderr
    assert not log.read_text()
    assert port


def test_telling_so_late_that_the_promise_is_broken_needs_a_reason_which_is_kept(
    setting: Setting, tmp_path: Path, log: Path
) -> None:
    late = Setting(released(tmp_path / "late", days=25, ago=6), setting.people)
    with mail_server(log) as port:
        late.channels(port=port)
        done = late.run()
        assert done.returncode == 1
        assert "30 days of notice are promised for a material change, 2.0.0 takes effect in 25" in done.stderr
        reason = ("--reason", "The mail server was down.")
        digest = late.digest(*reason)
        refused = late.run("--yes", digest)
        assert refused.returncode == 1
        assert "its kind or the reason is not what was approved" in refused.stderr
        assert (
            "told later than was promised: The mail server was down."
            in late.run(*reason, "--yes", digest).stdout
        )
        assert told(log) == ["u1", "u2"]
        # Once some were told, the rest are told as well without another reason.
        late.write([*PEOPLE, "c8,u8@example.com,en,1.0.0,"])
        assert late.run().returncode == 0
    status = run("notify", "status", "--format", "json", cwd=late.made.root)
    assert json.loads(status.stdout)["events"][0]["reason"] == "The mail server was down."


def test_what_is_less_than_the_minimum_is_not_sent_unless_asked(setting: Setting) -> None:
    made = setting.made
    made.change("for 60 days", "for 60  days")
    dry = made.release(today().isoformat(), dry_run=True)
    assert dry.release.severity == "editorial"
    made.release(today().isoformat())
    app.build(made.root, as_of=today() + timedelta(minutes=1))
    setting.write(["c1,u1@example.com,en,2.0.0,en"])
    done = setting.run()
    assert done.returncode == 1
    assert "2.0.1 is editorial, and only what is minor or more is told" in done.stderr
    assert setting.run("--below-minimum").returncode == 0
    setting.channels(port=9, more="minimum_severity: editorial")
    assert setting.run().returncode == 0


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (("--channel", "pigeon"), 2, "there is no channel `pigeon`"),
        (("draft",), 1, "`draft` is no release"),
        (("9.9.9",), 2, "never released"),
        (("--kind", "effective"), 1, "is not in force before"),
        (("--yes", "please"), 1, "`'please'` is no digest of a preview"),
        (("--yes", f"{WRONG}-{WRONG}-{WRONG}-{WRONG}"), 1, "are not what was approved"),
        (("--site", "ftp://x"), 1, "no address of a site"),
    ],
)
def test_what_cannot_be_sent_is_refused_in_words(
    setting: Setting, more: tuple[str, ...], code: int, said: str
) -> None:
    done = setting.run(*more)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_mail_needs_recipients_and_one_way(setting: Setting) -> None:
    setting.people.unlink()
    done = setting.run()
    assert (done.returncode, "Give --recipients FILE." in done.stderr) == (2, True)
