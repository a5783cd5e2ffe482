"""The page on realism holds what the module makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.synthetic.county.realism import BEGIN, END, Compared, page_with, realism_table

PAGE = Path(__file__).resolve().parents[3] / "docs" / "synthetic-county.md"


@pytest.mark.soak
def test_the_page_holds_the_table_as_it_is_made() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page_with(page, realism_table()) == page


def test_the_page_shows_every_difference_from_a_published_share() -> None:
    table = PAGE.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0].strip().splitlines()[2:]
    assert len(table) > 20
    for line in table:
        made, published, away = (cell.strip() for cell in line.split("|")[2:5])
        if published != "none found":
            # Each of the three is rounded for itself.
            assert float(away) == pytest.approx(float(made) - float(published), abs=0.00011)


def test_a_table_replaces_the_one_before_and_leaves_the_rest_of_the_page() -> None:
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    told = page_with(page, [Compared("size", 0.25, 0.2, "Y1"), Compared("other", 0.5, None, "-")])
    assert told.startswith("before\n")
    assert told.endswith(f"{END}\nafter\n")
    assert "| size | 0.2500 | 0.2000 | +0.0500 | Y1 |  |" in told
    assert "| other | 0.5000 | none found |  | - |  |" in told
    assert "old" not in told
