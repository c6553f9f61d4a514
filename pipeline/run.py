"""The flow: read raw, one round per stage, emit, publish.

Stages know nothing of this module. One function is ever submitted to an executor, with bytes
in and bytes out; the cache and the output are touched here alone.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from pipeline.errors import UsageError
from pipeline.executor import InlineExecutor, open_executor
from pipeline.model import Correction, Failure, Finding, Frozen, Reader, Source
from pipeline.stages import STAGES, decode_records, digest, result_key, run_stage
from pipeline.store.cache import Cache
from pipeline.store.publish import check_output, is_current, publish
from pipeline.store.raw import Raw, read_raw

if TYPE_CHECKING:
    from pipeline.emit import Sources

Progress = Callable[[str, int, int], None]
_MOST_SHOWN = 12
_SMALL = 4_000_000  # bytes of input below which worker processes cost more than they save


class Settings(NamedTuple):
    """What a run is asked to do."""

    raw: Path
    output: Path
    cache: Path
    workers: int | None = None
    scheduler: str | None = None
    force: bool = False
    reader: Reader | None = None


class Result(Frozen, frozen=True):
    """What a stage made of one source: where its result is kept, or why there is none."""

    source: Source
    key: str = ""
    failure: Failure | None = None


class State(Frozen, frozen=True):
    """What a stage leaves for the next one, and the code and knowledge that made it."""

    results: tuple[Result, ...]
    notes: tuple[Finding, ...] = ()
    corrections: tuple[Correction, ...] = ()
    made_by: str = ""


class Summary(NamedTuple):
    """What a run did, for people."""

    current: bool
    editions: int = 0
    profiles: int = 0
    rows: Mapping[str, int] = MappingProxyType({})
    findings: Mapping[str, int] = MappingProxyType({})
    lines: int = 0
    unassigned: int = 0
    unread: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


def extract(settings: Settings, progress: Progress) -> Summary:
    """The main job: everything from `raw` into `output`, or nothing if nothing has changed."""
    check_output(settings.output, settings.raw, settings.cache)
    raw = read_raw(settings.raw, settings.reader)
    fingerprint = _fingerprint(raw)
    if not settings.force and is_current(settings.output, fingerprint):
        return Summary(current=True, editions=len({i.source.edition.edition for i in raw.inputs}))
    state, payloads = _start(raw)
    used: set[str] = set()
    with open_executor(_workers(settings, raw), settings.scheduler, settings.cache) as executor:
        for stage in STAGES:
            state, payloads = _round(stage.name, state, payloads, settings, executor, progress)
            _leave(settings.cache, stage.name, state)
            used |= {r.key for r in state.results}
    summary = _emit(state, payloads, settings, fingerprint, progress)
    Cache(settings.cache / "stages").prune(used)
    return summary


def run_one(name: str, settings: Settings, progress: Progress) -> Summary:
    """One stage alone, from what the one before left in the cache.

    Raises UsageError if the stage before has not been run.
    """
    payloads: list[bytes | None]
    if name == "emit":
        check_output(settings.output, settings.cache)
        state, payloads = _found(settings.cache, STAGES[-1].name, "emit")
        return _emit(state, payloads, settings, _state_fingerprint(state), progress)
    names = [stage.name for stage in STAGES]
    if name == names[0]:
        state, payloads = _start(read_raw(settings.raw, settings.reader))
    else:
        state, payloads = _found(settings.cache, names[names.index(name) - 1], name)
    with open_executor(settings.workers or 1, settings.scheduler, settings.cache) as executor:
        state, _ = _round(name, state, payloads, settings, executor, progress)
    _leave(settings.cache, name, state)
    unread = tuple(r.source.path for r in state.results if r.failure)
    return Summary(False, len({r.source.edition.edition for r in state.results}), unread=unread)


def _start(raw: Raw) -> tuple[State, list[bytes | None]]:
    """The inputs as the first stage finds them."""
    results = tuple(Result(i.source, "", i.failure) for i in raw.inputs)
    state = State(results, raw.notes, raw.corrections)
    return state, [None if i.failure else i.data for i in raw.inputs]


def _workers(settings: Settings, raw: Raw) -> int:
    if settings.workers is not None:
        return settings.workers
    if _few([i.source for i in raw.inputs], settings):
        return 1
    return min(os.cpu_count() or 1, len(raw.inputs))


def _few(sources: Sequence[Source], settings: Settings) -> bool:
    """Whether this process alone does the work as fast, as when one edition was added to many."""
    left_open = settings.workers is None and settings.scheduler is None
    return left_open and sum(s.size_bytes for s in sources) < _SMALL


def _fingerprint(raw: Raw) -> str:
    """What the output is made from: code, knowledge, libraries, and the inputs by content."""
    sources = [i.source for i in raw.inputs]
    return _with_stages(msgspec.json.encode([sources, raw.notes, raw.corrections]))


def _state_fingerprint(state: State) -> str:
    sources = [r.source for r in state.results]
    return _with_stages(msgspec.json.encode([sources, state.notes, state.corrections]))


def _with_stages(content: bytes) -> str:
    return hashlib.sha256(_program().encode() + content).hexdigest()


def _program() -> str:
    """The code, the knowledge and the libraries behind an output."""
    stages = "".join(digest(name) for name in (*(s.name for s in STAGES), "emit"))
    return hashlib.sha256(stages.encode()).hexdigest()


def _round(
    name: str,
    state: State,
    payloads: Sequence[bytes | None],
    settings: Settings,
    executor: Executor,
    progress: Progress,
) -> tuple[State, list[bytes | None]]:
    """One stage over all sources: from the cache where it has the result, else by the executor."""
    cache = Cache(settings.cache / "stages")
    results = list(state.results)
    out: list[bytes | None] = [None] * len(results)
    todo: list[int] = []
    for i, payload in enumerate(payloads):
        if payload is None:
            continue
        key = result_key(name, _keyed(results[i].source, payload))
        results[i] = Result(results[i].source, key)
        out[i] = None if settings.force else cache.get(key)
        if out[i] is None:
            todo.append(i)
    progress(name, len(results) - len(todo), len(results))
    calls = [(name, msgspec.json.encode(results[i].source), payloads[i] or b"") for i in todo]
    if _few([results[i].source for i in todo], settings):
        executor = InlineExecutor()
    for done, (i, (ok, body)) in enumerate(zip(todo, _outcomes(calls, executor), strict=True), 1):
        if ok:
            cache.put(results[i].key, body)
            out[i] = body
        else:
            failure = msgspec.json.decode(body, type=Failure)
            results[i] = Result(results[i].source, "", failure)
        progress(name, len(results) - len(todo) + done, len(results))
    return msgspec.structs.replace(state, results=tuple(results)), out


def _keyed(source: Source, payload: bytes) -> bytes:
    return msgspec.json.encode(source) + payload


Call = tuple[str, bytes, bytes]
Outcome = tuple[bool, bytes]


def _outcomes(calls: list[Call], executor: Executor) -> Iterator[Outcome]:
    """The outcome of each call, in order; a call that kills its process is a failure alone."""
    if isinstance(executor, InlineExecutor):
        for call in calls:
            yield run_stage(*call)
        return
    futures = [_submitted(call, executor) for call in calls]
    for call, future in zip(calls, futures, strict=True):
        try:
            yield future.result() if future else _alone(call)
        except BrokenProcessPool:
            yield _alone(call)


def _submitted(call: Call, executor: Executor) -> Future[Outcome] | None:
    """The future of a call; None from a pool that an earlier call has broken."""
    try:
        return executor.submit(run_stage, *call)
    except BrokenProcessPool:
        return None


def _alone(call: Call) -> Outcome:
    """Run a call in a process of its own, after the pool it was in has broken."""
    try:
        with open_executor(2) as pool:
            return pool.submit(run_stage, *call).result()
    except BrokenProcessPool:
        source = msgspec.json.decode(call[1], type=Source)
        failure = Failure(
            source,
            call[0],
            f"the program was killed while it ran `{call[0]}` on this file",
            "it may need more memory than there is; split the file",
        )
        return False, msgspec.json.encode(failure)


def _made_by(name: str) -> str:
    """The code, knowledge and libraries behind what a stage leaves, those before it included."""
    names = [stage.name for stage in STAGES]
    chain = names[: names.index(name) + 1]
    return hashlib.sha256("".join(map(digest, chain)).encode()).hexdigest()


def _leave(cache: Path, name: str, state: State) -> None:
    try:
        cache.mkdir(parents=True, exist_ok=True)
        part = cache / f"{name}.json.{os.getpid()}"
        signed = msgspec.structs.replace(state, made_by=_made_by(name))
        part.write_bytes(msgspec.json.encode(signed))
        os.replace(part, cache / f"{name}.json")
    except OSError:
        pass  # only a later stage run alone needs it, and it says so


def _found(cache: Path, before: str, name: str) -> tuple[State, list[bytes | None]]:
    hint = f"run `python -m pipeline {before}` first"
    try:
        state = msgspec.json.decode((cache / f"{before}.json").read_bytes(), type=State)
    except (OSError, msgspec.MsgspecError):
        raise UsageError(f"`{name}` finds nothing that `{before}` left", hint) from None
    if state.made_by != _made_by(before):
        what = f"what `{before}` left was made by another version of the program or its knowledge"
        raise UsageError(what, f"run `python -m pipeline {STAGES[0].name}` and the stages after it")
    store = Cache(cache / "stages")
    payloads = [None if r.failure else store.get(r.key) for r in state.results]
    if any(p is None and not r.failure for p, r in zip(payloads, state.results, strict=True)):
        raise UsageError(f"what `{before}` left is no longer complete", hint)
    return state, payloads


def _emit(
    state: State,
    payloads: Sequence[bytes | None],
    settings: Settings,
    fingerprint: str,
    progress: Progress,
) -> Summary:
    from pipeline.emit import Sources, emit, one_profile_each
    from pipeline.knowledge.catalogue import catalogue
    from pipeline.knowledge.themes import taxonomy

    progress("emit", 0, 1)
    records = [decode_records(p) for p in payloads if p is not None]
    failures = tuple(r.failure for r in state.results if r.failure)
    sources = one_profile_each(Sources(tuple(records), failures, state.notes))
    if state.corrections:
        sources = _corrected(sources, state.corrections)
    made = emit(sources, catalogue(), taxonomy(), fingerprint, _program())
    publish(made.files, settings.output)
    progress("emit", 1, 1)
    return _summary(made.rows)


def _corrected(sources: Sources, corrections: Sequence[Correction]) -> Sources:
    from pipeline.knowledge.catalogue import catalogue
    from pipeline.knowledge.lexicon import lexicon
    from pipeline.normalise.corrections import correct

    done = correct(sources.records, corrections, catalogue(), lexicon())
    return sources._replace(
        records=done.records, notes=(*sources.notes, *done.findings), outcomes=done.outcomes
    )


def _shown(findings: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The errors and the first warnings, a line each."""
    lines = [
        f"{severity}: {f['city_id'] or f['source_id'] or f['edition']}: {f['message']}"
        for severity in ("error", "warning")
        for f in sorted(findings, key=lambda f: (f["source_id"] or "", f["line_start"] or 0))
        if f["severity"] == severity
    ]
    more = len(lines) - _MOST_SHOWN
    rest = (f"and {more} more errors and warnings in `findings`",) if more > 0 else ()
    return (*lines[:_MOST_SHOWN], *rest)


def _summary(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Summary:
    roles = Counter(line["role"] for line in rows["lines"])
    return Summary(
        current=False,
        editions=len({r["edition"] for r in rows["sources"]}),
        profiles=len(rows["cities"]),
        rows={name: len(found) for name, found in rows.items()},
        findings=dict(Counter(f["severity"] for f in rows["findings"])),
        lines=sum(roles.values()),
        unassigned=roles["unassigned"],
        unread=tuple(s["path"] for s in rows["sources"] if s["status"] != "ok"),
        shown=_shown(rows["findings"]),
    )
