"""The comparison of drawings tells a moved line from a changed one."""

from tests.browser.drawn import first_difference

LINE = '<g class="curve l1"><path d="M0 10L5.5 20"></path><text x="3">0.6651</text></g>'


def test_a_pixel_is_no_difference_and_two_are() -> None:
    assert first_difference(LINE, LINE.replace("5.5", "6.2")) is None
    assert first_difference(LINE, LINE.replace("5.5", "7.6")) is not None


def test_words_classes_and_marks_are_compared_to_the_letter() -> None:
    for changed in (LINE.replace("0.6651", "0.6652"), LINE.replace("l1", "l2"), LINE.replace("L5.5 20", ""),
                    LINE.replace("<text", "<circle></circle><text"), LINE.replace(' x="3"', ""), LINE + "<g></g>"):
        assert first_difference(LINE, changed) is not None, changed
