"""Values of the simple types of the schema: right ones, as many different ones as are wanted, and for
each facet one that breaks it."""

import datetime
import re

NUMBERS = ("decimal", "integer", "positiveInteger", "nonNegativeInteger", "double")
UNITS = {"minExclusive": "0", "maxInclusive": "1"}


def matches(simple, value):
    """The patterns and lengths."""
    facets = simple.facets
    return ((not simple.patterns or any(re.fullmatch(p, value) for p in simple.patterns)) and
            len(value) <= int(facets.get("maxLength", len(value))) and
            len(value) >= int(facets.get("minLength", 0)))


def candidates(simple, number):
    example = simple.example
    if example:
        yield example if number == 0 else "%s%d" % (example, number)
        digits = list(re.finditer(r"\d+", example))
        if digits:
            last = digits[-1]
            text = str(int(last.group()) + number).zfill(len(last.group()))
            yield example[:last.start()] + text + example[last.end():]
        yield "%s-%d" % (example, number)
    yield "text" if number == 0 else "text %d" % number


def right(simple, number=0):
    """The value of that number; other numbers have other values where the type has so many."""
    if simple.words:
        return simple.words[number % len(simple.words)]
    day = datetime.date(2026, 1, 31) + datetime.timedelta(days=number)
    if simple.base == "date":
        return day.isoformat()
    if simple.base == "dateTime":
        return day.isoformat() + "T17:00:00+01:00"
    if simple.base in NUMBERS:
        least = int(simple.facets.get("minInclusive", 1))
        most = int(float(simple.facets.get("maxInclusive", 10**9)))
        return str(least + number % (most - least + 1))
    found = [value for value in candidates(simple, number) if matches(simple, value)]
    return found[0] if found else right(simple)


def too_long(simple, most):
    """Of the wanted form where it can be."""
    for filling in ("a", "A", "1"):
        for start in ("", simple.example or ""):
            value = start + filling * (most + 1 - len(start))
            if not simple.patterns or any(re.fullmatch(p, value) for p in simple.patterns):
                return value
    return "P1DT1." + "1" * most if simple.name == "amount" else None


def broken(simple):
    """(facet, value) of all facets; a type without any that can be broken has none."""
    found = []
    facets = simple.facets
    if simple.words:
        found.append(("enumeration", "zz"))
    if simple.base in NUMBERS + ("date", "dateTime"):
        found.append(("base", {"date": "2026-02-30", "dateTime": "2026-02-30T17:00:00+01:00",
                               "double": "1e"}.get(simple.base, "1 2")))
    if simple.patterns:
        found.append(("pattern", "!"))
    if simple.base in ("positiveInteger", "nonNegativeInteger") and "minInclusive" not in facets:
        found.append(("least", "0" if simple.base == "positiveInteger" else "-1"))
    for facet, limit in facets.items():
        value = {"minLength": lambda: "" if limit == "1" else None,
                 "maxLength": lambda: too_long(simple, int(limit)),
                 "minInclusive": lambda: str(int(limit) - 1),
                 "maxInclusive": lambda: str(int(limit) + 1),
                 "minExclusive": lambda: limit,
                 "maxExclusive": lambda: limit,
                 "totalDigits": lambda: digits(simple, int(limit)),
                 "fractionDigits": lambda: "0." + "1" * (int(limit) + 1)}[facet]()
        found.append((facet, value))
    return found


def digits(simple, limit):
    whole = "1" * (limit + 1)
    return whole if simple.base != "decimal" else "0." + whole


def wrong(simple):
    """Any that is refused; None: a text that takes everything but what is too long."""
    for facet, value in broken(simple):
        if facet in ("enumeration", "base", "pattern", "minLength"):
            return value
    return None
