"""A cause graph in the forms that other programs read: node-link, GraphML, SVG, one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from analysis.questions.answer import Answer
from analysis.questions.cause_graph import CauseGraphAnswer
from cli.context import Context
from cli.usage import UsageError

CauseGraphForm = Literal["node-link", "graphml", "svg", "html"]
