from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.tools.messages import Catalogs, main


@pytest.fixture
def catalogs(tmp_path: Path) -> Catalogs:
    """A small project with one message, in order."""
    pages = tmp_path / "templates/pages"
    folder = tmp_path / "templates/locales/fr/LC_MESSAGES"
    pages.mkdir(parents=True)
    folder.mkdir(parents=True)
    (tmp_path / "generator/policypress/render").mkdir(parents=True)
    (pages / "a.html").write_text('{{ _("Draft") }}', "utf-8")
    mapping = (ROOT / "templates/locales/babel.cfg").read_text("utf-8")
    (tmp_path / "templates/locales/babel.cfg").write_text(mapping, "utf-8")
    (folder / "policypress.po").write_text('msgid ""\nmsgstr "Language: fr\\n"\n', "utf-8")
    made = Catalogs(tmp_path)
    made.update()
    translate(made, "Brouillon")
    return made


def translate(catalogs: Catalogs, words: str, before: str = 'msgid "Draft"') -> None:
    path = catalogs.paths["fr"]
    path.write_text(
        path.read_text("utf-8").replace(f'{before}\nmsgstr ""', f'{before}\nmsgstr "{words}"'), "utf-8"
    )


def test_all_messages_are_translated() -> None:
    assert Catalogs().faults() == []
    assert set(Catalogs().paths) >= {"en", "zh-Hans"}
    assert main(["check"]) == 0


def test_good_catalogs_have_no_faults(catalogs: Catalogs) -> None:
    assert catalogs.faults() == []


def test_a_new_message_is_missed(catalogs: Catalogs) -> None:
    (catalogs.root / "templates/pages/b.html").write_text("{% trans %}Print{% endtrans %}", "utf-8")
    assert "fr: missing: 'Print'" in catalogs.faults()
    catalogs.update()
    assert catalogs.faults() == ["fr: not translated: 'Print'"]


def test_a_message_in_python_is_found(catalogs: Catalogs) -> None:
    (catalogs.root / "generator/policypress/render/a.py").write_text('words.gettext("Version")', "utf-8")
    assert "fr: missing: 'Version'" in catalogs.faults()


def test_a_message_that_nothing_asks_for_is_obsolete(catalogs: Catalogs) -> None:
    (catalogs.root / "templates/pages/a.html").write_text("", "utf-8")
    assert "fr: obsolete: 'Draft'" in catalogs.faults()
    catalogs.update()
    assert catalogs.faults() == []


def test_a_fuzzy_message_is_a_fault(catalogs: Catalogs) -> None:
    path = catalogs.paths["fr"]
    path.write_text(path.read_text("utf-8").replace('msgid "Draft"', '#, fuzzy\nmsgid "Draft"'), "utf-8")
    assert "fr: fuzzy: 'Draft'" in catalogs.faults()


def test_a_translation_must_keep_its_placeholders(catalogs: Catalogs) -> None:
    (catalogs.root / "templates/pages/a.html").write_text('{{ _("Version %(version)s") }}', "utf-8")
    catalogs.update()
    translate(catalogs, "Version %(verzion)s", 'msgid "Version %(version)s"')
    assert any("verzion" in fault or "placeholders" in fault for fault in catalogs.faults())
