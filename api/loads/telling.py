"""How far a job is, put together from what its folder says and what the graph shows."""

from __future__ import annotations

from contextlib import suppress

from api.errors import JobUnknown, RequestError
from api.graph_keeper import GraphKeeper
from api.loads.answers import JobState, LoadJob
from api.loads.desk import LoadDesk
from api.loads.job_files import JobFolder, Progress
from graph_schema.errors import PlumlineError
from graph_schema.messages import LANGUAGES
from graph_schema.told import Told
from loaders.load_answers import GraphUpdate, LoadBody, Reason, reason_of

SHOWN, GRAPH = "shown", "graph.json"


def told_job(desk: LoadDesk, keeper: GraphKeeper, folder: JobFolder, *, with_outcome: bool = True) -> LoadJob:
    """Return how far the job is, without waiting for anything. Raises JobUnknown."""
    order = desk.folder(folder.name).order
    assert order is not None  # noqa: S101 - the desk knows no folder without one
    # Read before the end: what is seen then is never older than it.
    is_alive = desk.is_alive(folder)
    end, progress = folder.end, folder.progress or Progress()
    failure: Reason | None
    if end is not None:
        failure = end.failure
        state: JobState = "failed" if failure else "done" if _is_shown(folder, progress, keeper) else "graph"
    elif is_alive:
        failure, state = None, "waiting" if folder.progress is None else progress.state
    else:
        failure, state = reason_of(RequestError("load_stopped")), "failed"
    ahead = desk.ahead(folder)
    return LoadJob(
        job=folder.name,
        state=state,
        step=_step(state, progress, ahead),
        file_name=order.file_name,
        is_dry_run=order.is_dry_run,
        placed_at=order.placed_at,
        ended_at=end.ended_at if end else None,
        ahead=ahead,
        file_number=progress.file_number or None,
        file_count=progress.file_count or None,
        rows=progress.rows,
        failure=failure,
        open_contradictions=_open_contradictions(folder),
        outcome=_outcome(folder) if with_outcome and end else None,
    )


def told_jobs(desk: LoadDesk, keeper: GraphKeeper) -> tuple[LoadJob, ...]:
    """Return how far each job is, the newest first, without what came of the files."""
    jobs = []
    for folder in desk.folders():
        # One may be forgotten while the list is made.
        with suppress(JobUnknown):
            jobs.append(told_job(desk, keeper, folder, with_outcome=False))
    return tuple(sorted(jobs, key=lambda job: job.placed_at, reverse=True))


def _step(state: JobState, progress: Progress, ahead: int | None) -> Told:
    code: str = state
    if state == "writing" and progress.is_kept_waiting:
        code = "kept_waiting"
    elif state == "waiting" and not ahead:
        code = "beginning"
    elif state == "done" and progress.not_loaded:
        code = "not_all_loaded"
    fields: dict[str, object] = {"ahead": ahead or 0, "count": progress.not_loaded}
    catalogue = RequestError.catalogue
    return Told(**{language: catalogue.what(f"job_step_{code}", fields, language) for language in LANGUAGES})


def _is_shown(folder: JobFolder, progress: Progress, keeper: GraphKeeper) -> bool:
    """Return whether the graph shows what the job entered; it is noted once it does."""
    if progress.ledger_version is None or (folder.path / SHOWN).exists():
        return True
    taken_in = keeper.at_hand().loads_taken_in
    if taken_in is None or taken_in < progress.ledger_version:
        return False
    try:
        with keeper.asking(at_least=progress.ledger_version) as graph:
            row = graph.store.ask("upkeep/open_contradictions")[0]
    except PlumlineError:
        # It is just being written anew, or is away.
        return False
    update = keeper.taken_in.with_load(progress.ledger_version)
    if update is not None:
        folder.put_text(GRAPH, GraphUpdate.model_validate(update.to_dict()).model_dump_json())
    folder.put_text(SHOWN, str(row["open_count"]))
    return True


def _outcome(folder: JobFolder) -> LoadBody | None:
    """Return what came of the files, with what the graph took in once it shows them."""
    outcome = folder.outcome
    try:
        told = (folder.path / GRAPH).read_bytes()
    except FileNotFoundError:
        return outcome
    return outcome and outcome.model_copy(update={"graph": GraphUpdate.model_validate_json(told)})


def _open_contradictions(folder: JobFolder) -> int | None:
    try:
        return int((folder.path / SHOWN).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
