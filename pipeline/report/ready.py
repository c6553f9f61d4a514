"""Loading this makes a process ready to render: templates of an edition are compiled."""

from pipeline.report import make
from pipeline.report.environment import prepare

__all__ = ["make"]

prepare()
