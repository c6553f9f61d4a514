"""What the first sheet of `brochures.xlsx` says, in English and in Chinese."""

from __future__ import annotations

GUIDE, COLUMNS = "read me", "columns"

INTRODUCTION = """\
Tables read from printed city profiles and event calendars. Each sheet is one table.
An empty cell: the page does not print it, or it could not be read for certain. Nothing is \
guessed; where a reader should know why, there is a finding.
Printed text stands beside each value (population and population_text); source_id, page, \
line_start and line_end say where on the page it stands.
The same tables are in the folder `tables` beside this file, in full, as CSV and Parquet. \
Every run writes this file anew: keep your own work in another file, and put what you correct into \
corrections.csv beside the document.\
"""
WHERE_TO_LOOK = {
    "findings": "what to check before use: filter `severity` for error and warning. A link in "
    "`table` leads to the value, one in `line_start` to the printed line",
    "cities": "one row for each profile: names, population, area, place, themes",
    "quantities": "every number in the prose; filter `indicator` for gdp, universities, …",
    "city_themes": "the themes of each place; `similarities` has the pairs that share some",
    COLUMNS: "what each column means, its unit, and whether it may be empty",
}

TITLE_ZH = "城市档案（中文说明）"
INTRODUCTION_ZH = """\
本文件是从印刷的城市档案和活动日历中读出的数据表，每张工作表是一个表。
空单元格：页面没有印出，或不能确定地读出。不作任何猜测；读者需要知道原因的，\
在 findings 中有一条疑点。
每个值旁边都有印刷原文（如 population 与 population_text）；source_id、page、line_start、line_end \
说明它在哪份文档的哪一页、哪几行。
旁边的 tables 文件夹中有完整的相同各表，格式为 CSV 和 Parquet。每次运行都会重写本文件：\
自己的工作请存入另外的文件，要更正的内容请写入文档旁边的 corrections.csv。\
"""
WHERE_TO_LOOK_ZH = {
    "findings": "使用前应核对的内容：在 severity 列筛选 error（错误）和 warning（警告）。"
    "table 列的链接通向相应的值，line_start 列的链接通向印刷原文的行。"
    "疑点的中文说明见 report 文件夹中的页面",
    "cities": "每个档案一行：名称、人口、面积、地点、主题",
    "quantities": "正文中的每个数值；可在 indicator 列筛选指标，"
    "如 gdp（地区生产总值）、universities（高校）",
    "city_themes": "各地的主题；similarities 中有主题相同的成对地方",
    COLUMNS: "每一列的含义、单位，以及是否可以为空（英文）",
}
