"""Messages as people would label them for cfaudit calibrate: what was planted, by detector.

A cell is empty where the planted facts do not say whether something is there: whether a vague word is
a promise is left to the reader, who takes charge has promised something or not, and what an option
takes is asked of messages that name one. Notes come from the years before, too: one year has few that
speak of a customer as nobody should.
"""

from coffee import request_phrases as words

BY_MARK = {"refusal": "no", "alternative": "alt", "reason": "reason", "escalation": "hand",
           "decision": "esc", "promise": "prom", "next-step": "next", "apology": "sorry",
           "admitted-error": "own", "restatement": "re"}
BY_ROLE = {"coach": "1", "manager": "2", "specialist": "3", "consultant": "4", "assistant": "5"}
OF_OPTIONS = {"time": "t", "cost": "c", "outcome": "o"}
OF_STEPS = ["owner", "when"]
COLUMNS = ["message", "text", *BY_MARK, *BY_ROLE, "option", *OF_OPTIONS, *OF_STEPS, "thanks",
           "derogatory"]


def promise(marks):
    """Of a request: only what is promised with a date, or promises nothing."""
    return "labelled" not in marks or "next" in marks or not (
        "opts" in marks or "esc" in marks or "2" in marks.get("r", []))


def of_steps(marks):
    """Who does it, and when; None: not said by what was planted."""
    if "labelled" not in marks or "opts" in marks or "no" in marks or "esc" in marks or \
            "hand" in marks or "instruct" in marks:
        return None
    step = "next" in marks
    return {"owner": step or "2" in marks.get("r", []), "when": step or "day" in marks}


def of_agent(marks):
    labels = {name: mark in marks for name, mark in BY_MARK.items()}
    labels |= {name: role in marks.get("r", []) for name, role in BY_ROLE.items()}
    if not promise(marks):
        del labels["promise"]
    if "labelled" not in marks:
        del labels["escalation"], labels["restatement"]
    elif "next" in marks:
        del labels["manager"]
    options = marks.get("opts", [])
    labels["option"] = bool(options)
    if options:
        labels |= {name: any(letter in cells for cells in options)
                   for name, letter in OF_OPTIONS.items()}
    return labels | (of_steps(marks) or {})


def labels_of(message):
    marks = message.marks
    if message.who == "agent" and not ("vague" in marks and "prom" not in marks):
        return of_agent(marks)
    if message.who == "customer":
        return {"thanks": "thanks" in marks}
    if message.who == "note":
        return {"derogatory": "label" in marks}
    return {}


def row(identity, text, labels):
    return [identity, text, *({True: "yes", False: "no"}.get(labels.get(name), "")
                              for name in COLUMNS[2:])]


def rows(talks):
    for talk in talks:
        for message in talk.messages:
            labels = labels_of(message)
            if labels:
                yield row(message.id, message.sent, labels)
    notes = [(text, True) for text in words.RUDE_NOTES] + [(text, False) for text in words.PLAIN_NOTES]
    for number, (text, rude) in enumerate(notes, 1):
        yield row("N-%03d" % number, text, {"derogatory": rude})
