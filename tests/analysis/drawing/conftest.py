from __future__ import annotations

from collections.abc import Callable

import pytest

from analysis.drawing.picture import Picture, PictureLink, PictureNode
from graph_schema.messages import Language


@pytest.fixture
def picture_of() -> Callable[..., Picture]:
    """A picture with the given boxes and links (from, to), all other words made up."""

    def picture(
        nodes: list[PictureNode],
        links: list[PictureLink] | None = None,
        title: str = "Title",
        language: Language = "en",
        stories: tuple[str, ...] = (),
    ) -> Picture:
        return Picture(
            title=title,
            subtitle="Subtitle",
            description="Description",
            language=language,
            nodes=tuple(nodes),
            links=tuple(links or []),
            stories=stories,
        )

    return picture
