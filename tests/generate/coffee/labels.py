"""A sample of labelled messages for cfaudit calibrate: mail, chat and notes of the year before.

The texts were written for the sample alone, from what was planted in each, by somebody who had seen
neither the lexicons nor what they find. Each is labelled for every detector that looks at its author's
messages, by what it does and not by its words. A cell is empty where two careful people might differ:
who takes a next step has or has not taken charge, whoever hands on a case has or has not said what
comes next, one way out with its price is a list of options or none, and "soon" is a promise or none.
What an option takes is asked of messages that name one; who does it, and when, not of those that leave
a choice. Columns with -2 are the labels of a second reader, of some of the messages; those with -agreed
tell what holds where the two differ.
"""

from coffee import sample_texts, second_labels

BY_MARK = {"refusal": "no", "alternative": "alt", "reason": "why", "escalation": "esc",
           "decision": "dec", "promise": "prom", "next-step": "next", "apology": "sorry",
           "admitted-error": "own", "restatement": "re", "coach": "q", "manager": "mgr",
           "specialist": "spec", "consultant": "cons", "assistant": "asst", "option": "opt"}
OF_OPTIONS = {"time": "t", "cost": "c", "outcome": "o"}
OF_STEPS = {"owner": "who", "when": "when"}
# detector, when one of these is planted, and none of those
LEFT_OPEN = [("manager", {"next"}, {"mgr"}), ("next-step", {"esc"}, {"next"}),
             ("consultant", {"t", "c", "o"}, {"cons"}), ("option", {"alt"}, {"opt"}),
             ("alternative", {"opt"}, {"alt"})]
OF_CUSTOMER = {"thanks": "thanks", "complaint": "complaint", "dispute": "dispute"}
NAMES = [*BY_MARK, *OF_OPTIONS, *OF_STEPS, *OF_CUSTOMER, "derogatory"]
SECONDS = second_labels.read()
SETTLED = second_labels.settled_acts(SECONDS, NAMES)
COLUMNS = ["message", "text", *NAMES, *(name + "-2" for name in NAMES),
           *(name + "-agreed" for name in SETTLED)]


def told(marks, table):
    return {name: mark in marks for name, mark in table.items() if mark + "?" not in marks}


def left_open(marks):
    """What follows from something else that the message does, or does not: people differ."""
    return {name for name, here, but in LEFT_OPEN if marks & here and not marks & but}


def of_agent(marks):
    labels = told(marks, BY_MARK) | {"derogatory": False}
    if "opt" in marks:
        labels |= told(marks, OF_OPTIONS)
    if not marks & {"opt", "alt"} and ("next" in marks or not marks & {"esc", "dec"}):
        labels |= told(marks, OF_STEPS)
    return {name: label for name, label in labels.items() if name not in left_open(marks)}


def labels_of(text):
    if text.who == "agent":
        return of_agent(text.marks)
    if text.who == "customer":
        return told(text.marks, OF_CUSTOMER)
    return {"derogatory": "bad" in text.marks}


def cells(labels, names):
    return [{True: "yes", False: "no"}.get(labels.get(name), "") for name in names]


def rows(random):
    for number, text in enumerate(sample_texts.draw(random), 1):
        message = "S-24-%04d" % number
        second = SECONDS.get(message)
        yield [message, text.sent, *cells(labels_of(text), NAMES),
               *cells(second.labels(text.who, NAMES) if second else {}, NAMES),
               *cells(second.settled if second else {}, SETTLED)]
