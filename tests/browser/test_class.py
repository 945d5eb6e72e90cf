"""A class together: several real pages on a real server, one of them the teacher's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.figure import Figure
from tests.browser.links import CLIPBOARD, fresh
from tests.browser.run_figure import RunFigure
from tests.server import RunningServer, running_server

Opened = Callable[..., Page]


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


class Teacher:
    """The teacher's page, from the button that starts a class."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.bar = page.get_by_role("region", name="Class", exact=True)
        self.passes = Figure(page)

    def start(self) -> Teacher:
        self.page.get_by_role("banner").get_by_role("button", name="Start a class").click()
        self.page.wait_for_url("**/teach/*")
        expect(self.bar.get_by_role("button", name="Ask", exact=True)).to_be_visible()
        expect(self.passes.button("Step")).to_be_visible()
        return self.has(0)

    @property
    def code(self) -> str:
        found = re.search(r"/teach/([A-Z2-9]{6})", self.page.url)
        assert found
        return found[1]

    def has(self, learners: int) -> Teacher:
        expect(self.bar.locator(".class-here")).to_have_text(f"{learners} here")
        return self

    def press(self, name: str) -> Teacher:
        self.bar.get_by_role("button", name=name, exact=True).click()
        return self

    def ask(self, question: str, weight: str | None = None) -> Teacher:
        self.press("Ask")
        dialog = self.page.get_by_role("dialog", name="Ask for a prediction")
        if weight:
            dialog.get_by_label("About the weight").select_option(weight)
        dialog.get_by_text(question).click()
        dialog.get_by_role("button", name="Ask about").click()
        expect(self.bar.get_by_role("button", name="Reveal")).to_be_visible()
        return self

    def counts(self) -> dict[str, int]:
        return table(self.bar)


def learner(page: Page) -> Locator:
    return page.get_by_role("region", name="Class", exact=True)


def table(bar: Locator) -> dict[str, int]:
    """The twin of the histogram: {"up": 2, "down (right)": 1}."""
    rows = bar.locator("bp-class-choices tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.children].map(cell => cell.textContent.trim()))")
    return {name: int(count) for name, count in rows}


def follows(page: Page) -> Page:
    expect(learner(page).get_by_text("Following the teacher")).to_be_visible()
    return page


def predict(page: Page, choice: str) -> None:
    button = learner(page).get_by_role("group", name="Your prediction").get_by_role("button", name=choice, exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def in_class(opened: Opened, url: str, learners: int = 1) -> tuple[Teacher, list[Page]]:
    teacher = Teacher(opened(url)).start()
    pages = [follows(opened(f"{url}/class/{teacher.code}")) for _ in range(learners)]
    teacher.has(learners)
    return teacher, pages


def test_a_page_alone_asks_nothing_of_a_class(page: Page, server: RunningServer) -> None:
    sent: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    Figure(page).open(server.url).press("Step", 3).reaches(3)
    assert sent and not any("class_" in frame for frame in sent)
    expect(page.get_by_role("region", name="Class", exact=True)).to_have_count(0)


def test_learners_see_what_the_teacher_steps_through(opened: Opened, server: RunningServer) -> None:
    teacher, [one, other] = in_class(opened, server.url, 2)
    teacher.passes.press("Step", 5).reaches(5)
    for page in (one, other):
        assert Figure(page).reaches(5).state() == teacher.passes.state()
    teacher.passes.press("Backward pass")
    for page in (one, other):
        assert Figure(page).reaches(teacher.passes.position).state() == teacher.passes.state()
    teacher.passes.press("Next sample").reaches(0).press("Step")
    assert Figure(one).reaches(1).state() == teacher.passes.state()


def test_a_moved_play_head_costs_the_learner_no_question(opened: Opened, server: RunningServer) -> None:
    teacher, [page] = in_class(opened, server.url)
    teacher.passes.press("Step").reaches(1)
    Figure(page).reaches(1)
    page.evaluate("""() => {
        const { connection } = document.querySelector("bp-passes");
        const { request } = connection;
        window.asked = [];
        connection.request = (event, ...rest) => { window.asked.push(event); return request(event, ...rest); };
    }""")
    for position in (5, 12, 3, 20):
        teacher.passes.seek(position)
        Figure(page).reaches(position)
    assert page.evaluate("window.asked") == []


def test_an_edit_of_the_teacher_and_a_run_are_seen_too(opened: Opened, server: RunningServer) -> None:
    teacher, [page] = in_class(opened, server.url)
    field = teacher.page.locator("bp-passes").get_by_label("Learning rate", exact=True)
    field.fill("0.25")
    field.press("Enter")
    teacher.passes.seek(12)
    assert Figure(page).reaches(12).state() == teacher.passes.state()
    expect(page.locator("bp-passes").get_by_label("Learning rate", exact=True)).to_have_value("0.25")
    teachers = RunFigure(teacher.page, "race").settled().seek(50)
    seen = RunFigure(page, "race")
    expect(seen.scrubber).to_have_value("50")
    expect(page.locator("bp-race")).to_be_in_viewport()
    assert seen.settled().losses() == teachers.losses()
    teachers.press("Start race")
    expect(seen.scrubber).to_have_value("1000")
    assert seen.settled().losses() == teachers.settled().losses()
    assert page.evaluate("history.length") <= 3  # Back does not go through what somebody else did


def test_letting_go_exploring_and_coming_back(opened: Opened, server: RunningServer) -> None:
    teacher, [page] = in_class(opened, server.url)
    teacher.passes.press("Step", 4).reaches(4)
    figure = Figure(page).reaches(4)
    page.mouse.wheel(0, 300)
    page.mouse.wheel(0, -300)
    follows(page)  # scrolling is no act
    figure.root.locator(".net [data-ask]").first.click()
    follows(page)  # nor is asking a number where it came from
    figure.press("Step").reaches(5)
    back = learner(page).get_by_role("button", name="Back to the teacher")
    expect(back).to_be_visible()
    teacher.passes.press("Step", 4).reaches(8)
    figure.press("Step").reaches(6)
    field = figure.root.get_by_label("Learning rate", exact=True)
    field.fill("3")
    field.press("Enter")
    expect(page.locator("bp-passes")).to_have_attribute("aria-busy", "false")
    back.click()
    follows(page)
    assert figure.reaches(8).state() == teacher.passes.state()
    expect(field).to_have_value("1")
    teacher.passes.press("Step").reaches(9)
    figure.reaches(9)
    learner(page).get_by_role("button", name="Let go").click()
    teacher.passes.press("Step").reaches(10)
    expect(back).to_be_visible()
    figure.reaches(9)


def test_whoever_comes_late_sees_what_is_shown(opened: Opened, server: RunningServer) -> None:
    teacher = Teacher(opened(server.url)).start()
    teacher.passes.seek(17)
    teacher.has(0).ask("Will it go up or down?")
    page = follows(opened(f"{server.url}/class/{teacher.code.lower()}"))
    assert Figure(page).reaches(17).state() == teacher.passes.state()
    predict(page, "down")


def test_a_prediction_its_histogram_and_its_answer(opened: Opened, server: RunningServer) -> None:
    teacher, pages = in_class(opened, server.url, 3)
    teacher.passes.press("Step", 2).reaches(2)
    teacher.ask("Will it go up or down?")
    expect(teacher.bar.get_by_role("heading")).to_have_text(re.compile(r"Will the weight h1\s*→\s*o1 go up or down\?"))
    for page, choice in zip(pages, ("up", "down", "up"), strict=True):
        expect(learner(page).get_by_role("status").filter(has_text="The teacher asks")).to_be_attached()
        predict(page, choice)
    expect(teacher.bar.get_by_text("3 of 3 learners answered")).to_be_visible()
    assert teacher.counts() == {"up": 2, "down": 1, "stays": 0}
    predict(pages[0], "down")
    expect(teacher.bar.locator("bp-class-choices tbody td").nth(1)).to_have_text("2")

    stop = teacher.passes.press("Update weights").position
    assert teacher.passes.press("Step", 2).position == stop  # it stands before the number
    for page in pages:
        Figure(page).reaches(stop)
        assert Figure(page).table("Weights")["h1→o1"][1] == "gradientonly:+0.0203"  # no change yet
    Figure(pages[2]).press("Step").reaches(stop)  # who lets go does not get past it either
    expect(learner(pages[2]).get_by_role("button", name="Back to the teacher")).to_be_visible()

    teacher.press("Reveal")
    for bar in (teacher.bar, *map(learner, pages)):
        expect(bar.locator(".is-right")).to_have_count(1)
        expect(bar.locator(".is-right")).to_contain_text("down")
    assert teacher.counts() == {"up": 1, "down (right)": 2, "stays": 0}
    assert table(learner(pages[0])) == {"up": 1, "down (right, your prediction)": 2, "stays": 0}
    assert table(learner(pages[2])) == {"up (your prediction)": 1, "down (right)": 2, "stays": 0}
    expect(learner(pages[0]).get_by_text("It goes down by")).to_contain_text("0.0203")

    follows(pages[0])
    learner(pages[0]).get_by_role("button", name="Where does that come from?").click()
    expect(pages[0].locator("bp-derivation")).to_contain_text("0.0203")
    teacher.passes.press("Step").reaches(stop + 1)
    assert teacher.passes.table("Weights")["h1→o1"][1] == "-0.0203"
    Figure(pages[1]).reaches(stop + 1)


def test_the_size_of_a_change_in_a_later_pass_of_another_network(opened: Opened, server: RunningServer) -> None:
    teacher, [page, explorer] = in_class(opened, server.url, 2)
    field = teacher.page.locator("bp-passes").get_by_label("Learning rate", exact=True)
    field.fill("8")
    field.press("Enter")
    teacher.passes.press("Next sample").reaches(0)
    Figure(explorer).press("Reset")
    teacher.ask("How large will its change be?", "h2>o1")
    explorers = learner(explorer)
    expect(explorers.get_by_role("heading")).to_contain_text("By how much will the weight")
    predict(page, "0.1 to 1")
    predict(explorer, "below 0.0001")
    expect(teacher.bar.get_by_text("2 of 2 learners answered")).to_be_visible()
    teacher.press("Reveal")
    teacher.passes.to_end()
    changed = abs(float(teacher.passes.table("Weights")["h2→o1"][1]))
    borders = [0.0001, 0.001, 0.01, 0.1, 1]
    names = ["below 0.0001", "0.0001 to 0.001", "0.001 to 0.01", "0.01 to 0.1", "0.1 to 1", "1 or more"]
    right = names[sum(changed >= border for border in borders)]
    for bar in (teacher.bar, learner(page), explorers):  # the explorer shows another pass, and learns of this one
        expect(bar.locator(".is-right .choice-line")).to_contain_text(right)
        expect(bar.get_by_text("It goes down by")).to_contain_text(f"{changed:.4f}")


def test_a_question_of_every_weight_that_is_known_is_not_asked(opened: Opened, server: RunningServer) -> None:
    teacher, _ = in_class(opened, server.url, 0)
    teacher.passes.to_end()
    teacher.press("Ask")
    dialog = teacher.page.get_by_role("dialog", name="Ask for a prediction")
    expect(dialog).to_contain_text("Every change of this pass is known already.")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def test_a_teacher_who_reloads_is_in_charge(opened: Opened, server: RunningServer) -> None:
    teacher, [page] = in_class(opened, server.url)
    teacher.passes.seek(11)
    teacher.ask("Will it go up or down?")
    predict(page, "up")
    expect(teacher.bar.get_by_text("1 of 1 learner answered")).to_be_visible()
    teacher.page.get_by_role("banner").get_by_role("link", name="Downhill").click()
    assert "#key=" in teacher.page.url  # a link of the page does not take the key away
    teacher.page.wait_for_url(lambda url: "passes=" in url)
    teacher.page.reload()
    teacher.passes.reaches(11)
    teacher.has(1)
    assert teacher.counts() == {"up": 1, "down": 0, "stays": 0}
    teacher.passes.press("Step").reaches(12)
    Figure(page).reaches(12)
    teacher.press("Reveal")
    expect(learner(page).locator(".is-right")).to_contain_text("down")


def test_the_teachers_link_on_another_computer(opened: Opened, server: RunningServer) -> None:
    teacher, [page] = in_class(opened, server.url)
    teacher.passes.seek(9)
    Figure(page).reaches(9)
    teacher.page.context.grant_permissions(CLIPBOARD)
    teacher.press("QR code")
    dialog = teacher.page.get_by_role("dialog", name="Join the class")
    picture = dialog.get_by_role("img", name=f"QR code of {server.url.removeprefix('http://')}/class/{teacher.code}")
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth > 0)")
    dialog.get_by_role("button", name="Copy the teacher’s link").click()
    expect(dialog.get_by_role("status")).to_have_text("The teacher’s link is copied.")
    link = str(teacher.page.evaluate("navigator.clipboard.readText()"))
    dialog.get_by_role("button", name="Copy the learners’ link").click()
    expect(dialog.get_by_role("status")).to_have_text("The learners’ link is copied.")
    assert teacher.page.evaluate("navigator.clipboard.readText()") == f"{server.url}/class/{teacher.code}"
    other = Teacher(opened(link)).has(1)
    other.passes.reaches(9).press("Step").reaches(10)
    Figure(page).reaches(10)


def test_without_its_key_a_teachers_page_says_so(opened: Opened, server: RunningServer) -> None:
    teacher, _ = in_class(opened, server.url, 0)
    for key in ("", f"#key={'x' * 43}"):
        page = opened(f"{server.url}/teach/{teacher.code}{key}")
        expect(learner(page)).to_contain_text("it has not the key to its class")
        Figure(page).press("Step").reaches(1)


def test_a_class_that_ends_says_so_and_the_page_stays(opened: Opened, server: RunningServer) -> None:
    teacher, [page] = in_class(opened, server.url)
    teacher.passes.seek(6)
    Figure(page).reaches(6)
    teacher.press("End class")
    teacher.press("Go on").has(1)
    teacher.press("End class").press("End class")
    expect(teacher.bar.get_by_text("The class has ended. The page stays as it is, and is yours.")).to_be_visible()
    expect(learner(page).get_by_text("This class has ended.")).to_be_visible()
    Figure(page).press("Step").reaches(7)
    learner(page).get_by_role("button", name="Put away").click()
    expect(learner(page)).to_have_count(0)
    late = opened(f"{server.url}/class/{teacher.code}")
    expect(learner(late)).to_contain_text(f"There is no class {teacher.code} now")
    Figure(late).press("Step").reaches(1)


def test_a_code_is_typed_at_the_foot_of_the_page(opened: Opened, server: RunningServer) -> None:
    teacher = Teacher(opened(server.url)).start()
    page = opened(server.url)
    field = page.get_by_label("or join one by its code")
    field.fill("o0il")
    field.press("Enter")
    expect(page.get_by_text("A code has six letters and digits")).to_be_visible()
    field.fill(f"{teacher.code[:3].lower()} {teacher.code[3:].lower()}")
    field.press("Enter")
    page.wait_for_url(f"**/class/{teacher.code}")
    follows(page)
    teacher.has(1)


def test_a_server_that_forgot_the_class(opened: Opened) -> None:
    with running_server() as server:
        teacher = Teacher(opened(server.url, "WebSocket")).start()
        page = follows(opened(f"{server.url}/class/{teacher.code}", "WebSocket"))
        teacher.has(1).passes.press("Step", 2).reaches(2)
        Figure(page).reaches(2)
        server.stop()
        expect(teacher.bar).to_contain_text("out of reach, trying again")
        expect(learner(page)).to_contain_text("out of reach, trying again")
        server.start()
        expect(teacher.bar.get_by_text("The class has ended.", exact=False).first).to_be_visible()
        expect(learner(page).get_by_text("This class has ended.")).to_be_visible()
        Figure(page).press("Step").reaches(3)


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the focus is there."""
    for _ in range(60):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError("Tab does not reach it")


def test_by_keyboard_alone(opened: Opened, server: RunningServer) -> None:
    page = opened(server.url)
    tab_to(page, page.get_by_role("banner").get_by_role("button", name="Start a class"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/teach/*")
    teacher = Teacher(page).has(0)
    other = follows(opened(f"{server.url}/class/{teacher.code}"))
    tab_to(page, teacher.bar.get_by_role("button", name="Ask", exact=True))
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Ask for a prediction")
    expect(dialog).to_be_visible()
    tab_to(page, dialog.get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("ArrowUp")
    tab_to(page, dialog.get_by_role("button", name="Ask about"))
    page.keyboard.press("Enter")
    choice = learner(other).get_by_role("button", name="stays", exact=True)
    tab_to(other, choice)
    other.keyboard.press("Enter")
    expect(choice).to_have_attribute("aria-pressed", "true")
    follows(other)
    tab_to(page, teacher.bar.get_by_role("button", name="Reveal"))
    page.keyboard.press("Enter")
    expect(learner(other).locator(".is-own")).to_contain_text("stays")
    tab_to(other, learner(other).get_by_role("button", name="Put away"))
    tab_to(other, learner(other).get_by_role("button", name="Let go"), "Shift+Tab")
    other.keyboard.press("Enter")
    back = learner(other).get_by_role("button", name="Back to the teacher")
    tab_to(other, back)
    other.keyboard.press("Enter")
    follows(other)
    tab_to(page, teacher.bar.get_by_role("button", name="Put away"))
    ending = teacher.bar.get_by_role("button", name="End class")
    tab_to(page, ending, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(ending).to_be_focused()
    page.keyboard.press("Escape")
    expect(teacher.bar.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(teacher.bar).to_contain_text("The class has ended.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_and_width(browser: Browser, opened: Opened, server: RunningServer, width: int, scheme: str) -> None:
    teacher, [page] = in_class(opened, server.url)
    pages = {"teacher": teacher.page, "learner": page}
    for each in pages.values():
        each.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        each.set_viewport_size({"width": width, "height": 780})
    found: dict[str, list[str]] = {}

    def look(when: str) -> None:
        for name, each in pages.items():
            found[f"{name}, {when}"] = violations(each, "html" if when == "following" else f"bp-class-{name}")
            wide = each.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{name}, {when}: {wide} px wider than the window"
            bar, deck = learner(each).bounding_box(), each.locator("bp-passes .deck").bounding_box()
            assert bar and deck and bar["y"] + bar["height"] <= deck["y"], f"{name}, {when}: the bar is on the deck"

    look("following")
    teacher.bar.get_by_role("button", name=re.compile("^QR")).click()
    found["share"] = violations(teacher.page, "bp-class-share")
    teacher.page.get_by_role("button", name="Close").click()
    teacher.press("Ask")
    found["ask"] = violations(teacher.page, "bp-class-ask")
    teacher.page.get_by_role("button", name="Cancel").click()
    for question, choice in (("Will it go up or down?", "up"), ("How large will its change be?", "0.01 to 0.1")):
        teacher.ask(question)
        predict(page, choice)
        expect(teacher.bar.get_by_text("1 of 1 learner answered")).to_be_visible()
        look(question)
        teacher.press("Reveal")
        expect(learner(page).locator(".is-right")).to_be_visible()
        look(f"{question} revealed")
    for button in learner(page).get_by_role("button").all():
        box = button.bounding_box()
        assert box and (box["height"] >= 43.5 or "num-b" in (button.get_attribute("class") or "")), button.inner_text()
    teacher.page.get_by_role("button", name=re.compile("^End")).click()
    teacher.bar.get_by_role("button", name="End class").click()
    expect(learner(page).get_by_text("This class has ended.")).to_be_visible()
    look("ended")
    assert not any(found.values()), found
