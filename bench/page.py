"""Measure the page in a real Chromium: from a press of Step to the painted number, and frames while figures run.

Run: .venv/bin/python -m bench.page
"""

from __future__ import annotations

import statistics

from playwright.sync_api import Page, sync_playwright

from tests.browser.figure import let_begin
from tests.server import running_server
from tools.chromium import find_chromium

STEPS = 24
PLAY_MS = 6000
RACE_MS = 4500

LOADED = """() => {
    const [page] = performance.getEntriesByType("navigation");
    const sizes = [page, ...performance.getEntriesByType("resource")].map((each) => each.transferSize);
    return { ms: window.usableMs, requests: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}"""
WATCH_FOR_STEP = """new MutationObserver((_, watch) => {
    if (!document.querySelector('[data-act="step"]')) return;
    window.usableMs = performance.now();
    watch.disconnect();
}).observe(document, { childList: true, subtree: true })"""

STEP_TO_PAINTED = """async () => {
    const step = document.querySelector('[data-act="step"]');
    const before = document.querySelector('bp-passes').session.position;
    const start = performance.now();
    step.click();
    await new Promise((painted) => requestAnimationFrame(() => {
        const channel = new MessageChannel();  // a task after the frame: the frame is painted
        channel.port1.onmessage = painted;
        channel.port2.postMessage(null);
    }));
    const shown = Number(document.querySelector('bp-rail input').value);
    return { ms: performance.now() - start, moved: shown > before || shown === 0 };
}"""

FRAMES_WHILE_RUNNING = """async ({ press, lengthMs, leaveOutMs }) => {
    const frames = [];
    document.querySelector(press).click();
    const start = performance.now();
    let last = start;
    await new Promise((done) => {
        const frame = (now) => {
            if (now - start > leaveOutMs) frames.push(now - last);
            last = now;
            if (now - start < lengthMs) requestAnimationFrame(frame); else done();
        };
        requestAnimationFrame(frame);
    });
    return frames.slice(1);
}"""


def step_times(page: Page) -> list[float]:
    """Return milliseconds from each press of Step to the frame that shows its number."""
    times = []
    for _ in range(STEPS):
        result = page.evaluate(STEP_TO_PAINTED)
        if not result["moved"]:
            raise RuntimeError("a step did not show its number in the first frame")
        times.append(float(result["ms"]))
    return times


def print_loading(page: Page, url: str) -> None:
    """Print when the page can be used, and what it took: for who comes first, and for who comes again."""
    page.add_init_script(WATCH_FOR_STEP)
    for visit in ("first", "second"):
        page.goto(url)
        page.wait_for_load_state("networkidle")
        seen = page.evaluate(LOADED)
        print(f"{visit} visit: Step is there after {seen['ms']:.0f} ms, "
              f"{seen['requests']} requests, {seen['bytes'] / 1000:.0f} kB")


def main() -> None:
    """Print the figures."""
    flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    with running_server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        print_loading(page, server.url)
        page.locator("bp-passes").get_by_role("button", name="Step", exact=True).wait_for()
        page.wait_for_load_state("networkidle")
        page.evaluate("new Promise((atRest) => setTimeout(atRest, 1000))")  # a learner reads before pressing
        steps = step_times(page)
        print("each step, ms:", " ".join(f"{ms:.0f}" for ms in steps))
        steps.sort()
        print(f"Step to painted, {STEPS} steps: median {statistics.median(steps):.1f} ms, worst {steps[-1]:.1f} ms")
        frames_of(page, "one pass plays", 'bp-passes [data-act="play"]', PLAY_MS, 0)
        page.locator('bp-passes [data-act="play"]').click()
        race = page.locator("bp-race")
        let_begin(race)
        race.locator('[data-act="start"]').wait_for()
        race.scroll_into_view_if_needed()
        frames_of(page, "a race of 1000 epochs, at full speed", 'bp-race [data-act="start"]', RACE_MS, 1000)
        race.get_by_label("Number of epochs").fill("10000")
        race.get_by_label("Number of epochs").press("Enter")
        race.get_by_role("button", name="Reset").click()
        frames_of(page, "a race of 10,000 epochs, at full speed", 'bp-race [data-act="start"]', RACE_MS, 1000)
        let_begin(page.locator("bp-xor"))
        page.locator('bp-xor [data-act="start"]').wait_for()
        page.locator("bp-xor").scroll_into_view_if_needed()
        frames_of(page, "XOR is learned, at full speed", 'bp-xor [data-act="start"]', RACE_MS, 1000)
        browser.close()


def frames_of(page: Page, what: str, press: str, length_ms: int, leave_out_ms: int) -> None:
    """Print the frames of something that runs, but for those of its first `leave_out_ms`."""
    asked = {"press": press, "lengthMs": length_ms, "leaveOutMs": leave_out_ms}
    frames = sorted(page.evaluate(FRAMES_WHILE_RUNNING, asked))
    over = sum(frame > 50 for frame in frames)
    print(f"Frames while {what}: {len(frames)}, median {statistics.median(frames):.1f} ms, "
          f"99th percentile {frames[int(len(frames) * 0.99)]:.1f} ms, worst {frames[-1]:.1f} ms, over 50 ms: {over}")


if __name__ == "__main__":
    main()
