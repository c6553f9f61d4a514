"""Loading this makes a process ready to render, while it has nothing else to do yet.

Templates are compiled, and the data files that pages need are read.
"""

from pipeline.knowledge.catalogue import catalogue, checks
from pipeline.report import make
from pipeline.report.environment import environment
from pipeline.report.overview import land
from pipeline.report.search import fold
from pipeline.report.strings import strings

__all__ = ["make"]

_TEMPLATES = ("overview", "explore", "indicator", "checks", "check", "edition", "partners",
              "changes", "base", "macros", "matrix")  # fmt: skip

for _name in _TEMPLATES:
    environment().get_template(f"{_name}.html")
for _load in (catalogue, checks, strings, land):
    _load()
fold("é")
