"""A small show whose best run can be worked out by hand."""

from dataclasses import replace

from scheduling.planning.airtime import (
    Host,
    Problem,
    Request,
    Segment,
    Show,
    Speaker,
    Window,
)
from scheduling.planning.solving import Limits

LIMITS = Limits(seconds=10)
OPENING = Segment("opening", "opening", 5, latest=0)
QA = Segment("qa", "qa", 5, after=2)
ANNA = Host("anna", "小青", stretch=120, rest=5)
SHOW = Show(60, (ANNA,), (OPENING, QA))
FOOD = Request("food", "丰年食品", "普工", least=8, wanted=12, jobs=3)
SEWING = Request("sewing", "锦绣服装", "缝纫工", least=8, wanted=12, jobs=5)
WELDING = Request("welding", "钢城焊接", "焊工", least=8, wanted=12, jobs=1)
THREE = Problem(SHOW, (FOOD, SEWING, WELDING))


def order(answer):
    return [item.key for item in answer.plan.items]


def times(plan):
    return {item.key: (item.start, item.end) for item in plan.items}


def said(answer, about):
    return [str(sentence) for sentence in answer.why(about)]


def core(answer):
    return {rule.key for rule in answer.conflict.rules}


def with_speaker(request, *windows, key="wang"):
    speaker = Speaker(key, "王经理", tuple(Window(*window) for window in windows))
    return replace(request, speakers=(key,)), speaker
