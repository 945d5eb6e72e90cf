"""Who is in charge of a class, how one comes into it, and how it ends."""

from __future__ import annotations

import time

from playwright.sync_api import expect

from tests.browser.class_pages import Opened, Teacher, follows, in_class, learner, predict
from tests.browser.figure import Figure
from tests.browser.links import CLIPBOARD
from tests.server import RunningServer, running_server


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
    ends = teacher.page.evaluate("() => document.querySelector('bp-class-share').ends")
    two_digits = "{hour: '2-digit', minute: '2-digit'}"
    at = teacher.page.evaluate(f"ends => new Date(1000 * ends).toLocaleTimeString([], {two_digits})", ends)
    assert 7000 < ends - time.time() < 7300  # two hours, unless the class was asked for another time
    expect(dialog).to_contain_text(f"The class ends at {at} by itself")
    expect(learner(page)).to_contain_text(f"until {at}")
    expect(dialog).to_contain_text("127.0.0.1 is this computer alone")  # where this test has opened the page
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
