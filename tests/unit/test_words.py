"""The words of the lesson: short, linked from the text, and each button does something that exists."""

import re
from pathlib import Path

import pytest

from backprop.words import WORDS, Word

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "templates" / "stills"
TEXT = "".join(path.read_text() for path in sorted((ROOT / "templates").rglob("*.html")) if path.parent != PICTURES)
SHOWS = re.search(r"const SHOWS = \{(.*?)\n\};", (ROOT / "static/js/figures/lesson.js").read_text(), re.S)
NAMES = set(re.findall(r"(\w+): \(", SHOWS.group(1))) if SHOWS else set()


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.id)
def test_a_definition_has_at_most_forty_words(word: Word) -> None:
    other = word.convention
    for ends in (other.ends, other.other_ends) if other else ("",):
        assert 5 < len(f"{word.meaning} {ends}".split()) <= 40
    assert bool(word.tex) == bool(word.plain)
    assert word.show in NAMES


@pytest.mark.parametrize("word", [word for word in WORDS if word.convention], ids=lambda word: word.id)
def test_a_word_that_follows_a_convention_has_both_forms(word: Word) -> None:
    other = word.convention
    assert other is not None
    assert {other.first, other.other} in ({"gradient", "error_term"}, {"half", "whole"}, {"mean", "sum"})
    assert bool(other.ends) == bool(other.other_ends)
    assert bool(other.other_tex) == bool(other.other_plain)
    assert other.ends or other.other_tex
    assert not word.tex or (other.other_tex != word.tex and other.other_plain != word.plain)


def test_text_that_follows_a_convention_comes_in_pairs_with_one_shown() -> None:
    """Without a script, what the page begins with stands there alone."""
    first = {"sign": "gradient", "half": "half", "reduction": "mean"}
    tags = re.findall(r"<[^>]*data-convention=\"\w+\"[^>]*>", TEXT)
    tags = [tag for tag in tags if "{{" not in tag]  # the words' own are made by the template
    assert len(tags) >= 6
    for tag in tags:
        name, value = (re.findall(rf'data-{what}="([^"]+)"', tag)[0] for what in ("convention", "value"))
        assert tag.endswith(" hidden>") == (value != first[name]), tag


def test_every_link_to_a_word_and_every_button_leads_somewhere() -> None:
    assert set(re.findall(r'href="#w-(\w+)"', TEXT)) <= {word.id for word in WORDS}
    buttons = set(re.findall(r'data-show="(\w+)"', TEXT))
    assert buttons
    assert buttons <= NAMES
    assert buttons | {word.show for word in WORDS} == NAMES, "a show that nothing asks for"


def test_the_page_is_shorter_than_2500_words() -> None:
    prose = re.sub(r"<[^>]+>|\{[%{#].*?[%}#]\}", " ", TEXT) + " ".join(word.meaning for word in WORDS)
    assert len(prose.split()) < 2500
