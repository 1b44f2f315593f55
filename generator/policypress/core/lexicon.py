"""Which words weigh: numbers, duties, exceptions, contacts, places and recipients, in English and Chinese.

One scanner for each language, by alternatives in order of precedence; what none of them takes is a word.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policypress.core import places
from policypress.core.languages import HAN, primary

# The kinds of tokens that have a rule of their own, `text.<kind>`.
WEIGHTY = frozenset({"link", "contact", "number", "place", "exception", "modality", "party"})
_HAN = f"[{HAN}]"

# --- In any language

_LINK = (
    r"https?://[!-~]+|www\.[!-~]+"
    r"|(?<![\w@.-])(?:[A-Za-z0-9-]+\.)+(?:com|cn|net|org|io|eu|gov|edu|info|app|dev|uk|de|fr|jp)(?![A-Za-z0-9])"
)
_CONTACT = (
    r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?<!\d)(?:\+\d{1,3}[\s-]?)?(?:\(?\d{2,4}\)?[\s-]){1,3}\d{3,8}(?!\d)"
    r"|(?<!\d)1[3-9]\d{9}(?!\d)"
)
_DATE = r"(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
_DIGITS = r"\d+(?:[.,:/⁄–-]\d+)*"
_CURRENCY = r"(?:(?:US|HK|NT)?\$|[€£¥₩₹]|(?:USD|EUR|GBP|CNY|RMB|HKD|JPY)\s?)"
_SYMBOL = r"[^\w\s]"

# --- English

_BOUND = (
    r"(?:at\s+(?:least|most)|(?:no|not)\s+(?:more|less|fewer|later|earlier)\s+than|(?:more|less|fewer)\s+than"
    r"|up\s+to|within|after|before|over|under|above|below|(?:minimum|maximum)(?:\s+of)?)"
)
_UNIT = (
    r"(?:%|‰|per\s?cent|percentage\s+points?|(?:calendar|business|working|natural|consecutive)\s+days?"
    r"|seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|times"
    r"|dollars?|euros?|pounds?|yuan|renminbi|RMB|CNY|USD|EUR|GBP|hundred|thousand|million|billion"
    r"|[KMGT]B|km|met(?:er|re)s?|[ap]\.?m\.?(?!\w))(?!\w)"
)
_COUNT = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|twice|thrice)"
)
_NUMBER_EN = (
    rf"{_DATE}|(?i:(?:\b{_BOUND}\s+)?{_CURRENCY}?{_DIGITS}(?:st|nd|rd|th)?(?:[\s-]*{_UNIT})*"
    rf"|\b(?:{_BOUND}\s+)?(?:{_COUNT}(?:[\s-]+(?:and\s+)?(?:{_COUNT}|one)\b)*(?:[\s-]+{_UNIT})*"
    rf"|one[\s-]+{_UNIT})\b)"
    r"|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b"
    r"|\bMay(?=\s+\d)|(?<=\d\s)May\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
_EXCEPTION_EN = (
    r"(?i:\b(?:except(?:ing|ed|ions?)?|unless|exclud(?:e|es|ed|ing)|exclusions?|save\s+(?:for|as)|other\s+than"
    r"|notwithstanding|provided\s+that|(?:apart|aside)\s+from)\b)"
)
_MODALITY_EN = (
    r"(?i:\b(?:may|might|must|shall|should|will|would|can|could|ought|cannot|not|no|never|none|nor|neither"
    r"|nothing|nobody|without|only|entitled|obliged|obligated|required|prohibited|forbidden|permitted|allowed"
    r"|\w+n['’]t|\w+['’]ll)\b)"
)
_PARTY_EN = (
    r"(?i:\b(?:third[\s-]+part(?:y|ies)|affiliates?|subsidiar(?:y|ies)|(?:parent\s+)?compan(?:y|ies)|partners?"
    r"|(?:service\s+)?providers?|vendors?|suppliers?|advertisers?|authorit(?:y|ies)|governments?|courts?|police"
    r"|regulators?|(?:sub-?)?processors?|(?:sub-?)?contractors?|agents?|agenc(?:y|ies)|banks?|recipients?"
    r"|processors?|auditors?|lawyers?|insurers?|carriers?|operators?)\b)"
    r"|\b(?:Inc|Ltd|LLC|Corp|Corporation|GmbH|PLC|Limited)\b"
)
_ADDRESS_EN = r"\b(?:Road|Street|Avenue|Boulevard|Lane|Floor|Building|Tower|Suite|District|P\.?O\.?\s+Box)\b"
_WORD_EN = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"

# --- Chinese

_HAN_DIGITS = "[零〇一二三四五六七八九十百千万亿两半]+"
_DAYS = "个?(?:工作日|自然日|交易日|日历日|小时|星期|季度|月)|日|天|周岁|周|岁|年|分钟|秒钟?"
_MONEY = "[十百千万亿]*(?:美元|欧元|英镑|港元|港币|日元|元|人民币)"
_PARTS = "个|名|人|条|款|项|章|节|次|倍|折|成"
_SPAN = "(?:以上|以下|以内|之内|之后|之前|届满|内|后|前|起)?"
_BOUND_HAN = (
    "(?:至少|至多|最多|最少|最长|最短|[不未](?:少于|超过|低于|高于|早于|晚于|迟于|满)|多于|少于|超过|满|约)"
)
_NUMBER_HAN = (
    rf"{_DATE}|{_BOUND_HAN}?\s*{_CURRENCY}?{_DIGITS}\s*(?:%|‰|[十百千万亿]+)?\s*(?:(?:{_MONEY}|{_DAYS}|{_PARTS}"
    rf"|[KMGT]B|号|时|分|点)\s*)*{_SPAN}"
    rf"|{_BOUND_HAN}?(?:[百千万]分之|{_HAN_DIGITS}分之){_HAN_DIGITS}(?:点{_HAN_DIGITS})?"
    rf"|第{_HAN_DIGITS}(?:[条款项章节届期次]|{_DAYS})"
    rf"|{_BOUND_HAN}?(?!一(?:{_PARTS})){_HAN_DIGITS}(?:(?:{_MONEY}|{_DAYS}|{_PARTS}))+{_SPAN}"
    r"|(?:星期|周)[一二三四五六日天](?!性)"
)
_ADDRESS_HAN = rf"{_HAN}{{2,4}}(?:大道|路|街|巷|弄)(?=\d+\s*(?:号|弄))|\d+\s*(?:号楼|号|弄|栋|单元|层|室)"
# Words in which such a character means nothing of the kind.
_PLAIN_HAN = (
    "不同(?!意)|不仅|不论|不管|不断|不过|不时|不久|不妨|不可抗力|不动产|无论|无线|未来|未成年|非常|是否|能否"
    "|许可|认可|可靠|可见|可行|可视|可信|可读|可穿戴|可疑|可用性|可持续|可识别|可追溯"
    "|功能|性能|智能|职能|技能|能力|能源|节能|能量"
    "|会员|会议|会话|会计|社会|协会|委员会|董事会|理事会|股东会|机会|工会|大会|学会"
    "|应用|相应|响应|对应|供应|适应|反应|应急|应对|应答|回应|效应|应付|应收"
    "|须知|需求|将来|即将|只读|删除|消除|解除|免除|排除|清除|移除|去除|废除|撤除|拆除|扣除|根除"
)
_EXCEPTION_HAN = "除非|除外|例外|除|否则|另有(?:规定|约定|说明)|但书|排除在外"
_MODALITY_HAN = (
    "可以|可能|应当|应该|必须|务必|不得|不会|不能|不可|未经|未曾|尚未|无需|无须|不必|无权|无法|没有|有权|有义务"
    "|严禁|禁止|允许|准许|能够|需要|得以|只能|只有|仅限|可|能|会|应|须|需|将|不|未|无|没|非|否|勿|仅|只"
)
_PARTY_HAN = (
    "第三方|第三人|关联方|关联公司|关联企业|合作伙伴|合作方|服务提供[商者]|服务商|供应商|广告主|广告商|政府|法院"
    "|检察院|公安|监管(?:机构|部门)|主管部门|有关部门|行政机关|司法机关|执法机关|受托[方人]|委托[方人]|代理商|接收方"
    "|受让方|承包商|运营商|律师|审计机构|子公司|母公司|有限责任公司|股份有限公司|有限公司|事务所|公司|集团|银行"
    "|微信|支付宝|腾讯|阿里巴巴|阿里云|百度|华为|小米|字节跳动|抖音|新浪|微博|京东|美团|友盟|极光|个推|高德|网易"
    "|淘宝|天猫|银联|谷歌|微软|亚马逊|脸书|滴滴|快手|拼多多|三星|联想"
)
# A firm's full name stands before these.
FIRMS = frozenset({"有限责任公司", "股份有限公司", "有限公司", "事务所"})

# Words written with a capital that name nobody.
_NO_NAMES = frozenset(
    """
    i app apps cookie cookies sdk ip gps wifi wi-fi id ids imei mac url http https api ios android sim web pdf
    sms vip ai it pc os html css faq service services policy privacy terms agreement article section clause
    user users you we our us your personal information data account party parties website site
    product products
    """.split()  # noqa: SIM905 - as a list it would be forty lines
)

# Each character as Hong Kong and Taiwan write it, with the one that these lists have.
_PAIRS = (
    "應应當当須须無无個个萬万億亿兩两將将會会錢钱務务該该經经嚴严準准許许權权義义僅仅關关聯联夥伙廣广"
    "檢检機机構构門门執执託托審审計计團团銀银區区灣湾時时項项節节內内後后議议員员話话協协學学適适響响"
    "對对現现規规約约說说認认見见視视讀读續续識识別别線线論论過过動动產产來来餘余歲岁週周鐘钟點点號号"
    "樓楼層层條条"
)
_TRADITIONAL = str.maketrans(_PAIRS[::2], _PAIRS[1::2])


def _english(language: str) -> bool:
    return language == "en"


def _chinese(language: str) -> bool:
    return language in {"zh", "yue"}


def is_known(tag: str) -> bool:
    """Whether the words of a language can be weighed here."""
    return _english(primary(tag)) or _chinese(primary(tag))


@lru_cache(maxsize=2)
def _scanner(*, chinese: bool) -> re.Pattern[str]:
    names = places.CHINESE if chinese else places.ENGLISH
    place = "|".join(re.escape(name) for name in names)
    groups = (
        [
            ("link", _LINK),
            ("contact", f"{_CONTACT}|{_ADDRESS_HAN}"),
            ("number", _NUMBER_HAN),
            ("place", place),
            ("plain", _PLAIN_HAN),
            ("exception", _EXCEPTION_HAN),
            ("modality", _MODALITY_HAN),
            ("party", _PARTY_HAN),
            ("word", rf"[^\W\d_{HAN}]+(?:['’-][^\W\d_{HAN}]+)*|{_HAN}"),
        ]
        if chinese
        else [
            ("link", _LINK),
            ("contact", f"{_CONTACT}|{_ADDRESS_EN}"),
            ("number", _NUMBER_EN),
            ("place", rf"\b(?:{place})\b"),
            ("exception", _EXCEPTION_EN),
            ("modality", _MODALITY_EN),
            ("party", _PARTY_EN),
            ("word", _WORD_EN),
        ]
    )
    alternatives = "|".join(f"(?P<{name}>{pattern})" for name, pattern in groups)
    return re.compile(f"{alternatives}|(?P<symbol>{_SYMBOL})|(?P<other>\\w)")


def scanner(tag: str) -> re.Pattern[str]:
    """What cuts a text of this language: the name of the group is the kind of the token."""
    return _scanner(chinese=_chinese(primary(tag)))


def simplified(text: str, tag: str) -> str:
    """A Chinese text with the characters that these lists know, whichever way it is written."""
    return text.translate(_TRADITIONAL) if _chinese(primary(tag)) else text


def is_name(word: str, before: str, tag: str) -> bool:
    """Whether a word is written as a name: with a capital, and not because a sentence begins."""
    if not word[0].isupper() or word.casefold() in _NO_NAMES:
        return False
    return _chinese(primary(tag)) or bool(_MID_SENTENCE.search(before))


def is_title(text: str) -> bool:
    """Whether a text is no sentence, and all its longer words have capitals: then they tell of no names."""
    words = _LONG_WORD.findall(text)
    return not text.rstrip().endswith(_STOPS) and all(word[0].isupper() for word in words)


_MID_SENTENCE = re.compile(r"[^\s.!?:;([\"'“”‘’•—-][\s(\[\"'“‘]*\Z")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_STOPS = (".", "!", "?", ";", ":", ",", "。", "！", "？", "；", "：", "，")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")


def key(kind: str, text: str) -> str:
    """A token as it is compared: case, spaces in an amount and commas between thousands aside."""
    text = text.casefold()
    if kind == "number":
        text = _GROUPED.sub(lambda match: match[0].replace(",", ""), text)
    return "".join(text.split()) if kind in {"number", "contact"} else " ".join(text.split())
