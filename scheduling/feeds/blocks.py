"""Events already written, kept by what they say: an event is written again only when its row says something else."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import partial
from itertools import count
from typing import TypeVar

from sqlalchemy.orm import Session

from scheduling.feeds import entries, ical, versions
from scheduling.feeds.entries import FairShown, SessionShown, Voice
from scheduling.feeds.own import Own
from scheduling.feeds.versions import TEXT, UID, Version

TEMPLATE = 2  # grows when entries.py or ical.py write something else of the same row
MOST = 8000  # events kept by a process: a busy county's year, with some alarms

Thing = TypeVar("Thing", FairShown, SessionShown)
NOBODY: Mapping[str, Own] = {}
_WAYS: dict[Hashable, int] = {}  # a short name for each way of saying things: one number is soon compared
_NUMBERS = count()
# Of a version only its hash is kept, of 64 bits and with this process's own key: the text would weigh as much again
_KEPT: dict[tuple[int, str, Own | None], tuple[int, bytes]] = {}
_NEW: tuple[None, None] = None, None


def of_fairs(
    session: Session, told: Sequence[Version], voice: Voice, ahead: tuple[int, ...], own: Mapping[str, Own] = NOBODY
) -> list[bytes]:
    """Give the event of each version, in order; one query at most, for moves of those not written yet.

    `own` is what the owner of a private calendar did about each, by uid.
    """
    load = partial(versions.fairs_shown, session)
    return _written(told, load, entries.of_fair, voice=voice, ahead=ahead, own=own)


def of_sessions(
    told: Sequence[Version], voice: Voice, ahead: tuple[int, ...], own: Mapping[str, Own] = NOBODY
) -> list[bytes]:
    """Give the event of each version, in order, without a query; `own` as above."""
    return _written(told, versions.sessions_shown, entries.of_session, voice=voice, ahead=ahead, own=own)


def _written(
    told: Sequence[Version],
    load: Callable[[list[Version]], Iterable[Thing]],
    say: Callable[[Thing, Voice], ical.Entry],
    *,
    voice: Voice,
    ahead: tuple[int, ...],
    own: Mapping[str, Own],
) -> list[bytes]:
    way = _WAYS.setdefault((TEMPLATE, voice.key, ahead), next(_NUMBERS))
    blocks: list[bytes | None] = []
    wanted: dict[str, int] = {}
    for each in told:
        uid, text = each[UID], each[TEXT]  # by number: a name takes ten times as long
        version, block = _KEPT.get((way, uid, own.get(uid) or None), _NEW)
        if version != hash(text):
            wanted[uid], block = len(blocks), None
        blocks.append(block)
    if wanted:
        for thing in load([told[at] for at in wanted.values()]):
            at, did = wanted[thing.uid], own.get(thing.uid) or None
            entry = say(thing, voice)
            block = blocks[at] = ical.block(did.said(entry) if did else entry, ahead)
            _KEPT[way, thing.uid, did] = hash(told[at].text), block
        _make_room()
    return [block for block in blocks if block is not None]


def _make_room() -> None:
    """Let go of what was written first, an eighth at once. Other threads may do the same."""
    if len(_KEPT) > MOST:
        for key in list(_KEPT)[: MOST // 8]:
            _KEPT.pop(key, None)
