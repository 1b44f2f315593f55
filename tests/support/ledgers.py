"""Long ledgers of a whole policy, made fast, always the same: 70 clauses, 5 of them reworded at a time."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from textwrap import indent
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from policypress.core.assemble import assemble
from policypress.core.diff import diff
from policypress.core.ledger import Predecessor, Release, sha256, to_bytes
from policypress.core.model import Document, walk
from policypress.core.notes import NoteFile, NoteSource
from policypress.core.releasing import Request, plan
from policypress.core.source import ClauseFile, ClauseFileSource, ClauseSource, Draft, PolicySource
from policypress.write.ledger import write_sums
from tests.support.paths import ROOT

POLICY = "privacy"
ARTICLES = 10
CLAUSES = 7
REWORDED = 5
START = datetime(2004, 1, 5, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
BETWEEN = timedelta(weeks=1)

_POLICY = f"""\
format: 1
id: {POLICY}
title: {{en: Privacy Policy, zh-Hans: 隐私政策}}
languages:
  en: {{status: official}}
  zh-Hans: {{status: unreviewed}}
source_language: en
time_zone: Asia/Shanghai
publisher:
  name: {{en: Example, zh-Hans: 示例公司}}
  contact: {{en: Hotline 400-000-0000, zh-Hans: 热线：400-000-0000}}
variables: {{hotline: 400-000-0000}}
numbering:
  article:
    label: {{en: "Article {{n}}.", zh-Hans: "第{{n:han}}条"}}
    cite: {{en: "Article {{n}}", zh-Hans: "第{{n:han}}条"}}
  clause: {{label: "{{parent}}.{{n}}"}}
notice_days: {{material: 30}}
"""

# Sentences are put together from these, the same parts in both languages. None holds a number, a recipient
# or a word of duty, so what is reworded with them is minor.
Words = tuple[str, str]
_WHEN: tuple[Words, ...] = (
    ("When you create an account", "您创建账号时"),
    ("When you sign in on a new device", "您在新设备上登录时"),
    ("While you use the service", "您使用本服务期间"),
    ("When you contact customer support", "您联系客户服务时"),
    ("When you publish content in the community", "您在社区发布内容时"),
    ("During a payment or a refund", "在支付或退款过程中"),
    ("When you take part in a survey", "您参与问卷调查时"),
    ("After you connect another product", "您接入其他产品后"),
)
_VERB: tuple[Words, ...] = (
    ("collect", "收集"),
    ("store", "存储"),
    ("process", "处理"),
    ("review", "核对"),
    ("receive", "接收"),
    ("record", "记录"),
    ("analyse", "分析"),
    ("keep", "保存"),
)
_WHAT: tuple[Words, ...] = (
    ("your name, your address and your contact details", "您的姓名、地址和联系方式"),
    ("the identifiers of your device and of its operating system", "您的设备及其操作系统的标识符"),
    ("the log of your visits, including the pages that you open", "您的访问日志，包括您打开的页面"),
    ("the orders that you place and their delivery status", "您提交的订单及其配送状态"),
    ("the approximate location derived from your network address", "根据您的网络地址推算的大致位置"),
    ("the photographs and files that you upload", "您上传的照片和文件"),
    ("your settings, preferences and language", "您的设置、偏好和语言"),
    ("the messages that you exchange with our staff", "您与我们工作人员往来的消息"),
)
_HOW: tuple[Words, ...] = (
    ("in encrypted form", "以加密形式"),
    ("on servers in your region", "在您所在地区的服务器上"),
    ("with the help of our support team", "在客户支持团队的协助下"),
    ("according to our internal rules on data security", "按照我们内部的数据安全规范"),
    ("for as long as the purpose requires", "在实现该目的的期间内"),
    ("together with the information that you gave us before", "连同您此前提供的信息"),
    ("through the interfaces of your operating system", "通过您的操作系统提供的接口"),
    ("under the supervision of our data protection officer", "在个人信息保护负责人的监督下"),
)
_WHY: tuple[Words, ...] = (
    ("so that the service works reliably", "以保障服务稳定运行"),
    ("in order to verify your identity", "以核实您的身份"),
    ("in order to protect your account against misuse", "以防止您的账号被冒用"),
    ("to answer your questions and handle your complaints", "以答复您的咨询并处理您的投诉"),
    ("to improve our products and their quality", "以改进我们的产品及其质量"),
    ("to show you content that suits your interests", "以向您展示符合您兴趣的内容"),
    ("to fulfil our obligations under applicable law", "以履行适用法律规定的义务"),
    ("to prepare statistics about the use of the service", "以编制有关服务使用情况的统计"),
)
_HEADINGS: tuple[Words, ...] = (
    ("Information We Collect", "我们收集的信息"),
    ("How We Use Information", "我们如何使用信息"),
    ("Cookies and Similar Technologies", "Cookie及同类技术"),
    ("Sharing and Disclosure", "信息的共享与披露"),
    ("Storage and Retention", "信息的存储与保存期限"),
    ("Security of Information", "信息安全"),
    ("Your Rights", "您的权利"),
    ("Protection of Children", "儿童信息保护"),
    ("Updates of This Policy", "本政策的更新"),
    ("How to Contact Us", "如何联系我们"),
)
_HOTLINE: Words = ("Please call {hotline} with any question.", "如有疑问，请拨打{hotline}。")
_SEE: Words = ("Details are in {{@{}}}.", "详见{{@{}}}。")
TAGS = ("en", "zh-Hans")


@dataclass(frozen=True, slots=True)
class Step:
    """One release: its file in the ledger, the bytes of it, and the source that it was made of."""

    file: str
    data: bytes
    draft: Draft


def history(seed: int = 0) -> Iterator[Step]:
    """Releases one after another, a week apart, without end."""
    rng = random.Random(seed)
    draft, now = _first(rng), START
    release = plan(assemble(draft), (), None, (), Request(now)).release
    while True:
        step = Step(release.file, to_bytes(release), draft)
        yield step
        draft, now = _reworded(draft, rng), now + BETWEEN
        release = _next(release, Predecessor(step.file, sha256(step.data)), assemble(draft), now)


def _next(base: Release, last: Predecessor, document: Document, now: datetime) -> Release:
    """As the program plans it, but with only the release before at hand: a long ledger takes seconds."""
    note = _note(base.document, document)
    release = plan(document, (base,), last, (note,), Request(now)).release
    return replace(release, sequence=base.sequence + 1)


def write(root: Path, steps: Sequence[Step]) -> Path:
    """A workspace with the ledger of these steps, the newest text its draft. Returns its policy's folder."""
    policy = root / "policy_src" / POLICY
    (policy / "clauses").mkdir(parents=True)
    (policy / "releases").mkdir()
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    (policy / "policy.yaml").write_text(_POLICY, "utf-8")
    for step in steps:
        (policy / "releases" / step.file).write_bytes(step.data)
    write_sums(policy / "releases")
    write_draft(root, steps[-1].draft)
    return policy


def add(root: Path, step: Step) -> None:
    """Add the next step's record to a workspace, and make its text the draft."""
    releases = root / "policy_src" / POLICY / "releases"
    (releases / step.file).write_bytes(step.data)
    write_sums(releases)
    write_draft(root, step.draft)


def _note(old: Document, new: Document) -> NoteFile:
    """What a person says of all that changed between two texts."""
    changes = diff(old, new).changes
    cites = [_cites(new, change.clause) for change in changes]
    note = {
        "format": 1,
        "fingerprints": [change.fingerprint for change in changes],
        "summary": {
            "en": f"We describe more clearly what {', '.join(en for en, _ in cites)} say.",
            "zh-Hans": f"更清楚地表述了{'、'.join(zh for _, zh in cites)}的内容。",
        },
    }
    return NoteFile("changes/note.yaml", NoteSource.model_validate(note))


def _cites(document: Document, name: str) -> Words:
    labels = next(node.labels for node in walk(document.nodes) if node.id == name)
    return labels["en"].cite, labels["zh-Hans"].cite


# --- The text: every clause three or four sentences, some with a reference or the variable after them.


def _first(rng: random.Random) -> Draft:
    policy = PolicySource.model_validate(YAML(typ="safe", pure=True).load(_POLICY))
    articles = (_article(number, rng) for number in range(1, ARTICLES + 1))
    return Draft(
        f"policy_src/{POLICY}/policy.yaml",
        policy,
        tuple(ClauseFile(f"policy_src/{POLICY}/clauses/{a.id[1:]}-{a.id}.yaml", a) for a in articles),
    )


def _article(number: int, rng: random.Random) -> ClauseFileSource:
    return ClauseFileSource.model_validate(
        {
            "format": 1,
            "id": f"a{number:02d}",
            "kind": "article",
            "heading": dict(zip(TAGS, _HEADINGS[number - 1], strict=True)),
            "children": [_clause(number, place, rng) for place in range(1, CLAUSES + 1)],
        }
    )


def _clause(article: int, place: int, rng: random.Random) -> ClauseSource:
    sentences = [_sentence(rng) for _ in range(rng.choice((3, 4)))]
    if place == CLAUSES:
        other = f"a{article % ARTICLES + 1:02d}.c{rng.randint(1, CLAUSES)}"
        sentences.append((_SEE[0].format(other), _SEE[1].format(other)))
    if article == ARTICLES and place == 1:
        sentences.append(_HOTLINE)
    return ClauseSource.model_validate(
        {"id": f"a{article:02d}.c{place}", "kind": "clause", "text": _text(sentences)}
    )


def _text(sentences: Sequence[Words]) -> dict[str, str]:
    return {tag: "\n".join(both[at] for both in sentences) + "\n" for at, tag in enumerate(TAGS)}


def _sentence(rng: random.Random) -> Words:
    parts = [rng.choice(choices) for choices in (_WHEN, _VERB, _WHAT, _HOW, _WHY)]
    (when, verb, what, how, why), (when_zh, verb_zh, what_zh, how_zh, why_zh) = zip(*parts, strict=True)
    return f"{when}, we {verb} {what} {how} {why}.", f"{when_zh}，我们{how_zh}{verb_zh}{what_zh}，{why_zh}。"


def _reworded(draft: Draft, rng: random.Random) -> Draft:
    """The draft with the first sentence of some clauses put in other words, in both languages."""
    places = rng.sample([(a, c) for a in range(ARTICLES) for c in range(CLAUSES)], REWORDED)
    files = list(draft.clauses)
    for at, place in places:
        children = list(files[at].clause.children)
        children[place] = _other_words(children[place], rng)
        clause = files[at].clause.model_copy(update={"children": tuple(children)})
        files[at] = replace(files[at], clause=clause)
    return replace(draft, clauses=tuple(files))


def _other_words(clause: ClauseSource, rng: random.Random) -> ClauseSource:
    assert clause.text
    lines = [clause.text[tag].splitlines() for tag in TAGS]
    new = old = (lines[0][0], lines[1][0])
    while new == old:
        new = _sentence(rng)
    sentences = [new, *zip(lines[0][1:], lines[1][1:], strict=True)]
    return clause.model_copy(update={"text": _text(sentences)})


# --- The source as YAML.


def write_draft(root: Path, draft: Draft) -> None:
    """Make a workspace's clauses say what this draft says."""
    for file in draft.clauses:
        (root / file.file).write_text(_article_yaml(file.clause), "utf-8")


def _article_yaml(article: ClauseSource) -> str:
    heading = "".join(f"  {tag}: {words}\n" for tag, words in (article.heading or {}).items())
    clauses = "".join(_clause_yaml(clause) for clause in article.children)
    return f"format: 1\nid: {article.id}\nkind: article\nheading:\n{heading}children:\n{clauses}"


def _clause_yaml(clause: ClauseSource) -> str:
    texts = (f"      {tag}: |\n{indent(text, ' ' * 8)}" for tag, text in (clause.text or {}).items())
    return f"  - id: {clause.id}\n    kind: clause\n    text:\n{''.join(texts)}"
