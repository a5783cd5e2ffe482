"""What an assistance plan is made from where only files are given: no graph, no load, and nothing is written."""

from __future__ import annotations

from datetime import date

from analysis.assistance.files.assist_files import AssistFiles, AssistTables, read_assist_files
from analysis.assistance.files.to_frames import frames_of_files
from analysis.assistance.files.to_risk import risk_of_files
from analysis.questions.answer import Notice, notice
from analysis.questions.assist_plan_made import AssistSource, RiskSide
from analysis.risk.model import expert_model
from graph_schema import Schema

# A notice names so many areas or cooperatives at most.
_SHOWN = 5


def files_assist_source(tables: AssistTables, schema: Schema, day: date) -> AssistSource:
    """Return what files hold on a day. Raises FaultyFiles with every fault of every file."""
    files = read_assist_files(tables, schema)
    model = expert_model(schema)
    return AssistSource(
        frames=frames_of_files(files, day),
        source="files",
        is_made_up=files.is_made_up,
        files=tables.names,
        notices=_notices(files),
        risk=RiskSide(model, risk_of_files(files, model.network, model.measures)),
    )


def _notices(files: AssistFiles) -> tuple[Notice, ...]:
    """Return what is most often a slip of the pen: a name of an area or a cooperative that nothing belongs to."""
    found = []
    for code, unused in (
        ("notice_assist_areas_unused", files.unused_areas()),
        ("notice_assist_cooperatives_unused", files.cooperatives_without_members()),
    ):
        if unused:
            names = ", ".join(unused[:_SHOWN]) + (", …" if unused[_SHOWN:] else "")
            found.append(notice(code, count=len(unused), names=names))
    return tuple(found)
