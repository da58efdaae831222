"""An evening show of 20 enterprises in about four hours: opening, policy, q&a after each fifth, two hosts who rest."""

from __future__ import annotations

import random
from dataclasses import replace

from scheduling.planning.airtime import Host, Plan, Problem, Request, Segment, Show, Speaker, Weights, Window

TRADES = ("普工", "缝纫工", "焊工", "护理员", "驾驶员", "电工", "质检员")
SHARES = (5, 4, 3, 3, 2, 2, 1)
AUDIENCE = (4, 6, 8, 9, 10, 10, 9, 8, 7, 7, 6, 6, 5, 5, 4, 4, 3, 3, 2, 2)  # it comes, and it goes
BLOCK = 5  # enterprises between two q&a


def make(scale: float = 1.0, seed: int = 1) -> Problem:
    """Make a show of 20 slots, times `scale`."""
    chance = random.Random(seed)
    count = round(20 * scale)
    length = round(255 * scale) + 15
    requests = tuple(_request(n, chance) for n in range(count))
    speakers = tuple(_speaker(f"S{n + 1}", length, chance) for n in range(count))
    segments = (
        Segment("opening", "opening", 5, latest=0),
        Segment("policy", "policy", 10, latest=30),
        *(Segment(f"qa{after}", "qa", 5, after=after) for after in range(BLOCK, count, BLOCK)),
        Segment("closing", "closing", 5, after=count),
    )
    hosts = (Host("H1", "小青"), Host("H2", "小禾"))
    audience = tuple(AUDIENCE[place * len(AUDIENCE) // count] for place in range(count))
    return Problem(Show(length, hosts, segments, buffer=1, audience=audience), requests, speakers, weights=Weights())


def disturbance(problem: Problem, plan: Plan) -> Problem:
    """Who was to speak third comes only after half of the show."""
    late = plan.companies[2].key
    theirs = next(request.speakers[0] for request in problem.requests if request.key == late)
    window = Window(problem.show.length // 2, problem.show.length)
    speakers = (replace(s, windows=(window,)) if s.key == theirs else s for s in problem.speakers)
    return replace(problem, speakers=tuple(speakers))


def _request(n: int, chance: random.Random) -> Request:
    return Request(
        key=f"R{n + 1:02}",
        name=f"第{n + 1}家企业",
        trade=chance.choices(TRADES, SHARES)[0],
        speakers=(f"S{n + 1}",) if n % 10 else ("S1",),  # one in ten leaves it to the first one's speaker
        least=8,
        wanted=chance.choice((10, 12, 12, 15)),
        jobs=chance.randint(1, 9),
        wish=chance.choices(("", "early", "late"), (6, 2, 1))[0],
        follows=f"R{chance.randrange(n) + 1:02}" if n and chance.random() < 0.1 else "",  # never in a circle
    )


def _speaker(key: str, length: int, chance: random.Random) -> Speaker:
    """Make somebody who is always there, or comes late, or has to go."""
    half = length // 2
    windows = chance.choices(
        ((), (Window(0, half),), (Window(half, length),), (Window(0, 60), Window(half, length))), (6, 1, 1, 1)
    )[0]
    return Speaker(key, f"{key}经理", windows)
