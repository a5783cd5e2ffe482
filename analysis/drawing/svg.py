"""A picture as SVG: no script, no style sheet, nothing fetched, every box reached by keyboard and screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.drawing.layout import Box, Layout
from analysis.drawing.legend import LegendEntry, legend
from analysis.drawing.picture import Picture, PictureLink, PictureNode, capped
from analysis.drawing.placing import placed
from analysis.drawing.routes import Route, routes
from analysis.drawing.templating import environment, fonts
from analysis.drawing.text_fit import width_of, wrapped, writable
from analysis.drawing.words import picture_word, word

MARGIN = 28.0
LEAST_WIDTH = 820.0
NAME_SIZE, NOTE_SIZE, TITLE_SIZE, STORY_SIZE = 13.0, 11.0, 20.0, 13.0
LINE = 20.0
STORY_INDENT = 28.0
COLUMN_HEAD = 30.0
WORDED_GAP = 96.0
# A bold letter is wider than a plain one, and the five dots of a level take their room from the note.
BOLD, LEVEL_WIDTH = 1.1, 38.0


@dataclass(frozen=True)
class DrawnNode:
    """A box with its corner, its broken lines of text and where they stand."""

    node: PictureNode
    left: float
    top: float
    name_lines: tuple[tuple[float, str], ...]
    note_at: float
    note: str
    spoken: str


@dataclass(frozen=True)
class DrawnLink:
    """An arrow with its route and the words on it."""

    link: PictureLink
    route: Route
    spoken: str
    text: str


@dataclass(frozen=True)
class DrawnLine:
    """A line of text below the drawing; `number` is 0 or the number of the story that begins on it."""

    top: float
    text: str
    number: int = 0
    indent: float = 0.0


@dataclass(frozen=True)
class Sheet:
    """Everything the template prints, placed."""

    width: float
    height: float
    head_top: float
    body_top: float
    columns: tuple[tuple[float, str], ...]
    nodes: tuple[DrawnNode, ...]
    links: tuple[DrawnLink, ...]
    lines: tuple[DrawnLine, ...]
    legend: tuple[LegendEntry, ...]
    legend_top: float
    title_lines: tuple[str, ...]
    badge_width: float


def svg(picture: Picture, *, max_nodes: int = 60, id_prefix: str = "picture") -> str:
    """Return the picture as one SVG element.

    At most `max_nodes` boxes are drawn (never more than 300) and the rest counted in words. `id_prefix` keeps the ids
    of two drawings on one page apart.
    """
    shown = capped(picture, max_nodes)
    box = _box(picture)
    sheet = _sheet(shown, placed(shown, box), box)
    template = environment().get_template("picture.svg.j2")
    text = template.render(
        picture=shown, sheet=sheet, box=box, fonts=fonts(shown.language), prefix=id_prefix, margin=MARGIN
    )
    return writable(text)


def _box(picture: Picture) -> Box:
    if picture.gap_across is not None:
        return Box(gap_across=picture.gap_across)
    # Between columns that have names stand words that say what is missing.
    return Box(gap_across=WORDED_GAP) if picture.columns else Box()


def _sheet(picture: Picture, layout: Layout, box: Box) -> Sheet:
    texts = {(link.from_id, link.to_id): _link_text(link) for link in picture.links}
    back = [(link.from_id, link.to_id) for link in picture.links if link.is_feedback]
    ways = routes(layout, texts, feedback=back, box=box)
    width = max(layout.width, LEAST_WIDTH) + 2 * MARGIN
    title_lines = tuple(wrapped(picture.title, TITLE_SIZE, width - 2 * MARGIN, 2))
    head_top = MARGIN + len(title_lines) * (TITLE_SIZE + 6) + 2 * LINE
    body_top = head_top + (COLUMN_HEAD if picture.columns else 0.0)
    # A feedback link swings below the boxes; the words start under it.
    foot = body_top + layout.height + (box.gap_down if back else 0.0)
    lines = _lines(picture, foot, width - 2 * MARGIN)
    legend_top = (lines[-1].top if lines else foot) + 1.6 * LINE
    entries = legend(picture, width - 2 * MARGIN)
    return Sheet(
        width=width,
        height=legend_top + (entries[-1].top if entries else 0.0) + 1.6 * LINE,
        head_top=head_top,
        body_top=body_top,
        columns=tuple(
            (index * (box.width + box.gap_across) + box.width / 2, name) for index, name in enumerate(picture.columns)
        ),
        nodes=tuple(_drawn_node(node, layout, picture, box) for node in picture.nodes),
        links=tuple(
            DrawnLink(link, ways[link.from_id, link.to_id], link.details, texts[link.from_id, link.to_id])
            # Arrows that carry a story are drawn last, on top of the others.
            for link in sorted(picture.links, key=lambda link: (bool(link.stories), link.from_id, link.to_id))
        ),
        lines=lines,
        legend=entries,
        legend_top=legend_top,
        title_lines=title_lines,
        badge_width=width_of(picture.badge, NOTE_SIZE * BOLD) + 24,
    )


def _drawn_node(node: PictureNode, layout: Layout, picture: Picture, box: Box) -> DrawnNode:
    across, down = layout.centres[node.id]
    names = wrapped(node.name, NAME_SIZE * BOLD, box.width - 30, 2)
    note = wrapped(node.note, NOTE_SIZE, _note_width(node, box), 1)[0]
    tall = len(names) * 16.0 + (15.0 if note or node.code else 0.0) + (7.0 if sum(node.bar) else 0.0)
    first = -tall / 2 + 12.0
    leads = [link.to_id for link in picture.links if link.from_id == node.id]
    names_of = {other.id: other.name for other in picture.nodes}
    spoken = [*_read_first(node, names, note, picture), node.details]
    if leads:
        joint = "、" if picture.language == "zh" else ", "
        spoken.append(picture_word(picture, "leads_to", effects=joint.join(names_of[name] for name in leads)))
    stop = "。" if picture.language == "zh" else ". "
    return DrawnNode(
        node=node,
        left=across - box.width / 2,
        top=down - box.height / 2,
        name_lines=tuple((box.height / 2 + first + index * 16.0, text) for index, text in enumerate(names)),
        note_at=box.height / 2 + first + len(names) * 16.0 - 1,
        note=note,
        spoken=stop.join(part.rstrip(".。") for part in spoken if part),
    )


def _read_first(node: PictureNode, names: Sequence[str], note: str, picture: Picture) -> list[str]:
    """Return what a screen reader says first: what is seen on the box, then in full what was cut short there.

    Who steers by voice says what is seen, so the spoken name has to begin with it.
    """
    seen_name = ("" if picture.language == "zh" else " ").join(names)
    seen = " ".join(part for part in (seen_name, node.code, note) if part)
    cut_short = [full for full, shown in ((node.name, seen_name), (node.note, note)) if full != shown]
    return [seen, *cut_short]


def _note_width(node: PictureNode, box: Box) -> float:
    return box.width - 38 - width_of(node.code, NOTE_SIZE) - (LEVEL_WIDTH if node.level is not None else 0.0)


def _link_text(link: PictureLink) -> str:
    return " ".join([*(_circled(number) for number in link.stories), link.text]).strip()


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1)


def _lines(picture: Picture, foot: float, width: float) -> tuple[DrawnLine, ...]:
    found: list[DrawnLine] = []
    top = foot + LINE
    for number, story in enumerate(picture.stories, start=1):
        for index, text in enumerate(wrapped(story, STORY_SIZE, width - STORY_INDENT, 3)):
            found.append(DrawnLine(top, text, 0 if index else number, STORY_INDENT))
            top += LINE
    remarks: Sequence[str] = picture.remarks
    if picture.left_out:
        remarks = [*remarks, word("drawing_left_out", picture.language, count=picture.left_out)]
    for remark in remarks:
        for text in wrapped(remark, STORY_SIZE, width, 3):
            found.append(DrawnLine(top, text))
            top += LINE
    return tuple(found)
