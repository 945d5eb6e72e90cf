"""What the events of a class together take."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field

from ..bounds import Bounds
from ..classes.classes import CODE_TAKES
from ..spec import Strict

MINUTES = Bounds(5, 480)
CHOICES = Bounds(2, 8)
LONGEST_STATE = 12_000
LONGEST_ABOUT = 60
LONGEST_CODE = 20  # as it is typed; one that is too long is no class's
Figure = Literal["passes", "hill", "race", "batch", "xor", "twins", "depth"]
Kind = Literal["direction", "size"]
KEY_TAKES = "the key that came when the class was started"
LEARNER_TAKES = "16 to 64 of the characters A-Z a-z 0-9 - and _, made up by the page"

Code = Annotated[str, Field(max_length=LONGEST_CODE)]
Key = Annotated[str, Field(pattern=r"\A[A-Za-z0-9_-]{32,128}\z")]
Learner = Annotated[str, Field(pattern=r"\A[A-Za-z0-9_-]{16,64}\z")]


class ClassWanted(Strict):
    """Start a class for so many minutes."""

    TAKES: ClassVar = {"minutes": f"a whole number from {MINUTES}"}
    minutes: Annotated[int, Field(ge=MINUTES.low, le=MINUTES.high)] = 120


class InClass(Strict):
    """Name a class."""

    TAKES: ClassVar = {"code": CODE_TAKES, "key": KEY_TAKES, "learner": LEARNER_TAKES}
    code: Code


class Joining(InClass):
    """Come in as a learner."""

    learner: Learner


class Teaching(InClass):
    """Come in, or act, as the teacher."""

    key: Key


class Showing(Teaching):
    """Show a figure in the state that a link has ("": as it begins)."""

    TAKES: ClassVar = InClass.TAKES | {
        "figure": f"one of {', '.join(get_args(Figure))}",
        "state": f"the state of a link: at most {LONGEST_STATE} of the characters A-Z a-z 0-9 . _ and -"}
    figure: Figure
    state: Annotated[str, Field(max_length=LONGEST_STATE, pattern=r"\A[A-Za-z0-9._-]*\z")]


class Asking(Teaching):
    """Ask which way, or how much, a quantity goes."""

    TAKES: ClassVar = InClass.TAKES | {
        "kind": f"one of {', '.join(get_args(Kind))}",
        "about": f"the id of a quantity such as change:x1>h1, at most {LONGEST_ABOUT} characters",
        "choices": f"a whole number from {CHOICES}"}
    kind: Kind
    about: Annotated[str, Field(max_length=LONGEST_ABOUT, pattern=r"\A[A-Za-z0-9_:>.]+\z")]
    choices: Annotated[int, Field(ge=CHOICES.low, le=CHOICES.high)]


class Answering(Joining):
    """Answer the open question."""

    TAKES: ClassVar = InClass.TAKES | {
        "question": "the number of the question that is open",
        "choice": "one of the choices of the question, counted from 0"}
    question: Annotated[int, Field(ge=1)]
    choice: Annotated[int, Field(ge=0, lt=CHOICES.high)]
