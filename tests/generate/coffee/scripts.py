"""Reads the conversations that were written by hand: scripted_it.txt says their form."""

import pathlib
import re

from coffee.conversation import Conversation, instant

LISTS = {"r", "opts"}


def fields_of(words):
    """key=value and bare words of a line."""
    pairs = {}
    for word in words:
        key, _, value = word.partition("=")
        pairs[key] = value.split(",") if key in LISTS else value or True
    return pairs


def when(words):
    """The delay or the local time that a line begins with, and the rest of the line."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", words[0]):
        return words[0] + " " + words[1], words[2:]
    return words[0], words[1:]


def head(line, lang, random):
    words = line.split()
    name, customer, channel, kind = words[1:5]
    at, rest = when(words[5:])
    conversation = Conversation(name, customer, channel, kind, instant(at), random)
    conversation.lang = lang
    conversation.fields = fields_of(rest)
    return conversation


def change(conversation, line):
    found = re.match(r"= (\D+?) (\+\S+|\d{4}-\d\d-\d\d \d\d:\d\d)(.*)", line)
    conversation.move(found.group(2))
    fields = fields_of(found.group(3).split())
    conversation.become(found.group(1), fields.pop("group", None))
    conversation.fields.update(fields)


def message(conversation, line, text):
    words = line.split()
    delay, rest = when(words[2:])
    conversation.move(delay)
    marks = fields_of(rest)
    conversation.group = marks.pop("group", conversation.group)
    conversation.say(words[1], text.strip("\n"), marks.pop("by", None), marks)


def read(path, lang, random):
    conversations, line, text = [], None, []
    lines = [*path.read_text("utf-8").splitlines(), "@"]
    for row in lines:
        if row[:1] in ("@", "=", ">") and line:
            message(conversations[-1], line, "\n".join(text))
            line, text = None, []
        if row.startswith("@ "):
            conversations.append(head(row, lang, random))
        elif row.startswith("="):
            change(conversations[-1], row)
        elif row.startswith(">"):
            line = row
        elif line:
            text.append(row)
    return conversations


def read_all(random):
    here = pathlib.Path(__file__).resolve().parent
    return [conversation for lang in ("it", "en")
            for conversation in read(here / ("scripted_%s.txt" % lang), lang, random)]
