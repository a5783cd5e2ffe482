"""A cause graph in the forms that other programs read: node-link, GraphML, SVG, one HTML file."""

from __future__ import annotations

import json
from pathlib import Path

from analysis.drawing.cause_forms import (
    cause_graph_graphml,
    cause_graph_html,
    cause_graph_node_link,
    cause_graph_svg,
)
from analysis.questions.cause_graph import CauseGraphAnswer
from cli.answer_head import notice_texts
from cli.context import Context
from cli.question_options import DrawnForm
from cli.usage import UsageError
from graph_schema.messages import Language


def write_form(here: Context, answer: CauseGraphAnswer, form: DrawnForm, output: Path | None) -> None:
    """Write the cause graph in one form to a file, or to standard output when no file is named."""
    text = form_text(answer, form, here.voice.language)
    for notice in notice_texts(answer, here.voice.language):
        here.voice.aside(notice)
    if output is None:
        here.voice.machine_text(text)
        return
    write_text(output, text)
    here.voice.line(here.voice.text("written", file=output), is_whole=True)


def write_text(file: Path, text: str) -> None:
    """Write a file. Raises UsageError where it cannot be written."""
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError("cannot_write", file=file, reason=error.strerror or type(error).__name__) from error


def form_text(answer: CauseGraphAnswer, form: DrawnForm, language: Language) -> str:
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
