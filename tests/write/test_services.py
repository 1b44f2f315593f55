"""Services come with an extra; without it the error says how to get it."""

from __future__ import annotations

import importlib.util

import pytest

from policypress.core.notices import ChannelError
from policypress.write.services import ServiceChannel


@pytest.mark.skipif(
    importlib.util.find_spec("apprise") is not None, reason="Apprise is installed here: nothing is missing"
)
def test_without_the_extra_it_is_named() -> None:
    with pytest.raises(ChannelError, match="not installed") as missing:
        ServiceChannel("json://localhost", "CHAT_URL")
    assert missing.value.hint == "Run `pip install policypress[services]`."
    assert missing.value.lasting
