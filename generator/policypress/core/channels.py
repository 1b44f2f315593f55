"""policy_src/notify.yaml as values: where notices go. Secrets stay out; variables are named instead."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from policypress.core.addresses import ADDRESS, is_address
from policypress.core.source import Format, SourceModel

NAME = "^[a-z][a-z0-9-]*$"
VARIABLE = "^[A-Z][A-Z0-9_]*$"
_ASCII = re.compile("[!-~]+")
_HERE = ("localhost", "127.0.0.1", "::1")
_SECRETS = {"password", "secret", "token", "key", "user", "username", "login", "secrets", "api_key", "apikey"}


def _variable(value: str) -> str:
    if not re.fullmatch(VARIABLE, value):
        raise PydanticCustomError("N801", "this is no name of an environment variable")
    return value


def _address(value: str) -> str:
    if not is_address(value):
        raise PydanticCustomError("N814", "this is not a mail address")
    return value


def is_web_address(value: str) -> bool:
    """Whether a request can be made to this: http: or https:, a host, ASCII only."""
    try:
        parts = urlsplit(value)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return (
        parts.scheme in ("https", "http")
        and bool(parts.hostname)
        and has_port
        and bool(_ASCII.fullmatch(value))
    )


def is_safe(value: str) -> bool:
    """Whether what is sent to a web address cannot be read on its way."""
    parts = urlsplit(value)
    return parts.scheme == "https" or parts.hostname in _HERE


def _url(value: str) -> str:
    if not is_web_address(value):
        raise PydanticCustomError("S203", "this is not an https: address")
    if "@" in value or "?" in value:
        raise PydanticCustomError("N801", "what stands before `@` or after `?` in an address may be a secret")
    if not is_safe(value):
        raise PydanticCustomError("N802", "a webhook over http: can be read and held back on its way")
    return value


def _no_secret(value: Any) -> Any:
    """Refuse a secret under its usual name, and never repeat it."""
    if isinstance(value, dict) and (found := sorted(_SECRETS & value.keys())):
        raise PydanticCustomError("N801", "`{key}` would hold a secret in a file", {"key": found[0]})
    return value


Variable = Annotated[
    str,
    AfterValidator(_variable),
    Field(json_schema_extra={"pattern": VARIABLE}, description="The name of an environment variable."),
]
Address = Annotated[str, AfterValidator(_address), Field(json_schema_extra={"pattern": ADDRESS})]
Url = Annotated[str, AfterValidator(_url)]
Seconds = Annotated[float, Field(gt=0, le=7 * 24 * 3600)]


class RetriesSource(SourceModel):
    """How often to try, and how long to wait between: twice as long each time."""

    attempts: int = Field(default=5, ge=1, le=50)
    first_seconds: Seconds = 60
    longest_seconds: Seconds = 6 * 3600


class SmtpSource(SourceModel):
    """A mail server."""

    type: Literal["smtp"]
    host: str = Field(min_length=1)
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="starttls: encrypted after a greeting. tls: from the first byte. none: never."
    )
    from_: Address = Field(alias="from", description="The address that mail comes from.")
    reply_to: Address | None = None
    user_env: Variable | None = None
    password_env: Variable | None = None
    timeout_seconds: Seconds = 60
    retries: RetriesSource = Field(default_factory=RetriesSource)

    @model_validator(mode="after")
    def _is_safe(self) -> SmtpSource:
        if self.security == "none" and self.password_env and self.host not in _HERE:
            raise PydanticCustomError("N802", "a password without TLS can be read on its way")
        if (self.user_env is None) != (self.password_env is None):
            raise PydanticCustomError("S203", "a login needs both `user_env` and `password_env`")
        return self


class WebhookSource(SourceModel):
    """A receiver of signed webhooks."""

    type: Literal["webhook"]
    url: Url | None = None
    url_env: Variable | None = None
    secret_env: Variable
    timeout_seconds: Seconds = 20
    retries: RetriesSource = Field(default_factory=RetriesSource)

    @model_validator(mode="after")
    def _has_one_address(self) -> WebhookSource:
        if (self.url is None) == (self.url_env is None):
            raise PydanticCustomError("S203", "a webhook has either `url` or `url_env`")
        return self


class ServiceSource(SourceModel):
    """A service that Apprise knows; its address is a secret."""

    type: Literal["service"]
    url_env: Variable
    language: str | None = Field(None, description="By default the source language.")
    retries: RetriesSource = Field(default_factory=RetriesSource)


Named = Annotated[
    SmtpSource | WebhookSource | ServiceSource, Field(discriminator="type"), BeforeValidator(_no_secret)
]
ChannelName = Annotated[str, Field(pattern=NAME)]


class NotifySource(SourceModel):
    """notify.yaml: which releases are told of, and through which channels."""

    format: Format
    minimum_severity: Literal["editorial", "minor", "material"] = Field(
        "minor", description="What is less than this is not sent unless asked."
    )
    channels: dict[ChannelName, Named] = Field(default_factory=dict)
