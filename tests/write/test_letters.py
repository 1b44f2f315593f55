"""An e-mail says what it should, whatever is written into it, and nothing breaks out of its headers."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime, timedelta, timezone
from email.header import decode_header, make_header
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policypress.core.addresses import is_address
from policypress.core.notices import Event, Kind, Message, NoticeError, Recipient
from policypress.write.letters import letter

EVENT = Event("privacy", "1.1.0", Kind.ANNOUNCE)
ANN = Recipient("c1", "ann@example.com", "zh-Hans", "1.0.0", "zh-Hans")
SENDER = "privacy@publisher.example"
NOW = datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=8)))
HEADERS = {
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
    *("MIME-Version", "Content-Type", "Content-Language"),
}
STRICT = email.policy.default.clone(raise_on_defect=True)


def message(
    subject: str = "《隐私政策》更新通知",
    sender: str = "VSO 云",
    text: str = "您好。\n",
    html: str = "<p>您好。</p>\n",
) -> Message:
    return Message(ANN, EVENT, "zh-Hans", sender, subject, text, html)


def read_back(data: bytes) -> EmailMessage:
    read = email.message_from_bytes(data, policy=STRICT)
    assert isinstance(read, EmailMessage)
    return read


def content(part: Any) -> str:
    return str(part.get_content()).replace("\r\n", "\n")


def test_it_has_every_header_that_it_needs_and_no_more() -> None:
    read = read_back(letter(message(), SENDER, NOW))
    assert set(read.keys()) == HEADERS
    assert read["From"].addresses[0].display_name == "VSO 云"
    assert read["From"].addresses[0].addr_spec == SENDER
    assert read["To"] == "ann@example.com"
    assert read["Subject"] == "《隐私政策》更新通知"
    assert read["Date"].datetime == NOW
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Content-Language"] == "zh-Hans"


def test_answers_may_go_elsewhere() -> None:
    made = letter(message(), SENDER, NOW, reply_to="people@publisher.example")
    assert read_back(made)["Reply-To"] == "people@publisher.example"


def test_text_and_html_arrive_as_they_were_written() -> None:
    text, html = ".From here\nFrom there = 1\n" + "长" * 2000 + "\n", "<p>\n.您好</p>\n"
    read = read_back(letter(message(text=text, html=html), SENDER, NOW))
    assert read.get_content_type() == "multipart/alternative"
    assert content(read.get_body(("plain",))) == text
    assert content(read.get_body(("html",))) == html


def test_without_html_it_is_plain_text() -> None:
    read = read_back(letter(message(html=""), SENDER, NOW))
    assert read.get_content_type() == "text/plain"
    assert read["Content-Language"] == "zh-Hans"


def test_every_line_is_short_ascii_with_the_line_end_of_mail() -> None:
    data = letter(message(text="长" * 5000 + "x" * 5000), SENDER, NOW)
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")


def test_the_same_notice_is_the_same_mail() -> None:
    assert letter(message(), SENDER, NOW) == letter(message(), SENDER, NOW)


def test_its_name_is_this_recipients_and_this_events() -> None:
    other = Message(Recipient("c2", "b@example.com"), EVENT, "en", "VSO", "s", "t")
    later = Message(ANN, Event("privacy", "1.1.0", Kind.REMINDER), "en", "VSO", "s", "t")
    names = {read_back(letter(made, SENDER, NOW))["Message-ID"] for made in (message(), other, later)}
    assert len(names) == 3
    assert all(name.endswith("@publisher.example>") for name in names)


any_text = st.text(max_size=60) | st.text(
    st.sampled_from('a中 \r\n\t:;<>@"\\=?_(),\x00\x0b\x85\u2028é'), max_size=60
)


@given(any_text, any_text)
@example("Hello\r\nBcc: everybody@example.com", "VSO")
@example("Hello", "VSO\nBcc: everybody@example.com")
@example("=?utf-8?q?Hello=0D=0ABcc=3A_everybody=40example=2Ecom?=", "=?utf-8?q?=0D=0ABcc=3A_x?=")
@example("Hello", '"VSO" <evil@example.com>, <other@example.com>')
def test_nothing_breaks_out_of_a_header(subject: str, sender: str) -> None:
    try:
        made = message(subject, sender)
    except NoticeError:
        return
    data = letter(made, SENDER, NOW)
    read = email.message_from_bytes(data, policy=email.policy.default)
    assert sorted(read.keys()) == sorted(HEADERS)
    assert [address.addr_spec for address in read["From"].addresses] == [SENDER]
    assert [address.addr_spec for address in read["To"].addresses] == ["ann@example.com"]
    assert read.get_content_type() == "multipart/alternative"
    assert data.isascii()


one_line = st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp"))


@given(st.text(one_line, max_size=120), st.text(one_line, min_size=1, max_size=120))
@example("Your choices - 1.1, 2.0: what changes.", "VSO Cloud")
@example(" = ", " ")
def test_titles_and_names_arrive_as_they_were_written(subject: str, sender: str) -> None:
    data = letter(message(subject, sender), SENDER, NOW)
    assert read_back(data)["Subject"] == subject
    # The strict reader puts spaces between the encoded words of a name, where RFC 2047 has none.
    name = email.message_from_bytes(data)["From"].removesuffix(f" <{SENDER}>")
    assert str(make_header(decode_header(name))) == sender


@given(any_text)
def test_what_passes_for_an_address_is_one_in_a_header(text: str) -> None:
    address = f"{text}@example.com"
    if is_address(address):
        made = letter(Message(Recipient("c1", address), EVENT, "en", "VSO", "s", "t"), SENDER, NOW)
        assert [found.addr_spec for found in read_back(made)["To"].addresses] == [address]


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x00", "\x0b", "\x85", "\u2028", "\ud800"])
def test_a_message_with_a_break_in_a_line_is_refused(break_: str) -> None:
    for subject, sender in ((f"a{break_}b", "VSO"), ("a", f"VSO{break_}")):
        with pytest.raises(NoticeError, match="control character"):
            message(subject, sender)


def test_a_clock_of_any_zone_is_said() -> None:
    assert read_back(letter(message(), SENDER, NOW.astimezone(UTC)))["Date"].datetime == NOW
