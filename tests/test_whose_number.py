"""An indicator's code only where the number is the profile's own place's, and all of it."""

import pytest

from pipeline.knowledge.measures import grammar
from pipeline.normalise.quantities import Place, read_quantities

HARBOUR = Place(("青港", "qinggang"), "CN", "city")
RIVER = Place(("里弗斯堡", "riversburg"), "DE", "city")


def codes(passage, place=None):
    """The printed numbers of a passage with their codes."""
    return [(q.text, q.indicator) for q in read_quantities(passage, grammar(), place)]


def objects(passage, place=None):
    """What is measured, in order."""
    return [q.object for q in read_quantities(passage, grammar(), place)]


@pytest.mark.parametrize(
    "passage",
    [
        "青港与东盟国家全年进出口总额120亿元。",
        "对欧盟进出口总额达88亿元，",
        "2021年对欧进出口总额56亿美元。",
        "中德进出口总额9亿美元。",
        "来自德国、法国的外商投资企业320家。",
        "在欧洲设有研发机构5家。",
        "与法国12个城市结为友好城市。",
        "现有德国外资企业45家。",
        "外商投资企业210家来自日本。",
        "The city's foreign trade with the EU reached €5 billion.",
        "Foreign trade with Germany and Austria amounted to €2 billion.",
        "There are 45 foreign companies from Japan.",
        "Foreign trade reached $12 billion with the European Union.",
    ],
)
def test_a_partner_takes_the_code(passage):
    """A part that one partner has is not the whole."""
    assert {code for _, code in codes(passage)} == {None}


@pytest.mark.parametrize(
    ("passage", "text", "code"),
    [
        ("与欧盟平均水平相比，人均GDP达3万欧元。", "3万欧元", "gdp_per_capita"),
        ("与德国接壤，面积120平方公里。", "120平方公里", "area"),
        ("进出口总额500亿元，对欧盟出口占三成。", "500亿元", "trade_total"),
        ("与30个国家的45个城市结为友好城市。", "45个", "sister_cities"),
        ("地区生产总值居全国第9位。", "第9位", "gdp_rank"),
        ("2021年外商投资企业320家。", "320家", "foreign_enterprises"),
        ("与欧洲合作密切，外商投资企业320家。", "320家", "foreign_enterprises"),
        ("与德国科隆市等38个城市结为友好城市。", "38个", "sister_cities"),
        ("与欧洲联系紧密并拥有高校5所。", "5所", "universities"),
        ("A railway from El Valle ends at 4 universities.", "4", "universities"),
        ("It is linked to Germany by rail and has 4 universities.", "4", "universities"),
        ("Foreign trade reached $12 billion.", "$12 billion", "trade_total"),
        ("GDP per capita was €30,000 compared to the EU average.", "€30,000", "gdp_per_capita"),
        ("Close to Germany it has 4 universities.", "4", "universities"),
    ],
)
def test_another_relation_takes_none(passage, text, code):
    """What a place is compared with, or lies beside, qualifies no number."""
    assert (text, code) in codes(passage, RIVER)


def test_the_qualifier_stays_in_the_object():
    """Where it stands right beside the thing; what goes on from it carries it on."""
    assert (
        objects("青港与东盟国家累计进出口总额120亿元，同比增长9%。")
        == ["与东盟国家累计进出口总额"] * 2
    )
    assert objects("对欧盟进出口总额占比为11%。") == ["对欧盟进出口总额占比"]
    assert objects("In 2021 trade with the EU was €5 billion.") == ["trade with the EU"]
    assert codes("青港与东盟国家累计进出口总额120亿元，同比增长9%。")[1] == ("9%", None)


def test_the_own_country_is_no_partner():
    """A place in Germany has German universities."""
    assert codes("在德国拥有高校5所。", RIVER) == [("5所", "universities")]
    assert codes("在德国拥有高校5所。", HARBOUR) == [("5所", None)]


@pytest.mark.parametrize(
    "passage",
    [
        "每年新增1座国际友好城市。",
        "2022年，全市新设外商投资企业89家。",
        "新登记外资企业84家。",
        "新开通航线5条。",
        "财政收入增加12亿元。",
        "高校比上年增加了2所。",
        "森林覆盖率提高2.3个百分点。",
        "年平均气温上升1.2℃。",
        "The region added 12 universities.",
        "It has 3 new universities.",
        "GDP grew by €2 billion.",
    ],
)
def test_an_increase_is_no_level(passage):
    """What was added is not how many there are."""
    assert {code for _, code in codes(passage)} == {None}


@pytest.mark.parametrize(
    ("passage", "code"),
    [
        ("新区有高校5所。", "universities"),
        ("航线增加到46条。", "air_routes"),
        ("财政收入增长至120亿元。", "fiscal_revenue"),
        ("建成区绿化覆盖率提高到43%。", "green_coverage"),
        ("高新区有企业300家。", "enterprises"),
        ("新增后航线总数46条。", "air_routes"),
        ("The new district has 3 universities.", "universities"),
        ("Newly founded, it has more than 3 universities.", "universities"),
    ],
)
def test_a_level_after_an_increase_is_one(passage, code):
    """Reached is a level, and new is a word in names."""
    assert [c for _, c in codes(passage)] == [code]


@pytest.mark.parametrize(
    "passage",
    [
        "力争高校达到12所。",
        "计划到2025年，地区生产总值达到2万亿元。",
        "将新建高校3所。",
        "The city aims to have 12 universities.",
        "It will have 12 universities.",
    ],
)
def test_a_plan_is_no_fact(passage):
    """Neither in the clause nor before it."""
    assert {code for _, code in codes(passage)} == {None}


@pytest.mark.parametrize(
    ("passage", "code"),
    [
        ("全市规划面积492平方公里。", "area"),
        ("是5个计划单列市之一，拥有高校12所。", "universities"),
        ("大力争先，拥有高校12所。", "universities"),
        ("It planned well and has grown. It has 12 universities.", "universities"),
    ],
)
def test_planned_is_a_word_in_names(passage, code):
    """A planned area is an area."""
    assert codes(passage)[-1][1] == code


@pytest.mark.parametrize(
    "passage",
    [
        "德国有54所大学。",
        "目前，德国共有54所大学。",
        "德国的高校超过400所。",
        "德国GDP达4万亿欧元。",
        "全国有高校400所。",
        "上海拥有高校60所。",
        "大都市区人口90万。",
        "德国面积35.7万平方公里，有400所大学。",
        "上海是中国的城市，人口2,400万。",
        "法国是该市的伙伴，有企业120家。",
        "Germany has 400 universities.",
        "The metropolitan region has 2.4 million inhabitants.",
    ],
)
def test_another_place_has_its_own_numbers(passage):
    """A country, a wider region, another city as the sentence's subject."""
    assert {code for _, code in codes(passage, RIVER)} == {None}


@pytest.mark.parametrize(
    ("passage", "text", "code"),
    [
        ("德国有54所大学，其中23所位于里弗斯堡。", "23所", "universities"),
        ("里弗斯堡是德国的城市，有5所大学。", "5所", "universities"),
        ("德国第四大城市里弗斯堡有5所大学。", "5所", "universities"),
        ("德国最大的港口城市，拥有5所大学。", "5所", "universities"),
        ("里弗斯堡有5所大学。德国有400所大学。", "5所", "universities"),
        ("占德国GDP的4%。", "4%", "gdp_share"),
        ("全市高校5所。", "5所", "universities"),
        ("Riversburg in Germany has 5 universities.", "5", "universities"),
        ("The city has 5 universities.", "5", "universities"),
    ],
)
def test_the_own_place_keeps_its_numbers(passage, text, code):
    """Named, meant, or said of a country's part."""
    assert (text, code) in codes(passage, RIVER)


@pytest.mark.parametrize(
    ("passage", "code"),
    [
        ("2小时高铁圈覆盖4亿人口的生活和消费。", None),
        ("地铁服务人口300万。", None),
        ("The port serves a hinterland of 40 million inhabitants.", None),
        ("服务业发达，人口300万。", "population"),
        ("绿化覆盖率达43%。", "green_coverage"),
    ],
)
def test_what_is_reached_is_not_had(passage, code):
    """Those whom a railway or a port serves do not live in the place."""
    assert codes(passage)[-1][1] == code


def test_partners_of_a_list_are_no_subject():
    """A sentence goes on with its own subject after a part of what it has."""
    passage = "已与30个国家结为友好城市，其中德国城市14个，聚集世界500强企业242家。"
    assert codes(passage, HARBOUR)[-1] == ("242家", "fortune500_enterprises")


def test_a_part_of_anothers_is_anothers():
    """其中 goes on with the subject before it, unless the own place is named."""
    assert codes("德国有54所大学，其中23所大学是私立的。", RIVER) == [
        ("54所", None),
        ("23所", None),
    ]


def test_a_place_by_its_kind():
    """A metropolitan region as a profile has the numbers of one; without a profile none is told."""
    region = Place(("里弗斯都会区",), "DE", "region")
    assert codes("都会区有5所大学。", region) == [("5所", "universities")]
    assert codes("德国有54所大学。") == [("54所", "universities")]


@pytest.mark.parametrize(
    ("passage", "code"),
    [
        ("2021年1-9月GDP同比增长18.8%。", "gdp_growth"),
        ("2021年1-9月GDP较2019年同期增长6.4%。", None),
        ("2021年GDP比2020年增长6.4%。", "gdp_growth"),
        ("GDP比2019年增长6.4%。", None),
        ("2020年GDP较2015年年均增长6.4%。", "gdp_growth"),
        ("In 2021 GDP grew by 6.4% compared with 2019.", None),
        ("In 2021 GDP grew by 6.4% compared with 2020.", "gdp_growth"),
        ("Since 2015, GDP has grown by 12%.", None),
        ("2015年以来，GDP年均增长6.4%。", "gdp_growth"),
    ],
)
def test_growth_is_over_the_year_before(passage, code):
    """Over another base it is another figure; a yearly mean is none."""
    assert [c for _, c in codes(passage)] == [code]


@pytest.mark.parametrize(
    ("passage", "code"),
    [
        ("There are 450 companies belonging to the cluster.", None),
        ("Every year 100 residents drawn by lot meet.", None),
        ("There are 450 companies in the city.", "enterprises"),
        ("300,000 residents are served by it.", "population"),
    ],
)
def test_some_are_not_all(passage, code):
    """A thing that is told more closely has no code."""
    assert [c for _, c in codes(passage)] == [code]
