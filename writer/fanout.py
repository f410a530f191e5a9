"""Independent work, in threads here or through joblib: processes, a cluster of Ray or Dask.

The standard library and joblib schedule; nothing here does. On a cluster, ``sage-write``
must be installed and the results reachable under the same paths on every node.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from contextvars import Context, copy_context
from enum import StrEnum
from typing import Any, TypeVar

from writer.errors import ToolError

T = TypeVar("T")
R = TypeVar("R")


PATIENCE = 10
"""Seconds that a cluster may take to answer."""


class Backend(StrEnum):
    """Where independent work is done."""

    LOCAL = "local"
    RAY = "ray"
    DASK = "dask"


class How(StrEnum):
    """How work spreads over the cores of this machine."""

    THREADS = "threads"
    """For work that waits for files or leaves Python: hashing, DuckDB, NumPy. joblib's
    threads would cost its import, more than such work on a few hundred megabytes."""
    PROCESSES = "loky"
    """For work in Python itself, where it takes seconds: workers take one to start."""


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def fan_out(
    function: Callable[[T], R],
    items: Sequence[T],
    backend: Backend = Backend.LOCAL,
    how: How = How.THREADS,
) -> list[R]:
    """``function`` of each item, in the items' order, whatever the backend.

    Args:
        function: without side effects.
        items: each independent of the others.
        backend: where to work.
        how: to spread over the cores of this machine.

    Raises:
        ToolError: the backend's package is not installed, or its cluster not reachable.
    """
    if backend is Backend.LOCAL and (len(items) < 2 or cores() < 2):
        return [function(item) for item in items]
    if backend is Backend.LOCAL and how is How.THREADS:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(cores()) as pool:  # each call in the caller's context
            return list(pool.map(lambda pair: pair[0].run(function, pair[1]), _contexts(items)))
    joblib = _joblib()
    with _running(backend, joblib, how):
        found: list[R] = joblib.Parallel()(joblib.delayed(function)(item) for item in items)
    return found


def _contexts(items: Sequence[T]) -> Iterator[tuple[Context, T]]:
    return ((copy_context(), item) for item in items)


def _joblib() -> Any:
    try:
        import joblib
    except ImportError as error:
        raise ToolError(
            "work on several runs at once needs joblib", hint="pip install 'sage-write[runs]'"
        ) from error
    return joblib


@contextmanager
def _running(backend: Backend, joblib: Any, how: How) -> Iterator[None]:
    if backend is Backend.LOCAL:
        with joblib.parallel_config(backend=str(how), n_jobs=cores()):
            yield
        return
    with cluster(backend), joblib.parallel_config(backend=str(backend), n_jobs=-1):
        yield


@contextmanager
def cluster(backend: Backend) -> Iterator[None]:
    """The backend's cluster for the length of a block; inside another block, the same one.

    Raises:
        ToolError: its package is not installed, or the cluster not reachable.
    """
    if backend is Backend.LOCAL:
        yield
        return
    _joblib()
    with _ray() if backend is Backend.RAY else _dask():
        yield


@contextmanager
def _ray() -> Iterator[None]:
    """The cluster that Ray finds (``RAY_ADDRESS``, one on this machine), or a new local one.

    Ray prints on standard output when a worker dies, though it logs nothing there otherwise and
    does the work again: that would stand in the middle of a report.
    """
    import logging

    try:
        import ray
        from ray.util.joblib import register_ray
    except ImportError as error:
        raise _missing(Backend.RAY) from error
    register_ray()  # type: ignore[no-untyped-call]  # Ray's types do not cover it
    if ray.is_initialized():
        yield
        return
    with redirect_stdout(sys.stderr):
        try:
            _probe(os.environ.get("RAY_ADDRESS", ""))
            ray.init(log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False)
        except (OSError, RuntimeError, ValueError) as error:
            raise _unreachable(Backend.RAY, "RAY_ADDRESS", error) from error
        try:
            yield
        finally:
            ray.shutdown()


@contextmanager
def _dask() -> Iterator[None]:
    """The cluster at ``DASK_SCHEDULER_ADDRESS``, or a new local one."""
    try:
        from distributed import Client, default_client
    except ImportError as error:
        raise _missing(Backend.DASK) from error
    try:
        default_client()  # type: ignore[no-untyped-call]  # distributed has no types
    except ValueError:  # there is none yet
        pass
    else:
        yield
        return
    try:
        client = Client(dashboard_address=None, timeout=PATIENCE)  # type: ignore[no-untyped-call]  # likewise
    except (OSError, RuntimeError, ValueError) as error:
        raise _unreachable(Backend.DASK, "DASK_SCHEDULER_ADDRESS", error) from error
    with client:
        yield


def _probe(address: str) -> None:
    """Refuse a dead address at once: Ray itself tries for many minutes."""
    import socket

    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE).close()


def _missing(backend: Backend) -> ToolError:
    return ToolError(
        f"--backend {backend} needs a package that is not installed",
        hint=f"pip install 'sage-write[{backend}]', or leave out --backend",
    )


def _unreachable(backend: Backend, variable: str, error: Exception) -> ToolError:
    return ToolError(
        f"--backend {backend}: no cluster answers: {str(error).strip().splitlines()[0][:200]}",
        expected=f"a cluster at {variable}, or one that can be started here",
        hint=f"correct {variable}, or unset it to start a local one",
    )
