"""A cause graph in the forms that other programs read: node-link, GraphML, SVG, one HTML file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from analysis.drawing.cause_forms import (
    cause_graph_graphml,
    cause_graph_html,
    cause_graph_node_link,
    cause_graph_svg,
)
from analysis.questions.answer import Answer
from analysis.questions.cause_graph import CauseGraphAnswer
from cli.context import Context
from cli.usage import UsageError
from graph_schema.messages import Language

CauseGraphForm = Literal["node-link", "graphml", "svg", "html"]


def write_form(here: Context, answer: Answer, form: CauseGraphForm, output: Path | None) -> None:
    """Write the cause graph in one form to a file, or to standard output when no file is named."""
    if not isinstance(answer, CauseGraphAnswer):
        raise TypeError("not a cause graph")
    text = form_text(answer, form, here.voice.language)
    if output is None:
        here.voice.out.file.write(text if text.endswith("\n") else text + "\n")
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError("cannot_write", file=output, reason=error.strerror or type(error).__name__) from error
    here.voice.say("written", file=output)


def form_text(answer: CauseGraphAnswer, form: CauseGraphForm, language: Language) -> str:
    """Return the cause graph in one form as text."""
    match form:
        case "node-link":
            return json.dumps(cause_graph_node_link(answer), ensure_ascii=False, indent=2)
        case "graphml":
            return cause_graph_graphml(answer)
        case "svg":
            return cause_graph_svg(answer, language)
        case "html":
            return cause_graph_html(answer, language)
