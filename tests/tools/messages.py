"""The interface's words: `python -m tests.tools.messages update | check`.

`update` takes new messages into templates/locales/ and drops those that are gone; `check` finds faults.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from tests.support.paths import ROOT

SOURCE_LANGUAGE = "en"  # the messages themselves are English
FOLDERS = ("generator/policypress/core", "generator/policypress/render", "templates")
HEADER = "# The words of policypress' interface. `make messages` keeps this file in step with the templates."
DATED = ("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Last-Translator", "Language-Team")


class Catalogs:
    """The template and the catalog of every language in one folder of locales."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.locales = root / "templates/locales"

    @property
    def template(self) -> Path:
        return self.locales / "policypress.pot"

    @property
    def paths(self) -> dict[str, Path]:
        """The catalogs by language tag."""
        found = sorted(self.locales.glob("*/LC_MESSAGES/policypress.po"))
        return {path.parents[1].name: path for path in found}

    def extracted(self) -> Catalog:
        """Every message that templates and code ask for."""
        catalog = Catalog(project="policypress", charset="utf-8", header_comment=HEADER)
        with (self.locales / "babel.cfg").open() as mapping:
            methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
        for folder in FOLDERS:
            inside = _below(folder, methods), _options_below(folder, options)
            for name, _, message, comments, context in sorted(
                extract_from_dir(self.root / folder, *inside), key=str
            ):
                places = [(f"{folder}/{name}", 0)]
                catalog.add(message, None, places, auto_comments=comments, context=context)
        return catalog

    def updated(self, tag: str) -> Catalog:
        """The catalog of a language with the messages of today; obsolete ones are dropped."""
        with self.paths[tag].open("rb") as file:
            catalog = read_po(file, locale=tag.replace("-", "_"), ignore_obsolete=True)
        catalog.update(self.extracted(), no_fuzzy_matching=True, keep_user_comments=True)
        catalog.obsolete.clear()
        if tag == SOURCE_LANGUAGE:
            for message in _messages(catalog):
                message.string = message.id
        return catalog

    def update(self) -> None:
        """Write the template and all catalogs."""
        self.template.write_bytes(_written(self.extracted()))
        for tag, path in self.paths.items():
            path.write_bytes(_written(self.updated(tag)))

    def faults(self) -> list[str]:
        """What is missing, uncertain or out of use, and whether the files say what `update` would write."""
        found = []
        if not self.template.is_file() or self.template.read_bytes() != _written(self.extracted()):
            found.append("policypress.pot: is not up to date; run `make messages`")
        for tag, path in self.paths.items():
            with path.open("rb") as file:
                found += [f"{tag}: {fault}" for fault in self._catalog_faults(read_po(file))]
        return found

    def _catalog_faults(self, catalog: Catalog) -> Iterator[str]:
        wanted = {_key(message) for message in _messages(self.extracted())}
        there = {_key(message): message for message in _messages(catalog)}
        yield from (f"missing: {key[0]!r}" for key in sorted(wanted - set(there), key=str))
        yield from (f"obsolete: {key[0]!r}" for key in sorted(set(there) - wanted, key=str))
        yield from (f"obsolete: {message.id!r}" for message in catalog.obsolete.values())
        for message in there.values():
            if message.fuzzy:
                yield f"fuzzy: {message.id!r}"
            if not all(_strings(message)):
                yield f"not translated: {message.id!r}"
            yield from (f"{message.id!r}: {error}" for error in message.check(catalog))


def _below(folder: str, methods: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(p.removeprefix(folder + "/"), m) for p, m in methods if p.startswith(folder + "/")]


def _options_below(folder: str, options: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {p.removeprefix(folder + "/"): o for p, o in options.items() if p.startswith(folder + "/")}


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _key(message: Message) -> tuple[object, str | None]:
    return message.id, message.context


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _written(catalog: Catalog) -> bytes:
    """The same bytes for the same messages: no dates, no line numbers."""
    output = BytesIO()
    write_po(output, catalog, width=110, sort_output=True, omit_header=False, include_lineno=False)
    lines = output.getvalue().decode().splitlines(keepends=True)
    dated = tuple(f'"{name}:' for name in DATED)
    return "".join(line for line in lines if not line.startswith(dated)).encode()


def main(arguments: list[str]) -> int:
    if arguments == ["update"]:
        Catalogs().update()
        return 0
    if arguments == ["check"]:
        faults = Catalogs().faults()
        print(*faults or ["all messages are translated"], sep="\n")
        return bool(faults)
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
