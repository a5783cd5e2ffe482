"""A made-up county: feed files in one folder, the truth behind them in another."""

from __future__ import annotations

import csv
import multiprocessing
import os
import shutil
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from loaders.errors import LoadError
from loaders.synthetic.county.arrivals import arrival_rows
from loaders.synthetic.county.block import BlockMade, make_block
from loaders.synthetic.county.chunks import TRUTH, append_chunk, header_of
from loaders.synthetic.county.faults import FAULT_COLUMNS
from loaders.synthetic.county.help import offers
from loaders.synthetic.county.network import true_network
from loaders.synthetic.county.organisations import county_files, pool_rows
from loaders.synthetic.county.plan import CountyPlan, CountyRequest, plan_county
from loaders.synthetic.places import Row, write_origin
from loaders.synthetic.plum_week import REAL_PLACES_EN, REAL_PLACES_ZH

OnBlock = Callable[[int, int], None]

# Register numbers have room for 2,000 blocks of 5,000 households; a person of the last year is born in this century.
MOST_HOUSEHOLDS, MOST_YEARS = 10_000_000, 30
# What is being written stands here, so that a folder that was broken off holds nothing that `load` would take.
MAKING = ".making"
# Blocks made ahead of the one that is appended: more would only fill the disk.
_AHEAD = 2
MADE_UP_EN = (
    "Made up: no household, person, organisation, finding, amount or date is real. The places are real administrative "
    "units of China. Register numbers begin with 99, which no real one does."
)
MADE_UP_ZH = (
    "虚构数据：农户、人员、机构、原因、金额和日期均非真实；地名为真实行政区划。"
    "户号和证件号以 99 开头，真实号码不会如此。"
)


PLACES = "places"
MADE_UP = ("made_up", MADE_UP_EN, MADE_UP_ZH)
REAL = ("real", REAL_PLACES_EN, REAL_PLACES_ZH)


@dataclass(frozen=True)
class CountyMade:
    """What was written: the folders, rows by file, how many faults were planted and how many of them are rejects."""

    feeds: Path
    truth: Path
    rows: dict[str, int]
    fault_count: int
    rejected_count: int

    @property
    def row_count(self) -> int:
        """Return the rows of all feed files."""
        return sum(count for name, count in self.rows.items() if not name.startswith(TRUTH))

    @property
    def file_count(self) -> int:
        """Return how many feed files there are."""
        return sum(not name.startswith(TRUTH) for name in self.rows)


def write_county(
    request: CountyRequest,
    feeds: Path,
    *,
    truth: Path | None = None,
    processes: int = 2,
    on_block: OnBlock | None = None,
) -> CountyMade:
    """Write a made-up county into an empty or new folder, and its truth into another (FOLDER-truth if none is named).

    The bytes depend on the request alone, not on the number of processes. `on_block` hears how many blocks of how many
    are done. Raises `unknown_county`, `synth_range`, `synth_not_empty`, `synth_truth_inside`, `synth_not_written`, or
    `synth_left`: only then is something left of what was written, and the error says where.
    """
    _check_numbers(request)
    truth = truth or feeds.parent / f"{feeds.name}-truth"
    _check_folders(feeds, truth)
    plan = plan_county(request)
    making = _Making(plan, feeds, truth)
    try:
        return making.write(processes, on_block)
    except BaseException as fault:
        left = making.clear()
        if isinstance(fault, OSError | pa.ArrowException | BrokenProcessPool):
            reason = getattr(fault, "strerror", None) or fault
            code = "synth_left" if left else "synth_not_written"
            raise LoadError(code, folder=left[0] if left else feeds, reason=reason) from fault
        raise


def _check_numbers(request: CountyRequest) -> None:
    ranges = (
        ("--households", request.households, 1, MOST_HOUSEHOLDS),
        ("--years", request.years, 1, MOST_YEARS),
        ("--seed", request.seed, 0, 2**63 - 1),
    )
    for option, value, low, high in ranges:
        if not low <= value <= high:
            raise LoadError("synth_range", option=option, value=value, low=low, high=high)


def _check_folders(feeds: Path, truth: Path) -> None:
    own, other = feeds.resolve(), truth.resolve()
    if own == other or own in other.parents or other in own.parents:
        raise LoadError("synth_truth_inside", folder=feeds, truth=truth)
    for folder in (feeds, truth):
        try:
            is_used = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
        except OSError as fault:
            raise LoadError("synth_not_written", folder=folder, reason=fault.strerror or fault) from fault
        if is_used:
            raise LoadError("synth_not_empty", folder=folder)


@dataclass
class _Making:
    plan: CountyPlan
    feeds: Path
    truth: Path
    rows: dict[str, int] = field(default_factory=dict)
    fault_count: int = 0
    rejected_count: int = 0
    # What stands outside the folder of what is being written, and so has to be taken away by name.
    published: list[Path] = field(default_factory=list)
    _new: list[Path] = field(default_factory=list)

    def clear(self) -> list[Path]:
        """Take away all that was written, and nothing else; return the folders where that failed."""
        left = []
        for folder in (self.feeds, self.truth):
            shutil.rmtree(folder / MAKING, ignore_errors=True)
            for path in self.published:
                if path.is_relative_to(folder) and path.is_file():
                    path.unlink(missing_ok=True)
            is_left = (folder / MAKING).exists()
            for empty in (folder / PLACES, *([folder] if folder in self._new else [])):
                if empty.is_dir() and not any(empty.iterdir()):
                    empty.rmdir()
            if is_left:
                left.append(folder)
        return left

    def write(self, processes: int, on_block: OnBlock | None) -> CountyMade:
        plan = self.plan
        self._new = [folder for folder in (self.feeds, self.truth) if not folder.exists()]
        for folder in (self.feeds, self.truth):
            (folder / MAKING).mkdir(parents=True)
        random = plan.totals_stream()
        network = true_network(plan.schema, plan.request.rates.number("cause.state_exponent"))
        offered = offers(plan.schema, network, plan.request.rates)
        for name, rows in county_files(plan, offered, random).items():
            self._write_rows(name, rows)
        pooled = np.zeros(len(plan.cooperatives), np.int64)
        parts = self.feeds / MAKING / "parts"
        for number, made in enumerate(_blocks(plan, parts, processes), start=1):
            self._append(made)
            pooled += made.pooled_kg
            if on_block:
                on_block(number, plan.block_count)
        for name, rows in pool_rows(plan, pooled).items():
            self._write_rows(name, rows)
        self._write_faults(None, {})
        expert = {code: link.strength for code, link in plan.schema.links.items()}
        links: list[Row] = [
            {"link": link.link_id, "expert_strength": expert[link.link_id], "true_strength": round(link.strength, 6)}
            for link in network.links
        ]
        self._write_rows(f"{TRUTH}links.csv", links)
        effects: list[Row] = [
            {"measure": offer.measure.code, "expert_effect": offer.measure.effect, "true_effect": offer.effect}
            for offer in offered
        ]
        self._write_rows(f"{TRUTH}effects.csv", effects)
        names = [name for name in self.rows if not name.startswith(TRUTH)]
        arrivals = arrival_rows([*names, f"{PLACES}/place.Area.csv"], plan.schema, plan.request.rates, random)
        self._write_rows(f"{TRUTH}loads.csv", arrivals)
        shutil.rmtree(parts, ignore_errors=True)
        self._publish()
        return CountyMade(self.feeds, self.truth, self.rows, self.fault_count, self.rejected_count)

    def _path(self, name: str) -> Path:
        if name.startswith(TRUTH):
            return self.truth / MAKING / name.removeprefix(TRUTH)
        return self.feeds / MAKING / name

    def _write_rows(self, name: str, rows: Sequence[Row]) -> None:
        if not rows:
            return
        with self._path(name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), restval="")
            writer.writeheader()
            writer.writerows(rows)
        self.rows[name] = len(rows)

    def _append(self, made: BlockMade) -> None:
        before = {name: self.rows.get(name, 0) for name in made.rows}
        for name in sorted(made.rows):
            append_chunk(made.folder / name, self._path(name), header_of(name))
            self.rows[name] = before[name] + made.rows[name]
        self._write_faults(made.faults, before)
        shutil.rmtree(made.folder)

    def _write_faults(self, faults: pa.Table | None, before: dict[str, int]) -> None:
        """Append planted faults with the line that each has in the county's file; the header is the first line."""
        path = self._path(f"{TRUTH}faults.csv")
        if not path.exists():
            path.write_bytes((",".join(FAULT_COLUMNS) + "\r\n").encode())
        if faults is None or not faults.num_rows:
            return
        files = faults["file"].combine_chunks().dictionary_encode()
        firsts = pa.array([before.get(name, 0) for name in files.dictionary.to_pylist()], pa.int64())
        lines = pc.add(pc.add(faults["row"], pa.chunked_array([firsts.take(files.indices)])), 2)
        lines = pc.if_else(pc.less(faults["row"], 0), None, lines)
        table = faults.drop_columns(["row"]).append_column("line", lines).select(list(FAULT_COLUMNS))
        rejected = pc.cast(table["is_rejected"], pa.int64())
        flags = pc.if_else(table["is_rejected"], "yes", "no")
        table = table.set_column(FAULT_COLUMNS.index("is_rejected"), "is_rejected", flags)
        with path.open("ab") as stream:
            pacsv.write_csv(table, stream, pacsv.WriteOptions(include_header=False, quoting_style="none"))
        self.fault_count += faults.num_rows
        self.rejected_count += int(pc.sum(rejected).as_py() or 0)
        self.rows[f"{TRUTH}faults.csv"] = self.fault_count

    def _publish(self) -> None:
        """Move what is complete to where it belongs, the word on its origin first."""
        for folder, origin in ((self.truth, MADE_UP), (self.feeds, MADE_UP), (self.feeds / PLACES, REAL)):
            self.published.append(folder / "ORIGIN.yaml")
            write_origin(folder, *origin)
        self._write_rows("place.Area.csv", self.plan.places.area_rows())
        self._move(self.feeds / MAKING / "place.Area.csv", self.feeds / PLACES)
        self.rows[f"{PLACES}/place.Area.csv"] = self.rows.pop("place.Area.csv")
        for folder in (self.truth, self.feeds):
            for path in sorted((folder / MAKING).iterdir()):
                self._move(path, folder)
            (folder / MAKING).rmdir()

    def _move(self, path: Path, folder: Path) -> None:
        self.published.append(folder / path.name)
        path.rename(folder / path.name)


def _blocks(plan: CountyPlan, parts: Path, processes: int) -> Iterator[BlockMade]:
    """Yield the blocks in order, whoever made them."""
    folders = [parts / f"{block:05d}" for block in range(plan.block_count)]
    if processes < 2 or plan.block_count < 2:
        for block, folder in enumerate(folders):
            yield make_block(plan, block, folder)
        return
    workers = min(processes, plan.block_count)
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _end_with_parent) as pool:
        waiting: deque[Future[BlockMade]] = deque()
        for block, folder in enumerate(folders):
            waiting.append(pool.submit(_made_in_process, plan.request, block, folder))
            if len(waiting) >= workers + _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _end_with_parent() -> None:
    """Let this process end with the one that started it, which cannot tell it to when it is killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _made_in_process(request: CountyRequest, block: int, folder: Path) -> BlockMade:
    return make_block(plan_county(request), block, folder)
