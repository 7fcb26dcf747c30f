"""Counts the figures of the help desk's export from its bytes, with csv and integers only: an
oracle that shares no code with the program, nor with the part of helpdesk.py that made them up.

Durations are seconds. Local times are read as Europe/Rome: twice gives the earlier instant, a time
in the gap the first instant after it. Deadlines are compared round the clock.
"""

import csv
import datetime
import io

import rome

SOLVED, CLOSED, CANCELLED = "Risolto", "Chiuso", "Annullato"
REOPEN_WINDOW = 14 * rome.DAY


def instant(text):
    return rome.read(datetime.datetime.strptime(text, "%d/%m/%Y %H:%M")) if text else None


def decode(content):
    return content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "windows-1252")


def rows_of(name, content, order):
    """Good rows as dictionaries, and how many were read and rejected."""
    reader = csv.reader(io.StringIO(decode(content), newline=""), delimiter=";", strict=True)
    header = next(reader)
    good, read, bad = [], 0, 0
    for position, cells in enumerate(reader):
        read += 1
        row = dict(zip(header, cells))
        try:
            if len(cells) != len(header) or not row["Numero"]:
                raise ValueError
            row["at"] = instant(row["Aggiornato il"])
        except ValueError:
            bad += 1
            continue
        row["key"] = (row["at"], int(row["Progressivo"]), order, position)
        good.append(row)
    return good, {"source": name, "rows_read": read, "rows_used": len(good), "rows_rejected": bad,
                  "cases": len({row["Numero"] for row in good})}


def month(at):
    return rome.to_local(at).strftime("%Y-%m")


def nearest_rank(values, percent):
    values = sorted(values)
    return values[max(1, -(-len(values) * percent // 100)) - 1] if values else None


def durations(minutes):
    return {"n": len(minutes)} | {"p%d" % p: nearest_rank(minutes, p) * 60 for p in (50, 85, 90, 95)}


class Case:
    def __init__(self, rows):
        rows.sort(key=lambda row: row["key"])
        last = rows[-1]
        self.number = last["Numero"]
        self.customer = last["Cliente"]
        self.priority = last["Priorità"]
        self.status = last["Stato"]
        self.flag = last["Entro SLA"]
        self.opened, self.resolved, self.closed, self.due = (
            instant(last[c]) for c in ("Aperto il", "Risolto il", "Chiuso il", "Scadenza"))
        self.events = [(row["at"], row["Stato"], row["Gruppo"]) for row in rows]

    def first_end(self):
        return next((at for at, status, _ in self.events if status in (SOLVED, CLOSED)), None)

    def first_reopening(self):
        """Instant of the first solution, and of the first return to work after any solution."""
        solved = first = None
        for at, status, _ in self.events:
            if status in (SOLVED, CLOSED):
                solved = at if solved is None else solved
                first = solved if first is None else first
            elif solved is not None and status != CANCELLED:
                return first, at - solved
        return first, None

    def stations(self):
        groups = []
        for _, _, group in self.events:
            if group and group != (groups[-1] if groups else None):
                groups.append(group)
        return groups


class Period:
    """From start up to, and not including, end; without them, always. A figure takes a case by the
    instant that decides its month: the end of a case, the deadline of one that is still open."""

    def __init__(self, start=None, end=None):
        self.start, self.end = start, end

    def has(self, at):
        return at is None or ((self.start is None or at >= self.start) and
                              (self.end is None or at < self.end))


def end_of(case):
    return next((at for at in (case.resolved, case.closed, case.first_end()) if at is not None), None)


def attainment(cases, as_of, period):
    """Deadlines kept among tickets that have one: solved, or open past it."""
    n = k = 0
    for case in cases:
        end = end_of(case)
        if case.due is None or case.status == CANCELLED or (end is None and case.due >= as_of):
            continue
        if period.has(case.due if end is None else end):
            n += 1
            k += end is not None and end <= case.due
    return {"n": n, "k": k}


def split(cases, key, figure):
    groups = {}
    for case in cases:
        groups.setdefault(key(case), []).append(case)
    return {name: figure(groups[name]) for name in sorted(groups)}


def read_all(files):
    """All cases in order of id, and what became of the rows."""
    rows, accounting = [], []
    for order, name in enumerate(sorted(files)):
        good, counts = rows_of(name, files[name], order)
        rows += good
        accounting.append(counts)
    groups = {}
    for row in rows:
        groups.setdefault(row["Numero"], []).append(row)
    return [Case(groups[number]) for number in sorted(groups)], accounting


def resolution(cases, period):
    timed = [c for c in cases if c.resolved is not None]
    ended = [c for c in cases if c.first_end() is not None]
    return {
        "M-03 reported": durations([c.resolved - c.opened for c in timed
                                    if c.resolved >= c.opened and period.has(c.resolved)]) | {
            "no-resolution-time": len(cases) - len(timed),
            "end-before-start": [c.number for c in timed if c.resolved < c.opened]},
        "M-03 by-events": durations([c.first_end() - c.opened for c in ended
                                     if period.has(c.first_end())]),
    }


def deadlines(cases, as_of, period):
    def kept(group):
        return attainment(group, as_of, period)

    due = [c for c in cases if c.due is not None and c.status != CANCELLED]
    flagged = [c for c in cases if c.flag and period.has(end_of(c))]
    return {
        "M-07 reported": {"n": len(flagged), "k": sum(c.flag == "Sì" for c in flagged)},
        "M-07 computed": kept(cases) | {
            "by customer": split(cases, lambda c: c.customer, kept),
            "by priority": split(cases, lambda c: c.priority, kept),
            "by month": split([c for c in due if period.has(end_of(c) or c.due)],
                              lambda c: month(end_of(c) or c.due), kept)},
        "M-07 disagreements": [c.number for c in due if c.flag and period.has(end_of(c))
                               and (c.flag == "Sì") != (end_of(c) <= c.due)],
    }


def figures(cases, as_of, period):
    ended = [(c, *c.first_reopening()) for c in cases if c.first_end() is not None]
    watched = [(first, gap) for _, first, gap in ended
               if first + REOPEN_WINDOW <= as_of and period.has(first)]
    stations = [c.stations() for c in cases if period.has(end_of(c))]
    opened = [c for c in cases if c.status not in (SOLVED, CLOSED, CANCELLED)]
    return resolution(cases, period) | deadlines(cases, as_of, period) | {
        "M-10": {"open": len(opened),
                 "past deadline": sum(c.due is not None and c.due < as_of for c in opened)},
        "M-11": {"n": len(watched),
                 "k": sum(gap is not None and gap <= REOPEN_WINDOW for _, gap in watched)},
        "M-12": {"n": len(stations), "k": sum(len(s) != len(set(s)) for s in stations),
                 "changes": sum(len(s) - 1 for s in stations),
                 "three or more": sum(len(s) > 3 for s in stations)},
    }


def count(files, as_of, start, end):
    """Figures of the whole export, and of the audit's period."""
    cases, accounting = read_all(files)
    return {"accounting": accounting, "cases": len(cases),
            "whole": figures(cases, as_of, Period()),
            "audit": figures(cases, as_of, Period(start, end))}
