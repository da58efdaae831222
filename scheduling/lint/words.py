"""The words a job advert may not hold, must justify, or could say better: data, with the rule behind each.

A pattern is a regular expression over text as `lint.plain` leaves it: simplified characters, half-width, without
spaces and punctuation; a dash stands only in a range of figures. `unless_before` and `unless_after` name what makes
the same characters harmless: 不限男女, 有限, 投标保证金.

Sources (domain.md §5): 《关于进一步规范招聘行为促进妇女就业的通知》 (nine departments, 2019) for `sex`, `marriage`;
《就业促进法》 for `health`, `ethnicity`, `faith`; 《人力资源市场暂行条例》 and 《网络招聘服务管理规定》 for `fee` and
`deposit`. What is `ask` or `hint` is the bureau's own practice and may be changed here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One rule's patterns. `across`: also when a comma or full stop stands in between, as natural text may have it."""

    level: str  # block, ask, hint
    rule: str  # a key of wording.WORDS["lint.rule"]
    pattern: re.Pattern[str]
    unless_before: re.Pattern[str] | None
    unless_after: re.Pattern[str] | None
    across: bool


def _words(level: str, rule: str, *patterns: str, before: str = "", after: str = "", across: bool = True) -> Words:
    return Words(
        level,
        rule,
        re.compile("|".join(patterns)),
        re.compile(f"(?:{before})$") if before else None,
        re.compile(after) if after else None,
        across,
    )


_SEX = r"(?:男|女)(?:性|士|生|工|的|孩|青年|员工)?"
_NO = r"不限|不分|不论|无论|不管|不问|不看|不要求|不查|不检查|不检测|不得|尊重"
_FREE = (  # 不收取任何押金, 免押金, 报名费、押金一律不收
    r"(?:不收|不交|不缴|不付|不需要?|不用|不必|不扣|不会|不得|不以|无须|无需|无|免|没有|零|0|严禁|禁止|绝不|拒绝|谨防)"
    r"(?:收取?|缴?纳|交|付|扣|取|任何|其他|其它|各种|各类|一切|费用|名义|形式|的|或者?|和|及|与"
    r"|报名费|登记费|资料费|培训费|服装费|体检费|中介费|介绍费|押金|保证金)*"
)
_STILL = r"(?:.{0,2}一律|均|都|全)?(?:不收|免|全免|不用交|无需)|由?(?:公司|单位|本厂|企业)(?:承担|出|负担|报销)"

WORDS: tuple[Words, ...] = (
    # block: the law forbids it
    _words(
        "block",
        "sex",
        rf"(?:仅|只|限|性别)*限(?:招|定|于|制)?{_SEX}",
        before="[不有无期权上下极年局]|(?:不|无)(?:仅|只|性别)",
        after="男|女|不限|均可|都可|皆可|各",
    ),
    _words(
        "block",
        "sex",
        rf"(?:只|仅|单|专)(?:招|收|要|聘|用|录)(?:收|聘|用|录)?{_SEX}",
        rf"(?:不招|不要|不收|谢绝|拒绝)(?:收|聘)?{_SEX}",
        rf"(?:性别|要求)(?:要求|为|是|限制)*{_SEX}",
        r"招(?:收|聘|用)?(?:男性|女性|男士|女士|男生|女生|男的|女的|(?:男|女)(?:普|杂)?工)",
        rf"{_SEX}(?:勿扰|免谈|除外|\d{{1,3}}(?:名|人))",
        before="[子妇儿男]",
        after="男|女|不限|均可|都可|皆可|各|式|装|鞋|包|款|方|童",
    ),
    _words("block", "sex", rf"{_SEX}优先", before="[子妇儿男]", across=False),
    _words("block", "sex", r"形象(?:好|佳|端正)?气质(?:好|佳|优)?的?(?:女|男)", before=_NO, after="男|女|不限"),
    _words(
        "block",
        "marriage",
        r"已婚已育|未婚未育",
        r"(?:已婚|未婚|已育|未育|单身)(?:者|女性?|男性?|人员|人士)?(?:优先|勿扰|不要|不招)",
        r"(?:限|仅|只要|只招|必须|须|要求)(?:已婚|未婚|已育|未育|单身)",
        r"(?:[一二两三四五几\d]|半)年内?不(?:得|能|许|准|可|打算|考虑|计划)?(?:怀孕|生育|结婚|生孩|要孩|备孕)",
        r"孕妇(?:勿扰|除外|不招|不要)|(?:无|没有)(?:近期)?(?:生育|怀孕|备孕|二胎|二孩|三孩)(?:计划|打算)",
        r"孕检|妊娠(?:检查|测试|检测)|(?:不得|不许|不准|禁止|承诺不)(?:怀孕|生育|备孕)",
        before=_NO,
        after="优先录用或|均可|不限|都可",
    ),
    _words(
        "block",
        "health",
        r"(?:无|非|没有)乙型?肝炎?",
        r"乙型?肝炎?(?:阴性|五项|两对半|勿扰|除外|免谈|不要|不招|(?:病毒)?(?:患者|携带者)(?:勿|不|除外|免))",
        r"(?:查|检测|检查|筛查)乙型?肝炎?|乙型?肝炎?(?:检查|检测|筛查|体检)",
        r"残疾人?(?:勿扰|免谈|除外|不要|不招)",
        r"大小三阳|(?:无|非)?[大小]三阳",
        r"(?:不招|不要|谢绝|拒绝|不收)(?:残疾|艾滋|传染病|病原携带)",
        before=_NO + r"|[有不]|不做|无需|不用",
    ),
    _words("block", "rural", r"(?:不招|不要|不收|谢绝|拒绝)(?:收|聘)?(?:农村|农业|农民)(?:户口|户籍|工|人)?"),
    _words(
        "block",
        "ethnicity",
        r"(?:限|只招|只要|仅招|仅)汉族",
        r"汉族(?:优先|人?即可)",
        r"(?:不招|不要|谢绝|拒绝|不收)(?:少数民族|[回藏维苗彝壮]族|维吾尔|新疆|西藏)",
        r"(?:少数民族|[回藏维苗彝壮]族|维吾尔族?)(?:勿扰|除外|免谈|不要|不招)",
        before="[不]|不仅",
    ),
    _words(
        "block",
        "faith",
        r"(?:无|有|限|要求)?(?:宗教)?信仰",
        before=_NO + r"|(?:不限|不分|不论|尊重)(?:性别|民族|种族|地域|宗教|和|与|及|或)+|(?:企业|公司|团队)的?|共同",
        after="不限|自由|坚定|有担当",
    ),
    _words(
        "block",
        "deposit",
        r"押金",
        r"风险(?:抵押)?金|抵押金",
        before=_FREE + r"|客人|客户|顾客|住客|租客|房费|房租|租车|租房|租赁|车辆|包装物|收退"
        r"|(?:负责|办理)(?:收取|收退|核对|登记|管理|的|、)*",
        after=_STILL + "|收退|管理|核算",
    ),
    _words(
        "block",
        "deposit",
        r"保证金",
        before=_FREE + r"|投标|履约|质量|工程|客户|供应商|商户|农民工工资|工资支付|期货|银行|贷款"
        r"|(?:熟悉|负责|办理)(?:金融|收取|收退|核对|登记|管理|的|、)*",
        after=_STILL + "|融|额|属|牌|管理|核算|台账|业务|结算",
        across=False,
    ),
    _words(
        "block",
        "papers",
        r"(?:扣押?|押|收走|收缴|上交|代管|保管)(?:本人|个人|你的|您的|员工)?(?:的)?(?:身份证|毕业证|学历证|证件原件|银行卡)",
        r"(?:交|收|留)(?:本人)?(?:的)?(?:身份证|毕业证)原件|身份证(?:原件)?(?:抵押|扣押|由?(?:公司|单位)(?:保管|留存))",
        before=r"不|不得|严禁|禁止|绝不|不会",
    ),
    _words(
        "block",
        "fee",
        r"(?:收取?|交纳?|缴纳?|扣|付|自付)(?:取|纳)?(?:人民币)?(?:\d+元?)?的?(?:服装|工装|工服|报名|登记|资料|建档|培训|体检|中介|介绍|管理)费",
        r"(?:服装|工装|工服|报名|登记|资料|培训|体检)费(?:用)?(?:\d+元?)?(?:自理|自付|自费|自己出|个人承担)",
        r"(?:服装|工装|工服|报名|登记|资料|培训|体检|中介|介绍)费\d+元?",
        before=_FREE + r"|不|(?:公司|单位|企业|本厂|厂里)(?:统一|全额|代)?|补贴|补助|报销|发放",
        after=_STILL + "|用?发票",
    ),
    _words("block", "fee", r"培训费.{0,8}?(?:返还|退还|返回|退回)", before=_FREE + "|不收"),
    # ask: needs a reason, or other words
    _words(
        "ask",
        "household",
        r"(?:限|仅限|只招|只要|仅招|须|需|必须|要求)?(?:本地|本县|本市|本省|本镇|当地|城镇|非农)(?:户口|户籍)",
        r"(?:限|只招|只要|仅招)(?:本地|本县|本市|当地)(?:人|居民|村民)?",
        r"外地(?:人|户口|户籍)?(?:勿扰|免谈|不要|不招|除外)",
        before=_NO + r"|不",
        after="外地|和外地|不限|均可|都可",
    ),
    _words(
        "ask",
        "age",
        r"(?:(?<!\d)(?:19|[2-6]\d)|(?<!十)[二三四五六]十[一二三四五六七八九]?)(?:周岁|岁)(?:及|含)?(?:以下|以内|之内|封顶|之前|内)",
        r"年龄(?:要求|限|在|为)*(?:19|[2-6]\d)(?:及)?(?:以下|以内|之内)",
        r"(?:年龄|周岁)?(?:不超过|不高于|小于|低于|不大于)(?:19|[2-6]\d)(?:周岁|岁)",
        before="接受|可收|放宽至|放宽到|放宽|延至|延长至|可到",
        after="(?:人员)?(?:均可|都可|也可|也行|都行)|可接受",
    ),
    _words(
        "ask",
        "height",
        r"身高",
        before=_NO + "|[自健本出终]",
        after="不限|不作要求|无要求|标准|级|端|效|度|体重秤|体重计",
        across=False,
    ),
    _words(
        "ask",
        "zodiac",
        r"属相|生肖|属[鼠牛虎兔龙蛇马羊猴鸡狗猪](?:的|者)?(?:优先|勿扰|免谈|除外|不要)",
        before=_NO + "|[金家下所直归]",
        after="不限|关",
        across=False,
    ),
    _words(
        "ask",
        "zodiac",
        r"星座|(?:白羊|金牛|双子|巨蟹|狮子|处女|天秤|天蝎|射手|摩羯|水瓶|双鱼)座",
        before=_NO,
        after="不限|酒店|大厦|广场|小区|路",
    ),
    _words(
        "ask",
        "school",
        r"(?<!\d)(?:985(?:和|或|与|及)?211|211(?:和|或|与|及)?985)(?!\d)",
        r"(?<!\d)(?:985|211)(?:工程)?(?:院校|高校|大学|毕业|优先|学历|本科)",
        r"双一流|第一学历|全日制(?:本科|统招)优先|名校(?:优先|毕业)",
        before=_NO + r"|不限|非",
        after="不限",
    ),
    _words("ask", "wage", r"(?:工资|薪资|薪酬|待遇|薪水|月薪|价格)?面议", across=False),
    _words(
        "ask",
        "exaggeration",
        r"[日月周年](?:入|赚|收入)(?:轻松)?(?:过|破|超)(?:千|万|百万|\d{3,})",
        r"日(?:入|赚)\d{3,}|躺(?:赚|着赚)|高薪轻松|轻松高薪|轻松(?:赚|挣)大?钱|轻松(?:月|日)入|钱多事少|无需干活",
        before="[节假]",
    ),
    # hint: could be said better
    _words(
        "hint",
        "age_range",
        r"(?<!\d)[1-6]\d(?:周岁|岁)?(?:-|至|到)[2-6]\d(?:周岁|岁)",
        r"年龄(?:要求|限|在|为)*[1-6]\d(?:-|至|到)[2-6]\d(?!\d)",
    ),
)

WAGE_RANGE = re.compile(r"(?<!\d)\d{2,6}(?:元|块)?(?:-|至|到)\d{2,6}(?!\d)(?!周?岁)")

# Traditional and variant characters that occur in the patterns above, and their simplified form.
_TRADITIONAL = (
    "優證無陽漢僅質氣壓費訓還裝戶歲屬輕鬆過議賺檢測攜帶陰結繳納資報記齡滿週紹險風雙員個兩內數單謝絕親懷產貼給錢許"
    "準專錄條體維爾壯彜別銀級業畢學歷會開約車輛顧館門廠務負擔須從與於號當鎮國環節賃簽養種競龍馬豬雞歡經書園區類聯"
    "絡貴兒媽隻祇衹囗沒團隊價達輸較視農長幾傳點籤離職補貸歸"
)
_SIMPLIFIED = (
    "优证无阳汉仅质气压费训还装户岁属轻松过议赚检测携带阴结缴纳资报记龄满周绍险风双员个两内数单谢绝亲怀产贴给钱许"
    "准专录条体维尔壮彝别银级业毕学历会开约车辆顾馆门厂务负担须从与于号当镇国环节赁签养种竞龙马猪鸡欢经书园区类联"
    "络贵儿妈只只只口没团队价达输较视农长几传点签离职补贷归"
)
SIMPLER = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
