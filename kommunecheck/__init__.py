"""kommunecheck finds late and missing casework steps in a municipality's own files, and what they cost.

What a script or a plugin may rely on is exported here; everything else may change.
"""

from importlib.metadata import version

__version__ = version("kommunecheck")

__all__ = ["__version__"]
