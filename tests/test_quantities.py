"""Measured numbers in prose, as tables of cases; what stands nowhere here is no quantity."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from benchmarks.accuracy import score
from pipeline.knowledge.catalogue import catalogue
from pipeline.knowledge.measures import grammar
from pipeline.normalise.numbers import chinese_value
from pipeline.normalise.quantities import read_quantities
from pipeline.normalise.quantities.folding import fold
from pipeline.normalise.quantities.periods import find_times
from tests.documents import records
from tests.test_segment import CHINESE

EXAMPLES = Path(__file__).parent / "examples"


def read(passage):
    """The quantities of a passage."""
    return read_quantities(passage, grammar())


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十一", 11), ("二十五", 25), ("两百五十", 250), ("三千零五十", 3050), ("一万五千亿", 1.5e12),
        ("三点五", 3.5), ("二〇二〇", 2020), ("一亿二千万", 120_000_000), ("百", 100), ("零", 0),
    ],
)  # fmt: skip
def test_chinese_numerals(numeral, value):
    """Numerals with their tens, by sections up to 亿."""
    assert chinese_value(numeral, grammar().measures) == value


@pytest.mark.parametrize(
    ("passage", "text", "value", "unit", "kind", "comparator"),
    [
        ("总额3.6万亿元", "3.6万亿元", 3.6e12, "CNY", "money", "="),
        ("达16,106亿元", "16,106亿元", 1.6106e12, "CNY", "money", "="),
        ("拥有2.9万家企业", "2.9万家", 29_000, "1", "count", "="),
        ("1,000多家科研院所", "1,000多家", 1000, "1", "count", ">="),
        ("聚集160余家企业", "160余家", 160, "1", "count", ">="),
        ("十一家国家研究中心", "十一家", 11, "1", "count", "="),
        ("占全省三分之一以上", "三分之一", 0.3333, "1", "other", ">="),
        ("约占全球1/7", "1/7", 0.1429, "1", "other", "~"),
        ("占全省七成", "七成", 70, "%", "percent", "="),
        ("近一半的人才", "一半", 50, "%", "percent", "~"),
        ("增长８.１％", "８.１％", 8.1, "%", "percent", "="),
        ("下降2.3%", "2.3%", -2.3, "%", "percent", "="),
        ("提高0.5个百分点", "0.5个百分点", 0.5, "%", "percent", "="),
        ("气温15℃左右", "15℃", 15, "Cel", "temperature", "~"),
        ("最低气温-28℃", "-28℃", -28, "Cel", "temperature", "="),
        ("1.64万平方公里", "1.64万平方公里", 16_400, "km2", "area", "="),
        ("种植6公顷的树林", "6公顷", 6, "har", "area", "="),
        ("耕地15万亩", "15万亩", 10_000, "har", "area", "="),
        ("7,000万人次的能力", "7,000万人次", 7e7, "1", "count", "="),
        ("位居全国第13位", "第13位", 13, "1", "rank", "="),
        ("西班牙第七大城市", "第七大", 7, "1", "rank", "="),
        ("进入全国前20", "前20", 20, "1", "rank", "<="),
        ("不足3%的土地", "3%", 3, "%", "percent", "<="),
        ("突破160万亿元", "160万亿元", 1.6e14, "CNY", "money", ">="),
        ("拥有上千年历史", "上千年", 1000, "a", "duration", ">="),
        ("突破万亿元大关", "万亿元", 1e12, "CNY", "money", ">="),
        ("形成7,000万人次/年的能力", "7,000万人次/年", 7e7, "/a", "other", "="),
        ("处理污水20万吨/日", "20万吨/日", 200_000, "t/d", "other", "="),
        ("补贴300元/月", "300元/月", 300, "CNY", "money", "="),
        ("产值超千亿的产业", "千亿", 1e11, None, "money", ">="),
        ("年处理199,133吨废物", "199,133吨", 199_133, "t", "mass", "="),
        ("时速350公里/小时", "350公里/小时", 350, "km/h", "speed", "="),
        ("发电量7.2亿千瓦时", "7.2亿千瓦时", 7.2e8, "kW.h", "energy", "="),
        ("a budget of €15 million", "€15 million", 1.5e7, "EUR", "money", "="),
        ("about 2.8 million inhabitants", "2.8 million", 2.8e6, "1", "count", "~"),
        ("covers 39.41 km²", "39.41 km²", 39.41, "km2", "area", "="),
        ("a share of 6.6 %", "6.6 %", 6.6, "%", "percent", "="),
        ("worth US$16.1 billion", "US$16.1 billion", 1.61e10, "USD", "money", "="),
        ("grants of £400m", "£400m", 4e8, "GBP", "money", "="),
        ("the second largest city", "second largest", 2, "1", "rank", "="),
        ("more than twenty-five companies", "twenty-five", 25, "1", "count", ">="),
        ("Two thirds of residents", "Two thirds", 0.6667, "1", "other", "="),
    ],
)  # fmt: skip
def test_one_quantity(passage, text, value, unit, kind, comparator):
    """Value, unit, kind and comparator, the text as printed without the words around it."""
    (found,) = read(passage)
    assert found.text == text
    assert found.value == pytest.approx(value, rel=1e-4)
    assert (found.unit, found.kind, found.comparator) == (unit, kind, comparator)


@pytest.mark.parametrize(
    ("passage", "low", "high", "unit"),
    [
        ("需要3至5年", 3, 5, "a"),
        ("招收30—50万人", 300_000, 500_000, "1"),
        ("占10~15%", 10, 15, "%"),
        ("-5℃到10℃之间", -5, 10, "Cel"),
        ("€200–250 million", 2e8, 2.5e8, "EUR"),
    ],
)
def test_ranges(passage, low, high, unit):
    """Both ends, with the magnitude and unit that stand once."""
    (found,) = read(passage)
    assert (found.value, found.value_max, found.unit) == (low, high, unit)


@pytest.mark.parametrize(
    "passage",
    [
        "2020年3月15日", "从2015年到2020年", "上世纪60年代", "21世纪", "工业4.0和技术4.0",
        "SDG11（可持续城市）", "地平线2020（H2020）", "《2030年可持续发展议程》", "22@创新区",
        "第三产业和第二产业", "第三波转型", "第九届大会", "第四批试点", "一体化发展", "一方面", "四季分明", "三峡与四川",
        "世界500强", "5G网络", "“三区一高地”", "“2+2+2”体系", "斯图加特21号轨道", "近五年来", "数百家企业",
        "是一座美丽的城市", "电话：0512-12345678", "Horizon 2020 and COVID-19", "in May 2021",
        "since the 1990s", "Agenda 2030", "RIS3", "", "。",
    ],
)  # fmt: skip
def test_what_is_no_quantity(passage):
    """Dates, numbers in names and terms, list numbers, articles."""
    assert read(passage) == []


@pytest.mark.parametrize(
    ("passage", "read_as"),
    [
        ("有1，000家企业", [("1，000家", 1000, None)]),
        ("利用外资1，234万美元", [("1，234万美元", 12_340_000, None)]),
        ("投资½亿元", [("½亿元", 50_000_000, None)]),
        ("45.000 inhabitants", [("45.000", 45_000, None)]),
        ("45.000名学生", [("45.000名", 45_000, None)]),
        ("投资1,2345万元", []),
        ("共有12,34,567人", []),
        ("共有3.5.2万家", []),
        ("rose from 10% to 12%", [("10%", 10, None), ("12%", 12, None)]),
        ("prices range from 10% to 12%", [("10% to 12%", 10, 12)]),
        ("从15%提高到20%", [("15%", 15, None), ("20%", 20, None)]),
        ("减少3个百分点至20%", [("3个百分点", -3, None), ("20%", 20, None)]),
        (
            "increased by €2 billion to €14 billion",
            [("€2 billion", 2e9, None), ("€14 billion", 14e9, None)],
        ),
        ("气温-5--3℃", [("-5--3℃", -5, -3)]),
        ("气温-10~-5℃", [("-10~-5℃", -10, -5)]),
        ("零下五度", [("零下五度", -5, None)]),
    ],
)
def test_a_number_is_read_as_it_is_printed_or_not_at_all(passage, read_as):
    """A part of a printed number is not the number, and two states are no range."""
    assert [(q.text, q.value, q.value_max) for q in read(passage)] == read_as


def test_a_list_shares_what_stands_once():
    """Four quantities, each with the right thing measured and the right period."""
    found = read(
        "2020年，全市地区生产总值6,870.9亿元；城乡居民人均可支配收入分别为63,481元、32,428元，"
        "增长4.1%和7.3%；规上工业增加值增长3.2%。"
    )
    assert [(q.text, q.indicator) for q in found] == [
        ("6,870.9亿元", "gdp"),
        ("63,481元", "disposable_income"),
        ("32,428元", "disposable_income"),
        ("4.1%", "income_growth"),
        ("7.3%", "income_growth"),
        ("3.2%", None),
    ]
    assert {q.period for q in found} == {"2020"}
    urban, rural = "城镇居民人均可支配收入", "农村居民人均可支配收入"
    assert [q.object for q in found[1:5]] == [urban, rural, urban, rural]
    assert found[5].object == "规上工业增加值"


@pytest.mark.parametrize(
    ("passage", "read_as"),
    [
        (
            "城镇和农村居民人均可支配收入分别达到46,812元和24,370元，增长8.1%和9.4%。",
            [("城镇居民人均可支配收入", "disposable_income"), ("农村居民人均可支配收入", "disposable_income"), ("城镇居民人均可支配收入", "income_growth"), ("农村居民人均可支配收入", "income_growth")],
        ),
        ("城镇居民与农村居民人均可支配收入分别为4万元、2万元。", [("城镇居民人均可支配收入", "disposable_income"), ("农村居民人均可支配收入", "disposable_income")]),
        ("城乡居民人均可支配收入分别为4万元、3万元、2万元。", [("城乡居民人均可支配收入", None)] * 3),
        ("城乡居民人均可支配收入达到4万元。", [("城乡居民人均可支配收入", "disposable_income")]),
        ("地区生产总值和财政收入分别为500亿元和60亿元。", [("地区生产总值", "gdp"), ("财政收入", "fiscal_revenue")]),
        ("船舶、汽车、锂电池产量分别增长21%、67%和2%。", [("船舶", None), ("汽车", None), ("锂电池产量", None)]),
        ("接待游客60万人次，实现外贸进出口712亿元，分别增长13.5%和16.2%。", [("游客", None), ("外贸进出口", "trade_total"), ("游客", None), ("外贸进出口", "trade_growth")]),
        ("地区生产总值分别为500亿元和60亿元。", [("地区生产总值", None)] * 2),
    ],
)  # fmt: skip
def test_respectively(passage, read_as):
    """Each number goes with its own thing, where that can be told; else none has a code."""
    assert [(q.object, q.indicator) for q in read(passage)] == read_as


@pytest.mark.parametrize(
    ("passage", "periods"),
    [
        ("2020年GDP达1.56万亿元，2021年1-9月GDP达1.23万亿元，较2019年同期增长6.4%。", ["2020", "2021-01/2021-09", "2021-01/2021-09"]),
        ("截至2021年底，共有企业3万家。", ["2021"]),
        ("“十三五”时期，生产总值年均增长4.3%。", ["2016/2020"]),
        ("从2015年的1602.5亿元攀升至2020年的2511.32亿元，年均增长9.1%。", ["2015", "2020", "2015/2020"]),
        ("2020年总量3万亿元。人口500万人。", ["2020", None]),
        ("于1879年成为首都，是该国第一大城市。", [None]),
        ("2021年上半年出口100亿元。", ["2021-01/2021-06"]),
        ("Exports fell by 3% in 2019 and rose by 4% in 2020.", ["2019", "2020"]),
        ("二〇二一年新增绿地120公顷。", ["2021"]),
        ("“十三五”时期，生产总值年均增长4.3%，人均GDP达到8.9万元。", ["2016/2020", None]),
        ("“十三五”期末，人均GDP达到8.9万元。", ["2020"]),
        ("2016—2020年，累计利用外资75亿元。", ["2016/2020"]),
        ("“十三五”时期，城镇新增就业42万人。", ["2016/2020"]),
        ("GDP in 2020 was €3 billion, an increase of 4% over the previous year.", ["2020", "2020"]),
        ("In the summer of 2020 the city counted 5,000 visitors and 3,000 nights.", ["2020", "2020"]),
        ("According to the census of 2011, the city had 300,000 inhabitants.", ["2011"]),
        ("In 2023 the airport, opened in 1998, served 3 million passengers.", ["2023"]),
        ("As of 2021, the zone is home to 300 firms and has 12,000 employees.", ["2021", "2021"]),
        ("Exports rose by 4% and imports by 3% in 2020.", ["2020", "2020"]),
        ("2020年成立公司300家，注册资本50亿元。", ["2020", "2020"]),
        ("截至2020年底，全市现有企业3万家。", ["2020"]),
    ],
)  # fmt: skip
def test_periods(passage, periods):
    """The time that governs a value; a sentence without one takes none."""
    assert [q.period for q in read(passage)] == periods


@pytest.mark.parametrize(
    "passage",
    [
        "The university was founded in 1632 and has 15,200 students.",
        "In 1632 the university was founded and has 15,200 students.",
        "It is an ironworks that closed in 1998, receives 1.5 million visitors a year.",
        "A bridge that opened in 1932 still carries 23,000 cars.",
        "After the flood of 2001 the city built 56 retention basins with 900,000 m³.",
        "The war of 1914 destroyed 300 houses.",
        "The cluster, formed in 2018, provides 106,000 jobs.",
        "The line, opened in 2015, joins both centres in 25 minutes.",
        "The programme, begun in 2013, has spent PLN 160 million on 700 projects.",
        "It brought 5,000 jobs to the city since 2014.",
        "Since 2014 it has brought 5,000 jobs to the city.",
        "From 2014 onwards it brought 5,000 jobs to the city.",
        "Buses have run on biomethane since 2019; 64 buses are in service.",
        "In 1998 the ironworks closed and now receives 1.5 million visitors.",
        "The garden has 300 trees and was opened in 1886.",
        "大学成立于1995年，现有学生3万人。",
        "该馆2008年开馆，每年接待游客150万人次。",
        "该校1902年由传教士创办，在校生2万人。",
        "2010年建成的公园占地20公顷。",
        "2001年洪水之后，全市修建了56座水库。",
        "自2014年以来，累计利用外资30亿美元。",
        "2014年以来累计引进企业300家。",
        "该市2008年成为省会，现有人口300万。",
    ],
)
def test_the_time_of_an_event_dates_nothing_else(passage):
    """Nor does a time from which something goes on."""
    assert {q.period for q in read(passage)} == {None}


@pytest.mark.parametrize(
    ("passage", "comparator"),
    [
        ("The river was restored over 3 km.", "="),
        ("The centre was closed to motor traffic over 12 hectares.", "="),
        ("The trail runs over 42 km.", "="),
        ("Over 3 km of cycle paths were built.", ">="),
        ("The path was built over 3 km of railway.", ">="),
        ("The network was extended to over 3 km.", ">="),
        ("The park was enlarged by over 12 hectares.", ">="),
        ("The line is over 30 km long.", ">="),
        ("The city has over 12 hectares of parks.", ">="),
        ("It was visited over 300 times.", ">="),
    ],
)
def test_over_an_extent(passage, comparator):
    """How far something was done, or more than so much."""
    assert [q.comparator for q in read(passage)] == [comparator]


@pytest.mark.parametrize(
    ("passage", "objects"),
    [
        ("北京拥有92所高校、独角兽企业93家，", ["高校", "独角兽企业"]),
        ("服务业占GDP比重83.8%，竞争力位居全球第8。", ["服务业占GDP比重", "竞争力"]),
        ("已与30个国家38个城市结为友好城市", ["国家", "城市"]),
        ("外地游客占景区接待总量的一半以上", ["外地游客"]),
        ("承担了85%以上的外贸集装箱、100%的商品车", ["外贸集装箱", "商品车"]),
        ("城市污水污泥（UWWS，50%）", ["城市污水污泥"]),
        ("形成4个产值超千亿的主导产业", ["主导产业", "产值"]),
        ("Services account for 71.5% of gross value added.", ["Services"]),
        ("54 universities and 12 research centres", ["universities", "research centres"]),
        ("空气优良率为99%，是中国第一个“健康城市”试点城市。", ["空气优良率", "“健康城市”试点城市"]),
        ("现辖13个县（市）区以及开发区。", ["县（市）区"]),
        ("与39个国家（地区）有往来", ["国家（地区）"]),
        ("设有3家医院（含分院）。", ["医院"]),
        ("是联合国17个可持续发展目标的本地化成果", ["可持续发展目标"]),
        ("覆盖4亿人口的生活和消费", ["人口"]),
        ("由10个市镇的功能区组成", ["市镇"]),
        ("拥有一所数百年历史的大学", ["数百年历史的大学"]),
        ("建设3个面向企业的平台", ["面向企业的平台"]),
        ("在津外商投资企业已达1.4万家。", ["在津外商投资企业"]),
        ("在建项目达12个。", ["在建项目"]),
        ("卡斯蒂亚-莱昂自治区面积94,225平方公里", ["卡斯蒂亚-莱昂自治区面积"]),
        ("分布于该地区的废物管理公司（36家公司）作用重要。", ["废物管理公司"]),
        ("R&D expenditure equals 3.4% of GDP", ["R&D expenditure"]),
        ("连续12年位居“最美城市”榜首。", ["“最美城市”榜首"]),
        ("每年接待游客500万人次。", ["每年接待游客"]),
        ("每天运送43万人的地铁", ["地铁"]),
        ("It carries 430,000 passengers every day on 12 lines.", ["passengers every day", "lines"]),
    ],
)
def test_what_is_measured(passage, objects):
    """The thing before or after the number, as printed."""
    assert [q.object for q in read(passage)] == objects


@pytest.mark.parametrize(
    ("passage", "objects"),
    [
        ("Some 34,000 students attend its three universities.", ["students", "universities"]),
        ("About 450 companies belong to the cluster.", ["companies"]),
        ("It receives 1.5 million visitors a year.", ["visitors a year"]),
        ("The port brings 12,000 jobs directly and 5,000 indirectly.", ["jobs", "jobs"]),
        ("It teaches 20,000 students it has won abroad.", ["students"]),
        ("A panel of 100 residents drawn by lot meets.", ["residents"]),
        ("It has a tram network of 58 km after the opening of line 4.", ["tram network"]),
        ("The 58 km tram network opened after the war is long.", ["tram network"]),
        ("Parks with 12 goods wagons, 40 arts venues, 30 privately owned museums", ["goods wagons", "arts venues", "privately owned museums"]),
        ("The railway links the city with Gdynia in 25 minutes.", ["railway"]),
        ("The line, opened in 2015, joins both centres in 25 minutes.", ["line"]),
        ("It shortened the journey from Lyon to Paris from 3 hours to 2 hours.", ["journey"] * 2),
        ("The centre was closed to motor traffic over 12 hectares.", ["centre"]),
        ("The park, which opened in 2001, covers 38 hectares.", ["park"]),
        ("The town, founded more than 900 years ago, is old.", ["town"]),
        ("Unemployment, which stood at 14% in 2013, has fallen to 6%.", ["Unemployment"] * 2),
        ("The programme, begun in 2013, has spent PLN 160 million.", ["programme"]),
        ("Nine towns share the cost of EUR 155 million.", ["towns", "cost"]),
        ("The nine towns share the EUR 155 million cost.", ["towns", "cost"]),
        ("The project of nine towns cost EUR 155 million.", ["towns", "project"]),
        ("Wind farms with a capacity of 320 MW", ["capacity"]),
        ("It has 94 km of coastline and lies 22 km off the coast.", ["coastline", None]),
    ],
)  # fmt: skip
def test_an_english_thing_ends_before_what_is_said_of_it(passage, objects):
    """No verb, pronoun, adverb or place that a preposition governs is part of it."""
    assert [q.object for q in read(passage)] == objects


@pytest.mark.parametrize(
    ("passage", "aggregations"),
    [
        ("累计实际利用外资308亿美元，2020年实际利用外资12亿美元。", ["cumulative", None]),
        ("近五年累计利用外资339.76亿美元，同比增长3%。", ["cumulative", None]),
        ("欧洲在京累计设立外资企业5,015家，累计实际投资161亿美元。", ["cumulative", "cumulative"]),
        ("“十三五”时期，生产总值年均增长4.3%，总量300亿元。", ["yearly_mean", None]),
        ("年平均气温15℃，总计30天。", ["yearly_mean", None]),
        ("总计300亿元，平均每家3亿元。", [None, None]),
        ("Investment reached a cumulative USD 3 billion, USD 1 billion of it abroad.", ["cumulative", None]),
        ("It has had 300,000 guests in total since 2001.", ["cumulative"]),
        ("The annual average is 12 °C.", ["yearly_mean"]),
        ("The economy grew by 2.3% a year on average.", ["yearly_mean"]),
        ("It counted on average 300 guests a year.", ["yearly_mean"]),
        ("It counted 300 guests a year, on average for two nights.", [None, None]),
    ],
)  # fmt: skip
def test_sums_and_means_are_told_by_a_word_of_the_clause(passage, aggregations):
    """What no word says is left open."""
    assert [q.aggregation for q in read(passage)] == aggregations


def test_indicator_codes_are_those_of_the_catalogue():
    """A rule gives no code that the table does not permit."""
    (table,) = [t for t in catalogue() if t.name == "quantities"]
    (field,) = [f for f in table.fields if f.name == "indicator"]
    assert {i.code for i in grammar().indicators} == set(field.enum)


ANY = st.text(
    st.sampled_from(
        "0123456789.,，%％‰一二三十百千万亿零两半多余约近超第前位名大个家所年月日元美欧$€£¥-—~至到和、。；：（）《》“” abcmktGDP"
    )
    | st.characters(),
    max_size=60,
)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANY)
@example("0\ud800")  # half a pair, as damaged text may hold it
def test_offsets_cut_the_text_out_of_any_passage(passage):
    """Whatever the passage: no failure, exact offsets, in order, none overlapping another."""
    end = 0
    for q in read(passage):
        assert passage[q.start : q.end] == q.text
        assert q.text
        assert q.start >= end
        end = q.end
        assert q.object is None or q.object in passage


def test_a_long_passage_is_read_like_its_sentences():
    """However long it is; offsets count from the passage's beginning."""
    sentence = "2020年，全市生产总值达3.6万亿元，增长8.1%。"
    passage = sentence * 400
    found = read(passage)
    assert len(found) == 2 * 400
    assert {(q.text, q.value, q.period) for q in found} == {
        (q.text, q.value, q.period) for q in read(sentence)
    }
    assert all(passage[q.start : q.end] == q.text for q in found)


@given(ANY)
def test_folding_keeps_offsets(passage):
    """The folded text is as long as the passage, and its times lie in order within it."""
    folded = fold(passage)
    assert len(folded) == len(passage)
    times = find_times(folded, grammar().times)
    assert all(a.end <= b.start for a, b in pairwise(times))


@pytest.mark.parametrize(
    ("file", "floors"),
    [
        ("quantities_unseen.jsonl", {"recall": 0.98, "precision": 0.98, "value_unit": 0.98, "comparator": 0.98, "period": 0.97, "object": 0.93, "indicator": 0.9}),
        ("quantities_unseen_2.jsonl", {"recall": 0.98, "precision": 0.99, "value_unit": 0.99, "comparator": 0.99, "period": 0.97, "object": 0.87, "indicator": 0.82}),
        ("quantities_unseen_3.jsonl", {"recall": 0.98, "precision": 0.99, "value_unit": 0.99, "comparator": 0.99, "period": 0.98, "object": 0.98, "indicator": 0.99}),
    ],
)  # fmt: skip
def test_accuracy_does_not_fall(file, floors):
    """Floors under what `benchmarks/accuracy.py` measures on annotated sentences."""
    lines = [json.loads(x) for x in (EXAMPLES / file).read_text("utf-8").splitlines()]
    counts, notes = score(lines)
    found, missing, extra = (counts["all", x] for x in ("found", "missing", "extra"))
    assert found / (found + missing) >= floors["recall"], notes
    assert found / (found + extra) >= floors["precision"], notes
    for field in ("value_unit", "comparator", "period", "object", "indicator"):
        right, wrong = counts["all", f"{field}+"], counts["all", f"{field}-"]
        assert right / (right + wrong) >= floors[field], notes


def test_growth_is_held_against_the_values_it_joins():
    """9.4% a year lies between the two values, 15% is printed."""
    text = CHINESE.replace(
        "是重要的物流节点。",
        "是重要的物流节点。总产值可观，地区生产总值从2015年的1602.5亿元攀升至2020年的2511.32亿元，年均增长15%。",
    )
    (doubt,) = [f for f in records(text).findings if f.check == "growth_differs_from_values"]
    assert "9.4%" in doubt.message


def test_a_value_per_head_is_held_against_total_and_people():
    """1,234,500 people with 1,000亿元 have 81,005 each."""
    text = CHINESE.replace(
        "是重要的物流节点。", "是重要的物流节点。2020年GDP达1,000亿元，人均GDP达到12万元。"
    )
    (doubt,) = [f for f in records(text).findings if f.check == "per_capita_differs_from_total"]
    assert "81,0" in doubt.message
