"""suppressions.yaml: changes that gates pass over for now, each with a reason and perhaps an end.

Only gates heed it: a release still asks for every note and decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from policypress.core import instants
from policypress.core.diagnostics import Finding, Place
from policypress.core.notes import Fingerprint
from policypress.core.source import Format, SourceModel

if TYPE_CHECKING:
    from policypress.core.resolving import Weighed


def _reason(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("S203", "a suppression needs a reason")
    return value


def _until(value: str) -> str:
    try:
        instants.end_of(value, UTC)
    except instants.InstantError as error:
        raise PydanticCustomError("S203", "{what}", {"what": error.message}) from error
    return value


class SuppressionSource(SourceModel):
    """One change that gates pass over."""

    fingerprint: Fingerprint = Field(description="As `policypress diff` shows it.")
    reason: Annotated[str, AfterValidator(_reason)] = Field(json_schema_extra={"minLength": 1})
    until: Annotated[str, AfterValidator(_until)] | None = Field(
        None, description="The last day on which it counts, in the policy's zone; without it, for good."
    )


class SuppressionsSource(SourceModel):
    """suppressions.yaml: beside policy.yaml."""

    format: Format
    suppressions: tuple[SuppressionSource, ...]


@dataclass(frozen=True, slots=True)
class Suppressions:
    """What a suppressions.yaml says; of none, nothing."""

    file: str = ""
    items: tuple[SuppressionSource, ...] = ()

    def reasons(self, zone: tzinfo, now: datetime) -> Mapping[str, str]:
        """Why a change is passed over, by its fingerprint; of those that count at an instant."""
        return {one.fingerprint: one.reason for one in self.items if not _is_over(one, zone, now)}

    def check(self, weighed: Iterable[Weighed], zone: tzinfo, now: datetime) -> Iterator[Finding]:
        """Those that do nothing: about no present change, expired, given twice or no longer needed."""
        present = {one.change.fingerprint: one for one in weighed}
        seen: set[str] = set()
        for index, one in enumerate(self.items):
            place = Place(self.file, ("suppressions", index))
            about = present.get(one.fingerprint)
            if one.fingerprint in seen:
                yield Finding("D123", place / "fingerprint", f"`{one.fingerprint}` is suppressed twice")
            elif about is None:
                yield Finding("D121", place / "fingerprint", f"`{one.fingerprint}` is no present change")
            elif _is_over(one, zone, now):
                yield Finding(
                    "D122", place / "until", f"`{one.fingerprint}` was suppressed until {one.until}"
                )
            elif _is_needless(about):
                yield Finding("D123", place / "fingerprint", f"no gate stops `{one.fingerprint}` any more")
            seen.add(one.fingerprint)


def _is_over(one: SuppressionSource, zone: tzinfo, now: datetime) -> bool:
    return one.until is not None and instants.end_of(one.until, zone) < now


def _is_needless(about: Weighed) -> bool:
    """Whether it has all that it needs; what is material may still be stopped for that alone."""
    is_open = about.lacks_note or about.is_undecided or about.understates
    return not is_open and about.severity.word != "material"
