"""The lesson says of each printed number where it went wrong, without a script."""

from __future__ import annotations

import re
import urllib.request
from html import unescape

from backprop.textbook import textbook_rows
from tests.server import RunningServer


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_each_row_says_whether_it_slipped_or_only_followed(server: RunningServer) -> None:
    with urllib.request.urlopen(server.url, timeout=60) as answer:
        page = answer.read().decode()
    section = page.partition('id="textbook"')[2].partition("</section>")[0]
    assert "15 of its 20 numbers are not" in words(section)
    assert "11 are slips, wrong even" in words(section)
    assert "3 only follow from a slip, 1 only from rounding on the way" in words(section)
    said = [words(row.rpartition("<td>")[2]) for row in re.findall(r"<tr class=.*?</tr>", section, re.S)]
    for text, row in zip(said, textbook_rows(), strict=True):
        follows = f"{row['follows']:.{row['digits']}f}".replace("-", "−")
        assert text == {"agrees": "agrees", "chance": f"agrees by chance: a slip for {follows}",
                        "slip": f"a slip for {follows}", "inherits": "follows from a slip",
                        "rounded": "rounded on the way"}[row["kind"]], row["name"]
    assert [text for text in said if "−0.0082" in text] == ["a slip for −0.0082"]  # δ4: printed ten times too large
