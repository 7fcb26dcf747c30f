"""What is planted in the conversations, as data: by message, and by conversation."""

MARKS = {"hand": "escalation", "re": "restatement", "accept": "acceptance", "again": "known-information-asked", "alt": "alternative",
         "ask": "question", "complaint": "complaint", "contra": "contradiction",
         "esc": "decision-by-authority", "hard": "hard-to-read", "label": "label",
         "new": "new-argument", "next": "next-step", "no": "refusal", "own": "own-error",
         "presume": "presumption", "prom": "promise", "prop": "proposal", "reason": "reason",
         "sorry": "apology", "thanks": "thanks", "unasked": "unasked", "vague": "vague-promise"}
REQUIRED = {"request": [1, 2], "information": [1, 4], "known-error": [1, 2, 5],
            "incident": [1, 2, 3, 5], "incident-alternatives": [1, 2, 3, 4, 5],
            "change": [1, 2, 3, 4, 5], "complaint": [1, 2, 3, 4, 5]}
STILL_GOOD = {"complaint-answered-well", "no-with-alternative", "empowered-credit"}


def unhappy(talks):
    """Conversations in which something went wrong for the customer: those that were never asked."""
    return {talk.name for talk in talks if talk.name not in STILL_GOOD and any(
        "complaint" in m.marks or ("no" in m.marks and "alt" not in m.marks) for m in talk.messages)}


def roles(talk):
    """Roles in order of first occurrence, required ones, and the share of these that is there."""
    order = []
    for message in talk.messages:
        if message.who == "agent":
            for role in message.marks.get("r", []):
                if int(role) not in order:
                    order.append(int(role))
    required = REQUIRED[talk.kind]
    played = [role for role in required if role in order]
    return {"class": talk.kind, "order": order, "required": required, "played": len(played)}


def repeated(talk):
    """Refusals of the same thing: how many, and how many of the later ones bring a new argument."""
    threads = {}
    for message in talk.messages:
        if "no" in message.marks:
            threads.setdefault(message.marks["no"], []).append(message)
    return [{"thread": talk.id, "of": key, "refusals": len(found),
             "new-arguments": sum("new" in m.marks for m in found[1:]),
             "alternative": any("alt" in m.marks for m in talk.messages)}
            for key, found in threads.items()]


def facts(talks, numbers, untraceable):
    by_mark = {}
    for talk in talks:
        for message in talk.messages:
            for mark in message.marks:
                if mark in MARKS:
                    by_mark.setdefault(MARKS[mark], []).append(message.id)
            for role in message.marks.get("r", []) if message.who == "agent" else []:
                by_mark.setdefault("role-" + role, []).append(message.id)
    text_only = sorted({*untraceable, numbers["promise-in-text-only"]})
    return {"conversations": len(talks), "messages": sum(len(talk.messages) for talk in talks),
            "scripted": {name: numbers[name] for name in sorted(numbers)
                         if not name.startswith(("routine-", "request-", "presumption-"))},
            "roles": {talk.id: roles(talk) for talk in talks},
            "refusals": [thread for talk in talks for thread in repeated(talk)],
            "untraceable-promises": text_only,
            "unhappy": sorted(numbers[name] for name in unhappy(talks)),
            "marks": {name: sorted(by_mark[name], key=key_of) for name in sorted(by_mark)}}


def key_of(identity):
    ticket, _, number = identity.partition("/")
    return ticket, int(number)
