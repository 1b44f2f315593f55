"""Any service that Apprise knows: Slack, WeCom, DingTalk, Feishu and many more. An optional extra."""

from __future__ import annotations

from typing import Any

from policypress.core.notices import Answer, ChannelError, Commit, Message, State


def _apprise() -> Any:
    try:
        import apprise
    except ModuleNotFoundError as error:
        raise ChannelError(
            "channels of type `service` need Apprise, which is not installed",
            "Run `pip install policypress[services]`.",
            lasting=True,
        ) from error
    return apprise


class ServiceChannel:
    """One service, by the address that Apprise gives it; that address is a secret."""

    def __init__(self, url: str, name: str) -> None:
        self._apprise = _apprise()
        self._service = self._apprise.Apprise()
        if not self._service.add(url):
            raise ChannelError(
                f"{name} holds no address that Apprise knows", "See its list of services.", lasting=True
            )

    def send(self, message: Message, commit: Commit) -> Answer:
        """Post one message. Apprise says only whether it went well, not how far it came: failure is doubt."""
        commit()
        done = self._service.notify(
            body=message.text, title=message.subject, body_format=self._apprise.NotifyFormat.TEXT
        )
        if done:
            return Answer(State.ACCEPTED)
        return Answer(State.IN_DOUBT, "Apprise reports a failure, not how far the message came")

    def close(self) -> None:
        """Nothing is kept open."""
