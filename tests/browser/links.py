"""What a learner does with links: copies one, opens it somewhere else, goes back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.figure import Figure
from tests.browser.run_figure import RunFigure

CLIPBOARD = ["clipboard-read", "clipboard-write"]


def buttons(page: Page, name: str) -> Locator:
    """The links of a figure: Copy link, Open alone, Copy embed code."""
    return page.locator(f"bp-{name} + bp-copy-link")


def copied(page: Page, name: str, button: str = "Copy link") -> str:
    """Press a button of the figure's links, and return what is on the clipboard then."""
    page.context.grant_permissions(CLIPBOARD)
    buttons(page, name).get_by_role("button", name=button, exact=True).click()
    expect(buttons(page, name).get_by_role("status")).to_contain_text("Copied.")
    return str(page.evaluate("navigator.clipboard.readText()"))


def at_rest(page: Page, *params: str) -> str:
    """Wait until the address holds these parameters, and return it."""
    for param in params:
        page.wait_for_url(lambda url, wanted=param: f"{wanted}=" in url)  # type: ignore[misc]
    return page.url


def entries(page: Page, count: int) -> None:
    """Wait until the Back button has so many entries, this one among them."""
    for _ in range(100):
        if page.evaluate("history.length") == count:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.evaluate('history.length')} entries, not {count}")


def faults(page: Page, name: str) -> Locator:
    """What a link asked of a figure in vain."""
    return page.locator(f"bp-link-faults:has(+ bp-{name})").get_by_role("alert")


@contextmanager
def fresh(browser: Browser, *expected: str) -> Iterator[Page]:
    """A page of a browser that knows nothing; fails where its console says anything but what is expected."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(30_000)
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    try:
        yield page
    finally:
        context.close()
    unexpected = [message for message in messages if not any(part in message for part in expected)]
    assert not unexpected, unexpected


def fill(page: Page, label: str, text: str) -> None:
    """Type into a field of figure `passes`."""
    field = page.locator("bp-passes").get_by_label(label, exact=True)
    field.fill(text)
    field.press("Enter")


def passes(page: Page) -> Figure:
    """Figure `passes` of a page that is opening."""
    figure = Figure(page)
    expect(figure.button("Step")).to_be_visible()
    return figure


def shown(run: RunFigure) -> object:
    """All numbers that a figure of a run shows."""
    captions = run.root.get_by_role("table").locator("caption").all_inner_texts()
    tables = [run.table(caption) for caption in captions if caption.startswith("Truth table")]
    return run.epoch, tables, run.losses(), run.verdicts.all_inner_texts()
