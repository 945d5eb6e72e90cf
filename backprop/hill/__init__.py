"""The ball: descents along one number, on named landscapes and on a network's own loss. Rules: docs/conventions.md."""

from .descent import Descent, Stop, descent
from .landscapes import LANDSCAPES, Landscape, Minimum, Rates
from .network_slice import edge_names, network_slice
from .verdicts import Reason, Verdict

__all__ = ["LANDSCAPES", "Descent", "Landscape", "Minimum", "Rates", "Reason", "Stop", "Verdict", "descent",
           "edge_names", "network_slice"]
