"""Calendar pages as text and for the web, each in a form of its own."""

from __future__ import annotations

MONTH = """Skip to content
Home
Events for October 2023
Find Events
October 2023

Tue
3
October 3 @ 10:00 am - 11:30 am CEST
Cooperation Calls 2024
Online
A short introduction to the two calls that open in January.

Thu
12
October 12
Deadline for Study Visit Applications
Cities that wish to host a visit send their form.

Tue
17
October 17 @ 9:00 am - October 19 @ 5:00 pm CEST
Study Visit: A Delegation in Turin
Three days of site visits.
Objectives
• Share results
• Find partners
Participants
• City planners

Previous Events
Today
Next Events
Subscribe to calendar
"""

FORM = """滨海新城国际合作办公室
2023年11月国际城市合作活动安排

各有关单位：
    现将我办11月活动安排印发给你们。

活动一
日期：2023年11月6日（星期一）
时间：15:00—17:00
地点：行政中心2号楼301会议室
主题：中欧城市可持续交通研讨会

活动二
日期：2023年11月21日（星期二）
时间：全天
地点：滨海科技园
主题：绿色建筑示范项目现场考察
参会人员：
1. 市规划局负责同志
2. 企业代表

注：以上时间均为北京时间。
联系人：陈女士

滨海新城国际合作办公室
2023年10月27日
"""

TWO_LANGUAGES = """一周活动
The Week Ahead

2024年3月4日-3月10日
4 March - 10 March 2024

3月4日 星期一 / Monday, 4 March 2024

无活动 / No events

3月5日 星期二 / Tuesday, 5 March 2024

线上研讨会：公园城市

北京时间 16:00-17:30

两座城市将介绍如何把公园连成网络。

Webinar: Park Cities

09:00-10:30 CET

Two cities will show how they connect parks.

3月8日 星期五 / Friday, 8 March 2024

2025年征集截止

各城市须在当日提交。

Deadline: Expressions of Interest

Cities submit their expression of interest on this day.
"""

ROWS = """Calendar of events, June 2023
All times are CEST.

Date | Time | Event | Place
5 June 2023 | 09:30 - 11:00 | Opening Webinar | Online
7 June 2023 | 14:00 - 15:00 | Steering Group | Lyon
9 June 2023 | 10:00 - 11:30 | Training Session | Online
"""

NEWSLETTER = """THE LINKS NEWSLETTER
No. 14

* On 18 April more than sixty people joined our webinar on river parks.

UPCOMING EVENTS - MAY AND JUNE 2024

14 May | 10:00-11:30 CEST | Webinar: Financing district heating

16 May | 09:00-10:30 CEST | Webinar: Sharing data for cleaner air - lessons
                            from Krakow and Shijiazhuang

27 June | time to be confirmed | Annual assembly 2024, Lyon
    Programme and hotel list follow in the next issue.
"""

TITLES_ABOVE = """Twin Regions Network

Upcoming events

Times are given in Brussels time.



Webinar: Skills for green jobs

Tuesday, 14 March 2023 | 10:00 am – 11:30 am (Brussels time)

Two regions show how they trained people.

Who should attend:

• Regional employment services



CANCELLED: Round table on hydrogen

Thursday, 16 March 2023 | 2:00 pm – 4:00 pm (Brussels time)

We are sorry that this round table cannot take place.
"""

NUMBERED = """2023年9月份对外合作活动预告

发布时间：2023-08-31

　　现将9月份主要对外合作活动预告如下：

一、中欧城市绿色建筑技术交流会

　　时间：9月5日（星期二）上午9:00-11:30（北京时间）

　　地点：市会议中心三楼多功能厅

　　活动内容：

　　1.介绍既有建筑节能改造的经验做法

　　2.讨论老旧小区改造试点项目的合作方式

二、友好城市图片展

　　时间：9月20日（星期三）

　　地点：市图书馆一楼展厅

市人民政府外事办公室
2023年8月31日

上一篇：2023年8月份对外合作活动预告
"""

VISIT = """STUDY VISIT TO GHENT

16-18 October 2023

All times are local time in Ghent, Belgium (CEST).


Day 1 – Monday 16 October 2023
------------------------------

09:00 – 09:30   Welcome at the City Hall
                - Words of welcome
                - Introduction of the delegations

11:15 – 12:30   Walk through the pedestrian zone


Day 2 – Tuesday 17 October 2023
-------------------------------

19:00           Dinner hosted by the City of Ghent
"""

TRADITIONAL = """港歐城市合作計劃
2023年5月活動行事曆

（時間均為香港時間）

5月4日（四）10:00–11:30
網上研討會：歐洲城市的電動巴士採購經驗
地點：Zoom 網上會議

5月9日（二）下午2時30分至4時
分享會：社區園圃與城市農業
地點：灣仔會議展覽中心
對象：
1. 規劃及建築專業人士
2. 大專院校師生
"""

WEB_TABLE = """<html><body><h1>Events in November 2022</h1>
<table><tr><th>Date</th><th>Time (CET)</th><th>Event</th><th>Organiser</th></tr>
<tr><td>Thu 3 November</td><td>09:30 – 11:00</td><td>Webinar: Circular economy</td><td>Secretariat</td></tr>
<tr><td rowspan="2">Tue 8 November</td><td>10:00 – 12:00</td><td>Peer review session</td><td>Turin</td></tr>
<tr><td>14:00 – 15:30</td><td>Matchmaking clinic</td><td>Secretariat</td></tr>
<tr><td>Wed 30 November</td><td>–</td><td>Deadline for cooperation plans</td><td>All</td></tr>
</table></body></html>
"""

MARKDOWN = """# Twin towns: activities, January to March 2024

## January

### Wednesday 17 January 2024

- 10:00–11:30 **Peer review of the climate plans**
  - Place: online
  - Objectives:
    1. Compare the drafts
    2. Write comments
  - Participants:
    - Climate officers

## February

### Thursday 22 February 2024

- 09:00–12:00 **Writing workshop for the report**
- 15:00–16:00 **Language café: Chinese for beginners**
  - Place: City Library

---

Questions? Write to the secretariat.
"""

OUTLOOK = """Calendar: International relations
Exported: 07/11/2022 08:14
Time zone: (UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna

-----------------------------------------

Subject:\tWorking group on electric buses
Location:\tOnline

Start:\tTue 08/11/2022 09:00
End:\tTue 08/11/2022 10:30
Show Time As:\tBusy

Second meeting of the group.

Participants:
*\tPublic transport company
*\tUniversity

-----------------------------------------

Subject:\tStudy visit by the delegation
Location:\tTown Hall

Start:\tThu 17/11/2022 13:00
End:\tSat 19/11/2022 12:00
"""

POST = """活动预告 | 2021年9月城市合作活动一览
友城之窗  2021-08-31 17:30

(文中时间均为北京时间)

★ 9月7日(周二)
【线上研讨会】雨洪管理
时间:16:00—18:00
平台:视频会议
参加人员:
1、住建部门代表
2、设计院专家

★ 9月16日(周四)
【线上讲座】城市的碳中和之路
时间:晚7点—8点半

★ 9月28日(周二)
【工作会议】季度通报会
时间:16:00开始

报名方式:发送邮件
"""

AGENDA = """Kick-off of the programme
Ghent, 5 and 6 June 2023

Monday 5 June 2023

09:30 Registration and coffee
10:00 – 10:45 Opening by the Deputy Mayor
14:00 – 16:00: Parallel workshops

Tuesday 6 June 2023

9:00-12:00 Site visit to the new harbour
12:00 Lunch
"""

BOTH_LANGUAGES = """<html><body><h1>2023年11月活动安排</h1><p>Activities, November 2023</p>
<table><tr><td><p>日期</p><p>Date</p></td><td><p>时间(北京时间)</p><p>Time (Beijing)</p></td>
<td><p>活动名称</p></td><td><p>Event</p></td><td><p>参加单位</p></td><td><p>Participants</p></td></tr>
<tr><td><p>11月8日</p><p>8 November</p></td><td><p>15:30-17:00</p></td><td><p>绿色制造技术交流会</p></td>
<td><p>Technical Exchange on Green Manufacturing</p></td><td><p>市工业局</p><p>开发区</p></td>
<td><p>Bureau of Industry</p><p>Development Zone</p></td></tr>
<tr><td rowspan="2"><p>11月15日</p><p>15 November</p></td><td><p>9:00-11:30</p></td>
<td><p>历史街区专题研讨会</p></td><td><p>Seminar on Historic Quarters</p></td>
<td><p>市规划局</p></td><td><p>Bureau of Planning</p></td></tr>
<tr><td><p>16:00-17:30</p></td><td><p>与友城视频会谈</p></td><td><p>Video Talks with the Twin City</p></td>
<td><p>市外事办公室</p></td><td><p>Foreign Affairs Office</p></td></tr>
</table></body></html>
"""

WITH_PARTICIPANTS = """Programme of the exchange week, May 2023

Date      Time           Event                   Participants
22 May    14:00-17:30    Arrival and welcome     All delegates
23 May    09:00-10:00    Opening ceremony        Mayors and heads of delegation
          10:30-12:00    Round table on parks    Experts from universities
"""

DATES_BEFORE_TITLES = """Upcoming events of the network, 2023

3 May 2023 – Opening webinar: heat in cities, 10:00–11:30 CEST, online
14 June 2023 – Workshop on urban forests, Utrecht
* 26 June 2023, 9:00-10:00 CEST: Call for partners
12 October 2023 – Study visit for planners, Graz
"""

DATES_BEHIND_TITLES = """<html><body><h1>Agenda 2023</h1><ul>
<li><strong>Webinar: Heat plans</strong> — Tuesday 9 May 2023, 10:00–11:30 (CEST)</li>
<li><strong>Workshop on trees</strong> — Thursday 11 May 2023, 14:00–16:00 (CEST)</li>
<li><strong>Assembly</strong> — Friday 26 May 2023, all day</li></ul></body></html>
"""

SEVERAL_DAYS = """EVENTS

5–7 June 2023
Study visit to Turin
Three days with the energy agency.

14 June 2023
Webinar: Heat plans
2–3.30pm CEST

28-29 June 2023
Annual conference
Brussels, town hall
"""

SEVERAL_DAYS_WITH_LABELS = """活动预告

一、中欧城市更新论坛
时间：2023年5月16日至18日
地点：武汉

二、绿色建筑线上研讨会
时间：2023年5月23日下午3:00
地点：线上

三、青年交流营
时间：2023年6月5日—9日
地点：里昂
"""

PLACES_BESIDE_TIMES = """<html><body><h1>Events</h1>
<article><div><span>12</span> <span>May</span> <span>2023</span></div><h3>Webinar on water</h3>
<p>15:00 - 16:30 (CEST) | Online</p><p>Two cities present their work.</p></article>
<article><div><span>17</span> <span>May</span> <span>2023</span></div><h3>Peer review in Oulu</h3>
<p>09:00 - 17:00 (EEST) | Oulu</p></article>
<article><div><span>1</span> <span>Jun</span> <span>2023</span></div><h3>Deadline for visits</h3>
<p>Online</p></article></body></html>
"""

BOXES = """2024年5月对外交流活动安排

┌───┬─────┬─────────┬─────────┬──────┐
│ 序号 │ 日期     │ 时间             │ 活动名称         │ 地点       │
├───┼─────┼─────────┼─────────┼──────┤
│ 1    │ 5月8日   │ 上午9:00—11:30  │ 合作项目启动会   │ 市民中心   │
├───┼─────┼─────────┼─────────┼──────┤
│ 2    │ 5月10日  │ 下午2:30—5:00   │ 绿色金融与城市基 │ 市委党校   │
│      │          │                  │ 础设施专题培训   │            │
├───┼─────┼─────────┼─────────┼──────┤
│ 3    │ 5月17日  │ 全天             │ 换乘枢纽考察     │ 苏州、上海 │
└───┴─────┴─────────┴─────────┴──────┘
    注：表中时间均为北京时间。
"""

LANGUAGES_APART = """活動日程
以下時間均為香港時間。

長者友善社區研討會
日期\t2024年3月15日（星期五）
時間\t下午3時至5時
地點\t演講廳
對象
• 地區團體代表

海濱規劃考察團
日期\t2024年3月20日（星期三）
時間\t上午9時30分至中午12時

Calendar of Events

Seminar on Age-friendly Community
Date\t15 March 2024 (Friday)
Time\t3 pm – 5 pm
Venue\tLecture Theatre
Target Participants
• Representatives of district groups

Field Visit on Harbourfront Planning
Date\t20 March 2024 (Wednesday)
Time\t9:30 am – 12 noon
"""

FIRST_AND_LAST = """Overview of events - Q3 2023\t\t\t\t
Start\tEnd\tTime\tEvent\tPlace
4-Jul-2023\t4-Jul-2023\t10:00-11:30\tSteering group: third meeting\tOnline
12-Jul-2023\t14-Jul-2023\t\tStudy visit to Gdynia\tGdynia
5-Sep-2023\t5-Sep-2023\t11:00\tInfo day for companies\tOlivia Centre
"""

NEWSLETTER_WITH_STATUS = """What's on in May and June 2024. Times are Irish time.

• Tuesday 14 May, 2–4pm
  Green roofs for busy streets: lessons from
  Cork and Wuxi
  Where: Online
  Two city architects show what survived.
  Who should come:
   - Building managers

• Tuesday 4 June, 10am–12 noon
  *** CANCELLED ***
  Drop-in clinic for applicants
  Where: City Hall

• Thursday 6 to Saturday 8 June
  Visit of the delegation
  Where: Cork and Cobh
"""

PROGRAM_PRINT = """International relations Bogotá
Fri Mar 1, 2024 – Sun Mar 31, 2024 (Colombia Standard Time - Bogotá)

Tue Mar 5, 2024
  9am – 10:30am           Call with Rennes: cycling on Sundays
                          Where: Online
                          Created by: relint

Thu Mar 7, 2024
  2:30pm – 5pm            Visit of the design team
                          Where: Planning department

Tue Mar 12, 2024
  All day                 Deadline: questionnaire
"""

TITLES_ABOVE_LISTS = """<html><body><h1>Veranstaltungen</h1><p>Alle Zeitangaben: Ortszeit (MEZ).</p>
<div><h3>Online-Seminar: Wärmeplanung in den Quartieren</h3>
<ul><li>Donnerstag, 22.02.2024</li><li>9:30–11:00 Uhr</li><li>Online</li></ul>
<p>Wie gelingt der Umstieg auf Wärme aus der Region?</p>
<h4>Zielgruppe</h4><ul><li>Fachämter für Bauen</li></ul></div>
<div><h3>Besuch der Delegation aus Qingdao</h3>
<ul><li>Montag, 04.03.2024 – Mittwoch, 06.03.2024</li><li>ganztägig</li><li>Rathaus</li></ul></div>
<div><h3>Werkstattgespräch zum Radverkehr</h3>
<ul><li>Donnerstag, 07.03.2024</li><li>ab 18 Uhr</li><li>Stadthaus</li></ul></div></body></html>
"""

LABELS_BELOW_TITLES = """Online course: Energy managers

Module 1: Reading the data

Date: 3 October 2023
Time: 10:00–12:00 Brussels time / 16:00–18:00 Beijing time

We open the meters.

Module 2: From data to a baseline

Date: Tue, 10 Oct. 2023
Time: 10:00–12:00 Brussels time / 16:00–18:00 Beijing time

Choosing the year.
"""

POINTS = """Programme of the mission, October 2023
All times are Beijing time.

Day 1 – Monday 16 October

09.30 – 10.15   Welcome and briefing     City Hall
10.30 – 12.30   Working session          Exhibition Hall
19.00           Official dinner          Hotel
"""

DAY_BY_DAY = (
    "行事予定表\n2024年11月\n※ 時間は日本時間です。\n日 曜   時間   行事名   場所\n"
    + "".join(
        f"{day}   {'月火水木金土日'[(day + 3) % 7]}"
        + {
            5: "   10時～11時30分   環境協力の連絡会議   市役所\n         13時～   防災教室   公民館",
            18: "   終日   視察団の受入れ   響灘",
            23: "   市民まつり",
        }.get(day, "")
        + "\n"
        for day in range(1, 31)
    )
)

TAGS_ABOVE_TITLES = """<html><body><h1>Events</h1>
<article><time>04<br></time><div><span>04</span> <span>Mar</span> <span>2025</span></div>
<ul><li>Info days</li></ul><h2>Info session: second call</h2><p>The secretariat answers questions.</p>
<ul><li>Tuesday 4 March 2025, 10:00 - 11:30 (CET)</li><li>Online only</li></ul></article>
<article><div><span>20</span> <span>Mar</span> <span>2025</span></div>
<ul><li>Webinar</li></ul><h2>Budgets that last</h2>
<ul><li>Thursday 20 March 2025, 14:00 - 15:30 (CET)</li><li>Online only</li></ul></article>
</body></html>
"""

EVENTS_BY_MONTH = """<html><body><h1>Events</h1><ul><li>List</li><li>Month</li></ul>
<h2>September 2024</h2>
<div>Thu 12</div><div><p>September 12 @ 9:30 am - 12:00 pm CEST</p><h3>Working Group Air Quality</h3>
<p>Online</p></div>
<h2>October 2024</h2>
<div>Wed 2</div><div><p>Featured October 2 @ 9:00 am - October 4 @ 1:00 pm CEST</p><h3>Mayors' Summit</h3>
<p>Exhibition Centre</p></div>
<div>Tue 29</div><div><p>October 29 - November 1</p><h3>Housing Exchange Week</h3><p>City Hall</p></div>
</body></html>
"""

WEEK_IN_SPANISH = """<html><body><header>Agencia</header><h1>Agenda</h1>
<p>« Semana :: 12 Mayo 2025 - 14 Mayo 2025 »</p>
<h3>Lunes 12 Mayo</h3><ul><li>08:00am - 09:30am Reunión del comité de las ciudades&nbsp; ::Institucional</li></ul>
<h3>Martes 13 Mayo</h3><ul></ul>
<h3>Miércoles 14 Mayo</h3><ul><li>04:00pm - 05:30pm Recepción de la delegación&nbsp; ::Visitas</li>
<li>05:00pm Cierre de las inscripciones&nbsp; ::Convocatorias</li></ul>
<p>Todos los horarios corresponden a la hora de Colombia.</p><p>Powered by a program</p></body></html>
"""

STROKES = """11月，有这些国际活动
2024年11月，我市将举办一批对外交流活动

01

青年线上茶叙

🕒 时间丨11月5日（周二）北京时间16:00—17:30（德国时间9:00—10:30）
📍 地点丨视频会议
📋 参加单位丨
· 市第二中学
· 友城中学

02

市代表团访问长崎

🕒 时间丨11月12日至14日
📍 地点丨日本长崎

03

摄影展开幕

🕒 时间丨11月29日（周五），具体时间另行通知
📍 地点丨市美术馆
"""

TITLES_BEFORE_DATES = """<html><body><h1>행사안내</h1><table>
<tr><th>번호</th><th>행사명</th><th>일시</th><th>장소</th></tr>
<tr><td>2</td><td>청년 창업가 교류회</td><td>2025.06.10.(화)<br>14:00~17:30</td><td>창업카페</td></tr>
<tr><td>1</td><td>초청연수 환영식</td><td>2025.06.04.(수)<br>10:00~11:00</td><td>시청</td></tr>
</table></body></html>
"""

TEXTS = (
    MONTH,
    FORM,
    TWO_LANGUAGES,
    ROWS,
    NEWSLETTER,
    TITLES_ABOVE,
    NUMBERED,
    VISIT,
    TRADITIONAL,
    MARKDOWN,
    OUTLOOK,
    POST,
    AGENDA,
    WITH_PARTICIPANTS,
    DATES_BEFORE_TITLES,
    SEVERAL_DAYS,
    SEVERAL_DAYS_WITH_LABELS,
    BOXES,
    LANGUAGES_APART,
    FIRST_AND_LAST,
    NEWSLETTER_WITH_STATUS,
    PROGRAM_PRINT,
    LABELS_BELOW_TITLES,
    POINTS,
    DAY_BY_DAY,
    STROKES,
)
WEB_PAGES = (
    WEB_TABLE,
    BOTH_LANGUAGES,
    DATES_BEHIND_TITLES,
    PLACES_BESIDE_TIMES,
    TITLES_ABOVE_LISTS,
    TAGS_ABOVE_TITLES,
    EVENTS_BY_MONTH,
    WEEK_IN_SPANISH,
    TITLES_BEFORE_DATES,
)
