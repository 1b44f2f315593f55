"""What sending needs: the channels of a workspace, its outbox, a recipient file that is fit to be used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from policypress.core.diagnostics import Diagnostic, has_errors
from policypress.core.errors import PolicypressError, SourceError, WorkspaceError
from policypress.core.layout import SOURCE
from policypress.core.notices import Channel, ChannelError, Retries
from policypress.read.workspace import NOTIFY, read_notify

if TYPE_CHECKING:
    from policypress.core.channels import Named, NotifySource, SmtpSource, WebhookSource
    from policypress.read.recipients import RecipientFile
    from policypress.write.outbox import Outbox

OUTBOX = ".policypress/outbox.sqlite"
Clock = Callable[[], datetime]


def _utc() -> datetime:
    return datetime.now(UTC)


class RecipientsError(SourceError):
    """A recipient file with errors: nobody is written to."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        errors = sum(diagnostic.level == "error" for diagnostic in diagnostics)
        what = "1 error" if errors == 1 else f"{errors} errors"
        PolicypressError.__init__(
            self, f"the recipient file has {what}; nothing was sent", "Correct the rows above and run again."
        )
        self.diagnostics = diagnostics


def notify_settings(root: Path) -> NotifySource:
    """What policy_src/notify.yaml says; without the file, that there are no channels."""
    from policypress.core.channels import NotifySource

    settings, diagnostics = read_notify(root)
    if has_errors(diagnostics):
        raise SourceError(diagnostics)
    return settings or NotifySource.model_validate({"format": 1})


def the_channel(settings: NotifySource, name: str | None) -> tuple[str, Named]:
    """A channel by its name; without one, the only one."""
    if name is None and len(settings.channels) == 1:
        return next(iter(settings.channels.items()))
    if name is not None and name in settings.channels:
        return name, settings.channels[name]
    known = ", ".join(settings.channels) or "none"
    what = f"there is no channel `{name}`" if name else "there is not one channel only"
    raise WorkspaceError(what, f"Give --channel ({known}), or add it to {SOURCE}/{NOTIFY}.")


def retries_of(channel: Named) -> Retries:
    """How a channel's tries are spaced."""
    said = channel.retries
    return Retries(said.attempts, said.first_seconds, said.longest_seconds)


def open_channel(channel: Named, environ: Mapping[str, str], now: Clock = _utc) -> Channel:
    """A channel ready to send, its secrets taken from the environment. Nothing is connected yet."""
    if channel.type == "smtp":
        return _smtp(channel, environ, now)
    if channel.type == "webhook":
        return _webhook(channel, environ, now)
    from policypress.write.services import ServiceChannel

    return ServiceChannel(_secret(environ, channel.url_env), channel.url_env)


def _smtp(channel: SmtpSource, environ: Mapping[str, str], now: Clock) -> Channel:
    from policypress.write.smtp import Server, SmtpChannel

    server = Server(
        host=channel.host,
        port=channel.port,
        sender=channel.from_,
        security=channel.security,
        reply_to=channel.reply_to or "",
        user=_secret(environ, channel.user_env) if channel.user_env else "",
        password=_secret(environ, channel.password_env) if channel.password_env else "",
        timeout=channel.timeout_seconds,
    )
    return SmtpChannel(server, now)


def _webhook(channel: WebhookSource, environ: Mapping[str, str], now: Clock) -> Channel:
    from policypress.core.channels import is_safe, is_web_address
    from policypress.write.webhooks import Hook, WebhookChannel, keys

    url = channel.url or _secret(environ, channel.url_env or "")
    if not (is_web_address(url) and is_safe(url)):
        raise ChannelError(
            f"{channel.url_env} holds no https: address",
            "Put the receiver's whole address there.",
            lasting=True,
        )
    secret = keys(_secret(environ, channel.secret_env), channel.secret_env)
    return WebhookChannel(Hook(url, secret, channel.timeout_seconds), now)


def _secret(environ: Mapping[str, str], name: str) -> str:
    if value := environ.get(name, ""):
        return value
    raise ChannelError(
        f"the environment variable {name} is not set", f"{SOURCE}/{NOTIFY} asks for it.", lasting=True
    )


def check_recipients(path: Path) -> RecipientFile:
    """The recipient file, read to its end. Refused when a row is bad, or when git tracks the file."""
    from policypress.read.git import is_tracked
    from policypress.read.recipients import check_recipients as read

    if is_tracked(path):
        raise WorkspaceError(
            f"git tracks {path}: addresses do not belong in a repository",
            f"Run `git rm --cached {path.name}`, and think of the commits that hold it.",
        )
    found = read(path)
    if has_errors(found.diagnostics):
        raise RecipientsError(found.diagnostics)
    return found


def open_outbox(root: Path, path: Path | None = None) -> Outbox:
    """The workspace's outbox, in a folder that version control is told to pass over; or one elsewhere."""
    from policypress.write.outbox import Outbox

    if path is not None:
        return Outbox(path)
    private_folder(root)
    return Outbox(root / OUTBOX)


def private_folder(root: Path) -> None:
    """The folder beside the sources for what nobody else should see."""
    folder = (root / OUTBOX).parent
    folder.mkdir(mode=0o700, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", "utf-8")
