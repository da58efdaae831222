"""What rules of enrolment, offers and lists of people are called, and what is said to whom they refuse."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from scheduling import refusals

ENROLLING: dict[str, dict[str, LazyString]] = {
    "rule": {
        "too_young": _("年龄不够"),
        "too_old": _("超过年龄"),
        "education": _("学历不够"),
        "elsewhere": _("与别的班撞课"),
        "same_level": _("同工种同等级学过"),
        "once_a_year": _("一年内报班次数"),
    },
    "cancelled_why": {
        "": _("已取消"),
        "withdrew": _("本人取消"),
        "declined": _("不要名额"),
        "lapsed": _("没按时回复"),
        "transferred": _("转到别的班"),
        "dropped_out": _("开班后退学"),
    },
    "offer.answer": {"accepted": _("要来"), "declined": _("不来"), "lapsed": _("没按时回复")},
    "list.column": {
        "name": _("姓名"),
        "phone": _("手机号"),
        "id_number": _("身份证号"),
        "education": _("学历"),
        "category": _("人员类别"),
        "household": _("户籍乡镇"),
        "order": _("订单号"),
        "row": _("整行"),
    },
}

# Refusal → (status, words, the form field it belongs beside)
REFUSED: dict[type[refusals.Refusal], tuple[int, LazyString, str]] = {
    refusals.SameLevelBefore: (
        409,
        _("这个身份证号已经学过、或正报着“%(trade)s”同工种同等级的班，不能再报一次。可以看看别的工种。"),
        "id_number",
    ),
    refusals.OnceAYear: (
        409,
        _("这门课一个人一年最多报%(most)s个班，这个身份证号%(year)s年已经报了%(taken)s个。明年可以再报。"),
        "id_number",
    ),
    refusals.NumberInHousehold: (
        422,
        _("户籍只写到乡镇，例如“柳河镇”，不要写门牌号、电话和证件号。"),
        "household",
    ),
    refusals.WaitsAlready: (
        409,
        _("这个身份证号正在别的班候补，候补也算报了班。要报这个班，请先取消那个候补，或打电话问窗口。"),
        "id_number",
    ),
    refusals.NoSeatThere: (409, _("“%(title)s”没有空位，转过去就没座位了，所以没有转。等有空位再办。"), "slug"),
    refusals.ListTooLarge: (413, _("文件超过%(most)sMB，没有打开。名单里只留文字，去掉图片，再交一次。"), "file"),
    refusals.ListInflates: (422, _("这个文件解开以后大得不正常，没有读。请新建一个表，只粘贴名单的文字。"), "file"),
    refusals.ListTooLong: (422, _("一次最多交%(most)s行，没有读。请分成几个文件再交。"), "file"),
    refusals.ListTooWide: (422, _("表太宽了，最多%(most)s列。请删掉右边不用的列再交。"), "file"),
    refusals.ListHasFormulas: (
        422,
        _("%(cell)s格里是公式，没有读。请全选复制，再“选择性粘贴—数值”，然后重新交。"),
        "file",
    ),
    refusals.ListProtected: (422, _("文件设了密码，打不开。请去掉密码再交。"), "file"),
    refusals.ListOldExcel: (
        422,
        _("这是旧版Excel文件（.xls），改扩展名没有用。请在Excel里另存为“.xlsx”再交。"),
        "file",
    ),
    refusals.ListNotRead: (422, _("读不出这个文件。请用我们的模板，存成.xlsx或.csv再交。"), "file"),
    refusals.ListEmpty: (422, _("表里没有人。请从表头下面一行开始填。"), "file"),
    refusals.ListHeaderMissing: (
        422,
        _("没有找到这几列的表头：%(columns)s。请对照模板把表头写上。"),
        "file",
    ),
    refusals.ListHeaderTwice: (422, _("表头“%(columns)s”出现了两次，不知道用哪一列。请删掉一列。"), "file"),
    refusals.ListGone: (409, _("这份名单已经过了一天，或者已经办过了。请重新交一次。"), "file"),
    refusals.ListNotRight: (409, _("有%(wrong)s行不对，这次一个人也没有报上。请改好再交，或只报对的。"), ""),
    refusals.IdNumberMissing: (422, _("请填身份证号。"), "id_number"),
    refusals.IdAsNumber: (
        422,
        _("Excel把这个身份证号存成了数字，后几位已经丢了。请把这一列设成“文本”，再照证件重新输入。"),
        "id_number",
    ),
    refusals.IdOfFifteen: (422, _("这是15位的老号码，请填现在的18位身份证号。"), "id_number"),
    refusals.DateInCell: (422, _("这一格是日期，应该填的不是日期。请照表头重新填。"), ""),
    refusals.EducationUnknown: (
        422,
        _("看不懂这个学历。请填：小学、初中、高中、中专、技工学校、大学专科、大学本科，或不清楚。"),
        "education",
    ),
    refusals.CategoryUnknown: (422, _("看不懂这个人员类别。请照模板里的几类填，拿不准就空着。"), "category"),
    refusals.OrderUnknown: (422, _("这个班没有这个订单号。请核对，或空着。"), "order"),
    refusals.TooLongForCell: (422, _("最多%(most)s个字，请写短一些。"), ""),
    refusals.RowHidden: (422, _("这一行在表里是隐藏的，不知道要不要。请取消隐藏，或删掉这一行。"), "row"),
    refusals.TwiceInList: (422, _("和第%(row)s行是同一个身份证号，一个人只写一行。"), "id_number"),
}
