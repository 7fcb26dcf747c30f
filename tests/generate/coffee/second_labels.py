"""What a second reader saw in 200 of the labelled messages, from the texts and the definitions alone.

A line of second_labels.txt is: the message, a bar, the acts in it, and, where the two readers differ and
have settled it, a bar and what holds. An act with a question mark is left open; what is not named is
not there, of the acts that are asked of its author.
"""

import pathlib

FILE = pathlib.Path(__file__).resolve().parent / "second_labels.txt"
OF_OPTION = {"time", "cost", "outcome"}
OF_STEP = {"owner", "when"}
OF_CUSTOMER = {"thanks", "complaint", "dispute"}
WORDS = {"yes": True, "no": False}


def asked(who, acts, names):
    """Which acts are told of a message: what an option takes only where there is one, who does it and
    when only where no choice is left."""
    if who == "customer":
        return OF_CUSTOMER
    if who == "note":
        return {"derogatory"}
    without = set() if "option" in acts else OF_OPTION
    return set(names) - OF_CUSTOMER - without - (OF_STEP if acts & {"option", "alternative"} else set())


class Second:
    def __init__(self, line):
        self.message, acts, *settled = line.split(" | ")
        words = set(acts.split()) - {"-"}
        self.left_open = {word[:-1] for word in words if word.endswith("?")}
        self.acts = words - {word + "?" for word in self.left_open}
        pairs = (pair.split("=") for pair in (settled[0].split() if settled else []))
        self.settled = {name: WORDS[word] for name, word in pairs}

    def labels(self, who, names):
        told = asked(who, self.acts, names)
        strange = (self.acts | self.left_open) - told
        if strange:
            raise ValueError("%s: %s of %s" % (self.message, " ".join(sorted(strange)), who))
        return {name: name in self.acts for name in told - self.left_open}


def read():
    return {second.message: second for second in
            map(Second, FILE.read_text("utf-8").splitlines())}


def settled_acts(seconds, names):
    """The acts, in their order, about which something was settled."""
    found = {name for second in seconds.values() for name in second.settled}
    return [name for name in names if name in found]
