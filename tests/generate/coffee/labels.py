"""Messages of agents as people would label them for cfaudit calibrate: what was planted, by detector.

Whether a vague word is a promise is left to the reader; such a message is no part of the sample.
"""

BY_MARK = {"refusal": "no", "alternative": "alt", "reason": "reason", "decision": "esc",
           "promise": "prom", "next-step": "next", "apology": "sorry", "admitted-error": "own"}
BY_ROLE = {"coach": "1", "manager": "2", "specialist": "3", "consultant": "4", "assistant": "5"}
COLUMNS = ["message", "text", *BY_MARK, *BY_ROLE]


def rows(talks):
    for talk in talks:
        for message in talk.messages:
            marks = message.marks
            if message.who != "agent" or ("vague" in marks and "prom" not in marks):
                continue
            said = [mark in marks for mark in BY_MARK.values()]
            said += [role in marks.get("r", []) for role in BY_ROLE.values()]
            yield [message.id, message.sent, *("yes" if there else "no" for there in said)]
