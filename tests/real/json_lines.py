"""JSON lines read by Python's own parser, strictly, as the reader means it."""

import gzip
import json


class Bad(ValueError):
    """A line that is no row."""


def _pairs(pairs):
    if len({key for key, _ in pairs}) != len(pairs):
        raise Bad("a name twice")
    return dict(pairs)


def _refuse(word):
    raise Bad(word)


def _texts(value):
    """Every text in a value, names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from _texts(one)


def read(path):
    """For each line that is not blank the object, or None where it is no row."""
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rb") as file:
        data = file.read()
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    for line in data.split(b"\n"):
        if not line.strip(b" \t\r"):
            continue
        try:
            value = json.loads(line.decode("utf-8"), object_pairs_hook=_pairs,
                               parse_constant=_refuse)
            for text in _texts(value):
                if "\0" in text:
                    raise Bad("a zero")
                text.encode("utf-8")  # half of a surrogate pair cannot be
            yield value if isinstance(value, dict) else None
        except ValueError:
            yield None
