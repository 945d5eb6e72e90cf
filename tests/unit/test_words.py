"""The words of the lesson: short, linked from the text, and each button does something that exists."""

import re
from pathlib import Path

import pytest

from backprop.words import WORDS, Word

ROOT = Path(__file__).parents[2]
TEXT = "".join(path.read_text() for path in sorted((ROOT / "templates").rglob("*.html")))
SHOWS = re.search(r"const SHOWS = \{(.*?)\n\};", (ROOT / "static/js/figures/lesson.js").read_text(), re.S)
NAMES = set(re.findall(r"^  (\w+):", SHOWS.group(1), re.M)) if SHOWS else set()


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.id)
def test_a_definition_has_at_most_forty_words(word: Word) -> None:
    assert 5 < len(word.meaning.split()) <= 40
    assert bool(word.tex) == bool(word.plain)
    assert word.show in NAMES


def test_every_link_to_a_word_and_every_button_leads_somewhere() -> None:
    assert set(re.findall(r'href="#w-(\w+)"', TEXT)) <= {word.id for word in WORDS}
    buttons = set(re.findall(r'data-show="(\w+)"', TEXT))
    assert buttons
    assert buttons <= NAMES
    assert buttons | {word.show for word in WORDS} == NAMES, "a show that nothing asks for"


def test_the_page_is_shorter_than_2500_words() -> None:
    prose = re.sub(r"<[^>]+>|\{[%{#].*?[%}#]\}", " ", TEXT) + " ".join(word.meaning for word in WORDS)
    assert len(prose.split()) < 2500
