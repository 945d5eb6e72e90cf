"""A figure alone: for a projector, and inside a page of somebody else; the lesson stands in nobody's."""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.figure import Figure
from tests.browser.hill import Hill
from tests.browser.links import buttons, copied, fresh
from tests.browser.run_figure import RunFigure
from tests.server import RunningServer

NAMES = ("passes", "hill", "race", "batch", "xor", "twins", "depth")


@pytest.fixture
def notes() -> Iterator[tuple[str, dict[str, str]]]:
    """Somebody's course notes, on another origin: an address, and what to put into its body."""
    content = {"body": ""}

    class Notes(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if self.path == "/":
                page = f'<!doctype html><html lang="en"><title>Notes</title><link rel="icon" href="data:,">' \
                       f'<main><h1>Notes</h1>{content["body"]}</main></html>'
                self.wfile.write(page.encode())

        def log_message(self, *values: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Notes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}/", content
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_stands_alone(page: Page, server: RunningServer, name: str) -> None:
    page.goto(f"{server.url}/figure/{name}")
    expect(page.locator(f"bp-{name}")).to_be_visible()
    expect(buttons(page, name).get_by_role("button", name="Copy link")).to_be_visible()
    expect(page.get_by_text("Connecting to the engine")).to_have_count(0)
    assert page.locator(", ".join(f"bp-{other}" for other in NAMES if other != name)).count() == 0
    for big in (False, True):
        if big:
            page.get_by_role("button", name="Large type").click()
            page.wait_for_url(lambda url: url.endswith("big"))
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{overflow} px wider than the window"
        assert not violations(page)


def test_a_link_of_a_figure_alone_opens_it_alone(browser: Browser, page: Page, server: RunningServer) -> None:
    page.goto(f"{server.url}/figure/race")
    race = RunFigure(page, "race").settled()
    race.fill("Learning rate of lane 1", "2")
    race.settled().seek(137)
    link = copied(page, "race")
    assert re.search(r"/figure/race\?s=1\.[\w-]+$", link)
    with fresh(browser) as other:
        other.goto(link)
        opened = RunFigure(other, "race")
        expect(opened.scrubber).to_have_value("137")
        opened.settled()
        for lane in (1, 2, 3):
            assert opened.table(f"Truth table of lane {lane}") == race.table(f"Truth table of lane {lane}")


def test_open_alone_takes_the_figure_as_it_is_without_a_moment_s_rest(figure: Figure, page: Page) -> None:
    figure.press("Step", 3).reaches(3)
    buttons(page, "passes").get_by_role("link", name="Open alone").press("Enter")
    page.wait_for_url("**/figure/passes?s=*")
    figure.reaches(3)


def test_a_slice_stands_alone_with_its_network(page: Page, figure: Figure) -> None:
    hill = Hill(page).settled().root
    hill.get_by_text("This network", exact=True).click()
    hill.get_by_role("button", name="Step", exact=True).click()
    expect(hill.locator("bp-hill-table tbody tr")).to_have_count(2)
    rows = hill.locator("bp-hill-table tbody").text_content()
    alone = buttons(page, "hill").get_by_role("link", name="Open alone")
    alone.hover()
    expect(alone).to_have_attribute("href", re.compile(r"/figure/hill\?s=1\."))
    alone.click()
    page.wait_for_url("**/figure/hill?s=*")
    expect(page.locator("bp-hill bp-hill-table tbody tr")).to_have_count(2)
    assert page.locator("bp-hill bp-hill-table tbody").text_content() == rows
    page.go_back()
    expect(page.locator("bp-hill bp-hill-table tbody tr")).to_have_count(2)


def test_one_key_from_the_lesson_to_large_type(page: Page, figure: Figure) -> None:
    figure.seek(12)
    figure.button("Step").focus()
    page.keyboard.press("p")
    page.wait_for_url(re.compile(r"/figure/passes\?s=.*&big$"))
    Figure(page).reaches(12)
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 20
    Figure(page).button("Step").focus()
    page.keyboard.press("p")
    page.wait_for_url(lambda url: "big" not in url)
    page.go_back()
    figure.reaches(12)


def test_p_is_a_letter_where_letters_are_typed(page: Page, server: RunningServer) -> None:
    race = RunFigure(page, "race").open(server.url)
    race.root.get_by_label("Learning rate of lane 1").press("p")
    page.wait_for_timeout(300)
    assert "/figure/" not in page.url


def test_a_figure_stands_in_somebodys_notes(browser: Browser, page: Page, server: RunningServer,
                                            notes: tuple[str, dict[str, str]]) -> None:
    race = RunFigure(page, "race").open(server.url).seek(137)
    snippet = copied(page, "race", "Copy embed code")
    assert re.fullmatch(r'<iframe src="http://127[^"]+/figure/race\?s=1\.[\w-]+" title="How big a step\?" width="100%" '
                        r'height="\d+" loading="lazy" allow="clipboard-write"></iframe>', snippet)
    url, content = notes
    content["body"] = snippet
    with fresh(browser, "postMessage") as other:  # axe speaks to frames; the headless shell tells of it
        other.goto(url)
        frame = other.frame_locator("iframe")
        scrubber = frame.get_by_role("slider", name="Epoch", exact=True)
        expect(scrubber).to_have_value("137")
        expect(frame.locator(".run-verdict")).to_have_text(race.verdicts.all_inner_texts())
        before = other.evaluate("history.length")
        frame.get_by_label("Learning rate of lane 1").fill("2")
        frame.get_by_label("Learning rate of lane 1").press("Enter")
        expect(scrubber).to_have_value("0")
        frame.get_by_role("button", name="Step", exact=True).click()
        expect(scrubber).to_have_value("1")
        other.wait_for_timeout(700)
        assert other.evaluate("history.length") == before  # Back stays with the notes
        assert not violations(other)


@pytest.mark.parametrize("path", ["/", "/?passes=1.j2VyEeyJhdCI6MX0"])
def test_the_lesson_stands_in_nobodys_page(page: Page, server: RunningServer, path: str,
                                           notes: tuple[str, dict[str, str]]) -> None:
    page.expected_messages = ("frame-ancestors", "Framing", "chrome-error")  # type: ignore[attr-defined]
    url, content = notes
    content["body"] = f'<iframe title="no" src="{html.escape(server.url + path)}"></iframe>'
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(url)
    page.wait_for_timeout(1000)
    assert any("frame-ancestors" in text for text in refused), refused
    assert page.frame_locator("iframe").locator("bp-passes").count() == 0
