"""Printed text becomes values: numbers, names, kinds, countries, themes, paragraphs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.knowledge.countries import countries
from pipeline.knowledge.hyphens import hyphens
from pipeline.knowledge.kinds import kinds
from pipeline.knowledge.lexicon import lexicon
from pipeline.knowledge.parts import parts
from pipeline.knowledge.themes import taxonomy
from pipeline.knowledge.units import units
from pipeline.normalise.identity import identify, make_city_id, own_name
from pipeline.normalise.locating import located_in
from pipeline.normalise.location import implied_country, locate
from pipeline.normalise.names import Names, read_names
from pipeline.normalise.numbers import digit_readings, header_readings
from pipeline.normalise.passages import join_lines, lead_of
from pipeline.normalise.spelling import other_spellings
from pipeline.normalise.statements import contradicts, statements
from pipeline.textforms import has_han
from tests.documents import records


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        ("1,666,530", ["1666530"]),
        ("12,573.8", ["12573.8"]),
        ("39,41", ["39.41"]),
        ("12 106", ["12106"]),
        ("1'234'567", ["1234567"]),
        ("2.447.519", ["2447519"]),
        ("1.602,5", ["1602.5"]),
        ("145", ["145"]),
        ("3.654", ["3.654", "3654"]),
        ("0.654", ["0.654"]),
        ("1,23,45", []),
    ],
)
def test_digits_with_separators(printed, values):
    """Separators as printed; one point before three digits can be read two ways."""
    assert digit_readings(printed) == tuple(map(Decimal, values))


@given(st.integers(1, 10**12))
def test_thousands_separators_come_back(number):
    """A number printed with commas or spaces is read as that number."""
    assert digit_readings(f"{number:,}") == (Decimal(number),)
    assert digit_readings(f"{number:,}".replace(",", " ")) == (Decimal(number),)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("21,893,000人", "21893000"),
        ("2189.3万人", "21893000"),
        ("2,189万", "21890000"),
        ("人口：2,154.2万", "21542000"),
        ("常住人口 0.2亿人", "20000000"),
        ("Population: 1,666,530", "1666530"),
        ("0.97 million inhabitants", "970000"),
        ("８０万人", "800000"),
        ("人口 Population   969.7万 / 9.697 million", "9697000"),
        ("人口：940.43万人 / 9,404,283 inhabitants", "9404283"),  # the more exact of the two
        ("常住人口 79.2万人（792,492人）", "792492"),
        ("792,492人（约79.2万）", "792492"),
        ("Population: 0.97 million (968,351 inhabitants, 2021)", "970000"),
        ("2,030 inhabitants (2021)", "2030"),  # a year
        ("79.2万人（2010年：75.1万人）", "792000"),
    ],
)
def test_populations(printed, value):
    """Populations with their labels, magnitudes and units."""
    assert header_readings(printed, units().population, units()).values == (Decimal(value),)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("12,573.8平方公里", "12573.8"),
        ("16,411 km²", "16411"),
        ("1.64万平方公里", "16400"),
        ("39.41平方千米", "39.41"),
        ("48,400公顷", "484"),
        ("101.9㎢", "101.9"),
        ("24,600亩", "16.4"),
        ("39.3 sq mi / 101.9 km²", "101.9"),  # the more exact of the two
        ("Area: 12 106 km²", "12106"),
        ("881 square kilometres", "881"),
        ("面积 Area   9,816 平方公里 / km²", "9816"),
        ("3.654 km² (365,400 ha)", "3654"),
        ("134.6平方公里（城区）", "134.6"),
    ],
)
def test_areas(printed, value):
    """Areas in square kilometres, whatever unit is printed."""
    assert header_readings(printed, units().area, units()).values == (Decimal(value),)


@pytest.mark.parametrize(
    ("area", "value", "findings"),
    [("3,654平方公里", 3654.0, 0), ("3.654平方公里", 3654.0, 1), ("3.654 km²", 3654.0, 1)],
)
def test_a_number_that_can_be_read_two_ways_is_the_plausible_one_with_a_finding(
    area, value, findings
):
    """2.8 million people do not live on 3.654 km²."""
    text = f"社会经济概况\n\n海城是城市。\n\n海城（德国）\nHaicheng\n\n2,800,000人\n\n{area}\n"
    found = records(text)
    assert found.cities[0].area_km2 == value
    doubts = [f for f in found.findings if f.check == "number_read_two_ways"]
    assert len(doubts) == findings
    assert all("3.654 or 3654" in f.message for f in doubts)


def test_a_point_is_a_decimal_one_where_commas_divide_thousands():
    """Both readings are plausible; the page shows how it writes, and a finding says so."""
    text = "Socio-economic overview\n\nIt lies on a river.\n\nCuritiba\nBrazil\n{}\n434.892 km²\n"
    for population, area in (("1,773,733 inhabitants", 434.892), ("1 773 733 inhabitants", None)):
        found = records(text.format(population))
        assert found.cities[0].area_km2 == area
        (doubt,) = [f for f in found.findings if f.check == "number_read_two_ways"]
        assert "434.892 or 434892" in doubt.message


def test_a_value_printed_twice_in_two_ways_has_both_readings():
    """What does not agree is no value: it is left empty, with a finding."""
    found = header_readings("人口：940万人 / 9,104,283 inhabitants", units().population, units())
    assert found.values == (Decimal(9400000), Decimal(9104283))


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["北  京", "Beijing"], Names("北京", "Beijing", None)),
        ([" 别尔斯科-比亚瓦", "（波兰）", "Bielsko", "-Biała"], Names("别尔斯科-比亚瓦", "Bielsko-Biała", "波兰")),
        (["巴里（意大利）", "Bari"], Names("巴里", "Bari", "意大利")),
        (["Santiago de", "Compostela", "-Ames"], Names(None, "Santiago de Compostela-Ames", None)),
        (["Barcelona (Spain)"], Names(None, "Barcelona", "Spain")),
        (["北京Beijing"], Names("北京", "Beijing", None)),
        (["Qingshan 青山"], Names("青山", "Qingshan", None)),
        (["VILLANOVA", "Italy"], Names(None, "VILLANOVA", "Italy")),
        (["Novi Grad, Croatia"], Names(None, "Novi Grad", "Croatia")),
        (["Ma\u0301laga (Spain)"], Names(None, "M\u00e1laga", "Spain")),
        (["City of Neustadt, Germany"], Names(None, "City of Neustadt", "Germany")),
        (["Novi Grad – Croatia"], Names(None, "Novi Grad", "Croatia")),
        (["Novi Grad | Croatia"], Names(None, "Novi Grad", "Croatia")),
        (["Croatia", "Novi Grad"], Names(None, "Novi Grad", "Croatia")),
        (["Novi Grad", "Country: Croatia"], Names(None, "Novi Grad", "Croatia")),
        (["12. Novi Grad (HR)"], Names(None, "Novi Grad", "HR")),
        (["卢森堡", "Luxembourg"], Names("卢森堡", "Luxembourg", None)),
        (["Villa – Nova"], Names(None, "Villa – Nova", None)),
        (["Upper", "Croatia", "Region", "(Croatia)"], Names(None, "Upper Croatia Region", "Croatia")),
        (["Upper", "Croatia", "Region"], Names(None, "Upper Croatia Region", None)),
        (["Upper", "Croatia", "(Croatia)"], Names(None, "Upper Croatia", "Croatia")),
        (["Novi Grad", "Croatia", "Adriatic Region"], Names(None, "Novi Grad Adriatic Region", "Croatia")),
    ],
)  # fmt: skip
def test_names_from_their_lines(lines, names):
    """Letter spacing and line breaks go, hyphens and diacritics stay."""
    assert read_names(lines, countries()) == names


@pytest.mark.parametrize(
    ("country", "names", "city_id"),
    [
        ("CN", Names("西安", "Xi’an", None), "cn-xian"),
        ("PL", Names(None, "Bielsko-Biała", None), "pl-bielsko-biala"),
        ("PL", Names(None, "BIELSKO-BIAŁA", None), "pl-bielsko-biala"),
        ("PL", Names(None, "Bielsko – Biala", None), "pl-bielsko-biala"),
        ("ES", Names(None, "Castilla y León", None), "es-castilla-y-leon"),
        (None, Names(None, "Atlantis", None), "zz-atlantis"),
    ],
)
def test_city_ids(country, names, city_id):
    """`<country code>-<latin name slug>`, zz where no country is known."""
    assert make_city_id(country, names.en, names.zh, "e-1") == city_id


@pytest.mark.parametrize(
    ("name", "country", "kind", "own"),
    [
        ("City of Mannheim", "DE", "city", "Mannheim"),
        ("Municipality of Larissa", "GR", "city", "Larissa"),
        ("REGION OF CASTILLA Y LEÓN", "ES", "region", "CASTILLA Y LEÓN"),
        ("Region of Murcia", "ES", "region", "Region of Murcia"),  # Murcia is a city, too
        ("Region of Nowhere", "ES", "region", "Region of Nowhere"),
        ("Quebec City", "CA", "city", "Quebec City"),
    ],
)
def test_titles_that_are_no_part_of_a_name(name, country, kind, own):
    """What the id is made of; the printed name keeps its title."""
    assert own_name(name, country, kind, lexicon()) == own


@pytest.mark.parametrize(
    ("name", "population", "prose", "code"),
    [
        ("Suzhou", 7443300, "", "CN"),  # two places, one country
        ("Hunan Xiangjiang New Area", None, "It is in China.", "CN"),
        ("Hunan Xiangjiang New Area", None, "It is large.", "CN"),  # one of the state's new areas
        ("Emerald New Area", None, "It is large.", None),
        ("Cluj County", None, "", "RO"),  # the one county of the name
        ("Córdoba", 325000, "It lies in Spain.", None),  # in three countries, in two of this order
        ("Córdoba", None, "It lies in Spain.", None),
        ("Córdoba", 20000000, "It lies in Spain.", None),
        ("Guadalajara", 1385629, "", "MX"),
        ("Valencia", 790000, "", None),  # that in Venezuela is but twice as large
        ("Atlantis", 500000, "It lies in Spain.", None),
    ],
)
def test_the_country_of_a_latin_name_alone(name, population, prose, code):
    """Only where all that bear it lie in one country, or those of its size, and size or prose fit."""
    kind = lexicon().kinds.kind(None, name, None, ())
    assert implied_country(Names(None, name, None), kind, population, [prose], lexicon()) == code


def test_hyphens_follow_the_rest_of_the_document():
    """What stands on one line elsewhere counts more than any list."""
    printed = hyphens().of(["a green-field site and brownfields", "know-how"])
    assert join_lines(["green-", "field"], printed) == "green-field"
    assert join_lines(["brown-", "fields"], printed) == "brownfields"
    assert join_lines(["know-", "how"], printed) == "know-how"


@pytest.mark.parametrize(
    ("broken", "joined"),
    [
        (("sea-", "water pumps", "half-", "way there"), "sea-water"),
        (("sea-", "water pumps", "sus-", "tainable towns"), "seawater"),
        (("sea-", "water pumps"), "seawater"),
    ],
)
def test_where_no_word_is_broken_hyphens_are_printed(broken, joined):
    """A program that hyphenates breaks words within syllables, and many of them."""
    lines = [*broken, *["a line without any hyphen at its end"] * 60]
    assert join_lines(["sea-", "water"], hyphens().of(lines)) == joined


@pytest.mark.parametrize(
    ("name", "country", "kind", "city_id"),
    [
        ("太仓", "CN", "city", "cn-taicang"),
        ("昆山市", "CN", "city", "cn-kunshan"),
        ("重庆", "CN", "city", "cn-chongqing"),
        ("哈尔滨", "CN", "city", "cn-harbin"),
        ("湖南湘江新区", "CN", "new_area", "cn-hunan-xiangjiang-new-area"),
        ("西咸新區", "CN", "new_area", "cn-xixian-new-area"),
        ("青岛西海岸新区", "CN", "new_area", "cn-qingdao-west-coast-new-area"),
        ("烟台黄渤海新区", "CN", "new_area", "cn-yantai-huangbohai-new-area"),
        ("广州开发区", "CN", "development_zone", "cn-guangzhou-development-zone"),
        ("桐庐县", "CN", "county", "cn-tonglu-county"),
        ("内蒙古自治区", "CN", "region", "cn-inner-mongolia"),
        ("根特", "BE", "city", "be-ghent"),
        ("慕尼黑", "DE", "city", "de-munich"),
        ("塞维利亚", "ES", "city", "es-seville"),
        ("西马其顿大区", "GR", "region", "gr-western-macedonia"),
        ("克卢日郡", "RO", "county", "ro-cluj-county"),
        ("布尔诺都市区", "CZ", "region", "cz-brno-metropolitan-area"),
        ("兹林州", "CZ", "region", "cz-zlin-region"),
        ("某某城", "DE", "city", "de-x35d9ec13"),  # nothing tells how it is written there
    ],
)
def test_ids_of_places_whose_latin_name_is_not_printed(name, country, kind, city_id):
    """The usual Latin name, or pinyin in China; a digest where neither is known."""
    found = identify(Names(name, None, None), None, (), lexicon(), country=country, kind=kind)
    assert found.city_id(name, "e-1") == city_id


def test_names_in_brackets_and_parts_of_countries():
    """A province in brackets tells the country; a name that a province bears as well is a name."""

    def read(line):
        return read_names([line], countries(), None, parts())

    assert read("清迈（Chiang Mai）") == Names("清迈", "Chiang Mai", None)
    assert read("托斯卡纳大区（Tuscany）") == Names("托斯卡纳大区", "Tuscany", None)
    assert read("慕尼黑（Bavaria）") == Names("慕尼黑", None, "Bavaria")
    assert read("Changchun（吉林省）") == Names(None, "Changchun", "吉林省")


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["云南省昆明市", "Kunming"], ("昆明市", "Kunming", "云南省")),
        (["昆明市", "云南省", "Kunming"], ("昆明市", "Kunming", "云南省")),
        (["昆明市", "Kunming", "中国云南省"], ("昆明市", "Kunming", "中国")),
        (["郑州市", "河南省", "Zhengzhou"], ("郑州市", "Zhengzhou", None)),  # in Vietnam as well
        (["新疆维吾尔自治区乌鲁木齐市"], ("乌鲁木齐市", None, "新疆维吾尔自治区")),
        (["巴伐利亚州慕尼黑"], ("慕尼黑", None, "巴伐利亚州")),
        (["烟台市", "Yantai, Shandong"], ("烟台市", "Yantai", "Shandong")),
        (["Yantai", "Shandong Province"], (None, "Yantai", "Shandong Province")),
        (["Munich, Bavaria"], (None, "Munich", "Bavaria")),
        # What the name itself holds, or is:
        (["云南", "滇中新区", "Yunnan", "Dianzhong New Area"],
         ("云南滇中新区", "Yunnan Dianzhong New Area", None)),
        (["湖南湘江新区", "Hunan Xiangjiang New Area"],
         ("湖南湘江新区", "Hunan Xiangjiang New Area", None)),
        (["江苏省", "Jiangsu Province"], ("江苏省", "Jiangsu Province", None)),
        (["吉林市", "Jilin"], ("吉林市", "Jilin", None)),
    ],
)  # fmt: skip
def test_the_part_of_a_country_beside_a_name_is_no_part_of_it(lines, names):
    """A province before a name, behind it or on a line of its own tells the country alone."""
    assert read_names(lines, countries(), None, parts()) == Names(*names)


@pytest.mark.parametrize(
    ("text", "name", "part"),
    [
        ("吉林省", "Changchun", True),
        ("Bavaria", "慕尼黑", True),
        ("Chiang Mai", "清迈", False),
        ("Vilnius", "维尔纽斯", False),  # the county bears the city's name
        ("Kunming", "昆明", False),
    ],
)
def test_what_is_beside_a_name_is_a_part_of_a_country_or_its_other_name(text, name, part):
    """One rule for what stands in brackets and for what stands beside a title."""
    assert parts().is_part(text, name) is part


@pytest.mark.parametrize(
    ("zh", "en", "prose", "country"),
    [
        ("深圳南山区", "Nanshan District", "", "CN"),
        ("桐庐县", "Tonglu", "", "CN"),
        ("江城", "Jiangcheng", "", None),  # what is no kind may be a name anywhere
        ("江城", "Jiangcheng", "江城位于湖北省东部。", "CN"),
        ("京都某区", "Kyoto", "", None),
    ],
)
def test_a_name_in_pinyin_is_one_in_china(zh, en, prose, country):
    """With a word for its kind, or where its page speaks of a province."""
    found = identify(Names(zh, en, None), None, [prose] if prose else [], lexicon())
    assert found.country == country


@pytest.mark.parametrize(
    ("name", "country", "prose", "kind"),
    [
        ("Jalisco", "Mexico", "The region around Guadalajara is home to industry.", "region"),
        ("Jalisco", "Mexico", "Its industry is strong.", "city"),  # the page does not say
        ("Lower Silesia", "Poland", "The regional government rebuilt railways.", "region"),
        ("Murcia", "Spain", "Its regional government rebuilt railways.", "city"),  # a city, too
    ],
)
def test_a_region_whose_name_does_not_say_so(name, country, prose, kind):
    """ISO 3166-2 knows it, no city bears the name, and the page speaks of a region."""
    assert identify(Names(None, name, country), None, [prose], lexicon()).kind == kind


@pytest.mark.parametrize(
    ("name", "prose", "country"),
    [
        ("某城", "某城位于德国西南部，毗邻法国。", "DE"),
        ("某城", "某城是意大利北部的重要城市，与德国汉堡结为友好城市。", "IT"),
        ("某城", "该市地处江苏省南部。", "CN"),
        ("某城", "某城位于台湾海峡西岸。", None),
        ("某城", "某城位于法国与瑞士交界处。", None),
        ("某城", "某城距离德国边境仅十公里。", None),
        ("某城", "公司位于德国，产品销往全国。", None),
        ("某城", "这里气候温和，该公司位于德国，全国最大的工厂位于法国。", None),
        ("Ames", "Ames is old. The company is located in Germany.", None),
        ("某城", "这里气候温和。企业在日本设有分公司。", None),
        ("Ames", "Ames is a small town in the north-west of Spain, close to Portugal.", "ES"),
        ("Ames", "Located in southern Poland, Ames has trade with Germany.", "PL"),
        ("Ames", "Ames is Italy's second largest port city.", "IT"),
        ("Ames", "The city hosts 30 companies in Germany.", None),
        ("Ames", "Ames lies close to the border with France.", None),
        ("Ames", "Ames is twinned with a city in Japan.", None),
        ("Ames", "Ames lies in Spain. The city lies in Portugal.", None),
    ],
)
def test_the_country_in_which_the_text_says_that_the_place_lies(name, prose, country):
    """Only a sentence about the place, and one country; borders and partners do not count."""
    names = Names(name, None, None) if has_han(name) else Names(None, name, None)
    assert located_in(names, [prose], lexicon()) == country


def test_a_city_without_a_latin_name_has_a_stable_id():
    """Lower-case ASCII, and the same each time."""
    first = make_city_id("CN", None, "太仓", "e-1")
    assert first == make_city_id("CN", None, "太仓", "e-1")
    assert first.isascii()
    assert first != make_city_id("CN", None, "昆山", "e-1")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("意大利", "IT"), ("克罗地亚", "HR"), ("捷克", "CZ"), ("捷克共和国", "CZ"),
        ("義大利", "IT"), ("西班牙", "ES"), ("Spain", "ES"), ("Czech Republic", "CZ"),
        ("火星", None), ("欧盟", None), ("ES", "ES"), ("EL", "GR"), ("es", None),
    ],
)  # fmt: skip
def test_countries_by_their_printed_names(name, code):
    """Names come from CLDR in both scripts and English."""
    assert countries().code(name) == code


@pytest.mark.parametrize(
    ("zh", "en", "country", "prose", "kind"),
    [
        ("扬州", "Yangzhou", "CN", "扬州市位于江苏省。", "city"),
        ("黑森州", "Hesse", "DE", "", "region"),
        ("延边州", "Yanbian", "CN", "", "region"),
        ("拉齐奥大区", "Region Lazio", "IT", "", "region"),
        ("巴克乌郡", "Bacau County", "RO", "", "county"),
        ("湖南湘江新区", "Hunan Xiangjiang New Area", "CN", "", "new_area"),
        ("广州开发区", "Guangzhou Development District", "CN", "", "development_zone"),
        (None, "Guangzhou Development Zone", "CN", "", "development_zone"),
        ("海城-湾新区", "Nuovo", "IT", "湾新区（NCI）是代表东部地区的10个市镇的功能区，包括甲。", "functional_area"),
        ("海城", "Haicheng", "CN", "是中国各类对外开放功能区最多最全的城市之一。", "city"),
        ("南波希米亚", "South Bohemia", "CZ", "该地区工业主要是机械制造业。", "region"),
        ("别尔斯科", "Bielsko", "PL", "别尔斯科是该地的首府及主要城市。该地区的目标是发展。", "city"),
        (None, "South Bohemia", "CZ", "The region has many lakes.", "region"),
        (None, "Murcia", "ES", "Murcia is the seventh largest city of Spain. The region grows.", "city"),
        ("大连", "Dalian", "CN", "", "city"),
        (None, "REGION OF MURCIA", "ES", "", "region"),
        (None, "Barcelona Metropolitan Area", "ES", "", "region"),
        (None, "Province of Trento", "IT", "", "region"),
        (None, "Municipality of Larissa", "GR", "The region grows.", "city"),
        (None, "Bari", "IT", "Bari is one of the main ports of the region. It lies in the region of Apulia.", "city"),
        (None, "Umbria", "IT", "Umbria is a landlocked region. The city of Terni makes steel.", "region"),
        (None, "Terni", "IT", "It is the capital of the province. The city makes steel, and the region wine.", "city"),
    ],
)  # fmt: skip
def test_kinds_of_places(zh, en, country, prose, kind):
    """What the page itself calls the place, by the order of the data contract."""
    assert kinds().kind(zh, en, country, [prose]) == kind


@pytest.mark.parametrize(
    ("label", "codes"),
    [
        ("技术4.0 、 工业5.0、数字经济", ["technology-4.0", "industry-5.0", "digital-economy"]),
        ("绿色循环经济与基于自然的解决方案", ["circular-economy", "nature-based-solutions"]),
        ("教育、就业和技能、产业集群、创新中心", ["education-skills-clusters"]),
        ("交通与运输⸺以人为本的街道空间、超级街区、大都市交通", ["mobility"]),
        ("旅游与文化 ⸺多元化-本地手作美食及供应", ["culture-tourism"]),
        ("可持续农业⸺农业食品链, 食品体系", ["sustainable-agriculture"]),
        ("工业5.0⸺前所未见的说明", ["industry-5.0"]),
        ("循环经济（废物管理）", ["circular-economy"]),
        ("Circular economy (waste management)", ["circular-economy"]),
        ("Circular economy; Urban planning; Industry 5.0", ["circular-economy", "urban-agenda", "industry-5.0"]),
        ("数字经济 Digital economy", ["digital-economy"]),
        ("Digital economy / 数字经济", ["digital-economy"]),
        ("Nature based solutions", ["nature-based-solutions"]),
        ("Circular economy; The city is old", []),
        ("Nature-based solutions – greening – water management", ["nature-based-solutions"]),
        ("Technology 4.0, Industry 5.0, digital economy", ["technology-4.0", "industry-5.0", "digital-economy"]),
        ("蓝色经济", []),
        ("文化旅游：建立常态化的文化交流机制", []),
        ("气候变化是全球挑战。", []),
        ("", []),
    ],
)  # fmt: skip
def test_labels_and_their_themes(label, codes):
    """A label may name several themes, and may add details; prose is no label."""
    assert [m.theme.theme for m in taxonomy().match(label)] == codes


def test_every_alias_means_its_theme():
    """The label of each theme in both languages leads to that theme alone."""
    for theme in taxonomy().themes:
        for label in (theme.label_zh, theme.label_en):
            assert [m.theme for m in taxonomy().match(label)] == [theme], label


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["与北京的直线距", "离只有400多公里"], "与北京的直线距离只有400多公里"),
        (["（Business & Innova-", "tion Centre）"], "（Business & Innovation Centre）"),
        (["连接自然（CONNECT-", "ING NATURE）"], "连接自然（CONNECTING NATURE）"),
        (["Emilia-", "Romagna"], "Emilia-Romagna"),
        (["（Local Green ", "Deal Mannheim）"], "（Local Green Deal Mannheim）"),
        (["以下6 ", "个基本目标"], "以下6个基本目标"),
        (["GDP3,662.67", "亿元"], "GDP3,662.67亿元"),
        (["industry,", "and trade"], "industry, and trade"),
        (["and/", "or"], "and/or"),
        (["• 绿色屋顶"], "绿色屋顶"),
        (["e\u0301cole"], "\u00e9cole"),
        (["a decision-", "making body"], "a decision-making body"),
        (["a socio-", "economic view"], "a socio-economic view"),
        (["Castilla-", "La Mancha"], "Castilla-La Mancha"),
        (["COVID-", "19"], "COVID-19"),
        (["a sustain-", "able city"], "a sustainable city"),
        (["the know-", "ledge economy"], "the knowledge economy"),
        (["the part-", "ners"], "the partners"),
        (["a well-", "developed port"], "a well-developed port"),
        (["SUSTAIN-", "ABLE"], "SUSTAINABLE"),
        (["soft\u00ad", "ware"], "software"),
        (["the cities –", "and regions"], "the cities – and regions"),
        (["2016–", "2020"], "2016–2020"),
    ],
)
def test_wrapped_lines_become_one_text(lines, text):
    """Chinese joins without a space, Latin words with one, a hyphenated word loses the hyphen."""
    assert join_lines(lines) == text


@given(
    st.lists(st.text(st.characters(categories=["Lo", "Lu", "Ll", "Nd"]), max_size=12), max_size=6)
)
def test_joining_loses_no_letter(lines):
    """Whatever the lines, all their letters and digits are in the text, in order."""
    import unicodedata

    plain = unicodedata.normalize("NFC", "".join(lines))
    assert "".join(join_lines(lines).split()) == plain


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("文化旅游：建立常态化的机制。", "文化旅游"),
        ("科技资源集聚，富有创新活力：北京拥有高校。", "科技资源集聚，富有创新活力"),
        ("本区域提高竞争力的关键领域是：", None),
        ("该郡成立了两个机构：一是甲。", None),
        ("循环经济战略，包括议程，及三个项目的直接投入：每年处理", None),
        ("没有冒号。", None),
    ],
)
def test_leads(text, lead):
    """A lead is a title before the first full-width colon, not a clause that introduces a list."""
    assert lead_of(text) == lead


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("海城面积94,225平方公里，是最大的。", [("area_km2", "94225")]),
        ("全市总面积约1.2万平方公里。", [("area_km2", "12000")]),
        ("常住人口2,189.3万人。", [("population", "21893000")]),
        ("建成区面积450平方公里。", []),
        ("水域、山地及原生态区达650平方公里", []),
        ("2小时高铁圈覆盖中国4亿人口", []),
        ("Haicheng has a population of 2.8 million and an area of 3,654 km².", [("population", "2800000"), ("area_km2", "3654")]),
    ],
)  # fmt: skip
def test_statements_on_the_whole_place(text, said):
    """Only what is said of the place as a whole is held against its header."""
    found = statements(text, ("海城", "Haicheng"), units())
    assert [(s.field, f"{s.value:.0f}") for s in found] == said


@pytest.mark.parametrize(
    ("text", "header", "against"),
    [
        ("海城面积94,225平方公里", 94222.0, True),
        ("海城面积94,225平方公里", 94225.0, False),
        ("海城面积9.4万平方公里", 94222.0, False),
        ("海城面积约9.4万平方公里", 97000.0, False),
        ("海城面积9.1万平方公里", 94222.0, True),
    ],
)
def test_a_statement_contradicts_only_beyond_its_own_rounding(text, header, against):
    """9.4万 says nothing against 94,222."""
    (said,) = statements(text, ("海城",), units())
    assert contradicts(said, header) is against


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("富恩拉夫拉达", "总部设在富恩拉布拉达。", ["富恩拉布拉达"]),
        ("富恩拉夫拉达", "富恩拉夫拉达是城市。", []),
        ("斯图加特地区", "整个斯图加特大区。", []),
        ("北京", "背京", []),
    ],
)
def test_other_spellings_of_a_name(name, text, found):
    """One other character inside a long name is another spelling; another level is not."""
    assert [s for s, _ in other_spellings(name, kinds().endings, text)] == found


@pytest.mark.parametrize(
    ("zh", "en", "country", "ids"),
    [
        ("苏州", "Suzhou", None, [1886760]),
        ("拉里萨", "Larissa", "GR", [258576]),
        ("海城", "Atlantis", None, []),
        (None, "Larissa", "DE", []),
    ],
)
def test_places_are_matched_by_both_names_or_by_name_and_country(zh, en, country, ids):
    """Suzhou in Jiangsu is told from Suzhou in Anhui by its Chinese name."""
    assert [p.geonames_id for p in lexicon().places.candidates(zh, en, country)] == ids


@pytest.mark.parametrize(
    ("name", "country", "kind", "code"),
    [
        ("Umbria", "IT", "region", "IT-55"),
        ("Castilla y Leon", "ES", "region", "ES-CL"),
        ("Bacau County", "RO", "county", "RO-BC"),
        ("Autonomous Region of Valencia", "ES", "region", None),
        ("Ljubljana Urban Region", "SI", "region", None),
    ],
)
def test_subdivisions_are_matched_by_name_and_kind(name, country, kind, code):
    """A region is not the province or municipality that shares its name."""
    found = lexicon().subdivisions.match(name, country, kind)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("name", "population", "place"),
    [
        ("徐州", 9028500, "Xuzhou"),  # a district of it bears the name as well
        ("徐州", None, "Xuzhou"),
        ("徐州", 330000, "Tongshan"),
    ],
)
def test_a_city_whose_parts_bear_its_name(name, population, place):
    """The city is meant, but for a size that is a part's."""
    found = locate(Names(name, None, None), None, "city", population, lexicon())
    assert found.place.name == place


def test_new_areas_of_the_state_are_known_without_a_latin_name():
    """No gazetteer has them."""
    found = locate(Names("西咸新区", None, None), None, "new_area", None, lexicon())
    assert (found.country, found.subdivision) == ("CN", "CN-SN")


@pytest.mark.parametrize(
    ("country", "said", "doubts"),
    [
        ("Canada", "18 million dollars", ["`18 million dollars` is read as USD; CA has CAD"]),
        ("Canada", "US$18 million", []),
        ("Canada", "18 million Canadian dollars", []),
        ("Belgium", "18 million dollars", []),
        ("United States", "$18 million", []),
    ],
)
def test_dollars_of_a_country_with_dollars_of_its_own(country, said, doubts):
    """They are read as American ones, and a finding says so."""
    text = f"Halifax\n{country}\nPopulation: 439,819\n\nCity profile\n\nThe bridge cost {said} in 2022.\n"
    found = records(text).findings
    assert [f.message for f in found if f.check == "dollars_of_whom"] == doubts
