"""Boston's 311 requests of 2015, measured without the program: one row for each request."""

import os

from oracle import from_mdy, rows

ZONE = "America/New_York"


class Request:
    def __init__(self, row):
        self.id = row["CASE_ENQUIRY_ID"]
        self.flag = row["OnTime_Status"] or None
        self.opened = from_mdy(row["OPEN_DT"], ZONE)
        self.target = from_mdy(row["TARGET_DT"], ZONE)
        self.closed = from_mdy(row["CLOSED_DT"], ZONE)
        self.type = row["TYPE"]

    def verdict(self, as_of):
        """True met, False breached, or the reason why neither can be said."""
        if self.target is None:
            return "no-target"
        if self.closed is not None:
            return self.closed <= self.target
        return False if self.target < as_of else "not-due"


def read(folder):
    return [Request(row) for name in sorted(os.listdir(folder))
            for row in rows(os.path.join(folder, name))]


def latest(requests):
    """The latest instant of anything that happened; what was promised does not count."""
    return max(at for request in requests for at in (request.opened, request.closed)
               if at is not None)


def cross_table(requests, as_of):
    """{(flag, verdict): number}."""
    table = {}
    for request in requests:
        key = (request.flag, request.verdict(as_of))
        table[key] = table.get(key, 0) + 1
    return table
