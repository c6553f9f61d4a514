"""What the first sheet of `brochures.xlsx` says, in English and in Chinese."""

from __future__ import annotations

GUIDE, COLUMNS, CHECKS = "read me", "columns", "checks"

INTRODUCTION = """\
Tables read from printed city profiles and event calendars. Each sheet is one table.
An empty cell: the page does not print it, or it could not be read for certain. Nothing is \
guessed; where a reader should know why, there is a finding.
Printed text stands beside each value (population and population_text); source_id, page, \
line_start and line_end say where on the page it stands, and a click on line_start leads to the \
printed line.
A link leads to a place on a sheet: once that sheet has been sorted, it ends on another row. \
Filters do no harm.
The same tables are in the folder `tables` beside this file, in full, as CSV and Parquet. \
Every run writes this file anew: keep your own work in another file, and put what you correct into \
corrections.csv beside the document.\
"""
WHERE_TO_LOOK = {
    "findings": "what to check before use: filter `severity` for error and warning. A link in "
    "`table` leads to the value, one in `line_start` to the printed line",
    "cities": "one row for each profile: names, population, area, themes; filter `warnings` for "
    "the doubtful ones",
    "quantities": "every number in the prose; filter `indicator` for gdp, universities, …",
    "city_themes": "the themes of each place; `similarities` has the pairs that share some; "
    "filter its `countries` for pairs across a border, such as those with CN",
    "lines": "every printed line; filter `role` for what a line was taken for: `unassigned` has "
    "those that were not understood",
    COLUMNS: "what each column means, its unit, and whether it may be empty",
    CHECKS: "what each check of `findings` means",
}

TITLE_ZH = "城市档案（中文说明）"
INTRODUCTION_ZH = """\
本文件是从印刷的城市档案和活动日历中读出的数据表，每张工作表是一个表。
空单元格：页面没有印出，或不能确定地读出。不作任何猜测；读者需要知道原因的，\
在 findings 中有一条疑点。
每个值旁边都有印刷原文（如 population 与 population_text）；source_id、page、line_start、line_end \
说明它在哪份文档的哪一页、哪几行，点击 line_start 即到印刷原文的行。
链接按行号指向目标行：目标工作表一经排序，该行便是另一行的内容；筛选则无影响。
旁边的 tables 文件夹中有完整的相同各表，格式为 CSV 和 Parquet。每次运行都会重写本文件：\
自己的工作请存入另外的文件，要更正的内容请写入文档旁边的 corrections.csv。\
"""
WHERE_TO_LOOK_ZH = {
    "findings": "使用前应核对的内容：在 severity 列筛选 error（错误）和 warning（警告）。"
    "table 列的链接通向相应的值，line_start 列的链接通向印刷原文的行。"
    "check_zh 和 message_zh 两列是中文",
    "cities": "每个档案一行：名称、人口、面积、主题；在 warnings 列筛选可找出存疑的档案",
    "quantities": "正文中的每个数值；可在 indicator 列筛选指标，"
    "如 gdp（地区生产总值）、universities（高校）",
    "city_themes": "各地的主题；similarities 中有主题相同的成对地方，"
    "可在其 countries 列筛选跨国的，如含 CN 的",
    "lines": "印刷原文的每一行；可在 role 列筛选各行的归类，unassigned 为未归类的行",
    COLUMNS: "每一列的含义、单位，以及是否可以为空（英文）",
    CHECKS: "findings 中每种疑点的含义",
}
