"""The flow of a run: find the sources, read them, bring editions together, publish.

Stages know nothing of this module. Memory holds a few sources at a time, whatever their number:
what is made of them is kept in the cache, and files are joined from there.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipeline.errors import UsageError
from pipeline.executor import open_executor
from pipeline.executor.ahead import ahead
from pipeline.executor.child import Kind
from pipeline.flow import Flow, Given, Result
from pipeline.model import Correction, Finding, Frozen, Source
from pipeline.stages import NAMES, REPORT, digest, made_by, program
from pipeline.store.cache import Cache
from pipeline.store.publish import check_output, check_workbook, is_current, locked
from pipeline.store.raw import Asked, Input, Raw, read_raw
from pipeline.summary import Summary, summary_of

Progress = Callable[[str, int, int, str], None]  # a stage, done, total, what is waited for
# Bytes of text that are read before a second process has loaded its libraries, and of PDF.
_SMALL, _SMALL_PDF = 2_000_000, 100_000


class Settings(NamedTuple):
    """What a run is asked to do."""

    raw: Path
    output: Path
    cache: Path
    workers: int | None = None
    scheduler: str | None = None
    force: bool = False
    asked: Asked = Asked()
    report: bool = True
    spreadsheet: bool = True


class State(Frozen, frozen=True):
    """What a stage leaves for the next one, and the code and knowledge that made it."""

    results: tuple[Result, ...]
    notes: tuple[Finding, ...] = ()
    corrections: tuple[Correction, ...] = ()
    made_by: str = ""


def extract(settings: Settings, progress: Progress) -> Summary:
    """The main job: everything from `raw` into `output`, or nothing if nothing has changed."""
    check_output(settings.output, settings.raw, settings.cache)
    check_workbook(settings.output)
    raw = read_raw(settings.raw, settings.asked)
    known = [i.source for i in raw.inputs]
    fingerprint = _fingerprint(known, raw.notes, raw.corrections, settings)
    pages = digest(REPORT) if settings.report else None
    if not settings.force and is_current(settings.output, fingerprint, pages):
        return Summary(current=True, editions=len({i.source.edition.edition for i in raw.inputs}))
    from pipeline.output import Output  # not before: a run with nothing to do needs none of it

    with locked(settings.output), _flow(settings, known, "stages", "tables") as flow:
        inputs = {i.source.source_id: i for i in raw.inputs}
        results: list[Result] = []

        def again(result: Result) -> Result:
            return _source(flow, inputs[result.source.source_id], NAMES[-1])

        read = _noted(_read(flow, raw, NAMES[-1], progress), results)
        output = Output(
            flow, raw.notes, raw.corrections, again,
            report=settings.report, spreadsheet=settings.spreadsheet,
        )  # fmt: skip
        published = output.publish(read, settings.output, fingerprint)
        _leave(settings.cache, NAMES[-1], State(tuple(results), raw.notes, raw.corrections))
    flow.cache.touch(flow.used)
    flow.cache.prune(flow.used)
    return summary_of(published)._replace(unkept=flow.cache.unkept)


def run_one(name: str, settings: Settings, progress: Progress) -> Summary:
    """One stage alone, from what the one before left in the cache.

    Raises UsageError if the stage before has not been run.
    """
    if name == "emit":
        return _emit_alone(settings)
    if name == NAMES[0]:
        raw = read_raw(settings.raw, settings.asked)
        state = State((), raw.notes, raw.corrections)
        with _flow(settings, [i.source for i in raw.inputs], "stages") as flow:
            results = tuple(_read(flow, raw, name, progress))
    else:
        state = _found(settings.cache, NAMES[NAMES.index(name) - 1], name)
        with _flow(settings, [r.source for r in state.results], "stages") as flow:

            def go_on(result: Result) -> Result:
                return result if result.failure else flow.stage(result, name)

            waited = [r.source.path for r in state.results]
            results = tuple(
                _counted(ahead(go_on, state.results, flow.window), name, waited, progress)
            )
    _leave(settings.cache, name, msgspec.structs.replace(state, results=results))
    unread = tuple(r.source.path for r in results if r.failure)
    editions = len({r.source.edition.edition for r in results})
    return Summary(False, editions, unread=unread, unkept=flow.cache.unkept)


def _emit_alone(settings: Settings) -> Summary:
    from pipeline.output import Output

    check_output(settings.output, settings.cache)
    check_workbook(settings.output)
    state = _found(settings.cache, NAMES[-1], "emit")
    sources = [r.source for r in state.results]
    fingerprint = _fingerprint(sources, state.notes, state.corrections, settings)

    def again(result: Result) -> Result:
        raise UsageError(
            f"what was kept of {result.source.path} is damaged", "run `python -m pipeline extract`"
        )

    with locked(settings.output), _flow(settings, sources, "tables") as flow:
        output = Output(
            flow, state.notes, state.corrections, again, spreadsheet=settings.spreadsheet
        )
        published = output.publish(state.results, settings.output, fingerprint)
    return summary_of(published)._replace(unkept=flow.cache.unkept)


# ---------------------------------------------------------------- reading


def _read(flow: Flow, raw: Raw, until: str, progress: Progress) -> Iterator[Result]:
    """What comes of each source, in the order of editions; some are under way at once."""
    inputs = sorted(raw.inputs, key=lambda i: (i.source.edition.edition, i.source.source_id))

    def read(given: Input) -> Result:
        return _source(flow, given, until)

    waited = [i.source.path for i in inputs]
    yield from _counted(ahead(read, inputs, flow.window), "read", waited, progress)


def _source(flow: Flow, given: Input, until: str) -> Result:
    if given.failure:
        return Result(given.source, failure=given.failure)
    return flow.source(Given(given.source, given.load), until)


def _counted(
    results: Iterable[Result], name: str, paths: Sequence[str], progress: Progress
) -> Iterator[Result]:
    """The results of the sources at some paths, in that order, while it is told how far it is."""
    total = len(paths)
    progress(name, 0, total, "".join(paths[:1]))
    for done, result in enumerate(results, start=1):
        progress(name, done, total, "".join(paths[done : done + 1]))
        yield result


def _noted(results: Iterable[Result], into: list[Result]) -> Iterator[Result]:
    for result in results:
        into.append(result)
        yield result


@contextmanager
def _flow(settings: Settings, sources: Sequence[Source], *kinds: Kind) -> Iterator[Flow]:
    """The flow of a run, with the processes for the kinds of tasks that it is sure to have."""
    pdf = sum(s.size_bytes for s in sources if s.path.lower().endswith(".pdf"))
    rest = sum(s.size_bytes for s in sources) - pdf
    small = settings.workers is None and pdf / _SMALL_PDF + rest / _SMALL < 1
    workers = 1 if small else settings.workers or os.cpu_count() or 1
    with open_executor(workers, settings.scheduler, settings.cache, kinds) as (executor, at_once):
        kept = Cache(settings.cache / "stages")
        yield Flow(executor, kept, force=settings.force, at_once=at_once)


# ---------------------------------------------------------------- what a stage leaves


def _fingerprint(
    sources: Sequence[Source],
    notes: Sequence[Finding],
    corrections: Sequence[Correction],
    settings: Settings,
) -> str:
    """What an output is made from: code, knowledge, libraries, the inputs by content, its files."""
    content = msgspec.json.encode([sources, notes, corrections, settings.spreadsheet])
    return hashlib.sha256(program().encode() + content).hexdigest()


def _leave(cache: Path, name: str, state: State) -> None:
    try:
        cache.mkdir(parents=True, exist_ok=True)
        part = cache / f"{name}.json.{os.getpid()}"
        signed = msgspec.structs.replace(state, made_by=made_by(name))
        part.write_bytes(msgspec.json.encode(signed))
        os.replace(part, cache / f"{name}.json")
    except OSError:
        pass  # only a later stage run alone needs it, and it says so


def _found(cache: Path, before: str, name: str) -> State:
    hint = f"run `python -m pipeline {before}` first"
    try:
        state = msgspec.json.decode((cache / f"{before}.json").read_bytes(), type=State)
    except (OSError, msgspec.MsgspecError):
        raise UsageError(f"`{name}` finds nothing that `{before}` left", hint) from None
    if state.made_by != made_by(before):
        what = f"what `{before}` left was made by another version of the program or its knowledge"
        raise UsageError(what, f"run `python -m pipeline {NAMES[0]}` and the stages after it")
    kept = Cache(cache / "stages")
    if any(not r.failure and kept.get(r.key) is None for r in state.results):
        raise UsageError(f"what `{before}` left is no longer complete", hint)
    return state
