"""Counts what conversation.py has written, from its bytes, with csv and integers only.

Working time is that of Monday to Friday, 9 to 13 and 14 to 18, in Rome; the two months have no
holiday on a working day. Durations are seconds.
"""

import csv
import datetime
import io

import rome

OPEN = {"Nuovo", "In lavorazione", "Riaperto"}
HOLD = {"In attesa del fornitore"}
PENDING = {"In attesa del cliente"}
OVER = {"Risolto", "Chiuso", "Duplicato"}
WINDOWS = ((9, 13), (14, 18))


def instant(text):
    return rome.read(datetime.datetime.strptime(text, "%d/%m/%Y %H:%M")) if text else None


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), delimiter=";"))


def worked(a, b):
    """Minutes of work in [a, b)."""
    total = 0
    day = rome.to_local(a).replace(hour=0, minute=0) - datetime.timedelta(days=1)
    while day <= rome.to_local(b) + datetime.timedelta(days=1):
        if day.weekday() < 5:
            for start, end in WINDOWS:
                low, high = (rome.read(day.replace(hour=hour)) for hour in (start, end))
                total += max(0, min(b, high) - max(a, low))
        day += datetime.timedelta(days=1)
    return total


class Case:
    def __init__(self, rows, messages, as_of):
        self.as_of = as_of
        self.changes = [(instant(row["Aggiornato il"]), row["Stato"]) for row in rows]
        last = rows[-1]
        self.opened = instant(last["Aperto il"])
        self.reported = instant(last["Prima risposta il"])
        self.promised = instant(last["Promesso per il"])
        self.delivered = instant(last["Consegnato il"])
        self.words = [(instant(m["Inviato il"]), m["Tipo autore"], m["Visibilità"] == "pubblica")
                      for m in messages]
        self.cancelled = self.changes[-1][1] == "Duplicato"
        self.end = None  # since when it is over for good
        for at, status in self.changes:
            if status not in OVER:
                self.end = None
            elif self.end is None:
                self.end = at

    def answers(self):
        return [i for i, (at, author, public) in enumerate(self.words)
                if author == "Operatore" and public]

    def phases(self):
        """(from, until, status), in order, from the opening to the end or the as-of instant."""
        until = self.as_of if self.end is None else self.end
        bounds = [at for at, _ in self.changes[1:]] + [until]
        start = self.opened
        for (_, status), bound in zip(self.changes, bounds):
            yield start, min(bound, until), status
            start = min(bound, until)

    def worked_in(self, statuses, a, b):
        return sum(worked(max(a, low), min(b, high)) for low, high, status in self.phases()
                   if status in statuses and min(b, high) > max(a, low))


class Figure:
    def __init__(self):
        self.values = []
        self.out = {}

    def leave(self, reason):
        self.out[reason] = self.out.get(reason, 0) + 1

    def durations(self):
        values = sorted(self.values)
        return {"n": len(values), "excluded": self.out} | {
            "p%d" % p: values[max(1, -(-len(values) * p // 100)) - 1] * 60 for p in (50, 85, 90, 95)}

    def share(self):
        return {"n": len(self.values), "k": sum(self.values), "excluded": self.out}


def first_response(case, reported, by_messages):
    if case.cancelled:
        reported.leave("cancelled")
        by_messages.leave("cancelled")
        return
    unanswered = "not-answered" if case.end is None else "ended-unanswered"
    if case.reported is None:
        reported.leave(unanswered)
    else:
        reported.values.append(worked(case.opened, case.reported))
    found = next((i for i in case.answers()
                  if i > 0 or case.words[i][0] > case.opened), len(case.words))
    if any(author == "Stagista" for _, author, _ in case.words[:found]):
        by_messages.leave("author-unknown")
    elif found == len(case.words):
        by_messages.leave(unanswered)
    else:
        by_messages.values.append(worked(case.opened, case.words[found][0]))


def next_replies(case, figure):
    if case.cancelled:
        figure.leave("cancelled")
        return
    before = -1
    for end in [*case.answers(), len(case.words)]:
        between = case.words[before + 1:end]
        asked = [at for at, author, _ in between if author == "Cliente"]
        if asked and any(author == "Stagista" for _, author, _ in between):
            figure.leave("author-unknown")
        elif asked and end == len(case.words):
            figure.leave("not-answered" if case.end is None else "ended-unanswered")
        elif asked:
            figure.values.append(worked(asked[0], case.words[end][0]))
        before = end


def waiting(case, figures):
    for statuses, figure in figures:
        if case.cancelled:
            figure.leave("cancelled")
        elif case.end is None:
            figure.leave("still-open")
        else:
            figure.values.append(case.worked_in(statuses, case.opened, case.end))


def promises(case, distance, on_time):
    if case.promised is None:
        distance.leave("no-promise")
        on_time.leave("no-promise")
    elif case.delivered is not None:
        distance.values.append(abs(case.delivered - case.promised))
        on_time.values.append(case.delivered <= case.promised)
    elif case.promised < case.as_of:
        distance.leave("not-fulfilled")
        on_time.values.append(False)
    else:
        distance.leave("promise-not-due")
        on_time.leave("promise-not-due")


def silence(case, between, longest, proactive):
    if case.cancelled:
        for figure in (between, longest, proactive):
            figure.leave("cancelled")
        return
    until = case.as_of if case.end is None else case.end
    unsolved = OPEN | HOLD | PENDING
    answers = case.answers()
    before = -1
    for i in answers:
        asked = before < 0 or any(author == "Cliente" for _, author, _ in case.words[before + 1:i])
        doubtful = any(author == "Stagista" for _, author, _ in case.words[before + 1:i])
        if doubtful:
            proactive.leave("author-unknown")
        elif i > 0 or case.words[i][0] > case.opened:
            proactive.values.append(not asked)
        before = i
    if any(author == "Stagista" for _, author, _ in case.words):
        between.leave("author-unknown")
        longest.leave("author-unknown")
        return
    said = [case.words[i][0] for i in answers if case.words[i][0] <= until]
    gaps = [case.worked_in(unsolved, a, b) for a, b in zip(said, said[1:])]
    ends = [case.opened, *said, until]
    longest.values.append(max(case.worked_in(unsolved, a, b) for a, b in zip(ends, ends[1:])))
    if gaps:
        between.values.append(max(gaps))
    else:
        between.leave("fewer-than-two-messages")


def count(ticket, message, as_of):
    rows, messages = {}, {}
    for row in rows_of(ticket):
        rows.setdefault(row["Numero"], []).append(row)
    for row in rows_of(message):
        messages.setdefault(row["Numero"], []).append(row)
    names = ("M-01 reported", "M-01 by-messages", "M-02 by-messages", "M-04 requester-wait",
             "M-04 agent-work", "M-04 agent-wait", "M-20 distance", "M-20 on-time",
             "M-32 between-messages", "M-32 longest", "M-32 proactive")
    figures = {name: Figure() for name in names}
    for name, own in rows.items():
        own.sort(key=lambda row: (instant(row["Aggiornato il"]), int(row["Progressivo"])))
        case = Case(own, messages.get(name, []), rome.read(as_of))
        first_response(case, figures[names[0]], figures[names[1]])
        next_replies(case, figures[names[2]])
        waiting(case, ((OPEN | HOLD, figures[names[3]]), (OPEN, figures[names[4]]),
                       (PENDING, figures[names[5]])))
        promises(case, figures[names[6]], figures[names[7]])
        silence(case, figures[names[8]], figures[names[9]], figures[names[10]])
    facts = {"as_of": as_of.isoformat(), "cases": len(rows),
             "rows": {"ticket.csv": sum(map(len, rows.values())),
                      "message.csv": sum(map(len, messages.values()))}}
    for name, figure in figures.items():
        is_share = name in ("M-20 on-time", "M-32 proactive")
        facts[name] = figure.share() if is_share else figure.durations()
    return facts
