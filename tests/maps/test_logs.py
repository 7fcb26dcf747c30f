"""Maps for text logs on logs with planted facts: made here from a seed, and counted here again without
the program, line by line."""

import json
import os
import pathlib
import random
import statistics
import subprocess
import tempfile
from datetime import datetime, timedelta, timezone

from real.compare import Tap

START = datetime(2024, 12, 29, 8, 0, 0, tzinfo=timezone.utc)
AS_OF = "2025-02-01T00:00:00Z"


def measure(folder, name, text, *arguments):
    """The document that the program makes of a log."""
    path = pathlib.Path(folder) / name
    path.write_bytes(text.encode("utf-8"))
    ended = subprocess.run([os.environ["CFAUDIT"], "measure", *arguments, "--as-of", AS_OF,
                            "--format", "json", "--quiet", str(path)], capture_output=True,
                           check=False)
    if ended.returncode not in (0, 1, 3):
        raise RuntimeError(ended.stderr.decode())
    return json.loads(ended.stdout)


def figure(document, measure_id, variant):
    for item in document["figures"]:
        if (item["measure"], item["variant"]) == (measure_id, variant):
            return item
    raise KeyError((measure_id, variant))


def rows(document):
    source = document["accounting"][0]
    return {key: source["rows_" + key] for key in ("read", "used", "filtered", "rejected")}


def epoch(moment):
    return str(int(moment.timestamp()))


def queue_log(random_source):
    """(text, waits in seconds of answered calls, calls abandoned, calls given up, rows to use)."""
    lines = ["%s|NONE|NONE|NONE|QUEUESTART|" % epoch(START)]
    waits, abandoned, given_up, used = [], 0, 0, 0
    for number in range(400):
        at = START + timedelta(seconds=97 * number)
        call = "%s.%d" % (epoch(at), number)
        wait = random_source.randrange(1, 300)
        fate = random_source.random()
        calls = [(at, "NONE", "ENTERQUEUE||0390000000|1")]
        if fate < 0.7:
            calls += [(at + timedelta(seconds=wait), "PJSIP/7", "CONNECT|%d|x|1" % wait),
                      (at + timedelta(seconds=wait + 60), "PJSIP/7", "COMPLETECALLER|%d|60|1" % wait)]
            waits.append(wait)
        elif fate < 0.9:
            calls.append((at + timedelta(seconds=wait), "NONE", "ABANDON|1|1|%d" % wait))
            abandoned += 1
        else:
            calls.append((at + timedelta(seconds=wait), "NONE", "EXITWITHTIMEOUT|1|1|%d" % wait))
            given_up += 1
        used += len(calls)
        lines += ["%s|%s|support|%s|%s" % (epoch(moment), call, member, event)
                  for moment, member, event in calls]
        if number % 50 == 0:
            lines.append("not a line of the queue %d" % number)
    return "\n".join(lines) + "\n", waits, abandoned, given_up, used, len(lines)


def check_queue(tap, folder):
    text, waits, abandoned, given_up, used, lines = queue_log(random.Random(17))
    document = measure(folder, "queue_log", text, "M-01", "--map", "asterisk-queue-log")
    found = figure(document, "M-01", "by-messages")
    tap.equal("queue log: rows", {"read": lines, "used": used, "filtered": 9, "rejected": 0},
              rows(document))
    tap.equal("queue log: answered calls", len(waits), found["n"])
    tap.equal("queue log: median wait", statistics.median_low(sorted(waits)), round(found["value"]))
    tap.equal("queue log: abandoned calls are the customer's end", abandoned,
              {item["reason"]: item["n"] for item in found["excluded"]}.get("cancelled"))
    tap.equal("queue log: all calls", 400, document["accounting"][0]["cases"])
    tap.check("queue log: given-up calls", [] if given_up else ["none was made"])


def mail_log(random_source):
    """Old form, local times of Rome, over New Year."""
    lines, spans, waiting = [], [], 0
    for number in range(300):
        at = START + timedelta(minutes=17 * number, hours=1)
        queue_id = "%010X" % (0xA000000000 + number)
        head = " mail postfix/"
        events = [(at, "smtpd[7]: %s: client=x.example[192.0.2.1]" % queue_id)]
        tries = random_source.randrange(0, 3)
        end = at
        for _ in range(tries):
            end += timedelta(seconds=random_source.randrange(60, 4000))
            events.append((end, "smtp[8]: %s: to=<a@c%d.example>, relay=none, delay=9, dsn=4.4.1, "
                                "status=deferred (time)" % (queue_id, number % 3)))
        if number % 7:
            end += timedelta(seconds=random_source.randrange(1, 50))
            events.append((end, "smtp[8]: %s: to=<a@c%d.example>, relay=y.example[192.0.2.2]:25, "
                                "delay=9, dsn=2.0.0, status=sent (ok)" % (queue_id, number % 3)))
            events.append((end, "qmgr[9]: %s: removed" % queue_id))
            spans.append((end - at).total_seconds())
        else:
            waiting += 1
        lines += [(moment, moment.strftime("%b ") + "%2d" % moment.day +
                   moment.strftime(" %H:%M:%S") + head + words) for moment, words in events]
    lines.sort(key=lambda item: item[0])
    return "\n".join(words for _, words in lines) + "\n", spans, waiting, [l for _, l in lines]


def check_mail(tap, folder):
    text, spans, waiting, lines = mail_log(random.Random(23))
    document = measure(folder, "mail.log", text, "M-03", "--map", "postfix", "--zone",
                       "Etc/GMT-1")
    source = document["accounting"][0]
    removed = sum(line.endswith(": removed") for line in lines)
    tap.equal("mail log: rows", {"read": len(lines), "used": len(lines) - removed,
                                 "filtered": removed, "rejected": 0}, rows(document))
    tap.equal("mail log: one New Year", (len(lines) - removed, 1),
              (source["years_found"], source["year_turns"]))
    found = figure(document, "M-03", "by-events")
    spans.sort()
    tap.equal("mail log: delivered", len(spans), found["n"])
    tap.equal("mail log: median time to delivery", statistics.median_low(spans),
              found["value"])
    tap.equal("mail log: never delivered", waiting,
              {item["reason"]: item["n"] for item in found["excluded"]}.get("never-solved"))


def check_web(tap, folder):
    random_source = random.Random(5)
    codes = random_source.choices([200, 304, 404, 500, 503], [80, 5, 9, 4, 2], k=2000)
    lines = ['192.0.2.%d - - [%s] "GET /%d HTTP/1.1" %d 7 "-" "=1+1"' %
             (number % 250, (START + timedelta(seconds=number)).strftime("%d/%b/%Y:%H:%M:%S +0000"),
              number % 5, code) for number, code in enumerate(codes)]
    document = measure(folder, "access.log", "\n".join(lines), "M-07", "--map", "apache-access")
    found = figure(document, "M-07", "reported")
    kept = sum(code < 400 for code in codes)
    failed = sum(code >= 500 for code in codes)
    tap.equal("access log: rows", {"read": 2000, "used": 2000, "filtered": 0, "rejected": 0},
              rows(document))
    tap.equal("access log: answered of those that count", (kept, kept + failed),
              (found["k"], found["n"]))


def check_desk(tap, folder):
    """A ticket system's log: waits from the new ticket to the first answer of a person."""
    lines, waits = [], []
    for number in range(200):
        at = START + timedelta(minutes=31 * number)
        ticket = "20241229%08d" % number

        def line(moment, words):
            return "[%s %2d %s]%s" % (moment.strftime("%a %b"), moment.day,
                                      moment.strftime("%H:%M:%S %Y"), words)

        mail = "[Info][Kernel::System::Ticket::Article::Backend::Email::ArticleSend] Queued email to " \
               "'a' from 'b'. HistoryType => %s, Subject => RE: [Ticket#%s] Lamp;"
        lines.append(line(at, "[Notice][Kernel::System::Ticket::TicketCreate] New Ticket [%s/Lamp] "
                              "created (TicketID=%d,Queue=Q,Priority=3 normal,State=new)" %
                          (ticket, number)))
        lines.append(line(at + timedelta(seconds=2), mail % ("SendAutoReply", ticket)))
        lines.append("\ta line that goes on")
        if number % 4:
            wait = 60 * (number % 90 + 1)
            lines.append(line(at + timedelta(seconds=wait), mail % ("SendAnswer", ticket)))
            waits.append(wait)
    document = measure(folder, "znuny.log", "\n".join(lines) + "\n", "M-01", "--map", "znuny-log",
                       "--zone", "UTC")
    found = figure(document, "M-01", "by-messages")
    used = 400 + len(waits)
    tap.equal("ticket system: rows are entries, not lines",
              {"read": used, "used": used, "filtered": 0, "rejected": 0}, rows(document))
    tap.equal("ticket system: answered, and their median", (len(waits), statistics.median_low(waits)),
              (found["n"], found["value"]))


def check_talk(tap, folder):
    lines, waits = ["Export of the tenth of March"], []
    for number in range(100):
        at = START + timedelta(minutes=7 * number)
        lines.append("%s [K%d] cliente: buongiorno" % (at.strftime("%Y-%m-%d %H:%M:%S"), number))
        lines.append("  la lampada non si accende")
        lines.append("%s [K%d] bot: ricevuto" % ((at + timedelta(seconds=1)).strftime(
            "%Y-%m-%d %H:%M:%S"), number))
        waits.append(30 + number)
        lines.append("%s [K%d] operatore (Bea): eccoci" % ((at + timedelta(
            seconds=waits[-1])).strftime("%Y-%m-%d %H:%M:%S"), number))
    document = measure(folder, "talk.txt", "\r\n".join(lines), "M-01", "--map",
                       "generic-conversation", "--zone", "UTC")
    found = figure(document, "M-01", "by-messages")
    tap.equal("conversation: rows", {"read": 301, "used": 300, "filtered": 1, "rejected": 0},
              rows(document))
    tap.equal("conversation: waits", (100, statistics.median_low(waits)),
              (found["n"], found["value"]))


def check_syslog(tap, folder):
    """RFC 5424: offsets, fractions, nil values, structured data with quoted brackets, a byte order mark."""
    random_source = random.Random(5424)
    data = ("-", '[a@1 k="v"]', '[a@1 k="v\\]w" l="\\"x\\""][b@2]', '[=1+1 k="<&>"]')
    text = ("", " ", " \ufeffcitt\u00e0", " plain [x] <3> 1 -", " =HYPERLINK(\"x\")")
    seen, lines = {}, []
    for number in range(1500):
        moment = START + timedelta(milliseconds=1700 * number)
        process = (random_source.choice(("web1", "2001:db8::1", "-")), random_source.choice(("app", "-")),
                   str(random_source.randrange(40)))
        seen.setdefault(process, []).append(moment)
        hours = random_source.choice((-9, 0, 0, 5))
        written = (moment + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S.%f")[:23]
        lines.append("<%d>1 %s%s %s %s %s %s %s%s" % (
            random_source.randrange(192), written, "%+03d:00" % hours if hours else "Z", *process,
            random_source.choice(("ID47", "-")), random_source.choice(data),
            random_source.choice(text)))
    wrong = ["<34>1 - web1 app 7 - - no time", "<34>0 2025-01-01T00:00:00Z web1 app 7 - - no version",
             "<34>1 2025-01-01T00:00:00Z web1 app 7 - [open no end"]
    document = measure(folder, "five.log", "\n".join(lines + wrong), "M-03", "--map", "syslog",
                       "--allow-incomplete")
    spans = sorted((max(times) - min(times)).total_seconds() for times in seen.values())
    found = figure(document, "M-03", "first-to-last")
    tap.equal("RFC 5424: rows", {"read": 1503, "used": 1500, "filtered": 3, "rejected": 0}, rows(document))
    tap.equal("RFC 5424: processes, first to last", (len(spans), spans[0], spans[-1]),
              (found["n"], found["minimum"], found["maximum"]))


def check_zone(tap, folder):
    """The same log read as of another zone is other instants, an hour that does not exist is counted."""
    lines = ["Mar 30 0%d:30:00 desk app[7]: x" % hour for hour in (1, 2, 3)]
    found = []
    for zone in ("Europe/Rome", "UTC"):
        path = pathlib.Path(folder) / "clock.log"
        path.write_text("\n".join(lines) + "\n", encoding="ascii")
        ended = subprocess.run([os.environ["CFAUDIT"], "measure", "M-03", "--map", "syslog",
                                "--zone", zone, "--as-of", "2025-04-30T00:00:00Z", "--format",
                                "json", "--quiet", str(path)], capture_output=True, check=False)
        document = json.loads(ended.stdout)
        found.append((figure(document, "M-03", "first-to-last")["value"],
                      document["accounting"][0]["times_gap"]))
    tap.equal("change of the clock, and without", [(3600, 1), (7200, 0)], found)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        for check in (check_queue, check_mail, check_web, check_desk, check_talk, check_syslog,
                      check_zone):
            check(tap, folder)
    tap.finish()


if __name__ == "__main__":
    main()
