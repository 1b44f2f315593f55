"""From bytes to text: UTF-8 only, of a bounded size."""

from __future__ import annotations

import codecs

from policypress.core.diagnostics import Finding, Place, Position
from policypress.read.nodes import Located

MAX_BYTES = 512 * 1024
_MARKS = {
    codecs.BOM_UTF8: "a UTF-8 byte order mark",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


def decode(file: str, data: bytes) -> str | Located:
    """The text of a file, or why it is not one."""
    place = Place(file)
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data):,} bytes, more than {MAX_BYTES:,}"
        return Located(Finding("Y102", place, message), Position())
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return Located(Finding("Y101", place, f"the file begins with {name}"), Position())
    try:
        # The line ends of Windows are YAML's business, not part of the text.
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return Located(Finding("Y101", place, _why(data, error)), _position(data, error.start))


def _position(data: bytes, offset: int) -> Position:
    before = data[:offset].split(b"\n")
    return Position(len(before), len(before[-1].decode("utf-8", "replace")) + 1)


def _why(data: bytes, error: UnicodeDecodeError) -> str:
    where = f"byte {data[error.start]:#04x} is not UTF-8"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return where
    return f"{where}; the file looks like GB18030 (GBK)"
