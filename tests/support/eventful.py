"""A ledger in which everything happens to clauses that can: they come, go, return, split, merge and move."""

from __future__ import annotations

from pathlib import Path

from tests.support.histories import Workspace, workspace

AS_OF = "2026-12-01"
_ARTICLE = "format: 1\nid: {}\nkind: article\nheading: {{en: {}, zh-Hans: {}}}\nchildren:\n"
_RESTORED = '    restores: "2.0.0"\n'
_SPLIT = "    replaces: [use.improve]\n"
_MERGED = "    replaces: [share.party, use.protect]\n"


def eventful(root: Path) -> Workspace:
    """1.0.0 to 6.0.0, which is in force on AS_OF, a withdrawn 7.0.0 and a scheduled 8.0.0."""
    made = workspace(root)
    improve = _clause(
        "use.improve", "We improve the service and protect your account.", "我们改进服务并保护您的账号。"
    )
    better = _clause("use.better", "We improve the service.", "我们改进服务。", _SPLIT)
    protect = _clause("use.protect", "We protect your account.", "我们保护您的账号。", _SPLIT)
    moved = protect.removesuffix(_SPLIT)
    party = _clause(
        "share.party",
        "We share data with Example Ltd. Call {hotline}.",
        "我们与示例公司共享数据，请致电{hotline}。",
    )
    both = "We share data with Example Ltd. Call {hotline}. We protect your account."
    merged = _clause(
        "share.all", both, "我们与示例公司共享数据，请致电{hotline}。我们保护您的账号。", _MERGED
    )

    _use(made, _log(30, "三十"), improve)
    _share(made, party)
    made.release("2026-01-05T10:00")  # 1.0.0
    _use(made, _log(60, "六十"), improve)
    made.release("2026-02-05T10:00", effective="2026-03-10")  # 2.0.0: reworded
    _use(made, _log(60, "六十"), better, protect)
    made.release("2026-03-15T10:00")  # 2.1.0: split
    _use(made, _log(60, "六十"), better)
    _share(made, party, moved)
    made.release("2026-04-05T10:00")  # 2.2.0: moved
    _use(made, better)
    made.release("2026-05-05T10:00", effective="2026-06-05")  # 3.0.0: removed, what follows is renumbered
    _use(made, _log(90, "九十", _RESTORED), better)
    made.release("2026-06-15T10:00", effective="2026-07-16")  # 4.0.0: back again
    _share(made, merged)
    made.release("2026-07-20T10:00")  # 4.1.0: merged
    made.change("400-000-0000", "400-111-1111", "policy.yaml")
    made.release("2026-08-20T10:00", effective="2026-09-20")  # 5.0.0: a value of the text
    heading = ("Use", "使用")
    _use(made, _log(90, "九十", _RESTORED), better, heading=heading)
    made.change("delete them", "erase them")
    made.release("2026-10-01T10:00", effective="2026-10-02")  # 6.0.0: retitled, and one language alone
    _use(made, better, heading=heading)
    made.release("2026-10-05T10:00", effective="2026-12-20")  # 7.0.0: removed, but withdrawn
    made.withdraw("7.0.0", "2026-10-10T10:00")
    _use(made, _log(120, "一百二十", _RESTORED), better, heading=heading)
    made.release("2026-10-15T10:00", effective="2027-01-15")  # 8.0.0, to come
    return made


def _clause(name: str, en: str, zh: str, more: str = "") -> str:
    return f"  - id: {name}\n    text:\n      en: |\n        {en}\n      zh-Hans: |\n        {zh}\n{more}"


def _log(days: int, said: str, more: str = "") -> str:
    return _clause(
        "use.log",
        f"We keep logs for {days} days and delete them.",
        f"我们保存日志{said}日，届满后删除。",
        more,
    )


def _use(
    made: Workspace, *clauses: str, heading: tuple[str, str] = ("Use of Information", "信息的使用")
) -> None:
    made.write("clauses/01-use.yaml", _ARTICLE.format("use", *heading) + "".join(clauses))


def _share(made: Workspace, *clauses: str) -> None:
    made.write("clauses/02-share.yaml", _ARTICLE.format("share", "Sharing", "信息共享") + "".join(clauses))
