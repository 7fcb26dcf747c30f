"""Random sources of an audit whose cases are scattered over files and maps."""

import datetime
import os

AUDIT = """<?xml version="1.0" encoding="UTF-8"?>
<audit xmlns="urn:cfaudit:1" id="parts" edition="2015+A1" zone="Europe/Rome" calendar="it-office"
       patron="06-24" sla="sla.xml">
 <title lang="en">Parts</title>
 <organization>Example Ltd</organization>
 <scope lang="en">Desk</scope>
 <period start="2025-01-01" end="2026-01-01"/>
 <checklist name="iso9001-5.1.2"/>
 <by field="priority"/><by field="group"/>
 <source id="tickets" map="generic-ticket" zone="Europe/Rome"><file>tickets/*.csv</file></source>
 <source id="updates" map="updates.xml" zone="UTC"><file>updates</file></source>
 <source id="log" map="xes"><file>log-1.xes</file><file>log-2.xes</file></source>
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


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return name


def make(rng, folder, top, cases=60, rows=40):
    """The audit and its sources; gives the names of these."""
    write(folder, "audit.xml", AUDIT)
    write(folder, "updates.xml", MAP)
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
    return names
