"""`plumline json-schema NAME`: the JSON Schema of a body that `--json` prints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

import typer
from pydantic import BaseModel

from analysis.questions.area import AreaAnswer
from analysis.questions.assist_compare_answer import AssistCompareAnswer
from analysis.questions.assist_dependence_answer import AssistDependenceAnswer
from analysis.questions.assist_kept_answer import AssistHelpsAnswer, AssistKeptAnswer, AssistKeptPlanAnswer
from analysis.questions.assist_links_answer import AssistLinksAnswer
from analysis.questions.assist_locked import AssistLockedAnswer
from analysis.questions.assist_plan_answer import AssistPlanAnswer
from analysis.questions.assist_why_answer import AssistSecondAnswer, AssistUncoveredAnswer, AssistWhyAnswer
from analysis.questions.assist_worth_answer import AssistWorthAnswer
from analysis.questions.assistance_answer import AssistanceAnswer
from analysis.questions.board_answer import BoardAnswer
from analysis.questions.buyers import BuyersAnswer
from analysis.questions.cause_graph import CauseGraphAnswer
from analysis.questions.chains_answer import ChainsAnswer
from analysis.questions.commitments_answer import CommitmentsAnswer
from analysis.questions.contradictions import ContradictionsAnswer
from analysis.questions.cut_answer import AreaCutAnswer, HouseholdCutAnswer
from analysis.questions.delivery_list import ProduceListAnswer
from analysis.questions.explain_answer import ExplainAnswer
from analysis.questions.history import HistoryAnswer
from analysis.questions.household import HouseholdAnswer
from analysis.questions.household_what_if_answer import HouseholdWhatIfAnswer
from analysis.questions.learn_answer import LearnAnswer
from analysis.questions.network_answer import NetworkAnswer, VersionsAnswer
from analysis.questions.produce_changes_answer import ProduceChangesAnswer
from analysis.questions.produce_compare import ProduceCompareAnswer
from analysis.questions.produce_gluts import ProduceGlutsAnswer
from analysis.questions.produce_kept import ProduceKeptAnswer
from analysis.questions.produce_plan_answer import ProducePlanAnswer
from analysis.questions.produce_why import ProduceWhyAnswer, ProduceWorthAnswer
from analysis.questions.risk_answer import RiskAnswer
from analysis.questions.risk_files_answer import RiskFilesAnswer
from analysis.questions.risk_runs import RiskRunsAnswer
from analysis.questions.scenario_answer import ScenarioAnswer
from analysis.questions.scenarios import ScenariosAnswer
from analysis.questions.search import SearchAnswer
from cli.bodies import (
    CheckBody,
    CompactBody,
    DemoBody,
    EraseBody,
    RebuildBody,
    StatusBody,
)
from cli.context import context_of
from cli.export_bodies import BackupBody, ExportBody, RestoreBody
from cli.mapping_bodies import MappingListBody, MappingSuggestBody, MappingTryBody
from cli.problem import Problem
from cli.spoken_help import SpokenCommand
from cli.synth_command import SynthBody
from cli.usage import UsageError
from loaders.kept.assist.answers import Accepted, HelpChanged, HelpPaid
from loaders.kept.trade.answers import Confirmed, DeliveryReported, DemandPosted, StatusChanged
from loaders.load_answers import LoadBody
from loaders.loads_answers import LoadsBody, WithdrawBody

BODIES: Mapping[str, type[BaseModel]] = MappingProxyType(
    {
        "chains": ChainsAnswer,
        "buyers": BuyersAnswer,
        "cause-graph": CauseGraphAnswer,
        "assistance": AssistanceAnswer,
        "board": BoardAnswer,
        "search": SearchAnswer,
        "household": HouseholdAnswer,
        "area": AreaAnswer,
        "contradictions": ContradictionsAnswer,
        "history": HistoryAnswer,
        "explain": ExplainAnswer,
        "risk": RiskAnswer,
        "risk-runs": RiskRunsAnswer,
        "cut-household": HouseholdCutAnswer,
        "cut-area": AreaCutAnswer,
        "risk-files": RiskFilesAnswer,
        "scenarios": ScenariosAnswer,
        "scenario": ScenarioAnswer,
        "household-what-if": HouseholdWhatIfAnswer,
        "learn": LearnAnswer,
        "network": NetworkAnswer,
        "network-versions": VersionsAnswer,
        "assist-plan": AssistPlanAnswer,
        "assist-why": AssistWhyAnswer,
        "assist-uncovered": AssistUncoveredAnswer,
        "assist-second": AssistSecondAnswer,
        "assist-worth": AssistWorthAnswer,
        "assist-dependence": AssistDependenceAnswer,
        "assist-links": AssistLinksAnswer,
        "assist-compare": AssistCompareAnswer,
        "assist-locked": AssistLockedAnswer,
        "assist-kept": AssistKeptAnswer,
        "assist-kept-plan": AssistKeptPlanAnswer,
        "assist-accepted": Accepted,
        "assist-state": HelpChanged,
        "assist-payment": HelpPaid,
        "assist-helps": AssistHelpsAnswer,
        "produce-plan": ProducePlanAnswer,
        "produce-why": ProduceWhyAnswer,
        "produce-worth": ProduceWorthAnswer,
        "produce-compare": ProduceCompareAnswer,
        "produce-gluts": ProduceGlutsAnswer,
        "produce-changes": ProduceChangesAnswer,
        "produce-kept": ProduceKeptAnswer,
        "produce-list": ProduceListAnswer,
        "commitments": CommitmentsAnswer,
        "produce-confirmed": Confirmed,
        "produce-state": StatusChanged,
        "produce-delivery": DeliveryReported,
        "produce-demand": DemandPosted,
        "load": LoadBody,
        "loads": LoadsBody,
        "withdraw": WithdrawBody,
        "rebuild": RebuildBody,
        "status": StatusBody,
        "check": CheckBody,
        "demo": DemoBody,
        "export": ExportBody,
        "backup": BackupBody,
        "restore": RestoreBody,
        "compact": CompactBody,
        "erase": EraseBody,
        "mapping-try": MappingTryBody,
        "mapping-suggest": MappingSuggestBody,
        "mapping-list": MappingListBody,
        "synth": SynthBody,
        "problem": Problem,
    }
)


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("json-schema", help="help.json_schema", cls=SpokenCommand)(json_schema)


def json_schema(
    context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME", help="argument.body")]
) -> None:
    """Print the JSON Schema of a body; it is the same with and without `--json`."""
    body = BODIES.get(name)
    if body is None:
        raise UsageError("no_such_body", name=name, known=", ".join(BODIES))
    text = json.dumps(body.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2)
    context_of(context).voice.machine_text(text)
