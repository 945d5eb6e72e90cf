"""Measure the page in a real Chromium: from a press of Step to the painted number, and frames while pulses run.

Run: .venv/bin/python -m bench.page
"""

from __future__ import annotations

import statistics

from playwright.sync_api import Page, sync_playwright

from tests.server import running_server
from tools.chromium import find_chromium

STEPS = 24
PLAY_MS = 6000

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

FRAMES_WHILE_PLAYING = """async (lengthMs) => {
    const frames = [];
    document.querySelector('[data-act="play"]').click();
    const start = performance.now();
    let last = start;
    await new Promise((done) => {
        const frame = (now) => {
            frames.push(now - last);
            last = now;
            if (now - start < lengthMs) requestAnimationFrame(frame); else done();
        };
        requestAnimationFrame(frame);
    });
    document.querySelector('[data-act="play"]').click();
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


def main() -> None:
    """Print the two figures."""
    flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    with running_server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(server.url)
        page.get_by_role("button", name="Step", exact=True).wait_for()
        page.wait_for_load_state("networkidle")
        page.evaluate("new Promise((atRest) => setTimeout(atRest, 1000))")  # a learner reads before pressing
        steps = step_times(page)
        print("each step, ms:", " ".join(f"{ms:.0f}" for ms in steps))
        steps.sort()
        frames = sorted(page.evaluate(FRAMES_WHILE_PLAYING, PLAY_MS))
        browser.close()
    print(f"Step to painted, {STEPS} steps: median {statistics.median(steps):.1f} ms, worst {steps[-1]:.1f} ms")
    over = sum(frame > 50 for frame in frames)
    print(
        f"Frames while playing {PLAY_MS / 1000:.0f} s: {len(frames)}, median {statistics.median(frames):.1f} ms, "
        f"worst {frames[-1]:.1f} ms, over 50 ms: {over}"
    )


if __name__ == "__main__":
    main()
