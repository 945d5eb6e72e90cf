"""A class together: several real pages on a real server follow one, and are asked."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.class_pages import Opened, Teacher, follows, in_class, learner, predict, table
from tests.browser.figure import Figure
from tests.browser.run_figure import RunFigure
from tests.server import RunningServer


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
