"""Independent calculations that the program's figures are compared with.

Only the standard library, and on purpose nothing clever: lists, sorting, and the definitions as
they stand in the books. Sources: Wilson (1927); Conover, Practical Nonparametric Statistics, for
the ranks around a quantile; Hyndman and Fan (1996), type 1, for the quantile itself.
"""

import csv
import gzip
import hashlib
import math
import os
import re
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

Z = 1.959963984540054
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
QUANTILES = {"p50": (50, 100), "p85": (85, 100), "p90": (90, 100), "p95": (95, 100)}


def open_stored(path):
    return gzip.open(path, "rb") if path.endswith(".gz") else open(path, "rb")


def rows(path, encoding="utf-8"):
    """Rows of a comma-separated file as dictionaries."""
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding=encoding, newline="") as file:
        yield from csv.DictReader(file)


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


# --- time: instants are seconds since 1970 in UTC, or None ---

DMY = re.compile(r"^(\d{1,2})[/-](\d{1,2})[/-](\d{4}) (\d{1,2}):(\d{2})$")
MDY = re.compile(r"^(\d{2})/(\d{2})/(\d{4}) (\d{2}):(\d{2}):(\d{2}) ([AP])M$")
ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})(\.\d+)?$")


def seconds(moment):
    return (moment - EPOCH) // timedelta(seconds=1)


def utc(*parts):
    return seconds(datetime(*parts, tzinfo=timezone.utc))


def from_dmy(text):
    """d/m/yyyy hh:mm and dd-mm-yyyy hh:mm, in UTC."""
    match = DMY.match(text)
    if not match:
        return None
    day, month, year, hour, minute = map(int, match.groups())
    return utc(year, month, day, hour, minute)


def from_mdy(text, zone):
    """mm/dd/yyyy hh:mm:ss AM|PM of a wall clock; a time that exists twice is the earlier one."""
    match = MDY.match(text.strip())
    if not match:
        return None
    month, day, year, hour, minute, second = map(int, match.groups()[:6])
    hour = hour % 12 + (12 if match.group(7) == "P" else 0)
    wall = datetime(year, month, day, hour, minute, second, tzinfo=ZoneInfo(zone))
    there = wall.astimezone(timezone.utc)
    if there.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise ValueError("a wall time that does not exist: " + text)
    return seconds(there)


def from_iso(text):
    """yyyy-mm-dd hh:mm:ss with an optional fraction, in UTC; exact to the microsecond."""
    match = ISO.match(text)
    if not match:
        return None
    whole = utc(*map(int, match.groups()[:6]))
    digits = (match.group(7) or ".")[1:7]  # further ones are dropped
    return whole + Fraction(int(digits.ljust(6, "0")), 1000000)


def month(instant, zone="UTC"):
    return datetime.fromtimestamp(instant, ZoneInfo(zone)).strftime("%Y-%m")


def months_between(first, last):
    """Every month from the first to the last, both included."""
    year, number = map(int, first.split("-"))
    every = []
    while True:
        name = "%04d-%02d" % (year, number)
        every.append(name)
        if name >= last:
            return every
        year, number = (year + 1, 1) if number == 12 else (year, number + 1)


# --- statistics ---


def wilson(k, n):
    """95 % score interval; None for n = 0."""
    if n == 0:
        return None
    p = k / n
    centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    low = 0.0 if k == 0 else max(0.0, centre - half)
    high = 1.0 if k == n else min(1.0, centre + half)
    return low, high


def rank(n, num, den):
    return max(1, -(-n * num // den))


def quantile(ordered, num, den):
    return ordered[rank(len(ordered), num, den) - 1] if ordered else None


def binomial_cdf(n, p):
    """P(B <= k) for every k, by logarithms of the terms."""
    total = 0.0
    cumulative = []
    for k in range(n + 1):
        log_term = (math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
                    + k * math.log(p) + (n - k) * math.log1p(-p))
        total += math.exp(log_term)
        cumulative.append(total)
    return cumulative


def rank_interval(n, num, den):
    """(l, u): l largest with P(B < l) <= 0.025, u smallest with P(B >= u) <= 0.025; 0: none."""
    if n == 0:
        return 0, 0
    below = binomial_cdf(n, num / den)  # below[k] = P(B <= k)
    low = 0
    while low + 1 <= n and below[low] <= 0.025:  # P(B < low + 1) = below[low]
        low += 1
    high = 0
    for u in range(1, n + 1):
        if 1 - below[u - 1] <= 0.025:
            high = u
            break
    return low, high


def durations(values):
    """The figure of a list of durations: n, quantiles, and the interval of the median."""
    ordered = sorted(values)
    n = len(ordered)
    figure = {"n": n, "quantiles": {name: quantile(ordered, *at) for name, at in QUANTILES.items()}}
    figure["value"] = figure["quantiles"]["p50"]
    low, high = rank_interval(n, 1, 2)
    figure["low"] = ordered[low - 1] if low else None
    figure["high"] = ordered[high - 1] if high else None
    return figure


def counts(values):
    """The figure of small numbers: their mean with a normal interval, beside the quantiles."""
    figure = durations(values)
    n = figure["n"]
    mean = math.fsum(values) / n if n else None
    figure.update(value=mean, low=None, high=None)
    if n > 1:
        variance = math.fsum((value - mean) ** 2 for value in values) / (n - 1)
        half = Z * math.sqrt(variance / n)
        figure.update(low=mean - half, high=mean + half)
    return figure


def survival_median(ended, running):
    """First time at which the product-limit estimate is at most one half (Kaplan and Meier 1958)."""
    at_risk = len(ended) + len(running)
    surviving = Fraction(1)
    deaths = {}
    losses = {}
    for time in ended:
        deaths[time] = deaths.get(time, 0) + 1
    for time in running:
        losses[time] = losses.get(time, 0) + 1
    for time in sorted(deaths.keys() | losses.keys()):
        died = deaths.get(time, 0)
        if died:
            surviving *= Fraction(at_risk - died, at_risk)
            if surviving <= Fraction(1, 2):
                return time
        at_risk -= died + losses.get(time, 0)
    return None


def share(k, n):
    figure = {"n": n, "k": k, "value": k / n if n else None}
    figure["low"], figure["high"] = wilson(k, n) or (None, None)
    return figure


def newcombe(k1, n1, k2, n2):
    """The figure of a difference of two shares (Newcombe 1998, method 10)."""
    p1, p2, one, two = k1 / n1, k2 / n2, share(k1, n1), share(k2, n2)
    d = p1 - p2
    return {"n": n1 + n2, "value": d,
            "low": d - math.hypot(p1 - one["low"], two["high"] - p2),
            "high": d + math.hypot(one["high"] - p1, p2 - two["low"])}


def grouped(pairs, make):
    """{key: figure} of (key, value) pairs."""
    groups = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: make(values) for key, values in groups.items()}


def share_of(flags):
    return share(sum(flags), len(flags))


# --- sequences of a case ---


def collapse(groups):
    """Missing groups dropped, then equal neighbours made one."""
    seen = []
    for group in groups:
        if group and (not seen or seen[-1] != group):
            seen.append(group)
    return seen


def comes_back(groups):
    """A group appears again after it had been left: A-B-A."""
    return len(set(groups)) < len(groups)


def reopened(history, ended, window):
    """history: (instant, class) in order. True when the case leaves the ended classes no later
    than `window` after the start of that ended episode."""
    start = None
    for instant, word in history:
        if word in ended:
            if start is None:
                start = instant
        else:
            if start is not None and instant - start <= window:
                return True
            start = None
    return False
