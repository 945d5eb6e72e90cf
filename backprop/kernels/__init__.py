"""The compiled training loops (Numba): the arithmetic of passes.py, flat, strict and fast.

Strict IEEE arithmetic in a fixed order: no fused multiply-add, no reordering. So the same spec gives the same bits on
every call, in every process, alone or in a block, and however a run is cut. Nothing here checks its arguments:
lanes.py and training.py do.

Python imports calls.py, plan.py and machine_code.py. The other modules are what is compiled; they need Numba, and are
imported only to be compiled.
"""
