"""An assistance plan as a flow: bands as wide as the need that is covered through them, from agencies to villages."""

from __future__ import annotations

from analysis.amounts import plain, yuan
from analysis.assistance.plan_flow import FLOW_COLUMNS
from analysis.drawing.flow_layout import FlowBand, FlowBox, FlowText, flow_svg
from analysis.drawing.links_picture import TINTS, Href, nowhere
from analysis.drawing.words import word
from analysis.questions.assist_flow_answer import AssistFlow, AssistFlowStop
from graph_schema.messages import Language

# Five columns must fit on a sheet of paper.
COLUMN, LABEL = 246.0, 168.0
DIRECT_TINT = "#64748b"
KINDS = {
    "agency": "Agency",
    "programme": "Programme",
    "enterprise": "Enterprise",
    "cooperative": "Cooperative",
    "village": "Area",
}
VILLAGE_TINT = TINTS["Households"]


def assist_flow_svg(flow: AssistFlow, language: Language, *, href: Href = nowhere, id_prefix: str = "flow") -> str:
    """Return the flow of a plan as SVG. Every bar has its name and the need covered beside it."""
    stops = {stop.id: stop for stop in flow.stops}
    boxes = [_box(stop, href, language) for stop in flow.stops]
    bands = [
        FlowBand(
            start=band.from_id,
            end=band.to_id,
            size=band.covered_fen,
            tint=_tint(stops[band.from_id]),
            spoken=word(
                "drawing_assist_flow_band",
                language,
                one=stop_name(stops[band.from_id], language),
                other=stop_name(stops[band.to_id], language),
                covered=yuan(band.covered_fen, language),
                count=plain(band.household_count),
            ),
        )
        for band in flow.bands
    ]
    text = FlowText(
        title=word("drawing_assist_flow_title", language),
        subtitle=word(
            "drawing_assist_flow_subtitle",
            language,
            covered=yuan(flow.covered_fen, language),
            count=plain(flow.household_count),
            day=flow.as_of,
        ),
        remark=word("drawing_assist_flow_remark", language),
        badge=word("drawing_made_up", language) if flow.is_made_up else "",
        empty=word("drawing_assist_flow_empty", language),
        columns=[word(f"drawing_assist_flow_column_{column}", language) for column in FLOW_COLUMNS],
    )
    return flow_svg(boxes, bands, text, language, id_prefix=id_prefix, column=COLUMN, label=LABEL)


def stop_name(stop: AssistFlowStop, language: Language) -> str:
    """Return what a stop is called: the party, how many more, or that help goes on without one."""
    if stop.party_id is not None:
        return stop.name or stop.party_id
    if stop.more_count:
        kind = word(f"drawing_assist_flow_many_{stop.column}", language)
        return word("drawing_help_more", language, count=plain(stop.more_count), kind=kind)
    return word(f"drawing_assist_flow_without_{stop.column}", language)


def _box(stop: AssistFlowStop, href: Href, language: Language) -> FlowBox:
    count = word(
        "drawing_assist_flow_count",
        language,
        covered=yuan(stop.covered_fen, language),
        count=plain(stop.household_count),
    )
    return FlowBox(
        id=stop.id,
        column=FLOW_COLUMNS.index(stop.column),
        name=stop_name(stop, language),
        count=count,
        size=stop.covered_fen,
        tint=_tint(stop),
        href=href(KINDS[stop.column], stop.party_id) if stop.party_id is not None else None,
    )


def _tint(stop: AssistFlowStop) -> str:
    if stop.party_id is None and not stop.more_count:
        return DIRECT_TINT
    return VILLAGE_TINT if stop.column == "village" else TINTS[KINDS[stop.column]]
