"""The words are linked where a section first uses them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import requests

from backprop.words import WORDS
from tests.server import RunningServer

# How running text says each word; the longest first, so that "gradient descent" is not a gradient.
SAID = {
    "backpropagation": r"backpropagation",
    "descent": r"gradient descent",
    "chain": r"chain rule",
    "rate": r"learning rates?",
    "gradient": r"gradients?",
    "delta": r"deltas?",
    "slope": r"slopes?",
    "bias": r"bias(?:es)?",
    "sample": r"samples?",
    "activation": r"activations?",
    "loss": r"loss(?: function)?",
    "weight": r"weights?",
    "epoch": r"epochs?",
}
SPOKEN = re.compile("|".join(f"(?P<{word}>\\b{said}\\b)" for word, said in SAID.items()), re.IGNORECASE)
PROSE = {"p", "li"}
NOT_PROSE = {"noscript", "table", "h1", "h2", "h3", "caption", "script", "figcaption", "template", "small"}


class Reader(HTMLParser):
    """Go through the page, and note in each section where each word is first used, and whether it is a link there."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.first: dict[tuple[str, str], str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "link", "br", "input", "img"}:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _ in self.open}
        attributes = {name for _, attrs in self.open for name in attrs}
        section = next((attrs.get("id") for tag, attrs in self.open if tag == "section"), None)
        if section in (None, "words") or not tags & PROSE or tags & NOT_PROSE or "hidden" in attributes:
            return
        if "data-quantity" in attributes or "button" in tags:
            return  # it leads somewhere already
        link = next((attrs.get("href") for tag, attrs in reversed(self.open) if tag == "a"), None)
        for found in SPOKEN.finditer(data):
            self.first.setdefault((str(section), str(found.lastgroup)), link)


def test_all_words_are_looked_for() -> None:
    assert set(SAID) == {word.id for word in WORDS}


def test_each_word_is_a_link_at_its_first_use_in_every_section(server: RunningServer, http: requests.Session) -> None:
    reader = Reader()
    reader.feed(http.get(server.url).text)
    assert len(reader.first) > 20
    assert {use: link for use, link in reader.first.items() if link != f"#w-{use[1]}"} == {}
