"""The ServiceNow audit log, measured without the program: one row for each update of an incident."""

from oracle import (collapse, comes_back, counts, durations, from_dmy, grouped, month,
                    months_between, reopened, rows, share, share_of)

DAY = 86400
WINDOW = 14 * DAY
ENDED = {"Resolved", "Closed"}
INSTANTS = ("opened_at", "sys_updated_at", "resolved_at", "closed_at")


class Incident:
    """The rows of one number, in the order of what happened."""

    def __init__(self, updates):
        self.updates = [row for _, _, _, row in sorted(updates, key=lambda update: update[:3])]
        self.last = self.updates[-1]
        self.opened = from_dmy(self.last["opened_at"])
        self.resolved = from_dmy(self.last["resolved_at"])
        self.closed = from_dmy(self.last["closed_at"])
        self.history = [(from_dmy(row["sys_updated_at"]), row["incident_state"])
                        for row in self.updates]
        self.ended = next((at for at, state in self.history if state in ENDED), None)
        self.groups = collapse([value(row["assignment_group"]) for row in self.updates])
        self.on_time = {"true": True, "false": False}.get(self.last["made_sla"].lower())

    def attribute(self, name):
        return value(self.last[name])


def value(cell):
    return None if cell in ("?", "") else cell


class Log:
    def __init__(self, path, limit=None):
        numbers = {}
        self.rows = 0
        self.as_of = 0
        for position, row in enumerate(rows(path)):
            if limit is not None and position == limit:
                break
            self.rows += 1
            instants = [at for at in (from_dmy(row[name]) for name in INSTANTS) if at is not None]
            self.as_of = max(self.as_of, *instants)
            update = (from_dmy(row["sys_updated_at"]), int(row["sys_mod_count"]), position, row)
            numbers.setdefault(row["number"], []).append(update)
        self.incidents = [Incident(updates) for updates in numbers.values()]

    # Each figure is made from pairs (incident, value), so that one way of splitting serves all.

    def m03_reported(self):
        return [(case, case.resolved - case.opened) for case in self.incidents
                if case.resolved is not None and case.resolved >= case.opened]

    def m03_reported_excluded(self):
        return {"no-resolution-time": sum(case.resolved is None for case in self.incidents),
                "end-before-start": sum(case.resolved is not None and case.resolved < case.opened
                                        for case in self.incidents)}

    def m03_by_events(self):
        return [(case, case.ended - case.opened) for case in self.incidents
                if case.ended is not None and case.ended >= case.opened]

    def m07_reported(self):
        return [(case, case.on_time) for case in self.incidents if case.on_time is not None]

    def m11(self):
        return [(case, reopened(case.history, ENDED, WINDOW)) for case in self.incidents
                if case.ended is not None and case.ended + WINDOW <= self.as_of]

    def m11_excluded(self):
        ended = [case for case in self.incidents if case.ended is not None]
        return {"never-solved": len(self.incidents) - len(ended),
                "window-not-observed": sum(case.ended + WINDOW > self.as_of for case in ended)}

    def ended_at(self, case):
        """What the log reports as the end, for the period a case belongs to."""
        return next((at for at in (case.resolved, case.closed, case.ended) if at is not None), None)

    def m10(self, as_of):
        """(opened by then, ages of those still open, (opened, ended) by month)."""
        opened = [case for case in self.incidents if case.opened <= as_of]
        ages = [as_of - case.opened for case in opened if self.ended_at(case) > as_of]
        flow = {}
        for case in opened:
            flow.setdefault(month(case.opened), [0, 0])[0] += 1
            if self.ended_at(case) <= as_of:
                flow.setdefault(month(self.ended_at(case)), [0, 0])[1] += 1
        return len(opened), ages, flow

    def m49(self):
        """{check: how many incidents pass}."""
        in_order = [case for case in self.incidents
                    if sorted(filter(None, (case.opened, case.resolved, case.closed)))
                    == list(filter(None, (case.opened, case.resolved, case.closed)))]
        return {"opening-known": sum(case.opened is not None for case in self.incidents),
                "times-in-order": len(in_order),
                "end-known": sum(case.resolved is not None or case.closed is not None
                                 for case in self.incidents)}

    def m12(self, holds):
        return [(case, holds(case.groups)) for case in self.incidents if case.groups]


def figure(pairs, make, field=None, instant=None):
    """The figure of all pairs, with its breakdown by a field and its months, where asked for."""
    made = make([number for _, number in pairs])
    if field:
        made["breakdown"] = grouped([(case.attribute(field), number) for case, number in pairs],
                                    make)
    if instant:
        by_month = grouped([(month(instant(case)), number) for case, number in pairs], make)
        made["series"] = {name: by_month.get(name, make([]))
                          for name in months_between(min(by_month), max(by_month))}
    return made


def changes(groups):
    return max(len(groups) - 1, 0)


def ping_pong(groups):
    return comes_back(groups)


def three_changes(groups):
    return changes(groups) >= 3


__all__ = ["Log", "changes", "counts", "durations", "figure", "ping_pong", "share", "share_of",
           "three_changes"]
