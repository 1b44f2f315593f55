"""`policypress notify send`: looked at, approved, sent to real servers, each told once; what is refused."""

from __future__ import annotations

import email
import email.policy
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from policypress import app
from tests.cli.runner import on_terminal, run_here
from tests.support import sender, transcripts
from tests.support.histories import Workspace
from tests.support.mailings import SECRET, Setting, digest_in, released, today
from tests.support.mailserver import is_refused, mail_server
from tests.support.notices import SITE
from tests.support.paths import ROOT
from tests.support.receiver import Receiver, receiving
from tests.support.workflows import here

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
    assert "2  held" in done.stdout
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
    assert run_here("withdraw", "2.0.0", "--reason", "Counted wrongly.", cwd=root).returncode == 0
    early = setting.run("--kind", "withdrawal")
    assert early.returncode == 1
    assert "site does not say that privacy 2.0.0 was withdrawn" in early.stderr
    assert run_here("build", cwd=root).returncode == 0
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


@pytest.mark.usefixtures("port")
def test_the_strictest_parser_reads_what_the_server_received(setting: Setting, log: Path) -> None:
    kept = log.with_name(f"{log.name}.d")
    kept.mkdir()
    setting.run("--yes", setting.digest())
    strict = email.policy.default.clone(raise_on_defect=True)
    for number, language in ((1, "en"), (2, "zh-Hans")):
        data = (kept / f"u{number}@example.com.eml").read_bytes()
        read = email.message_from_bytes(data, policy=strict)
        assert (read["To"], read["Content-Language"]) == (f"u{number}@example.com", language)
        assert len(read.items()) == len(set(read.keys()))
        assert [part.get_content_type() for part in read.walk()][1:] == ["text/plain", "text/html"]


def test_a_version_older_than_what_is_amended_is_led_to_a_comparison(setting: Setting) -> None:
    """To whoever accepted 1.0.0, 2.0.1 is told with all that lies between."""
    made = setting.made
    made.change("for 60 days", "for 60  days")
    made.release(today().isoformat())
    app.build(made.root, as_of=today() + timedelta(minutes=1))
    setting.run("--below-minimum", "--preview", "look.html")
    page = (made.root / "look.html").read_text("utf-8")
    assert f"{SITE}en/privacy/compare/?from=1.0.0&amp;to=2.0.1" in page.replace("&amp;amp;", "&amp;")
    assert (made.root / "site/en/privacy/compare/index.html").is_file()


@pytest.mark.usefixtures("port")
def test_on_a_terminal_a_bar_says_how_far_it_is(setting: Setting) -> None:
    many(setting, 60)
    arguments = setting.arguments("--yes", setting.digest())
    _, said = on_terminal("", *arguments, cwd=setting.made.root)
    assert "sending" in said
    assert "60/60" in said
    assert "59  accepted" in said


def test_the_commands_of_the_page_about_notices_print_what_it_shows(setting: Setting, port: int) -> None:
    root = setting.made.root
    config = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(f"site_url: {SITE}\n{config}", "utf-8")
    page = (ROOT / "docs/notices.md").read_text("utf-8").partition("## What is said")[0]
    page = page.replace("port: 25", f"port: {port}")
    first = transcripts.run(list(transcripts.script(page.partition("Whoever")[0])), root, here(), port)
    page = page.replace(digest_in(page), digest_in("".join(first)))
    commands = list(transcripts.script(page))
    for command, printed in zip(commands, transcripts.run(commands, root, here(), port), strict=True):
        assert transcripts.is_as_shown(command.shown, printed), f"$ {command.line}\n{printed}"
    assert len(commands) == 5


# --- Killed, and two at once


def many(setting: Setting, count: int) -> None:
    setting.write([f"c{n},u{n}@example.com,{('en', 'zh-Hans')[n % 2]},1.0.0," for n in range(count)])


def started(setting: Setting, digest: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "policypress", *setting.arguments("--yes", digest)]
    return subprocess.Popen(
        command, cwd=setting.made.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def assert_once(setting: Setting, log: Path, count: int, *, doubtful: int) -> None:
    """Everybody whom the server knows was told exactly once, but for a few in doubt, which are listed."""
    status = run_here("notify", "status", "--format", "json", cwd=setting.made.root)
    (event,) = json.loads(status.stdout)["events"]
    found = [one["recipient"] for one in event["not_accepted"] if one["state"] == "in doubt"]
    assert len(found) <= doubtful
    times = Counter(told(log))
    assert max(times.values()) == 1
    missing = {f"u{n}" for n in range(count) if not is_refused(n)} - set(times)
    assert missing <= {f"u{one[1:]}" for one in found}
    assert event["counts"]["refused"] == sum(map(is_refused, range(count)))


@pytest.mark.usefixtures("port")
def test_a_run_that_was_killed_is_taken_up_by_the_same_line(setting: Setting, log: Path) -> None:
    many(setting, 200)
    digest = setting.digest()
    sender.killed_at(started(setting, digest), log, 70)
    assert setting.run("--yes", digest).returncode == 1  # some were refused for good
    assert_once(setting, log, 200, doubtful=1)


@pytest.mark.usefixtures("port")
def test_two_runs_at_once_tell_everybody_once(setting: Setting, log: Path) -> None:
    many(setting, 200)
    digest = setting.digest()
    both = [started(setting, digest) for _ in range(2)]
    for process in both:
        process.communicate(timeout=60)
    setting.run("--yes", digest)  # what one left to the other when it ended
    assert_once(setting, log, 200, doubtful=0)


# --- What the outbox is asked


@pytest.mark.usefixtures("port")
def test_a_recipient_who_is_forgotten_is_not_told_again(setting: Setting, log: Path) -> None:
    setting.write([PEOPLE[0].replace("c1", "customer-4711"), *PEOPLE[1:]])
    digest = setting.digest()
    setting.run("--yes", digest)
    root = setting.made.root
    done = run_here("notify", "purge", "--recipient", "customer-4711", cwd=root)
    assert done.stdout == "forgotten in 1 event; a keyed hash of the id stays in each\n"
    assert "customer-4711" not in run_here("notify", "status", cwd=root).stdout
    assert b"customer-4711" not in (root / ".policypress/outbox.sqlite").read_bytes()
    setting.run("--yes", digest)
    assert told(log) == ["u1", "u2"]


@pytest.mark.usefixtures("port")
def test_what_is_over_is_forgotten_and_never_sent_again(setting: Setting, log: Path) -> None:
    digest = setting.digest()
    setting.run("--yes", digest)
    root = setting.made.root
    assert run_here("notify", "purge", "--before", "2000-01-01", cwd=root).stdout.startswith("0 notices")
    assert run_here("notify", "purge", "--before", "2200-01-01", cwd=root).stdout.startswith("4 notices")
    done = setting.run("--yes", digest)
    assert done.returncode == 2
    assert "its recipients were purged" in done.stderr
    assert told(log) == ["u1", "u2"]


@pytest.mark.usefixtures("port")
def test_a_person_decides_on_what_was_refused(setting: Setting, log: Path) -> None:
    setting.write(["c7,u7@example.com,en,1.0.0,"])
    digest = setting.digest()
    setting.run("--yes", digest)
    root = setting.made.root
    assert run_here("notify", "resolve", "2.0.0", "c1", "--again", cwd=root).returncode == 2
    assert run_here("notify", "resolve", "2.0.0", "c7", "--sent", cwd=root).returncode == 0
    assert setting.run("--yes", digest).returncode == 0
    assert not log.read_text()


@pytest.mark.parametrize("command", ["status", "purge"])
def test_before_anything_was_sent_there_is_no_outbox(setting: Setting, command: str) -> None:
    more = ["--recipient", "c1"] if command == "purge" else []
    done = run_here("notify", command, *more, cwd=setting.made.root)
    assert (done.returncode, done.stdout) == (1, "")
    assert "there is no outbox" in done.stderr


def test_purge_forgets_one_or_what_is_old(setting: Setting) -> None:
    assert run_here("notify", "purge", cwd=setting.made.root).returncode == 2


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
    status = run_here("notify", "status", "--format", "json", cwd=late.made.root)
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
