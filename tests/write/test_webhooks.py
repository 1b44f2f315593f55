"""A receiver that knows the secret can tell that a webhook is ours; what fails is tried again."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from policypress.core.notices import Answer, ChannelError, Event, Kind, Message, Recipient, State
from policypress.write.webhooks import Hook, WebhookChannel, keys
from tests.support.receiver import Receiver, receiving

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
BODY = json.dumps({"title": "《隐私政策》更新", "version": "1.1.0"}, ensure_ascii=False)
MESSAGE = Message(Recipient("channel app", ""), Event("privacy", "1.1.0", Kind.ANNOUNCE), "en", "", "", BODY)


def posted(receiver: Receiver, secret: str = SECRET, path: str = "/hooks", timeout: float = 5.0) -> Answer:
    hook = Hook(f"http://127.0.0.1:{receiver.port}{path}", keys(secret, "APP_SECRET"), timeout)
    with closing(WebhookChannel(hook, lambda: datetime.now(UTC))) as channel:
        return channel.send(MESSAGE, lambda: pytest.fail("nothing is beyond recall"))


def test_the_receiver_verifies_it() -> None:
    with receiving(Receiver()) as receiver:
        assert posted(receiver, path="/a/b?c=d") == Answer(State.ACCEPTED, "204 No Content")
    ((path, body, headers),) = receiver.received
    assert Webhook(SECRET).verify(body, headers) == json.loads(BODY)
    assert (path, headers["Content-Type"]) == ("/a/b?c=d", "application/json")


def test_another_secret_another_body_another_id_or_an_old_time_does_not_verify() -> None:
    with receiving(Receiver()) as receiver:
        posted(receiver)
    ((_, body, headers),) = receiver.received
    forgeries = [
        (OTHER, body, headers),
        (SECRET, body + b" ", headers),
        (SECRET, body, headers | {"webhook-id": "msg_other"}),
        (SECRET, body, headers | {"webhook-timestamp": str(int(headers["webhook-timestamp"]) - 3600)}),
        (SECRET, body, headers | {"webhook-signature": "v1,AAAA"}),
    ]
    for secret, said, by in forgeries:
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(said, by)


def test_while_a_secret_is_replaced_both_verify() -> None:
    with receiving(Receiver()) as receiver:
        posted(receiver, f"{SECRET} {OTHER}")
    ((_, body, headers),) = receiver.received
    for secret in (SECRET, OTHER):
        Webhook(secret).verify(body, headers)


def test_the_same_notice_has_the_same_id() -> None:
    with receiving(Receiver(statuses=[500])) as receiver:
        assert [posted(receiver).state for _ in range(2)] == [State.DEFERRED, State.ACCEPTED]
    assert len({headers["webhook-id"] for _, _, headers in receiver.received}) == 1


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, State.ACCEPTED),
        (202, State.ACCEPTED),
        (302, State.DEFERRED),
        (400, State.DEFERRED),
        (404, State.DEFERRED),
        (410, State.REFUSED),
        (429, State.DEFERRED),
        (503, State.DEFERRED),
    ],
)
def test_only_success_is_success_and_only_gone_is_the_end(status: int, state: State) -> None:
    with receiving(Receiver(statuses=[status], headers={"Location": "/elsewhere"})) as receiver:
        answer = posted(receiver)
    assert (answer.state, answer.reason[:3], len(receiver.received)) == (state, str(status), 1)


@pytest.mark.parametrize(
    ("header", "wait"),
    [("120", 120.0), ("999999999", 86400.0), ("Wed, 21 Oct 2026 07:28:00 GMT", 0.0), ("-1", 0.0), ("", 0.0)],
)
def test_it_waits_as_long_as_the_receiver_asks(header: str, wait: float) -> None:
    with receiving(Receiver(statuses=[503], headers={"Retry-After": header})) as receiver:
        assert posted(receiver).wait == wait


def test_a_slow_receiver_is_asked_again_later() -> None:
    with receiving(Receiver(delay=0.5)) as receiver:
        assert posted(receiver, timeout=0.1) == Answer(State.DEFERRED, "no answer in time")


def test_nobody_there_is_asked_again_later() -> None:
    with receiving(Receiver()) as receiver:
        pass
    assert posted(receiver) == Answer(State.DEFERRED, "connection refused")


@pytest.mark.parametrize(
    "secret", ["", "hunter2", "whsec_", "whsec_!!!", "whsec_c2hvcnQ=", f"{SECRET} hunter2"]
)
def test_what_is_no_secret_is_not_signed_with_nor_repeated(secret: str) -> None:
    with pytest.raises(ChannelError, match="APP_SECRET") as refused:
        keys(secret, "APP_SECRET")
    assert "hunter2" not in f"{refused.value.message} {refused.value.hint}"


def test_secrets_are_not_shown() -> None:
    hook = Hook("https://example.com/?token=hunter2", keys(SECRET, "APP_SECRET"))
    assert repr(hook) == "Hook(timeout=20.0)"
