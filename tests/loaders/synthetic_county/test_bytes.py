"""The same request gives the same bytes, whoever writes them and in whatever order."""

from __future__ import annotations

from pathlib import Path

from loaders.synthetic.county.block import make_block
from loaders.synthetic.county.plan import BLOCK_HOUSEHOLDS, plan_county
from tests.loaders.synthetic_county.county_reading import bytes_of, bytes_of_county, request_of, with_seed, written


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (written(tmp_path / name, request_of()) for name in ("one", "two"))
    assert bytes_of_county(one) == bytes_of_county(two)


def test_another_seed_gives_another_county(tmp_path: Path) -> None:
    one = written(tmp_path / "one", request_of())
    two = written(tmp_path / "two", with_seed(request_of(), 8))
    first, second = bytes_of(one.feeds), bytes_of(two.feeds)
    drawn = [name for name in first if name.split(".")[1] in {"Person", "Stay", "Observation", "IncomeComponent"}]
    assert len(drawn) > 20
    assert [name for name in drawn if first[name] == second.get(name) and "places" not in name] == []


def test_the_number_of_processes_changes_no_byte(tmp_path: Path) -> None:
    # Two blocks, so that two processes have each one.
    request = request_of(BLOCK_HOUSEHOLDS + 40, 1)
    alone = written(tmp_path / "alone", request)
    together = written(tmp_path / "together", request, processes=2)
    assert bytes_of_county(alone) == bytes_of_county(together)


def test_the_order_in_which_blocks_are_made_changes_no_byte(tmp_path: Path) -> None:
    plan = plan_county(request_of(BLOCK_HOUSEHOLDS + 40, 1))
    for block in (0, 1):
        make_block(plan, block, tmp_path / f"forth{block}")
    for block in (1, 0):
        make_block(plan, block, tmp_path / f"back{block}")
    assert all(bytes_of(tmp_path / f"forth{block}") == bytes_of(tmp_path / f"back{block}") for block in (0, 1))


def test_the_caller_hears_of_every_block(tmp_path: Path) -> None:
    from loaders.synthetic.county.county import write_county

    heard: list[tuple[int, int]] = []
    request = request_of(BLOCK_HOUSEHOLDS + 40, 1)
    write_county(request, tmp_path / "county", processes=1, on_block=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 2), (2, 2)]
