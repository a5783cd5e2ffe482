"""A picture as one HTML file to send by mail: pyvis draws, but only its lists are taken, through our own template."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING

from analysis.drawing.layout import Box, Layout
from analysis.drawing.picture import Look, Picture, PictureLink, PictureNode, capped
from analysis.drawing.placing import placed
from analysis.drawing.templating import environment, fonts
from analysis.drawing.text_fit import wrapped, writable
from analysis.drawing.words import picture_word, word
from analysis.errors import QuestionError

if TYPE_CHECKING:
    from pyvis.network import Network

VIS_NETWORK = ("lib", "vis-9.1.2", "vis-network.min.js")
DASHES: dict[Look, list[int] | bool] = {"suspected": [8, 5], "refuted": [2, 4], "missing": [4, 4]}
STROKES: dict[Look, float] = {"confirmed": 3, "suspected": 2.5, "counted": 2, "refuted": 1.5, "missing": 2}
NOT_FOUND, STORIES = "#94a3b8", {(): "#64748b", (1,): "#1d4ed8", (2,): "#b45309"}
BOTH, MISSING = "#0f172a", "#b91c1c"
BOX = Box(width=190, height=70, gap_across=90, gap_down=30)
LETTER, WIDEST = 13.0, 150.0
WORDS = (
    "table_caption",
    "table_name",
    "table_code",
    "table_note",
    "table_details",
    "links_caption",
    "link_from",
    "link_to",
    "link_strength",
    "needs_script",
)


def html(picture: Picture, *, max_nodes: int = 60) -> str:
    """Return the picture as a self-contained HTML page: it asks for nothing outside itself and runs only our script.

    Boxes stand where our layout puts them and can be dragged; tables below say the same in words. Raises
    QuestionError("needs_extra") when pyvis is not installed.
    """
    shown = capped(picture, max_nodes)
    layout = placed(shown, BOX)
    net = _network(shown, layout)
    graph = json.dumps({"nodes": net.nodes, "edges": net.edges}, ensure_ascii=False, sort_keys=True)
    template = environment().get_template("picture.html.j2")
    text = template.render(
        picture=shown,
        fonts=fonts(shown.language),
        words=_words(shown),
        graph={"nodes": net.nodes, "edges": net.edges},
        shape=f"{layout.width:.0f} / {layout.height:.0f}",
        names={node.id: node.name for node in shown.nodes},
        vis_network=vis_network_script(),
        # The page is a file: the nonce need not be secret, it only has to be unknown to whoever wrote a label.
        nonce=hashlib.sha256(graph.encode()).hexdigest()[:32],
    )
    return writable(text)


def _words(picture: Picture) -> dict[str, str]:
    words = {code: picture_word(picture, code) for code in WORDS}
    left_out = picture.left_out
    words["left_out"] = word("drawing_left_out", picture.language, count=left_out) if left_out else ""
    return words


def vis_network_script() -> str:
    """Return the vis-network library out of the installed pyvis, without the line that names a map of its source."""
    script = files("pyvis").joinpath(*VIS_NETWORK).read_text(encoding="utf-8")
    return re.sub(r"^//# sourceMappingURL=.*$", "", script, flags=re.MULTILINE)


def _network(picture: Picture, layout: Layout) -> Network:
    try:
        from pyvis.network import Network
    except ImportError as fault:
        raise QuestionError("needs_extra") from fault
    net = Network(directed=True)
    for node in picture.nodes:
        across, down = layout.centres[node.id]
        net.add_node(node.id, **_node_options(node), x=round(across, 1), y=round(down, 1))
    for link in picture.links:
        net.add_edge(link.from_id, link.to_id, **_link_options(link))
    return net


def _node_options(node: PictureNode) -> dict[str, object]:
    stroke = node.tint if node.look in ("confirmed", "suspected", "counted", "missing") else NOT_FOUND
    under = " ".join(part for part in (node.code, node.note) if part)
    return {
        "label": "\n".join([*wrapped(node.name, LETTER, WIDEST, 2), under]),
        "title": "\n".join(part for part in (node.name, under, node.details) if part),
        "shape": "ellipse" if node.is_end else "box",
        "color": {
            "background": "#f8fafc" if node.look in ("possible", "refuted") else "#ffffff",
            "border": stroke,
            "highlight": {"background": "#eff6ff", "border": stroke},
            "hover": {"background": "#eff6ff", "border": stroke},
        },
        "borderWidth": STROKES.get(node.look, 1),
        "shapeProperties": {"borderDashes": DASHES.get(node.look, False), "borderRadius": 6},
    }


def _link_options(link: PictureLink) -> dict[str, object]:
    return {
        "label": " ".join([*(f"({number})" for number in link.stories), link.text]).strip(),
        "title": link.details,
        "width": round(1 + 3 * link.share, 2),
        "dashes": [3, 6] if link.is_feedback or link.is_missing else False,
        "color": {
            "color": MISSING if link.is_missing else STORIES.get(link.stories, BOTH),
            "highlight": BOTH,
            "hover": BOTH,
        },
    }
