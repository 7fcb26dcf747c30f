"""Civil time in Europe/Rome since 1996, from the rule of Directive 2000/84/EC: summer time from the
last Sunday of March to the last Sunday of October, changing at 01:00 UTC.

Instants are minutes since 1970-01-01T00:00Z. Written without zoneinfo on purpose: it is an oracle
for code that reads the time zone database.
"""

import datetime

EPOCH = datetime.datetime(1970, 1, 1)
HOUR = 60
DAY = 24 * HOUR


def minutes(naive):
    return (naive - EPOCH) // datetime.timedelta(minutes=1)


def naive(instant):
    return EPOCH + datetime.timedelta(minutes=instant)


def _change(year, month):
    last = datetime.datetime(year, month, 31, 1, 0)
    return minutes(last - datetime.timedelta(days=(last.weekday() + 1) % 7))


def offset(instant):
    year = naive(instant).year
    return 2 * HOUR if _change(year, 3) <= instant < _change(year, 10) else HOUR


def to_local(instant):
    return naive(instant + offset(instant))


def to_instants(local):
    """All instants with this local time: one; two in the hour that happens twice; none in the gap."""
    wall = minutes(local)
    return [i for i in (wall - 2 * HOUR, wall - HOUR) if offset(i) == wall - i]


def read(local):
    """The instant a reader takes: the earlier of two; in the gap the first instant after it."""
    found = to_instants(local)
    return found[0] if found else _change(local.year, 3)
