"""Prints pages, and reads what was printed."""

import re
import subprocess
from html import unescape
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page

POINTS_PER_MM = 72 / 25.4
SAME_LINE = 1.2  # millimetres
WORD = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')


class Word(NamedTuple):
    """A word and where it stands on its sheet, in millimetres from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        """How far down its middle is. Boxes of Chinese words are far higher than what is drawn."""
        return (self.top + self.bottom) / 2


def print_page(page: Page, target: Path, *, paper: str = "A4", backgrounds: bool = False) -> Path:
    """Print a page into a PDF file as a reader's browser would."""
    page.pdf(path=target, format=paper, print_background=backgrounds, prefer_css_page_size=True)
    return target


def text_of(pdf: Path) -> str:
    """The text of a PDF in reading order; pages end with a form feed."""
    return _run("pdftotext", "-enc", "UTF-8", "-layout", str(pdf), "-")


def words_of(pdf: Path) -> list[list[Word]]:
    """The words of every sheet, with their places, line by line."""
    sheets = _run("pdftotext", "-enc", "UTF-8", "-bbox", str(pdf), "-").split("<page ")[1:]
    return [_line_by_line([_word(*found) for found in WORD.findall(sheet)]) for sheet in sheets]


def _line_by_line(words: list[Word]) -> list[Word]:
    """Put words into the order of reading: boxes of one line differ in height, their middles hardly."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.middle):
        if lines and word.middle - lines[-1][-1].middle < SAME_LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [word for line in lines for word in sorted(line)]


def _word(left: str, top: str, right: str, bottom: str, text: str) -> Word:
    x, y, right_x, bottom_y = (float(place) / POINTS_PER_MM for place in (left, top, right, bottom))
    return Word(x, y, right_x, bottom_y, unescape(text))


def pictures_of(pdf: Path, folder: Path, *, dots_per_inch: int = 60) -> list[Path]:
    """One PNG per page, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    _run("pdftoppm", "-png", "-r", str(dots_per_inch), str(pdf), str(folder / "page"))
    return sorted(folder.glob("page-*.png"))


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed ({done.returncode}):\n{done.stderr}")
    return done.stdout
