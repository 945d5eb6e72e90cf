"""Say in one plain sentence why a number of the tape came out as it did.

Each module holds the sentences of one part of a pass. A sentence is chosen by what is true of these numbers (a sign, a
zero, a saturated slope, a comparison with the neighbour), so it is never only formally right. Pure text: the numbers
come in as arguments, nothing here computes a number of the pass.
"""

from . import backward, forward, loss, update
from .words import not_finite, show

__all__ = ["backward", "forward", "loss", "not_finite", "show", "update"]
