"""What messages say, by looking for every phrase of the lexicons at every word, and what measures of
conversations make of it, by lists and loops."""

import re
import unicodedata
import xml.etree.ElementTree as ElementTree
from fractions import Fraction

from detect import test_phrases
from registers.register_bench import DAY, Left

NS = "{urn:cfaudit:1}"
CHANGE = {"alternative", "escalation", "decision"}
ROLES = ["coach", "manager", "specialist", "consultant", "assistant"]
ROLE_OF = {"coach": 0, "restatement": 0, "manager": 1, "specialist": 2, "consultant": 3,
           "option": 3, "alternative": 3, "assistant": 4}
NEEDED = {"request": {0, 1}, "information": {0, 3}, "known-error": {0, 1, 4},
          "incident": {0, 1, 2, 4}, "incident-alternatives": {0, 1, 2, 3, 4},
          "change": {0, 1, 2, 3, 4}, "complaint": {0, 1, 2, 3, 4}}
OVER = {"Closed", "Solved", "Cancelled"}


def fold(text):
    letters = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def millionth(value):
    """Shares and points of a case are kept in millionths, halves away from zero."""
    value = Fraction(value) * 1000000
    whole = (abs(value) + Fraction(1, 2)) // 1
    return float(Fraction(whole if value >= 0 else -whole, 1000000))


# --- lexicons ---

class Lexicons:
    """Phrases are found by the naive matcher of the detectors; formulas and function words here."""

    def __init__(self, paths):
        self.naive = [test_phrases.Lexicon(path) for path in paths]
        self.detectors = sorted({name for lexicon in self.naive for name in lexicon.detectors})
        self.matter = set()  # entries whose words are of the matter
        self.function = {}  # word: languages
        for path in paths:
            self.read(ElementTree.parse(path).getroot())

    def read(self, root):
        for detector in root.iter(NS + "detector"):
            self.matter |= {(detector.get("name"), entry.get("id"))
                            for entry in detector.iter(NS + "entry") if entry.get("matter") == "yes"}
        for word in root.find(NS + "function").text.split():
            for part in re.findall(r"\w+", fold(word)):
                self.function.setdefault(part, set()).add(root.get("language"))


class Marks:
    """What is kept of a text whose sentences are known."""

    def __init__(self, lexicons, sentences, declared=None):
        text = test_phrases.Text(lexicons.naive, " ".join(sentences), declared)
        words = [word for word, _, _, _ in text.words]
        taken = {word for _, word in text.formula}
        taken |= self.find(lexicons, text)
        languages = {"en": 0, "it": 0}
        self.stems = set()
        for number, word in enumerate(words):
            for language in lexicons.function.get(word, ()):
                languages[language] += 1
            if number not in taken and word not in lexicons.function and len(word) > 1:
                self.stems.add(word[:5])
        self.sentences = len(sentences)
        self.questions = sum(sentence.endswith("?") for sentence in sentences)
        self.groups = {tuple(words[at:at + 3]) for at in range(len(words) - 2)}
        self.words = words
        self.letters = sum(map(len, words))
        self.language = (None if languages["en"] == languages["it"] else
                         max(languages, key=languages.get))
        if declared is not None:
            self.language = declared if declared in languages else None

    def find(self, lexicons, text):
        """Numbers of the words that say no or thanks, and nothing of the matter."""
        first = {start: number for number, (_, start, _, _) in enumerate(text.words)}
        last = {end: number for number, (_, _, end, _) in enumerate(text.words)}
        taken = set()
        self.hits = []  # (place, detector)
        for detector in lexicons.detectors:
            self.hits += [(first[start], detector)
                          for _, start, _ in test_phrases.hits_of(text, detector)]
        for detector in ("refusal", "thanks"):  # also where the message has not what they need
            for phrase, _, _, start, end in test_phrases.phrases_of(text, detector):
                if (detector, phrase.entry) not in lexicons.matter:
                    taken |= set(range(first[start], last[end] + 1))
        self.hits.sort()
        self.detectors = {detector for _, detector in self.hits}
        return taken


# --- turns ---

def by_code(ticket):
    """(is refused, reason) by the code of resolution."""
    code = ticket["resolution code"] or ""
    if code == "refused":
        return True, None
    if code.startswith("refused: "):
        return True, code[len("refused: "):]
    return False, None


def is_answer(message):
    return message["public"] and message["author"] in ("agent", "boss")


def turns(ticket, as_of):
    """Public messages and those of customers, with what they do."""
    heard = [message for message in ticket["messages"] if message["at"] <= as_of and
             (message["public"] or message["author"] == "customer")]
    answers = [message for message in heard if is_answer(message)]
    refused, reason = by_code(ticket)
    meant = None
    if refused and answers:
        meant = ([message for message in answers if "refusal" in message["marks"].detectors] or
                 answers)[-1]
    told = []
    for message in heard:
        marks = message["marks"]
        turn = {"at": message["at"], "marks": marks, "message": message, "refuses": False,
                "reason": None, "answers": is_answer(message)}
        if message["author"] == "customer":
            thanks = ("thanks" in marks.detectors and not marks.questions and len(marks.stems) <= 2
                      and not marks.detectors & {"dispute", "complaint", "refusal"})
            turn["kind"] = "thanks" if thanks else "customer"
        elif turn["answers"]:
            turn["refuses"] = "refusal" in marks.detectors or message is meant
            turn["reason"] = reason if message is meant else None
            turn["kind"] = ("change" if marks.detectors & CHANGE else
                            "refusal" if turn["refuses"] else "answer")
        else:
            turn["kind"] = "other"
        told.append(turn)
    if refused and not answers and ticket["ended"] and ticket["ended"] <= as_of:
        told.append({"at": ticket["ended"], "marks": None, "message": None, "refuses": True,
                     "reason": reason, "answers": True, "kind": "refusal"})
    return told


# --- the same NO ---

def same(one, other):
    if one["reason"] and one["reason"] == other["reason"]:
        return True
    if not one["marks"] or not other["marks"]:
        return False
    a, b = one["marks"], other["marks"]
    if not a.stems and not b.stems:
        return True
    shared = len(a.groups & b.groups)
    return (len(a.stems & b.stems) * 5 >= 3 * len(a.stems | b.stems) and bool(a.stems & b.stems) or
            shared > 0 and shared * 5 >= 4 * min(len(a.groups), len(b.groups)))


def chain(said):
    """(refusals, longest chain, its new arguments)"""
    longest, links, refusals = (0, 0), [], 0
    for number, turn in enumerate(said):
        refusals += turn["refuses"]
        if turn["kind"] == "change":
            links = []
        if turn["kind"] != "refusal":
            continue
        if links and same(said[links[-1][0]], turn):
            between = [later for later in range(links[-1][0] + 1, number)
                       if said[later]["kind"] == "customer"]
            if not between:
                continue
            argued = False
            for later in between:
                stems = said[later]["marks"].stems
                known = set().union(*(said[earlier]["marks"].stems for earlier in range(later)
                                      if said[earlier]["marks"]))
                argued |= bool(stems) and len(stems - known) * 10 >= 3 * len(stems)
            links = links + [(number, argued)]
        else:
            links = [(number, False)]
        longest = max(longest, (len(links), sum(argued for _, argued in links)))
    return refusals, longest[0], longest[1]


def threads(tickets):
    """Lists of tickets of one customer and topic, each opened within 30 days of the one before."""
    topics, lone = {}, []
    for ticket in tickets:
        topic = (ticket["customer"], ticket["symptom"])
        if None in topic or ticket["opened"] is None or ticket["status"] == "Cancelled":
            lone.append([ticket])
        else:
            topics.setdefault(topic, []).append(ticket)
    for group in topics.values():
        group.sort(key=lambda ticket: ticket["opened"])
        thread = [group[0]]
        for ticket in group[1:]:
            if ticket["opened"] - thread[-1]["opened"] > 30 * DAY:
                lone.append(thread)
                thread = []
            thread.append(ticket)
        lone.append(thread)
    return lone


def same_no(tickets, as_of):
    left, chains = Left(), []
    for thread in threads(tickets):
        said = sorted(((turn["at"], number, turn) for number, ticket in enumerate(thread)
                       for turn in turns(ticket, as_of)), key=lambda entry: entry[:2])
        refusals, length, arguments = chain([turn for _, _, turn in said])
        if refusals:
            chains.append((length, arguments))
            continue
        for ticket in thread:
            left.out("no-refusal" if ticket["messages"] else "no-messages")
    return left, chains


# --- refusals that say why ---

def next_working_day(at, calendar_days):
    day = at // DAY
    while True:
        day += 1
        if calendar_days is None or (day + 3) % 7 in calendar_days:
            return day * DAY + at % DAY


def explained(tickets, as_of, working=None):
    wanted = {"reason-and-alternative": {"reason", "alternative"}, "reason": {"reason"},
              "alternative": {"alternative"}}
    left = {variant: Left() for variant in wanted}
    flags = {variant: [] for variant in wanted}
    faults, fault_left = [], Left()
    for ticket in tickets:
        said = [turn for turn in turns(ticket, as_of) if turn["answers"]]
        refusals = [number for number, turn in enumerate(said) if turn["refuses"]]
        for number in refusals:
            until = next_working_day(said[number]["at"], working)
            own = said[number]["marks"].detectors if said[number]["marks"] else set()
            later = said[number + 1] if number + 1 < len(said) else None
            next_ = later["marks"].detectors if later and later["at"] <= until else set()
            for variant, needs in wanted.items():
                told = needs <= own or needs <= next_
                if not later and as_of <= until and not wanted["reason-and-alternative"] <= own:
                    left[variant].out("working-day-not-over")
                elif not told and not said[number]["marks"]:
                    left[variant].out("no-text")
                else:
                    flags[variant].append(told)
        if not refusals:
            for variant in wanted:
                left[variant].out("no-refusal" if ticket["messages"] else "no-messages")
        if ticket["cause party"] == "us" or any(
                turn["marks"] and "admitted-error" in turn["marks"].detectors for turn in said):
            faults.append(bool(refusals))
        else:
            fault_left.out("not-our-fault")
    return left, flags, fault_left, faults


# --- next steps and how it reads ---

def next_steps(tickets, as_of):
    left = {"owner-and-date": Left(), "owner": Left(), "date": Left()}
    flags = {variant: [] for variant in left}
    for ticket in tickets:
        last, steps = None, []
        for turn in turns(ticket, as_of):
            if turn["answers"]:
                last = turn if turn["message"] else None
            elif turn["kind"] in ("customer", "thanks") and last:
                steps.append(last)
                last = None
        if last:
            steps.append(last)
        for turn in steps:
            over = (ticket["status"] in OVER if ticket["ended"] is None else
                    ticket["ended"] <= turn["at"])
            owner, date = ("owner" in turn["marks"].detectors, "when" in turn["marks"].detectors)
            for variant, flag in (("owner-and-date", owner and date), ("owner", owner),
                                  ("date", date)):
                if over:
                    left[variant].out("solved")
                else:
                    flags[variant].append(flag)
        if not steps:
            for variant in left:
                left[variant].out("no-answer" if ticket["messages"] else "no-messages")
    return left, flags


def readability(tickets, as_of, syllables):
    left = {"gulpease": Left(), "flesch": Left(), "customers-language": Left()}
    points = {"gulpease": [], "flesch": []}
    flags = []
    for ticket in tickets:
        customer, is_any = None, False
        for turn in turns(ticket, as_of):
            marks = turn["marks"]
            if turn["kind"] in ("customer", "thanks") and marks.language:
                customer = marks.language
            if not turn["answers"] or not marks:
                continue
            is_any = True
            if customer and marks.language:
                flags.append(customer == marks.language)
            else:
                left["customers-language"].out("language-unknown")
            if not turn["refuses"] and not marks.detectors & {"alternative", "consultant", "option"}:
                continue
            variant = {"it": "gulpease", "en": "flesch"}.get(marks.language)
            if not variant:
                left["gulpease"].out("language-unknown")
                left["flesch"].out("language-unknown")
            elif len(marks.words) < 40:
                left[variant].out("too-short")
            elif variant == "gulpease":
                index = 89 + Fraction(300 * marks.sentences - 10 * marks.letters, len(marks.words))
                points[variant].append(millionth(min(100, max(0, index))))
            else:
                spoken = sum(syllables(word) for word in marks.words)
                points[variant].append(
                    round(206.835 - millionth(Fraction(1015 * len(marks.words),
                                                       1000 * marks.sentences))
                          - millionth(Fraction(846 * spoken, 10 * len(marks.words))), 6))
        if not is_any:
            for variant in left:
                left[variant].out("no-text" if ticket["messages"] else "no-messages")
    return left, points, flags


# --- roles ---

def roles_of(ticket, as_of, items=()):
    """{role: place of its first sign}, and what else is known of them."""
    seen = {"first": {}, "answers": 0, "restated": False, "options": 0, "cells": 0,
            "items": len(items)}
    heard, is_restated, is_confirmed, written = {}, False, False, set()
    for number, turn in enumerate(turns(ticket, as_of)):
        if not turn["message"]:
            continue
        if not turn["answers"]:
            if turn["kind"] in ("customer", "thanks"):
                is_confirmed |= is_restated
                written |= turn["marks"].stems
            continue
        marks = turn["marks"]
        before = {2, 3} & heard.keys()
        for place, detector in marks.hits:
            role = ROLE_OF.get(detector)
            if (role is None or role == 4 and not seen["answers"]
                    or detector == "coach" and not marks.questions):
                continue
            here = (turn["at"], number + 1, place)
            heard[role] = min(heard.get(role, here), here)
        if marks.questions and marks.stems & written:
            here = (turn["at"], number + 1, 0)
            heard[0] = min(heard.get(0, here), here)
        seen["answers"] += 1
        if not before and {2, 3} & heard.keys():
            seen["restated"] = is_confirmed
        is_restated |= "restatement" in marks.detectors
        told = None
        for _, detector in marks.hits:
            if detector == "option":
                seen["options"] += 1
                told = set()
            elif told is not None and detector in ("time", "cost", "outcome") and detector not in told:
                told.add(detector)
                seen["cells"] += 1
    seen["first"] = heard
    return seen


def unseen(ticket, seen):
    if ticket["status"] == "Cancelled":
        return "cancelled"
    if ticket["status"] not in OVER:
        return "still-open"
    if seen["items"]:
        return None
    if not seen["answers"]:
        return "no-answer" if ticket["messages"] else "no-messages"
    return None


def order(first, needed):
    played = [role for role in sorted(needed) if role in first]
    if len(played) < 2:
        return None
    pairs = [(a, b) for a in played for b in played if a < b]
    wrong = sum(first[a] > first[b] for a, b in pairs if (a, b) != (1, 2))
    return millionth(1 - Fraction(wrong, len(pairs)))


def class_of(ticket):
    """A word that is no class leaves it to the category."""
    return ticket["ticket class"] if ticket["ticket class"] in NEEDED else ticket["category"]


def coverage(tickets, as_of):
    names = ["coverage", "full", "order"] + ROLES
    left = {name: Left() for name in names}
    values = {name: [] for name in names}
    for ticket in tickets:
        seen = roles_of(ticket, as_of)
        reason = unseen(ticket, seen) or (None if class_of(ticket) in NEEDED else "class-unknown")
        if reason:
            for name in names:
                left[name].out(reason)
            continue
        needed = NEEDED[class_of(ticket)]
        values["coverage"].append(
            millionth(Fraction(len(needed & seen["first"].keys()), len(needed))))
        values["full"].append(needed <= seen["first"].keys())
        in_order = order(seen["first"], needed)
        if in_order is None:
            left["order"].out("fewer-than-two-roles")
        else:
            values["order"].append(in_order)
        for role, name in enumerate(ROLES):
            if role in needed:
                values[name].append(role in seen["first"])
            else:
                left[name].out("role-not-needed")
    return left, values


def options(tickets, as_of):
    left = {"completeness": Left(), "two-options": Left()}
    values = {"completeness": [], "two-options": []}
    for ticket in tickets:
        seen = roles_of(ticket, as_of)
        reason = unseen(ticket, seen)
        if not reason and 3 not in NEEDED.get(class_of(ticket), ()) and not seen["options"]:
            reason = "options-not-needed"
        if reason:
            left["completeness"].out(reason)
            left["two-options"].out(reason)
            continue
        many = seen["options"]
        values["completeness"].append(millionth(
            Fraction(seen["cells"], 3 * many) * min(1, Fraction(many, 2))) if many else 0)
        values["two-options"].append(many >= 2)
    return left, values


def premature(tickets, as_of):
    left, values, restated = Left(), [], []
    for ticket in tickets:
        seen = roles_of(ticket, as_of)
        first = seen["first"]
        proposals = [first[role] for role in (2, 3) if role in first]
        if not proposals:
            left.out("no-proposal" if seen["answers"] else
                     "no-answer" if ticket["messages"] else "no-messages")
            continue
        values.append(0 not in first or min(proposals) < first[0])
        restated.append(seen["restated"])
    return left, values, restated


# --- listening ---

def asks_again(turn, asked):
    """None: it asks nothing; else whether the customer had answered that. Remembers the question."""
    if turn["kind"] == "customer":
        for question in asked:
            question["answered"] = True
    if not turn["answers"] or turn["refuses"] or "coach" not in turn["marks"].detectors:
        return None
    stems = turn["marks"].stems
    known = any(question["answered"] and min(len(question["stems"]), len(stems)) >= 3 and
                len(question["stems"] & stems) * 5 >= 3 * len(question["stems"] | stems)
                for question in asked)
    asked.append({"stems": stems, "answered": False})
    return known


def listening(tickets, as_of):
    left = {"picked-up": Left(), "asked-again": Left()}
    flags = {variant: [] for variant in left}
    for ticket in tickets:
        said = [turn for turn in turns(ticket, as_of) if turn["message"]]
        asked, again, pairs = [], [], 0
        for number, turn in enumerate(said):
            again.append(asks_again(turn, asked))
            if not turn["answers"]:
                continue
            before = [at for at in range(number) if said[at]["answers"]][-1:] or [-1]
            written = [at for at in range(before[0] + 1, number)
                       if said[at]["message"]["author"] == "customer"]
            fresh = set()
            for at in written:
                known = set().union(*(earlier["marks"].stems for earlier in said[:at]))
                fresh |= said[at]["marks"].stems - known
            pairs += bool(written)
            if fresh:
                flags["picked-up"].append(len(fresh & turn["marks"].stems) * 5 >= len(fresh))
            elif written:
                left["picked-up"].out("nothing-new")
        flags["asked-again"] += [flag for flag in again if flag is not None]
        reason = ("no-messages" if not ticket["messages"] else
                  "no-answer" if not any(turn["answers"] for turn in said) else None)
        if not pairs:
            left["picked-up"].out(reason or "no-answer-due")
        if not asked:
            left["asked-again"].out(reason or "no-question")
    return left, flags


# --- labels ---

def labels(tickets, as_of, phrase):
    left = {"in-messages": Left(), "in-notes": Left()}
    flags = {"in-messages": [], "in-notes": []}
    for ticket in tickets:
        sent = [message for message in ticket["messages"] if message["at"] <= as_of]
        written = [message for message in sent if message["author"] != "customer"]
        for message in written:
            flags["in-messages"].append(phrase in message["text"])
            if not message["public"]:
                flags["in-notes"].append(phrase in message["text"])
        if not written:
            for variant in left:
                left[variant].out("written-by-customers" if sent else "no-messages")
    return left, flags
