"""Countries, regions and larger cities by name: what a text that moves data from one to another changes."""

from __future__ import annotations

_ENGLISH = """
Afghanistan|Africa|Albania|Algeria|American Samoa|Amsterdam|Andorra|Angola|Anguilla|Anhui|Antarctica
Antigua & Barbuda|Argentina|Armenia|Aruba|Ascension Island|Asia|Asia-Pacific|Australia|Austria
Azerbaijan|Bahamas|Bahrain|Bangalore|Bangladesh|Barbados|Beijing|Belarus|Belgium|Belize|Benin|Berlin
Bermuda|Bhutan|Bolivia|Bosnia & Herzegovina|Boston|Botswana|Bouvet Island|Brazil
British Indian Ocean Territory|British Virgin Islands|Brunei|Brussels|Bulgaria|Burkina Faso|Burundi
California|Cambodia|Cameroon|Canada|Canary Islands|Cape Verde|Caribbean Netherlands|Cayman Islands
Central African Republic|Ceuta & Melilla|Chad|Changsha|Chengdu|Chicago|Chile|China|Chongqing
Christmas Island|Clipperton Island|Cocos|Colombia|Comoros|Congo - Brazzaville|Congo - Kinshasa
Cook Islands|Costa Rica|Croatia|Cuba|Curaçao|Cyprus|Czech Republic|Czechia|Côte d'Ivoire|Dalian
Delaware|Denmark|Diego Garcia|Djibouti|Dominica|Dominican Republic|Dubai|Dublin|EEA|EU|Ecuador|Egypt
El Salvador|England|Equatorial Guinea|Eritrea|Estonia|Eswatini|Ethiopia|Europe
European Economic Area|European Union|Falkland Islands|Faroe Islands|Fiji|Finland|France|Frankfurt
French Guiana|French Polynesia|French Southern Territories|Fujian|Fuzhou|Gabon|Gambia|Gansu|Geneva
Georgia|Germany|Ghana|Gibraltar|Great Britain|Greece|Greenland|Grenada|Guadeloupe|Guam|Guangdong
Guangxi|Guangzhou|Guatemala|Guernsey|Guinea|Guinea-Bissau|Guizhou|Guyana|Hainan|Haiti|Hangzhou
Harbin|Heard & McDonald Islands|Hebei|Hefei|Heilongjiang|Henan|Honduras|Hong Kong
Hong Kong SAR China|Hubei|Hunan|Hungary|Iceland|India|Indonesia|Inner Mongolia|Iran|Iraq|Ireland
Isle of Man|Israel|Italy|Jamaica|Japan|Jersey|Jiangsu|Jiangxi|Jilin|Jinan|Jordan|Kazakhstan|Kenya
Kiribati|Korea|Kosovo|Kunming|Kuwait|Kyrgyzstan|Laos|Latin America|Latvia|Lebanon|Lesotho|Liaoning
Liberia|Libya|Liechtenstein|Lithuania|London|Los Angeles|Luxembourg|Macao|Macao SAR China|Macau
Madagascar|Mainland China|Malawi|Malaysia|Maldives|Mali|Malta|Marshall Islands|Martinique|Mauritania
Mauritius|Mayotte|Melbourne|Mexico|Micronesia|Middle East|Moldova|Monaco|Mongolia|Montenegro
Montserrat|Morocco|Mozambique|Mumbai|Myanmar|Namibia|Nanjing|Nauru|Nepal|Netherlands|New Caledonia
New Delhi|New York|New Zealand|Nicaragua|Niger|Nigeria|Ningbo|Ningxia|Niue|Norfolk Island
North America|North Korea|North Macedonia|Northern Mariana Islands|Norway|Ohio|Oman|Oregon|Osaka|PRC
Pakistan|Palau|Palestinian Territories|Panama|Papua New Guinea|Paraguay|Paris
People's Republic of China|Peru|Philippines|Pitcairn Islands|Poland|Portugal|Puerto Rico|Qatar
Qingdao|Qinghai|Romania|Russia|Rwanda|Réunion|Samoa|San Francisco|San Marino|Saudi Arabia|Scotland
Seattle|Senegal|Seoul|Serbia|Seychelles|Shaanxi|Shandong|Shanghai|Shanxi|Shenyang|Shenzhen|Sichuan
Sierra Leone|Singapore|Sint Maarten|Slovakia|Slovenia|Solomon Islands|Somalia|South Africa
South America|South Georgia & South Sandwich Islands|South Korea|South Sudan|Spain|Sri Lanka
St. Barthélemy|St. Helena|St. Kitts & Nevis|St. Lucia|St. Martin|St. Pierre & Miquelon
St. Vincent & Grenadines|Sudan|Suriname|Suzhou|Svalbard & Jan Mayen|Sweden|Switzerland|Sydney|Syria
São Tomé & Príncipe|Taiwan|Tajikistan|Tanzania|Texas|Thailand|Tianjin|Tibet|Timor-Leste|Togo|Tokelau
Tokyo|Tonga|Toronto|Trinidad & Tobago|Tristan da Cunha|Tunisia|Turkey|Turkmenistan
Turks & Caicos Islands|Tuvalu|Türkiye|U.S. Outlying Islands|U.S. Virgin Islands|UK|USA|Uganda
Ukraine|United Arab Emirates|United Kingdom|United States|Uruguay|Uzbekistan|Vanuatu|Vatican City
Venezuela|Vietnam|Virginia|Wales|Wallis & Futuna|Washington|Western Sahara|Wuhan|Wuxi|Xi'an|Xiamen
Xinjiang|Yemen|Yunnan|Zambia|Zhejiang|Zhengzhou|Zimbabwe|Zurich|Åland Islands
"""
_CHINESE = """
上海|不丹|东京|东帝汶|东莞|中东|中华人民共和国|中国|中国内地|中国大陆|中国澳门特别行政区
中国香港特别行政区|中非共和国|丹麦|乌克兰|乌兹别克斯坦|乌干达|乌拉圭|乌鲁木齐|乍得|也门|云南|亚太
亚洲|亚美尼亚|以色列|伊拉克|伊朗|休达及梅利利亚|伦敦|伯利兹|佛山|佛得角|俄罗斯|保加利亚|克利珀顿岛
克罗地亚|兰州|关岛|内地|内蒙古|冈比亚|冰岛|几内亚|几内亚比绍|列支敦士登|刚果|利比亚|利比里亚
加利福尼亚|加州|加拿大|加纳|加纳利群岛|加蓬|匈牙利|北京|北美|北马其顿|北马里亚纳群岛
南乔治亚和南桑威奇群岛|南京|南宁|南昌|南极洲|南美|南苏丹|南通|南非|博茨瓦纳|卡塔尔|卢旺达|卢森堡
印度|印度尼西亚|危地马拉|厄瓜多尔|厄立特里亚|厦门|叙利亚|古巴|台湾|合肥|吉尔吉斯斯坦|吉布提|吉林
哈尔滨|哈萨克斯坦|哥伦比亚|哥斯达黎加|喀麦隆|嘉兴|四川|国内|国外|图瓦卢|土库曼斯坦|土耳其|圣卢西亚
圣基茨和尼维斯|圣多美和普林西比|圣巴泰勒米|圣文森特和格林纳丁斯|圣皮埃尔和密克隆群岛|圣诞岛|圣赫勒拿
圣马力诺|圭亚那|坦桑尼亚|埃及|埃塞俄比亚|基里巴斯|塔吉克斯坦|塞内加尔|塞尔维亚|塞拉利昂|塞浦路斯
塞舌尔|境内|境外|墨尔本|墨西哥|多哥|多米尼克|多米尼加共和国|大连|大阪|大陆|天津|太原|奥兰群岛|奥地利
委内瑞拉|孟买|孟加拉国|宁夏|宁波|安哥拉|安圭拉|安徽|安提瓜和巴布达|安道尔|密克罗尼西亚|尼加拉瓜
尼日利亚|尼日尔|尼泊尔|山东|山西|巴勒斯坦领土|巴哈马|巴基斯坦|巴巴多斯|巴布亚新几内亚|巴拉圭|巴拿马
巴林|巴西|巴黎|布基纳法索|布隆迪|布韦岛|希腊|帕劳|常州|广东|广州|广西|库克群岛|库拉索|开曼群岛|徐州
德国|悉尼|意大利|成都|所罗门群岛|托克劳|拉丁美洲|拉脱维亚|拉萨|挪威|捷克|摩尔多瓦|摩洛哥|摩纳哥|文莱
斐济|斯威士兰|斯洛伐克|斯洛文尼亚|斯瓦尔巴和扬马延|斯里兰卡|新加坡|新喀里多尼亚|新疆|新西兰|无锡
日本|旧金山|昆明|智利|朝鲜|杭州|柏林|柬埔寨|根西岛|格林纳达|格陵兰|格鲁吉亚|梵蒂冈|欧洲|欧洲经济区
欧盟|武汉|比利时|毛里塔尼亚|毛里求斯|江苏|江西|汤加|沈阳|沙特阿拉伯|河北|河南|泉州|法兰克福|法国
法属南部领地|法属圣马丁|法属圭亚那|法属波利尼西亚|法罗群岛|波兰|波多黎各|波斯尼亚和黑塞哥维那|泰国
泽西岛|洛杉矶|津巴布韦|洪都拉斯|济南|浙江|海南|海口|海地|海外|深圳|温州|湖北|湖南|澳大利亚|澳门|烟台
爱尔兰|爱沙尼亚|牙买加|特克斯和凯科斯群岛|特立尼达和多巴哥|特里斯坦-达库尼亚群岛|玻利维亚|珠海|瑙鲁
瑞典|瑞士|瓜德罗普|瓦利斯和富图纳|瓦努阿图|甘肃|留尼汪|白俄罗斯|百慕大|皮特凯恩群岛|直布罗陀|石家庄
福克兰群岛|福州|福建|科威特|科摩罗|科特迪瓦|科科斯|科索沃|秘鲁|突尼斯|立陶宛|索马里|约旦|纳米比亚
纽埃|纽约|绍兴|缅甸|罗马尼亚|美国|美国本土外小岛屿|美属维尔京群岛|美属萨摩亚|老挝|肯尼亚|芬兰|苏丹
苏州|苏里南|英国|英属印度洋领地|英属维尔京群岛|英格兰|荷兰|荷属加勒比区|荷属圣马丁|莫桑比克|莱索托
菲律宾|萨尔瓦多|萨摩亚|葡萄牙|蒙古|蒙特塞拉特|西安|西撒哈拉|西班牙|西藏|西雅图|诺福克岛|贝宁|贵州
贵阳|赞比亚|赤道几内亚|赫德岛和麦克唐纳群岛|越南|辽宁|迪戈加西亚岛|迪拜|郑州|都柏林|重庆|长春|长沙
阿塞拜疆|阿姆斯特丹|阿富汗|阿尔及利亚|阿尔巴尼亚|阿拉伯联合酋长国|阿曼|阿根廷|阿森松岛|阿鲁巴|陕西
青岛|青海|非洲|韩国|首尔|香港|马尔代夫|马恩岛|马拉维|马提尼克|马来西亚|马约特|马绍尔群岛|马耳他
马达加斯加|马里|黎巴嫩|黑山|黑龙江
"""


def _names(lines: str) -> tuple[str, ...]:
    """The longest first, so that no name hides in another."""
    names = (name for line in lines.split("\n") for name in line.split("|") if name)
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


ENGLISH = _names(_ENGLISH)
CHINESE = _names(_CHINESE)
