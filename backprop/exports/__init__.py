"""What can be taken away, as text: a pass or a run as tables, as a worked solution, as programs that stand alone.

Pure functions of a spec and of a pass of its run (`Run.one_pass`), or of a run spec and an epoch. They compute nothing
anew: every number is the tape's or the training's.
"""

from .kinds import KINDS, Exported, of_pass, of_run, of_training
from .numpy_script import numpy_script
from .pytorch_script import pytorch_script
from .run_numpy import run_numpy_script
from .run_pytorch import run_pytorch_script
from .run_tables import Trained
from .worked import worked_solution

__all__ = ["KINDS", "Exported", "Trained", "numpy_script", "of_pass", "of_run", "of_training", "pytorch_script",
           "run_numpy_script", "run_pytorch_script", "worked_solution"]
