from __future__ import annotations

from collections.abc import Callable

from analysis.drawing.picture import MOST_NODES, Picture, PictureLink, PictureNode, capped


def test_the_boxes_that_matter_most_stay_and_the_rest_is_counted(picture_of: Callable[..., Picture]) -> None:
    nodes = [
        PictureNode(id="a", name="A", rank=2),
        PictureNode(id="b", name="B"),
        PictureNode(id="c", name="C", rank=1),
    ]
    links = [PictureLink("a", "b"), PictureLink("b", "c")]
    shown = capped(picture_of(nodes, links), 2)
    assert [node.id for node in shown.nodes] == ["b", "c"]
    assert shown.links == (PictureLink("b", "c"),)
    assert shown.left_out == 1


def test_a_picture_within_the_cap_is_left_as_it_is(picture_of: Callable[..., Picture]) -> None:
    picture = picture_of([PictureNode(id="a", name="A")])
    assert capped(picture, 60) == picture


def test_no_one_gets_more_boxes_than_can_be_read(picture_of: Callable[..., Picture]) -> None:
    picture = picture_of([PictureNode(id=f"n{number}", name="N") for number in range(400)])
    shown = capped(picture, 1000)
    assert (len(shown.nodes), shown.left_out) == (MOST_NODES, 100)
