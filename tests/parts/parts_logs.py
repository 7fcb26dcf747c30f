"""Random sources of an audit whose cases are scattered over files and maps."""

import datetime
import gzip
import json
import os

AUDIT = """<?xml version="1.0" encoding="UTF-8"?>
<audit xmlns="urn:cfaudit:1" id="parts" edition="2015+A1" zone="Europe/Rome" calendar="it-office"
       patron="06-24" sla="sla.xml"%s>
 <title lang="en">Parts</title>
 <organization>Example Ltd</organization>
 <scope lang="en">Desk</scope>
 <period start="2025-01-01" end="2026-01-01"/>
 <checklist name="iso9001-5.1.2"/>
 <by field="priority"/><by field="group"/>
 <source id="tickets" map="generic-ticket" zone="Europe/Rome"><file>tickets/*.csv</file></source>
 <source id="updates" map="updates.xml" zone="UTC"><file>updates</file></source>
 <source id="log" map="xes"><file>log-1.xes</file><file>log-2.xes</file></source>
 <source id="desk" map="desk.xml" zone="Europe/Rome"><file>desk</file></source>
 <source id="api" map="api.xml"><file>api/*.jsonl</file><file>api/*.jsonl.gz</file></source>
 <source id="pages" map="pages.xml"><file>pages</file></source>
 <source id="never" map="generic-ticket" zone="UTC"><file>never.csv</file></source>
</audit>
"""

MAP = """<?xml version="1.0" encoding="UTF-8"?>
<source-map xmlns="urn:cfaudit:1" id="updates" reader="delimited" zone="UTC">
 <title lang="en">Updates</title><time><format>iso</format></time>
 <record kind="ticket">
  <field name="id" required="true"><column>id</column></field>
  <field name="priority"><column>priority</column></field>
  <field name="customer"><column>customer</column></field>
  <field name="reopens"><column>reopens</column></field>
 </record>
 <record kind="event">
  <field name="at"><column>at</column></field>
  <field name="sequence"><column>seq</column></field>
  <field name="status"><column>status</column></field>
  <field name="group"><column>group</column></field>
  <field name="type"><column>type</column></field>
  <field name="actor-class"><column>author</column></field>
  <field name="visibility"><column>seen</column></field>
 </record>
 <status>
  <value class="open">new</value><value class="open">work</value>
  <value class="pending">Closed</value>
  <value class="solved">done</value><value class="closed">over</value>
 </status>
</source-map>
"""

DESK = r"""<?xml version="1.0" encoding="UTF-8"?>
<source-map xmlns="urn:cfaudit:1" id="desk" reader="text">
 <title lang="en">Desk</title><time><format>%b %e %H:%M:%S</format></time>
 <log>
  <pattern name="HEAD">^%{SYSLOGTIMESTAMP:time} desk\[(?&lt;id&gt;[^\]]+)\]:[ ]</pattern>
  <entry start="^%{SYSLOGTIMESTAMP} "/>
  <rule name="opened"><match>%{HEAD}opened P(?&lt;priority&gt;[0-9])</match>
   <set column="state" to="new"/></rule>
  <rule name="question"><match>%{HEAD}customer (?&lt;customer&gt;[^:]+):</match>
   <set column="kind" to="message"/><set column="author" to="customer"/></rule>
  <rule name="reply"><match>%{HEAD}agent (?&lt;agent&gt;[^:]+):</match>
   <set column="kind" to="message"/><set column="author" to="agent"/></rule>
  <rule name="solved"><match>%{HEAD}solved</match><set column="state" to="done"/></rule>
  <rule name="slow"><match>%{HEAD}says (?:(?:a+)+)+!$</match><set column="state" to="done"/></rule>
  <rule name="beat" use="false"><match>^%{SYSLOGTIMESTAMP} beat</match></rule>
 </log>
 <record kind="ticket">
  <field name="id" required="true"><column>id</column></field>
  <field name="priority"><column>priority</column></field>
  <field name="customer"><column>customer</column></field>
  <field name="assignee"><column>agent</column></field>
  <field name="status"><column>state</column></field>
 </record>
 <record kind="event">
  <field name="at"><column>time</column></field>
  <field name="status"><column>state</column></field>
  <field name="type"><column>kind</column></field>
  <field name="actor-class"><column>author</column></field>
 </record>
 <status><value class="open">new</value><value class="solved">done</value></status>
</source-map>
"""

JSON = """<?xml version="1.0" encoding="UTF-8"?>
<source-map xmlns="urn:cfaudit:1" id="%s" reader="%s">
 <title lang="en">Api</title><time><format>iso</format></time>%s
 <record kind="ticket">
  <field name="id" required="true"><column>key</column></field>
  <field name="group"><column>team.name</column></field>
  <field name="opened"><column>created</column></field>
  <field name="resolved"><column>ended</column></field>
 </record>
 <record kind="event">
  <field name="at"><column>changed</column></field>
  <field name="status"><column>state</column></field>
 </record>
 <status><value class="open">new</value><value class="solved">done</value></status>
</source-map>
"""

ENDINGS = (".csv", ".xes", ".json", ".jsonl", ".gz", ".log", ".1")
START = datetime.datetime(2025, 2, 3, 7)
TICKETS = "Id,Opened,Resolved,Closed,Status,Priority,Group,Customer,Updated,Author type,Visibility,Event\n"
UPDATES = "id,at,seq,status,group,priority,customer,reopens,type,author,seen\n"


def moment(rng, zoned):
    at = START + datetime.timedelta(minutes=rng.randrange(0, 300 * 24 * 60))
    if rng.random() < 0.3:
        at += datetime.timedelta(microseconds=rng.randrange(1000000))
        return at.isoformat(timespec="microseconds") + "Z"
    return at.strftime("%Y-%m-%d %H:%M:%S") + ("Z" if zoned else "")


def ident(rng, cases):
    """Ids that begin alike, with characters of several bytes, one the beginning of another."""
    number = rng.randrange(cases)
    return ["T-%05d", "Fälle-%d", "T-%d", "日本-%d"][number % 4] % number


def ticket_row(rng, cases):
    broken = rng.random()
    opened = "yesterday" if broken < 0.01 else moment(rng, False)
    return ",".join([
        "" if 0.01 < broken < 0.02 else ident(rng, cases), opened,
        moment(rng, False) if rng.random() < 0.6 else "",
        moment(rng, False) if rng.random() < 0.3 else "",
        rng.choice(["Open", "Closed", "Resolved", "On hold", "Strange %d" % rng.randrange(4), ""]),
        rng.choice(["1", "2", "3", ""]), rng.choice(["North", "South", "Über", ""]),
        "Customer %d" % rng.randrange(9), moment(rng, False),
        rng.choice(["", "agent", "customer", "nobody"]), rng.choice(["", "public", "private"]),
        rng.choice(["", "message", "note", "change"])]) + "\n"


def update_row(rng, cases):
    return ",".join([
        ident(rng, cases), moment(rng, True), str(rng.randrange(5)) if rng.random() < 0.7 else "",
        rng.choice(["new", "work", "Closed", "done", "over", "odd"]),
        rng.choice(["North", "East", ""]), rng.choice(["1", "4", ""]),
        "Customer %d" % rng.randrange(4), str(rng.randrange(3)) if rng.random() < 0.5 else "",
        rng.choice(["", "message"]), rng.choice(["agent", "customer", ""]),
        rng.choice(["public", ""])]) + "\n"


def xes(rng, cases, traces):
    out = ['<log xmlns="http://www.xes-standard.org/" xes.version="2.0">']
    for _ in range(traces):
        out.append('<trace><string key="concept:name" value="%s"/>' % ident(rng, cases))
        for _ in range(rng.randrange(4)):
            out.append('<event><string key="concept:name" value="%s"/>'
                       '<date key="time:timestamp" value="%s"/></event>'
                       % (rng.choice(["a", "b", "done"]),
                          moment(rng, True).replace(" ", "T")))
        out.append("</trace>")
    out.append("</log>\n")
    return "".join(out)


def desk_log(rng, cases, times):
    """In the order of time, without a year, which may turn; entries of several lines, and none."""
    out = []
    for at in times:
        stamp = at.strftime("%b ") + "%2d" % at.day + at.strftime(" %H:%M:%S")
        head = "%s desk[%s]: " % (stamp, ident(rng, cases))
        out.append(rng.choice([
            lambda: head + "opened P%d" % rng.randrange(1, 4),
            lambda: head + "customer C%d: is it\n\tmine?\n opened P9" % rng.randrange(4),
            lambda: head + "agent A%d: yes\n" % rng.randrange(7),
            lambda: head + "solved",
            lambda: head + "says " + "a" * (40 if rng.random() < 0.1 else 3) + rng.choice("!?"),
            lambda: stamp + " beat %d" % rng.randrange(99),
            lambda: stamp + " nobody knows =1+1",
        ])())
    if rng.random() < 0.3:
        out.insert(0, "  what is in front of the first entry")
    return "\n".join(out) + rng.choice(["", "\n"])


def api_object(rng, cases):
    item = {"key": ident(rng, cases), "changed": moment(rng, True).replace(" ", "T"),
            "state": rng.choice(["new", "done", "odd", None])}
    if rng.random() < 0.6:
        item["team"] = {"name": rng.choice(["North", "Über", None])}
    if rng.random() < 0.5:
        item["created"] = moment(rng, True).replace(" ", "T")
        item["ended"] = moment(rng, True).replace(" ", "T")
    return json.dumps(item, ensure_ascii=rng.random() < 0.5)


def api_lines(rng, cases, rows):
    lines = []
    for _ in range(rows):
        line = api_object(rng, cases)
        lines.append(line[:-1] if rng.random() < 0.03 else line)
    return "".join(line + "\n" for line in lines)


def api_page(rng, cases, rows):
    return '{"next": null, "items": [%s]}\n' % ", ".join(api_object(rng, cases)
                                                        for _ in range(rows))


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    bytes_ = text.encode()
    if name.endswith(".gz"):
        bytes_ = gzip.compress(bytes_, mtime=0)
    with open(path, "wb") as file:
        file.write(bytes_)
    return name


def make_logs(rng, folder, cases, rows):
    """Of text and JSON: a log that is rotated, lines, pages."""
    names = []
    times = sorted(START + datetime.timedelta(minutes=rng.randrange(340 * 1440))
                   for _ in range(rng.randrange(4 * rows)))
    files = rng.randrange(1, 5)
    cuts = [0, *sorted(rng.randrange(len(times) + 1) for _ in range(files - 1)), len(times)]
    for i in range(files):  # the newest has no number
        names.append(write(folder, "desk/desk.log" + ("", ".1", ".2.gz", ".3.gz")[files - 1 - i],
                           desk_log(rng, cases, times[cuts[i]:cuts[i + 1]])))
    for i in range(rng.randrange(1, 4)):
        names.append(write(folder, "api/%d.jsonl%s" % (i, rng.choice(["", ".gz"])),
                           api_lines(rng, cases, rng.randrange(1, rows))))
    for i in range(rng.randrange(1, 3)):
        names.append(write(folder, "pages/%d.json" % i,
                           api_page(rng, cases, rng.randrange(rows))))
    return names


def make(rng, folder, top, cases=60, rows=40):
    """The audit and its sources; gives the names of these."""
    # times without a year need an end: without one no text log
    has_end = rng.random() < 0.7
    write(folder, "audit.xml", AUDIT % (' as-of="2026-01-15T00:00:00Z"' if has_end else ""))
    write(folder, "updates.xml", MAP)
    write(folder, "desk.xml", DESK)
    write(folder, "api.xml", JSON % ("api", "json-lines", ""))
    write(folder, "pages.xml", JSON % ("pages", "json", "<rows>items</rows>"))
    with open(os.path.join(top, "checklists/examples/helpdesk/sla.xml"), encoding="utf-8") as file:
        write(folder, "sla.xml", file.read())
    names = []
    for i in range(rng.randrange(1, 6)):
        names.append(write(folder, "tickets/%s%d.csv" % (rng.choice("abc"), i), TICKETS + "".join(
            ticket_row(rng, cases) for _ in range(rng.randrange(rows)))))
    for i in range(rng.randrange(1, 5)):
        names.append(write(folder, "updates/%d/u.csv" % i, UPDATES + "".join(
            update_row(rng, cases) for _ in range(rng.randrange(1, rows)))))
    for i in (1, 2):
        names.append(write(folder, "log-%d.xes" % i, xes(rng, cases, rng.randrange(12))))
    logs = make_logs(rng, folder, cases, rows)
    if has_end:
        return names + logs
    for name in logs:
        if name.startswith("desk"):
            os.unlink(os.path.join(folder, name))
    return names + [name for name in logs if not name.startswith("desk")]
