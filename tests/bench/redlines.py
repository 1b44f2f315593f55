"""Redlines of real policies: how many words they mark in how many edits, and how long they take."""

from __future__ import annotations

import difflib
import html
import json
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, pairwise

import rjieba
from lxml.html.diff import htmldiff
from rapidfuzz.distance import Indel
from redlines import Redlines

from policypress.core.phrases import align
from policypress.core.redline import Edit, Op, redline
from policypress.core.tokens import tokeniser, tokens
from tests.bench.measure import ratio
from tests.support.paths import ROOT

CORPUS = ROOT.parent / "shared" / "corpus"
LANGUAGES = {"en": (1.22, 0.36), "zh-Hans": (1.20, 0.32)}
# How many times as long each may at least take; they are slow, so they race on every twelfth pair only.
RIVALS = {"redlines": 7, "lxml.html.diff": 10, "difflib": 10}
RIVALS_EVERY = 12


@dataclass(frozen=True, slots=True)
class Pair:
    """Two consecutive revisions of one document."""

    old: str
    new: str
    tag: str


def pairs(tag: str) -> Iterator[Pair]:
    """All consecutive revisions of all documents in a language."""
    for document in json.loads((CORPUS / "index.json").read_text("utf-8")):
        if document["language"] == tag:
            folder = CORPUS / document["folder"]
            texts = [(folder / name).read_bytes().decode() for name in document["revisions"]]
            yield from (Pair(old, new, tag) for old, new in pairwise(texts))


@dataclass(frozen=True, slots=True)
class Quality:
    """Of one pair. Words are tokens without white space, runs are edits that have words."""

    least: int
    marked: int
    raw_runs: int
    raw_runs_of_words: int
    runs: int
    islands: int
    cuts: int


def quality(pair: Pair) -> Quality:
    """What a redline marks, beside the longest common subsequence as it comes."""
    old, new = tokens(pair.old, pair.tag), tokens(pair.new, pair.tag)
    edits = redline(pair.old, pair.new, pair.tag)
    counts = list(_counts(edits, old, new))
    runs = [words for op, words in counts if op != Op.EQUAL and words]
    return Quality(
        least=Indel.distance(_words(old), _words(new)),
        marked=sum(runs),
        raw_runs=_raw_runs(old, new),
        raw_runs_of_words=_raw_runs(_words(old), _words(new)),
        runs=len(runs),
        islands=sum(op == Op.EQUAL and 0 < words <= 2 for op, words in counts[1:-1]),
        cuts=_cuts(edits, pair),
    )


def _words(found: Iterable[str]) -> list[str]:
    return [token for token in found if not token.isspace()]


def _counts(edits: Iterable[Edit], old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Op, int]]:
    """How many words each edit has."""
    left, right = iter(old), iter(new)
    for edit in edits:
        side = right if edit.op == Op.INSERT else left
        counted = _take(side, len(edit.text))
        if edit.op == Op.EQUAL:
            _take(right, len(edit.text))
        yield edit.op, counted


def _take(side: Iterator[str], length: int) -> int:
    found = []
    while length > 0:
        found.append(next(side))
        length -= len(found[-1])
    return len(_words(found))


def _raw_runs(old: Sequence[str], new: Sequence[str]) -> int:
    codes = Indel.opcodes(old, new)
    gone = (old[code.src_start : code.src_end] for code in codes if code.tag == "delete")
    come = (new[code.dest_start : code.dest_end] for code in codes if code.tag == "insert")
    return sum(bool(_words(run)) for run in (*gone, *come))


def _cuts(edits: Sequence[Edit], pair: Pair) -> int:
    """How many edits start or end inside a word of the recorded tokeniser, given the whole text."""
    cut = rjieba.cut if tokeniser(pair.tag).startswith("rjieba") else partial(tokens, tag=pair.tag)
    found = 0
    for op, text in ((Op.DELETE, pair.old), (Op.INSERT, pair.new)):
        ends = accumulate(len(edit.text) for edit in edits if edit.op in (Op.EQUAL, op))
        inside = set(ends) - set(accumulate(map(len, cut(text))))
        found += sum(not any(map(str.isspace, text[end - 1 : end + 1])) for end in inside)
    return found


def _print_quality(tag: str, found: Sequence[Quality]) -> bool:
    def total(name: str) -> int:
        return sum(getattr(each, name) for each in found)

    marked, runs = LANGUAGES[tag]
    print(f"redlines, {tag}: {len(found)} pairs cut by {tokeniser(tag)}; {total('least')} words differ")
    met = [
        ratio("marked words / least possible", total("marked"), total("least"), marked),
        ratio("runs / runs of the raw subsequence", total("runs"), total("raw_runs"), runs),
        ratio("islands of at most two words / runs", total("islands"), total("runs"), 0.12),
        ratio("cuts inside a word, per run", total("cuts"), total("runs"), 0),
    ]
    ratio("runs / runs of the raw subsequence of words alone", total("runs"), total("raw_runs_of_words"))
    medians = _median(found, "marked", "least"), _median(found, "runs", "raw_runs")
    print("  median per pair: marked {}, runs {}".format(*medians))
    return all(met)


def _median(found: Sequence[Quality], ours: str, theirs: str) -> str:
    ratios = [getattr(each, ours) / getattr(each, theirs) for each in found if getattr(each, theirs)]
    return f"{statistics.median(ratios):.2f}x"


@dataclass(slots=True)
class Clock:
    """Seconds by what took them: contenders take turns on each pair, and the best of some turns counts."""

    seconds: dict[str, float] = field(default_factory=dict)

    def race(self, turns: int, contenders: Mapping[str, Callable[[], object]]) -> None:
        best = dict.fromkeys(contenders, float("inf"))
        for _ in range(turns):
            for name, run in contenders.items():
                start = time.perf_counter()
                run()
                best[name] = min(best[name], time.perf_counter() - start)
        for name, seconds in best.items():
            self.seconds[name] = self.seconds.get(name, 0.0) + seconds

    def ratio(self, ours: str, theirs: str, bar: float | None = None, *, at_least: bool = False) -> bool:
        first, second = (theirs, ours) if at_least else (ours, theirs)
        return ratio(f"{first} / {second}", self.seconds[first], self.seconds[second], bar, at_least=at_least)


def _race(found: Sequence[Pair]) -> Clock:
    clock = Clock()
    for pair in found:
        old, new = tokens(pair.old, pair.tag), tokens(pair.new, pair.tag)
        words = _words(old), _words(new)
        clock.race(
            3,
            {
                "engine on tokens": partial(align, old, new),
                "bare Indel on the tokens": partial(Indel.opcodes, old, new),
                "bare Indel on words": partial(Indel.opcodes, *words),
                "bare Indel on numbers for words": partial(Indel.opcodes, *_numbers(*words)),
                "redline": partial(redline, pair.old, pair.new, pair.tag),
                "cutting both and Indel": partial(_cut_and_match, pair),
            },
        )
    return clock


def _numbers(old: Sequence[str], new: Sequence[str]) -> tuple[list[int], list[int]]:
    ids = {word: number for number, word in enumerate(dict.fromkeys([*old, *new]))}
    return [ids[word] for word in old], [ids[word] for word in new]


def _cut_and_match(pair: Pair) -> object:
    return Indel.opcodes(_words(tokens(pair.old, pair.tag)), _words(tokens(pair.new, pair.tag)))


def _race_rivals(found: Sequence[Pair]) -> Clock:
    clock = Clock()
    for pair in found[::RIVALS_EVERY]:
        clock.race(
            1,
            {
                "redline": partial(redline, pair.old, pair.new, pair.tag),
                "redlines": partial(_redlines, pair),
                "lxml.html.diff": partial(htmldiff, _page(pair.old), _page(pair.new)),
                "difflib": partial(_difflib, pair),
            },
        )
    return clock


def _page(text: str) -> str:
    return "".join(f"<p>{html.escape(line)}</p>\n" for line in text.splitlines() if line.strip())


def _redlines(pair: Pair) -> object:
    return Redlines(pair.old, pair.new).output_markdown


def _difflib(pair: Pair) -> object:
    old, new = tokens(pair.old, pair.tag), tokens(pair.new, pair.tag)
    return difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _print_speed(tag: str, found: Sequence[Pair]) -> bool:
    clock = _race(found)
    met = [
        clock.ratio("engine on tokens", "bare Indel on the tokens", 4),
        clock.ratio("redline", "cutting both and Indel", 1.3),
    ]
    clock.ratio("engine on tokens", "bare Indel on words")
    clock.ratio("engine on tokens", "bare Indel on numbers for words")
    return all(met)


def _print_rivals(found: Mapping[str, Sequence[Pair]]) -> bool:
    """Judged over both languages: the rivals do not cut Chinese into words, which spares them the work."""
    clocks = {tag: _race_rivals(some) for tag, some in found.items()}
    both = Clock(
        {name: sum(clock.seconds[name] for clock in clocks.values()) for name in ("redline", *RIVALS)}
    )
    for tag, clock in clocks.items():
        print(f"redlines beside others, {tag}")
        for rival in RIVALS:
            clock.ratio("redline", rival, at_least=True)
    print("redlines beside others, both languages")
    met = [both.ratio("redline", rival, bar, at_least=True) for rival, bar in RIVALS.items()]
    return all(met)


def redlines() -> bool:
    """All of it, for each language; without the corpus nothing, and said so."""
    if not CORPUS.is_dir():
        print("redlines: not measured, as the corpus of real policies is not beside the checkout")
        return True
    met, found = [], {tag: list(pairs(tag)) for tag in LANGUAGES}
    for tag, each in found.items():
        met += [_print_quality(tag, [quality(pair) for pair in each]), _print_speed(tag, each)]
    return all([*met, _print_rivals(found)])
