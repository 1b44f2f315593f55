"""Workspaces made for measuring: policies of any size, from a fixed seed."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]

_EN = ["information", "account", "service", "cookie", "device", "address", "purpose", "consent", "third"]
_EN += ["party", "retention", "security"]
_ZH = ["信息", "账号", "服务", "设备", "地址", "目的", "同意", "第三方", "保存", "安全", "处理", "权利"]
_POLICY = """\
format: 1
id: generated
title: {en: Generated Policy, zh-Hans: 生成的政策}
languages:
  en: {status: official}
  zh-Hans: {status: unreviewed}
source_language: en
time_zone: Asia/Shanghai
publisher:
  name: {en: Example, zh-Hans: 示例公司}
  contact: {en: privacy@example.com, zh-Hans: privacy@example.com}
numbering:
  article: {label: {en: "Article {n}.", zh-Hans: "第{n:han}条"}}
  section: {label: "{parent}.{n}"}
  clause: {label: "{parent}.{n}"}
"""
_CONFIG = """\
site_name: Bare
theme: {name: material, font: false}
"""


def generated(folder: Path, clauses: int, *, per_article: int = 50) -> Path:
    """A workspace with one policy of so many clauses in two languages."""
    rng = random.Random(clauses)
    policy = folder / "policy_src" / "generated"
    (policy / "clauses").mkdir(parents=True)
    (policy / "policy.yaml").write_text(_POLICY, "utf-8")
    for number, first in enumerate(range(0, clauses, per_article), 1):
        ids = [f"a{number}.c{index}" for index in range(min(per_article, clauses - first) - 1)]
        text = _article(number, ids, rng)
        (policy / "clauses" / f"{number:02d}-a{number}.yaml").write_text(text, "utf-8")
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    return folder


def _article(number: int, ids: list[str], rng: random.Random) -> str:
    children = "".join(_child(name, rng) for name in ids)
    return (
        f"format: 1\nid: a{number}\nkind: article\nheading:\n  en: Article about {rng.choice(_EN)}\n"
        f"  zh-Hans: 关于{rng.choice(_ZH)}\nchildren:\n{children}"
    )


def _child(name: str, rng: random.Random) -> str:
    en = "".join(f"        {sentence_en(rng)}\n" for _ in range(2))
    zh = "".join(f"        {sentence_zh(rng)}\n" for _ in range(2))
    return f"  - id: {name}\n    text:\n      en: |\n{en}      zh-Hans: |\n{zh}"


def sentence_en(rng: random.Random) -> str:
    """A sentence of about twenty words."""
    return "We " + " ".join(rng.choices(_EN, k=20)) + "."


def sentence_zh(rng: random.Random) -> str:
    """A sentence of about forty characters."""
    return "我们" + "".join(rng.choices(_ZH, k=18)) + "。"


def bare_material(folder: Path) -> Path:
    """A stock one-page MkDocs Material project."""
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_CONFIG, "utf-8")
    (folder / "docs" / "index.md").write_text("# Privacy\n\nWe use your information.\n", "utf-8")
    return folder


def real(folder: Path) -> Path:
    """The real policy, copied, so that measuring leaves no trace in the checkout."""
    shutil.copytree(ROOT / "policy_src", folder / "policy_src")
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    return folder
