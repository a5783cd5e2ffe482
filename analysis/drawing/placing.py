"""Where the boxes of a picture stand: each in its column where it names one, else by how far the arrows lead to it."""

from __future__ import annotations

from analysis.drawing.layout import Box, Layout, layered
from analysis.drawing.picture import Picture


def placed(picture: Picture, box: Box) -> Layout:
    """Return the layout of a picture. Feedback takes no part in it."""
    layers = {node.id: node.layer for node in picture.nodes if node.layer is not None}
    return layered(
        [node.id for node in picture.nodes],
        [(link.from_id, link.to_id) for link in picture.links if not link.is_feedback],
        box=box,
        fixed=layers,
    )
