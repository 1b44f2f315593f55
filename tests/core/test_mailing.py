"""What a preview's digest covers, and what stands in the way of a sending."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from policypress.core.ledger import Release
from policypress.core.mailing import Approval, Ordered, Said, approval, obstacles
from policypress.core.model import NoticeDays
from policypress.core.notices import Event, Kind, NoticeError
from policypress.read.ledger import read_ledger
from tests.support.histories import at
from tests.support.notices import changed

ORDER = Ordered(Event("privacy", "2.0.0", Kind.ANNOUNCE))
REMINDER = Event("privacy", "2.0.0", Kind.REMINDER)
SAID = Said("1.0.0", "en", "Example", "Changes", "Text", "<p>Text</p>")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Published on 1 March at ten, in force from 1 June; 30 days are promised."""
    made = changed(tmp_path_factory.mktemp("mailing") / "w", more="notice_days: {material: 30}\n")
    return read_ledger(made.policy).release("2.0.0")


def digest(
    order: Ordered = ORDER,
    record: str = "a",
    recipients: str = "b",
    said: Iterable[Said] = (SAID,),
    channels: object = 1,
) -> Approval:
    return approval(order, record, recipients, {"mail": list(said)}, {"mail": channels})


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (digest(record="x"), "the release, its kind or the reason"),
        (digest(order=replace(ORDER, reason="late")), "the release, its kind or the reason"),
        (
            digest(order=Ordered(Event("privacy", "2.0.0", Kind.REMINDER))),
            "the release, its kind or the reason",
        ),
        (digest(recipients="x"), "the recipients"),
        (digest(said=[]), "the messages"),
        *[
            (digest(said=[replace(SAID, **{name: "other"})]), "the messages")
            for name in ("old", "language", "sender", "subject", "text", "html")
        ],
        (digest(channels=2), "the channels"),
    ],
)
def test_each_part_of_what_is_approved_shows_in_its_part_of_the_digest(other: Approval, said: str) -> None:
    assert digest().differing(str(other)) == (said,)
    assert other.differing(str(other)) == ()


def test_the_order_of_messages_is_all_the_same() -> None:
    other = replace(SAID, language="zh-Hans")
    assert digest(said=[SAID, other]) == digest(said=[other, SAID])


@pytest.mark.parametrize("text", ["", "yes", "0" * 35, "Z" * 8 + "-00000000" * 3, f"{digest()} "])
def test_what_is_no_digest_is_refused(text: str) -> None:
    with pytest.raises(NoticeError):
        digest().differing(text)


def stops(release: Release, now: datetime, order: Ordered = ORDER, *, is_first: bool = True) -> list[str]:
    return [one.message for one in obstacles(order, release, "minor", now, is_first=is_first)]


@pytest.mark.parametrize(
    ("now", "late"),
    [
        ("2026-03-01T10:00", False),
        ("2026-05-02T23:59", False),
        ("2026-05-03T00:00", True),
        ("2026-06-01T00:00", True),
        ("2026-07-01T00:00", True),
    ],
)
def test_the_promise_is_kept_until_the_last_day_that_leaves_enough(
    release: Release, now: str, late: bool
) -> None:
    assert bool(stops(release, at(now))) is late
    assert stops(release, at(now), is_first=False) == []
    assert stops(release, at(now), replace(ORDER, reason="Down.")) == []
    assert bool(stops(release, at(now), replace(ORDER, reason=" \n"))) is late
    withdrawal = replace(ORDER, event=Event("privacy", "2.0.0", Kind.WITHDRAWAL))
    assert stops(release, at(now), withdrawal) == []


def test_a_release_with_short_notice_is_in_time_on_the_day_that_it_is_made(release: Release) -> None:
    assert release.effective
    short = replace(release, published=release.effective - timedelta(days=3))
    assert stops(short, at("2026-05-29T23:00")) == []
    assert len(stops(short, at("2026-05-30T00:00"))) == 1


def test_where_nothing_is_promised_nothing_is_late(release: Release, tmp_path: Path) -> None:
    document = replace(release.document, notice_days=NoticeDays(0, 0, 0))
    assert stops(replace(release, document=document), at("2027-01-01")) == []
    assert stops(replace(release, effective=None), at("2027-01-01")) == []
    assert stops(replace(release, based_on=None), at("2027-01-01")) == []


def test_an_old_text_recorded_later_is_not_told_unless_asked(release: Release) -> None:
    old = replace(release, provenance="reconstructed")
    (said,) = stops(old, at("2026-03-01T10:00"))
    assert "an old text" in said
    assert stops(old, at("2026-03-01T10:00"), replace(ORDER, reconstructed=True)) == []


@pytest.mark.parametrize(
    ("severity", "stopped"), [("editorial", True), ("minor", False), ("material", False)]
)
def test_what_is_less_than_the_minimum_is_not_told_unless_asked(
    release: Release, severity: str, stopped: bool
) -> None:
    light = replace(release, severity=severity)
    assert bool(stops(light, at("2026-03-01T10:00"))) is stopped
    assert stops(light, at("2026-03-01T10:00"), replace(ORDER, below_minimum=True)) == []
