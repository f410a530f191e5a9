"""A limit on the time that a piece of work may take."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN = 5.0
"""Seconds after which work that goes on all the same is stopped again."""


class OutOfTimeError(Exception):
    """The work took too long."""


class _Stop(BaseException):
    """Raised inside the work; no ``except Exception`` there can swallow it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Stop the block after so many seconds, wherever it is.

    In a main thread a timer of the system interrupts it, also within a regular expression;
    elsewhere the interpreter does, between two of its instructions.

    Raises:
        OutOfTimeError: the time is over.
    """
    timer = _alarm if _has_alarm() else _interrupter
    try:
        with timer(seconds):
            yield
    except _Stop as error:
        raise OutOfTimeError(f"it takes more than {seconds:g} s") from error


def _has_alarm() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise _Stop

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _interrupter(seconds: float) -> Iterator[None]:
    """As :func:`_alarm`, from another thread."""
    import ctypes

    thread = threading.get_ident()
    done, lock = threading.Event(), threading.Lock()

    def watch() -> None:
        wait = seconds
        while not done.wait(wait):
            with lock:
                if not done.is_set():
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(
                        ctypes.c_ulong(thread), ctypes.py_object(_Stop)
                    )
            wait = AGAIN

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        with lock:
            done.set()
