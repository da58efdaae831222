"""Refusal → status, words, field: the one place where the rules' no becomes a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from flask import Flask, g, jsonify, render_template, request
from flask_babel import LazyString, format_date, get_locale
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from portal.clock import HERE
from portal.wording import word
from scheduling import refusals

# Refusal → (status, words, the form field it belongs beside)
WORDING: dict[type[refusals.Refusal], tuple[int, LazyString, str]] = {
    refusals.NotFound: (404, _("没有找到这一项，可能已经撤下。"), ""),
    refusals.TooOften: (429, _("试的次数太多了，请%(minutes)s分钟后再试，或打电话、到窗口办理。"), ""),
    refusals.WrongPassword: (403, _("用户名或密码不对，请再核对一下。"), "password"),
    refusals.WrongCode: (403, _("验证码不对或已过期，请重新输入或再发一次。"), "code"),
    refusals.NotAPhone: (422, _("请填11位手机号，例如 160 0000 0001。"), "phone"),
    refusals.WeakPassword: (422, _("密码至少要%(least)s个字符。"), "password"),
    refusals.UsernameTaken: (409, _("这个用户名已有人用，请换一个。"), "username"),
    refusals.NotACreditCode: (422, _("统一社会信用代码不对：共18位，请对照营业执照再核对一遍。"), "uscc"),
    refusals.EnterpriseKnown: (409, _("这家单位已经登记过。请让登记的同事办理，或打电话找窗口。"), "uscc"),
    refusals.AccountHasEnterprise: (409, _("这个手机号已登记了“%(name)s”，一个手机号只办一家单位。"), "uscc"),
    refusals.NoSuchEnterprise: (404, _("没有单位用这个信用代码登记过，请先登记。"), "uscc"),
    refusals.EnterpriseNotApproved: (409, _("单位资料还没审核通过，通过后才能办这一步。"), ""),
    refusals.AgencyPermitMissing: (422, _("人力资源服务、劳务派遣单位要填许可证编号。"), "agency_permit_no"),
    refusals.ReasonMissing: (422, _("请写明原因。"), "reason"),
    refusals.WagesInDisorder: (422, _("最低工资不能高于最高工资。"), "wage_low"),
    refusals.AdvertBlocked: (422, _("“%(phrases)s”不能写进招聘信息：%(rule)s。请删去再提交。"), "description"),
    refusals.AdvertAsks: (422, _("“%(phrases)s”需要说明理由，请在“理由说明”里写清，或者改掉。"), "justification"),
    refusals.OverrideMissing: (422, _("“%(phrases)s”要放行，请写明理由。"), "reason"),
    refusals.VacancyClosed: (409, _("这个岗位已经下架，要再招请发布新的岗位。"), ""),
    refusals.VacancyNotApproved: (409, _("岗位审核通过后才能带到招聘会上。"), ""),
    refusals.AdvertChanged: (409, _("单位刚才又改了内容，下面是新的，请看过再审。"), ""),
    refusals.JobsFrozen: (
        409,
        _("这一场的岗位单%(since)s已经定下，不能再改。要改请打电话找窗口，说明原因。"),
        "vacancies",
    ),
    refusals.JobsSettled: (422, _("%(fairs)s的岗位单已经定下。要放行这次改动，请写明原因。"), "reason"),
    refusals.BadMarketRule: (422, _("看不懂“%(part)s”，请按“农历逢三六九”“每周六、周日”这样写。"), "rule_text"),
    refusals.NotAMarketDay: (422, _("%(market)s这天不逢集，下一个集是%(next)s。要照办请写明原因。"), "day"),
    refusals.MarketExceptionKnown: (409, _("这一天已经有一条特殊安排了。"), "day"),
    refusals.NoMarketThatDay: (422, _("%(market)s%(day)s本来就不逢集，下一个集是%(next)s，请核对日期。"), "day"),
    refusals.MarketDayAlready: (422, _("%(market)s%(day)s本来就逢集，请核对日期。"), "day"),
    refusals.OutsideTheCalendar: (422, _("农历表只有%(first)s年到%(last)s年，请核对日期。"), "day"),
    refusals.TimesInDisorder: (422, _("结束时间要晚于开始时间。"), "ends"),
    refusals.InThePast: (422, _("这个时间已经过去了，请选以后的日子。"), "day"),
    refusals.FairNotReady: (409, _("还不能发布，缺：%(missing)s。"), ""),
    refusals.FairNotOpen: (409, _("这场招聘会现在不能预约：还没发布、已取消或已结束。"), ""),
    refusals.FairNotPublished: (409, _("还没发布的招聘会不用改期，直接修改资料就行。"), ""),
    refusals.FairOver: (409, _("这场招聘会已经结束，不能再改。"), ""),
    refusals.FairBegun: (409, _("这场招聘会已经开始，要取消展位请打电话或到窗口。"), ""),
    refusals.DecideTooLate: (422, _("下雨办不办，要在开始之前定。"), "rain_decide_by"),
    refusals.FairCalledOff: (409, _("这场招聘会已经取消，不能再改。"), ""),
    refusals.PlaceTaken: (409, _("“%(name)s”%(day)s %(hours)s已有“%(what)s”，请换个时间或地点。"), "place"),
    refusals.EnterpriseElsewhere: (
        409,
        _("%(name)s已订了“%(what)s”的展位，%(day)s %(hours)s，时间重叠。要来这场，请先取消那场。"),
        "booth",
    ),
    refusals.VanElsewhere: (409, _("“%(name)s”%(day)s %(hours)s要去“%(what)s”，请换一辆车或换个时间。"), ""),
    refusals.StaffElsewhere: (409, _("%(name)s%(day)s %(hours)s在“%(what)s”上班，请换人或换个时间。"), ""),
    refusals.FairFull: (409, _("预约名额已满。当天直接来也可以进场，或打电话问窗口。"), ""),
    refusals.BoothTaken: (409, _("%(number)s号展位刚被订走，请另选一个。"), "booth"),
    refusals.OneBoothEach: (409, _("贵单位在这场已订了%(number)s号展位，一家一场只能订一个。"), "booth"),
    refusals.BoothNumberKnown: (409, _("已经有%(number)s号展位了。"), "number"),
    refusals.BoothBooked: (409, _("%(number)s号展位已有单位订了，不能撤。"), ""),
    refusals.BookingCancelled: (409, _("这个展位预订已经取消了。"), ""),
    refusals.AttendeesMissing: (422, _("请写明谁来参加。"), "attendees"),
    refusals.PolicyNameKnown: (409, _("已经有一套规则叫“%(name)s”，请换个名字。"), "name"),
    refusals.BookingNotYet: (409, _("%(opens)s开始订展位，到时再来。"), "booth"),
    refusals.BookingClosed: (409, _("订展位%(closes)s截止了。还想来，请打电话问窗口。"), "booth"),
    refusals.BoothsAllocated: (409, _("这一场的展位由窗口统一分配，请提交申请。"), "booth"),
    refusals.BoothsChosen: (409, _("这一场的展位先到先得，请直接选展位。"), ""),
    refusals.VacancyMissing: (409, _("这一场要先有审核通过的岗位，才能订展位。"), "booth"),
    refusals.TooManyFairs: (409, _("这类招聘会一家一个月最多订%(most)s场，这个月已经订满。"), "booth"),
    refusals.TwoInARow: (409, _("贵单位订了%(day)s的“%(fair)s”，这类招聘会不能连着两场都来。"), "booth"),
    refusals.Barred: (409, _("因为没按约到场，贵单位现在不能订这一场。原因和申诉在“到场记录”里。"), "booth"),
    refusals.PenaltyLifted: (409, _("这项处理已经撤销，不用再申诉。"), ""),
    refusals.NotLate: (409, _("现在不能释放这个展位：还没到时间，规则不允许，或单位已经到了。"), ""),
    refusals.WalkInsRefused: (422, _("这一场的规则不收临时来的单位。要让它进，请写明原因。"), "reason"),
    refusals.DaysInDisorder: (422, _("最后一天不能早于第一天。"), "last"),
    refusals.CampaignKnown: (409, _("%(year)s年已经有“%(name)s”，请在那一条里改。"), "name"),
    refusals.NoDayLeft: (422, _("请至少勾选一天。"), "days"),
    refusals.TooManyDays: (422, _("这样有%(number)s天，一次最多排%(most)s天，请把日子分成几段。"), "last"),
    refusals.SizesInDisorder: (422, _("市公安局审批的人数不能少于县公安局的。"), "city_from"),
    refusals.PoliceNotTold: (422, _("大型活动改时间，要在%(due)s以前报告公安机关。报告了请勾选。"), "told_police"),
    refusals.PermitForNewPlace: (
        422,
        _("换了地点，原来的许可就不算数了。请填新的许可编号，或写明原因。"),
        "new_permit_no",
    ),
    refusals.DayNotCome: (422, _("这一天还没到，请核对日期。"), "day"),
    refusals.FairNotOver: (409, _("这场招聘会还没结束，办完再填结果。"), ""),
    refusals.FairFinished: (409, _("这场招聘会已经办结，不能再改。要改请窗口先写明原因，重新打开。"), ""),
    refusals.ResultsMissing: (409, _("还不能办结，没有填：%(figures)s。"), ""),
    refusals.ResultsContradict: (409, _("还不能办结，有%(number)s处数字对不上，请先改好。"), ""),
    refusals.IntentsInDisorder: (422, _("意向人次不能少于意向人数：一个人看中两个岗位，算1人2次。"), "intent_times"),
    refusals.HiredInDisorder: (422, _("现场录用的人都有意向，录用人数不能多于意向人数。"), "hired_on_site"),
    refusals.AirTimeClosed: (
        409,
        _("这场直播现在不接受申请：还没到时间、已经截止或已开播。要上直播请打电话找窗口。"),
        "",
    ),
    refusals.ShowLocked: (409, _("直播的岗位单已经锁定，不能再加、再撤。要改请窗口先写明原因解锁。"), ""),
    refusals.ShowNotArranged: (409, _("还没排好流程、定好岗位，没有可以锁定的。请先采用一版流程。"), ""),
    refusals.JobsNotReviewed: (
        409,
        _("%(numbers)s号岗位改过还没审核，或已下架。请先审核，或从这场直播撤下，再锁定。"),
        "",
    ),
    refusals.NotShowTime: (409, _("开播前%(before)s分钟到下播后%(after)s小时之间，才能切换正在播的内容。"), ""),
    refusals.ShowAhead: (409, _("还没开播，等播完再填。"), ""),
    refusals.LeadsClosed: (
        409,
        _("这场直播不再收报名：已取消、已办结，或已过去%(days)s天。岗位还在招的话，可以打电话问。"),
        "",
    ),
    refusals.NoSuchJobNo: (422, _("这场直播没有%(number)s号岗位，请核对岗位号。"), "job_no"),
    refusals.FiguresMissing: (422, _("至少填一项数据，或填回放链接。"), "views"),
    refusals.FiguresInDisorder: (422, _("最高在线不会比观看人次还多，请核对这两项。"), "peak"),
    refusals.NotAPicture: (422, _("这不是能看的图片。请选PNG、JPG或WebP格式的截图。"), "picture"),
    refusals.PictureTooLarge: (422, _("图片不能超过%(most)sMB，请截小一点再传。填的数据还在。"), "picture"),
    refusals.PromiseMissing: (422, _("提交用工订单要勾选录用承诺。"), "promise"),
    refusals.OrderWithdrawn: (409, _("这个用工订单已经撤回。"), ""),
    refusals.OrderInUse: (409, _("已为这个订单开了“%(title)s”，不能自行撤回，请打电话找窗口。"), ""),
    refusals.OrderClosed: (409, _("这个用工订单已经了结。"), ""),
    refusals.HeadsMissing: (422, _("订了%(heads)s人，只录用了%(hired)s人。请写明还差的人怎么办、为什么了结。"), "note"),
    refusals.MoreThanOrdered: (422, _("%(no)s号订单在这里最多%(heads)s个名额。"), ""),
    refusals.PoolTooLarge: (422, _("各订单的名额加起来%(wanted)s个，全班只有%(seats)s个。"), ""),
    refusals.SeatsGiven: (422, _("%(no)s号订单已经有%(people)s人占了名额，不能再少。"), ""),
    refusals.CourseKnown: (409, _("已经有“%(name)s”这门课程，课时或条件不同，请换个名称。"), "name"),
    refusals.SchoolKnown: (409, _("已经登记过“%(name)s”。"), "name"),
    refusals.ClassCalledOff: (409, _("这个班已经停办，不能再改。"), ""),
    refusals.TooManySeats: (422, _("这门课一班最多%(cap)s人。"), "seats"),
    refusals.ClassNotReady: (409, _("还没有排课次，不能开放报名。"), ""),
    refusals.SessionOverlaps: (409, _("与第%(number)s次课时间重叠，请换个时间。"), "day"),
    refusals.TeacherTaken: (409, _("%(name)s%(day)s %(hours)s要上“%(what)s”的课，请换个时间或换人。"), "teacher"),
    refusals.RoomTaken: (409, _("“%(name)s”%(day)s %(hours)s有“%(what)s”的课，请换个时间或教室。"), "room"),
    refusals.TraineeElsewhere: (
        409,
        _("%(name)s已报了“%(what)s”，%(day)s %(hours)s两个班都有课。要换班请先取消那个报名，或打电话问窗口。"),
        "id_number",
    ),
    refusals.IdNumberElsewhere: (
        409,
        _("这个身份证号已报了另一个班，%(day)s %(hours)s两个班都有课。要换班请打电话或到窗口办理。"),
        "id_number",
    ),
    refusals.ClassNotOpen: (409, _("这个班现在不能报名：还没开放、已停办或报名已截止。"), ""),
    refusals.NotAnIdNumber: (422, _("身份证号不对：共18位，最后一位可能是X，请对照证件再输一遍。"), "id_number"),
    refusals.TooYoung: (422, _("这门课要年满%(least)s周岁，按身份证号开班时是%(age)s周岁。"), "id_number"),
    refusals.TooOld: (422, _("这门课限%(most)s周岁以下，按身份证号开班时是%(age)s周岁。"), "id_number"),
    refusals.EducationTooLow: (422, _("这门课要求%(least)s及以上学历。不清楚可以打电话问窗口。"), "education"),
    refusals.CommitmentMissing: (422, _("请勾选承诺后再提交。"), "commitment"),
    refusals.ConsentMissing: (422, _("替别人报名，请勾选“已征得本人同意”。"), "consent"),
    refusals.AlreadyEnrolled: (
        409,
        _("这个身份证号已经报过这个班，姓名或手机号与上次不同。请打电话或到窗口核对。"),
        "id_number",
    ),
    refusals.AlreadyReserved: (
        409,
        _("这个姓名和手机号已经预约过了，报名号已再发到手机上，也可以用报名号和手机后四位查。"),
        "",
    ),
    refusals.AlreadySignedUp: (
        409,
        _("这个人已经报过这个班了，报名号已再发到手机上，也可以用报名号和手机后四位查。"),
        "",
    ),
    refusals.NameMissing: (422, _("请填姓名。"), "name"),
    refusals.AlreadyCancelled: (409, _("之前已经取消过了。"), ""),
    refusals.NoSuchBooking: (404, _("报名号和手机尾号对不上，请再核对；也可以打电话或到窗口查。"), "code"),
    refusals.CodeMistyped: (422, _("号码输错了：共9位数字，请对着票再输一遍。"), "code"),
    refusals.TicketRevoked: (410, _("这张码已经作废，请用新的码。"), ""),
    refusals.ScanDiffers: (409, _("这条扫码记录与已有的不一致，没有采用。"), ""),
    refusals.NothingToPlan: (422, _("%(first)s到%(last)s没有可以排的集日，请换一段日子。"), "first"),
    refusals.PlanBroken: (409, _("这一版有%(number)s处冲突。要照办请写明原因，或先改好。"), "reason"),
    refusals.PlanOutdated: (409, _("%(day)s已经过去了，不能照这一版办。请改日子再排一版。"), ""),
    refusals.VanKnown: (409, _("已经有一辆车叫“%(name)s”。"), "name"),
    refusals.StaffKnown: (409, _("名单上已经有“%(name)s”，同名的请加一个字区分。"), "name"),
    refusals.NothingToUndo: (404, _("没有可以撤销的扫码记录。"), ""),
}

# What a code or a list of keys among a refusal's facts is called
_SPOKEN = {"missing": "missing", "figures": "figure", "least": "education", "rule": "lint.rule"}


def wording(refusal: refusals.Refusal) -> tuple[int, str, str]:
    """Give status, sentence in the reader's language, and the field it belongs beside."""
    status, words, field = WORDING[type(refusal)]
    facts = {name: _spoken(name, fact) for name, fact in refusal.facts.items()}
    return status, str(words) % facts, field


def _spoken(name: str, fact: Any) -> Any:  # noqa: ANN401  facts are of many kinds
    if name in _SPOKEN and isinstance(fact, str):
        return "、".join(word(key, _SPOKEN[name]) for key in fact.split(","))
    if isinstance(fact, datetime):
        fact = fact.astimezone(HERE)
        return f"{_spoken(name, fact.date())} {fact.hour}:{fact.minute:02d}"
    if isinstance(fact, date):
        return format_date(fact, "M月d日 EEE" if str(get_locale()).startswith("zh") else "EEE d MMM", rebase=False)
    return fact


@contextmanager
def beside(form: Any) -> Iterator[None]:  # noqa: ANN401  any WTForms form
    """Catch a refusal and put its words beside the field it is about; the form is then shown again, as typed."""
    try:
        yield
    except refusals.Refusal as refusal:
        g.status, words, name = wording(refusal)
        g.refused = type(refusal).__name__
        name = refusal.facts.get("field", name)  # a refusal may know better which field it is about
        if name in form._fields:
            form[name].errors = [*form[name].errors, words]
        else:
            form.form_errors.append(words)


def page(template: str, **context: Any) -> tuple[str, int]:  # noqa: ANN401  whatever the template needs
    """Render a page with a form: 200, or the refusal's status, or 422 when what was typed did not pass."""
    form = context.get("form")
    status = g.get("status") or (422 if request.method == "POST" and form is not None and form.errors else 200)
    return render_template(template, **context), status


def install(app: Flask) -> None:
    """Answer refusals and errors in words, as a page or as JSON."""

    @app.errorhandler(refusals.Refusal)
    def refused(refusal: refusals.Refusal) -> Any:  # noqa: ANN401  page or JSON
        status, words, _field = wording(refusal)
        return _answer(status, words, type(refusal).__name__)

    @app.errorhandler(CSRFError)
    def stale(_error: CSRFError) -> Any:  # noqa: ANN401
        return _answer(400, str(_("这一页放得太久了，请返回上一页刷新后再提交，填过的内容还在。")), "stale")

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Any:  # noqa: ANN401
        if error.code is not None and error.code < 400:  # noqa: PLR2004  a redirect is no error
            return error
        return _answer(error.code or 500, str(_HTTP.get(error.code or 500, _HTTP[500])), error.name)

    @app.errorhandler(DataError)
    def beyond_the_column(_error: DataError) -> Any:  # noqa: ANN401
        return _answer(404, str(_HTTP[404]), "beyond the column")

    @app.errorhandler(PoolTimeout)
    @app.errorhandler(OperationalError)
    def database_away(_error: Exception) -> Any:  # noqa: ANN401
        app.logger.error("the database did not answer")
        answer = app.make_response(_answer(503, str(_HTTP[503]), "unavailable"))
        answer.headers["Retry-After"] = "60"
        return answer


_HTTP = {
    400: _("请求不完整，请返回上一页再试一次。"),
    403: _("这里不对您开放。如需办理请先登录对应的账号，或打电话到窗口。"),
    404: _("没有找到这一页。链接可能抄错了，或者内容已经撤下。"),
    405: _("这一步不能这样办，请从页面上的按钮进入。"),
    413: _("提交的内容太大了。"),
    429: _("试的次数太多了，请过一会儿再试。"),
    500: _("系统出了点问题，您填的内容没有丢。请过一会儿再试，或打电话到窗口。"),
    503: _("系统正忙，请一分钟后再试。"),
}


def _answer(status: int, words: str, name: str) -> Any:  # noqa: ANN401  page or JSON
    if request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json":
        return jsonify(error=name, words=words), status
    return render_template([f"errors/{status}.html", "errors/error.html"], code=status, message=words), status
