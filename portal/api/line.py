"""The line before the database: uploads that come while another is being written wait, and then go in together.

A commit that is on the disk takes its time, whether it holds one scan or fifty. Whoever's turn it is takes in what all
who wait have brought, by one transaction for all of them; none is answered before it is on the disk.
"""

from __future__ import annotations

import threading
from collections import deque

from flask import Flask, current_app

from portal import clock, doors
from portal.database import AWAY, writing
from scheduling import gate

_NAME = "gate line"
_MOST = 200  # items written at once, or one upload: nobody waits for longer than a full batch takes


class _Waiting:
    """One upload in the line, and what came of it."""

    def __init__(self, handed: gate.Handed) -> None:
        self.handed = handed
        self.results: list[gate.Result] | None = None
        self.error: Exception | None = None
        self.done = False
        self.called = threading.Event()  # it is done, or it is its thread's turn to write

    def end(self, results: list[gate.Result] | None, error: Exception | None = None) -> None:
        """Say what came of it."""
        self.results, self.error, self.done = results, error, True
        self.called.set()


class Line:
    """The uploads of one process that wait for their turn to write, the oldest first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # of the two below, held for a moment
        self._waiting: deque[_Waiting] = deque()
        self._writing = False

    def hand_in(self, handed: gate.Handed) -> list[gate.Result] | None:
        """Take in an upload; give the results when it is on the disk, None where nobody has its secret.

        For many threads at once. Raises what the database raises when it cannot.
        """
        mine = _Waiting(handed)
        with self._lock:
            self._waiting.append(mine)
            if not self._writing:
                self._writing = True
                mine.called.set()
        mine.called.wait()
        if not mine.done:  # it stands first in the line
            try:
                self._take_in()
            finally:
                self._call_next()
        if mine.error:
            raise mine.error
        return mine.results

    def _call_next(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting[0].called.set()
            else:
                self._writing = False

    def _take_in(self) -> None:
        """Write what waits. What one upload spoils is its own affair; a database that is away is everybody's."""
        group: list[_Waiting] = []
        try:
            self._write(group)
        except AWAY as error:
            for each in group or self._next():
                each.end(None, error)
        except Exception:  # noqa: BLE001  whatever it was, its owner is told
            for each in group or self._next():
                self._alone(each)
        finally:  # a thread that is ended in the middle takes nobody's upload with it
            for each in group:
                if not each.done:
                    each.end(None, RuntimeError("the thread that wrote was ended"))

    def _alone(self, one: _Waiting) -> None:
        try:
            self._write([one])
        except Exception as error:  # noqa: BLE001  raised again where it was handed in
            one.end(None, error)

    def _write(self, group: list[_Waiting]) -> None:
        """Write `group`, filled here with those who wait when the turn to write has come, where it is empty."""
        gate.undisturbed(lambda: self._once(group))

    def _once(self, group: list[_Waiting]) -> None:
        with writing() as session:
            group += [] if group else self._next()
            told = [each.handed for each in group]
            results = gate.take_in(session, doors.county(), told, keys=doors.keys(), now=clock.now())
        for each, own in zip(group, results, strict=True):
            each.end(own)

    def _next(self) -> list[_Waiting]:
        """Take from the line those who go in together."""
        group: list[_Waiting] = []
        items = 0
        with self._lock:
            while self._waiting and (not group or items + len(self._waiting[0].handed.items) <= _MOST):
                group.append(self._waiting.popleft())
                items += len(group[-1].handed.items)
        return group


def install(app: Flask) -> None:
    """Give the app its line."""
    app.extensions[_NAME] = Line()


def hand_in(handed: gate.Handed) -> list[gate.Result] | None:
    """Hand in at this app's line: see Line.hand_in."""
    line: Line = current_app.extensions[_NAME]
    return line.hand_in(handed)
