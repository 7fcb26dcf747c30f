"""Event logs read without the program: every trace with its attributes and events as text."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import datetime, timezone

from oracle import EPOCH, open_stored

OFFSET = re.compile(r"^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)$")


def microseconds(text):
    """The instant of an xs:dateTime with an offset, in microseconds since 1970; None without."""
    match = OFFSET.match(text or "")
    if not match:
        return None
    whole = datetime(*map(int, match.groups()[:6]), tzinfo=timezone.utc)
    since = whole - EPOCH
    total = (since.days * 86400 + since.seconds) * 1000000
    total += int((match.group(7) or "0").ljust(6, "0")[:6])
    zone = match.group(8)
    if zone != "Z":
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        total -= (minutes if zone[0] == "+" else -minutes) * 60 * 1000000
    return total


def local(tag):
    return tag.rsplit("}", 1)[-1]


def attributes(element):
    """Key to value of the direct children; events are no attributes."""
    return {child.get("key"): child.get("value") for child in element
            if local(child.tag) != "event"}


class Trace:
    def __init__(self, element):
        self.attributes = attributes(element)
        self.name = self.attributes.get("concept:name")
        self.events = [attributes(child) for child in element if local(child.tag) == "event"]
        self.instants = [microseconds(event.get("time:timestamp")) for event in self.events]


def traces(path):
    """The traces of a log, one at a time."""
    with open_stored(path) as file:
        for _, element in ElementTree.iterparse(file):
            if local(element.tag) == "trace":
                yield Trace(element)
                element.clear()
