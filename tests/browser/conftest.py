"""A real Chromium on a real server; every test fails on a console message that nobody expected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.class_pages import Opened
from tests.browser.figure import Figure
from tests.browser.links import fresh
from tests.browser.run_figure import RunFigure
from tests.server import RunningServer, running_server
from tools.chromium import find_chromium

# What is waited for comes when it comes: a busy machine may draw few frames a second, and speed is measured in bench/.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server() -> Iterator[RunningServer]:
    with running_server() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE_MS)
    messages: list[str] = []
    opened.on("console", lambda message: messages.append(f"{message.type}: {message.text}"))
    opened.on("pageerror", lambda error: messages.append(f"error: {error}"))
    yield opened
    expected = getattr(opened, "expected_messages", ())
    context.close()
    unexpected = [line for line in messages if not any(part in line for part in expected)]
    assert not unexpected, "the console spoke: " + "; ".join(unexpected)


@pytest.fixture
def figure(page: Page, server: RunningServer) -> Figure:
    return Figure(page).open(server.url)


@pytest.fixture
def race(page: Page, server: RunningServer) -> RunFigure:
    return RunFigure(page, "race").open(server.url)


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Pages of as many browsers that know nothing of one another; each fails where its console speaks."""
    with ExitStack() as pages:
        def one(url: str, *expected: str) -> Page:
            page = pages.enter_context(fresh(browser, *expected))
            page.goto(url)
            expect(Figure(page).button("Step")).to_be_visible()
            return page
        yield one
