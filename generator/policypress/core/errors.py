"""What can go wrong for a person: each error says what, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policypress.core.diagnostics import Diagnostic


class PolicypressError(Exception):
    """An error in words. `exit_code`: 1 findings, 2 usage or input, 3 a bug or the machine."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class SourceError(PolicypressError):
    """The source has errors: nothing is built from it."""

    exit_code = 1

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        errors = sum(diagnostic.level == "error" for diagnostic in diagnostics)
        what = "1 error" if errors == 1 else f"{errors} errors"
        super().__init__(
            f"the source has {what}; nothing was built", "Correct the places above and run again."
        )
        self.diagnostics = diagnostics


class WorkspaceError(PolicypressError):
    """There is no workspace where one is needed, or something is in the way."""


class LedgerError(PolicypressError):
    """The ledger cannot be read."""


class RenderError(PolicypressError):
    """The renderer gave up."""

    exit_code = 3
