"""What the keys of examinations, certificates, claims, placements and the ledger are called, and their refusals."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from scheduling import refusals

CERTIFYING: dict[str, dict[str, LazyString]] = {
    "exam.outcome": {
        "passed": _("合格"),
        "failed": _("不合格"),
        "absent": _("缺考"),
        "pending": _("待考"),
        "resit": _("待补考"),
    },
    "claim.why": {
        "per_person": _("按人定额"),
        "per_hour": _("按课时"),
        "capped": _("按课时，封顶"),
        "without_job": _("还没就业，按比例"),
        "not_certified": _("没拿到证书，不补"),
    },
    "claim.state": {
        "made": _("已算好"),
        "posted": _("公示中"),
        "over": _("公示期满"),
        "approved": _("已审定"),
        "paid": _("已拨付"),
    },
    "claim.trouble": {
        "roster": _("申报名单与花名册不一致，差%(number)s人"),
        "certified": _("有补贴的人数与有效证书不一致，差%(number)s人"),
        "amounts": _("有%(number)s人的金额与现在的标准不一致"),
    },
    "followup.answer": {
        "at_work": _("在上班"),
        "no_work": _("没上班"),
        "not_reached": _("没联系上"),
    },
    "placement.source": {
        "enterprise": _("单位登记"),
        "school": _("学校登记"),
        "desk": _("窗口登记"),
    },
    "need.source": {
        "assigned": _("县交办"),
        "visit": _("走访"),
        "own": _("自报"),
    },
    "need.urgency": {
        "urgent": _("急缺"),
        "normal": _("一般"),
    },
    "need.state": {
        "open": _("在办"),
        "closed": _("已办结"),
    },
    "ledger.trouble": {
        "overfilled": _("招的人比需求还多"),
        "closed_short": _("没招满就办结，没写原因"),
    },
}

# Refusal → (status, words, the form field it belongs beside)
REFUSED: dict[type[refusals.Refusal], tuple[int, LazyString, str]] = {
    refusals.ExaminerMissing: (422, _("请写明谁来考评。"), "examiner"),
    refusals.ExaminerTaught: (422, _("%(name)s教过这个班，按“考培分离”不能当考评员，请换一位。"), "examiner"),
    refusals.RosterMissing: (409, _("还没有定考生名单，先定名单再登成绩。"), ""),
    refusals.ExamNotClosed: (409, _("第%(attempt)s次考核的成绩还没定下，定下后才能安排补考。"), ""),
    refusals.ExamClosed: (409, _("这次考核的成绩已经定下。要改请写明原因，一个一个改。"), ""),
    refusals.ExamAhead: (409, _("考核%(when)s才开始，考完再登成绩。"), ""),
    refusals.NobodyToResit: (409, _("没有人需要补考。"), ""),
    refusals.NoResitLeft: (409, _("按这门课的规则最多补考%(most)s次，不能再安排。"), ""),
    refusals.ScoresMissing: (409, _("还有%(number)s人没有成绩，也没有记缺考，补齐再定成绩。"), ""),
    refusals.CertificateStands: (
        409,
        _("改成这个分数就不合格了，但证书%(number)s还有效。请先作废证书，再改成绩。"),
        "theory",
    ),
    refusals.BeforeExam: (422, _("发证日期不能早于考核那天（%(day)s），请核对。"), "on"),
    refusals.Certified: (
        409,
        _("已经发了证书%(number)s，不能取消报名，也不能转班。证书发错了，请先作废证书。"),
        "",
    ),
    refusals.NotPassed: (409, _("%(name)s还没有考核合格，不能发证。"), ""),
    refusals.IssuedOutside: (409, _("这个证由%(issuer)s发，这里只登记证号。"), ""),
    refusals.IssuedHere: (409, _("这门课的证书由本单位发，不用登记外单位证号。"), ""),
    refusals.CertificateKnown: (409, _("证号%(number)s已经登记给别人了，请核对。"), "number"),
    refusals.NoSuchCertificate: (404, _("没有查到这本证书。请对照证书，把编号和姓名再输一遍。"), "number"),
    refusals.NothingToClaim: (409, _("这个班还没有人拿到证书，没有可以申报的补贴。"), ""),
    refusals.AmountMissing: (409, _("这门课的规则没有写补贴标准，请先在“培训规则”里填。"), ""),
    refusals.ClaimContradicts: (
        409,
        _("这份申报有%(number)s处对不上，请先改对：没公示的重新计算，公示过的剔除或撤下公示。"),
        "",
    ),
    refusals.ClaimPosted: (409, _("这份申报已经公示，要重新计算，请先撤下公示。"), ""),
    refusals.ClaimApproved: (409, _("这份申报已经审定，不能再改。"), ""),
    refusals.ClaimNotApproved: (409, _("这份申报还没有审定，不能拨付。"), ""),
    refusals.NoticeMissing: (409, _("还没有公示，公示期满才能审定。"), ""),
    refusals.NoticeRunning: (409, _("公示到%(until)s，期满才能审定。"), ""),
    refusals.NoticeOver: (409, _("公示%(until)s已经结束。还有意见，请打电话或到窗口说。"), ""),
    refusals.ObjectionsOpen: (409, _("还有%(number)s条意见没有答复，答复后才能审定。"), ""),
    refusals.AlreadyPlaced: (409, _("%(name)s已经登记在%(employer)s上班。登错了请先撤销，再重新登记。"), ""),
    refusals.EmployerMissing: (422, _("请写明在哪家单位上班。"), "employer"),
    refusals.NotOfOrder: (409, _("这个人不是为%(no)s号订单培训的。"), ""),
    refusals.NeedOfAnother: (422, _("台账第%(no)s号是别的单位的需求，请重新选。"), "need"),
    refusals.NeedClosed: (409, _("台账第%(no)s号已经办结，请选别的一条或先重新打开。"), "need"),
    refusals.NeedFilled: (409, _("台账第%(no)s号要的%(needed)s人已经招满。"), "need"),
    refusals.StartedTooEarly: (422, _("上岗日期不能早于开班那天（%(day)s），请核对。"), "started_on"),
    refusals.HiredMoreThanNeeded: (422, _("已招人数不能多于需求人数。"), "hired_before"),
    refusals.GapUnexplained: (422, _("还缺%(gap)s人。没招满就办结，请写明原因。"), "how"),
    refusals.FollowUpNotDue: (409, _("%(day)s才到回访的日子。"), ""),
}
