"""Accounts of customers by lists and loops: acts from records, their masses, trust, quadrants, and
trust beside what customers did later. Instants are seconds, money and hours plain numbers."""

import math

DAY = 86400
HALF = 182 * DAY
YEAR = 365 * DAY
WEIGHTS = {"D1": .5, "D2": .25, "D3": 1, "D4": .5, "D5": 1, "D6": 1, "D7": .5, "D8": .5, "W1": 1,
           "W2": 1.5, "W3": .5, "W4": 1, "W5": 1, "W6": .5, "W7": .5, "W8": .25, "W9": 1, "W10": 1.5,
           "W11": 1.5, "W12": 1, "W13": 1, "R": 0}
GRAVER = {"W11": 4, "W4": 3, "W1": 2, "W3": 1}
BANDS = ((.35, "overdrawn"), (.5, "strained"), (.7, "adequate"), (.85, "solid"))
Z = 1.959963984540054


# --- acts ---

def act(kind, at, record, severity=1.0, attribution=1.0, gesture=False):
    return {"class": kind, "at": at, "customer": record["customer"], "fact": record.get("ticket"),
            "severity": severity, "attribution": attribution, "gesture": gesture, "mended": None}


def of_promise(row, as_of):
    if row["state"] == "void" or row["due"] is None:
        return []
    done = row["fulfilled"] if row["fulfilled"] is not None and row["fulfilled"] <= as_of else None
    ours = .5 if row["partner"] else 1.0
    if done is not None:
        return [act("D3", done, row, 1.0, ours) if done <= row["due"]
                else act("W1", row["due"], row, 1.0, ours)]
    if row["due"] > as_of:
        return []
    return [act("D3", row["due"], row, 1.0, ours) if row["state"] == "kept"
            else act("W1", row["due"], row, 2.0, ours)]


def of_invoice(row, as_of, surprise):
    if row["at"] is None or row["at"] > as_of or row["amount"] is None:
        return []
    told = row["consent"] is not None and row["consent"] <= row["at"]
    if row["amount"] < 0:
        return [act("R", row["at"], row)]
    if row["estimate"] is None and not told:
        return []
    if told:
        return [act("D4", row["consent"], row)]
    beyond = row["amount"] - row["estimate"] > surprise * row["estimate"]
    return [act("W2" if beyond and row["amount"] > row["estimate"] else "D4", row["at"], row)]


def of_complaint(row, as_of, days):
    if row["received"] is None or row["received"] > as_of:
        return []
    due = row["due"] if row["due"] is not None else row["received"] + days * DAY
    acts = []
    if due <= as_of and (row["answered"] is None or row["answered"] > due):
        acts.append(act("W10", due, row))
    if row["upheld"] and row["with"] and row["ticket"] and row["closed"] is not None \
            and row["closed"] <= as_of:
        acts.append(act("R", row["closed"], row))
    return acts


def of_register(row, as_of):
    if row["kind"] == "goodwill":
        acts = [act("R" if row["ticket"] else "D6", row["at"], row, gesture=True)]
    elif row["kind"] == "limits-of-use":
        acts = [act("D4", row["informed"], row)]
    else:
        acts = [act(row["reason"], row["at"], row, row["severity"])]
    return [one for one in acts if one["at"] is not None and one["at"] <= as_of]


# --- the account ---

def weigh(acts, instant):
    """The acts that count at the instant, each with its mass; what is not there has none."""
    met = [dict(one) for one in acts if one["at"] <= instant]
    for one in met:
        one["mass"] = WEIGHTS[one["class"]] * one["severity"] * one["attribution"]
        one["repaired"] = False
    met = [one for one in met if one["mass"] > 0]
    met = [one for one in met
           if not (one["fact"] and GRAVER.get(one["class"], 0) and any(
               other["fact"] == one["fact"] and other["at"] // DAY == one["at"] // DAY
               and GRAVER.get(other["class"], 0) > GRAVER[one["class"]] for other in met))]
    met.sort(key=lambda one: one["at"])
    for number in reversed(range(len(met))):
        one = met[number]
        if one["class"][0] == "D":
            room = 3 * WEIGHTS[one["class"]]
            if one["class"] == "D2":
                room = min(room, 1.0)
            room -= sum(other["mass"] for other in met[number + 1:]
                        if other["class"] == one["class"] and other["at"] - one["at"] < 30 * DAY)
            one["mass"] = min(one["mass"], max(room, 0))
    for number, one in enumerate(met):
        if one["class"][0] != "W":
            continue
        before = sum(1 for other in met[:number] if other["class"] == one["class"]
                     and one["at"] - other["at"] <= 90 * DAY)
        one["mass"] *= (1, 1.5, 2)[min(before, 2)]
        again = any(other["class"] == one["class"] and other["at"] - one["at"] <= 90 * DAY
                    for other in met[number + 1:])
        mended = one["mended"]
        if mended is not None and mended <= instant and 0 <= mended - one["at"] <= 30 * DAY \
                and not again:
            one["repaired"] = True
            one["mass"] *= .2
    return met


def account(acts, instant, base=.5):
    met = weigh(acts, instant)
    sums = {"D": 0.0, "W": 0.0}
    for one in met:
        life = {"D": 90, "W": 180}[one["class"][0]]
        sums[one["class"][0]] += one["mass"] * 2 ** (-(instant - one["at"]) / (life * DAY))
    deposits, withdrawals = sums["D"], 2 * sums["W"]
    whole = deposits + withdrawals + 2
    trust = (deposits + 2 * base) / whole
    band = next((name for limit, name in BANDS if trust < limit), "reserve")
    grave = any(one["class"][0] == "W" and one["severity"] >= 3 and not one["repaired"]
                and instant - one["at"] <= 180 * DAY for one in met)
    if grave and band in ("adequate", "solid", "reserve"):
        band = "strained"
    if deposits + withdrawals < 2:
        band = "insufficient"
    return {"trust": trust, "balance": deposits - withdrawals, "band": band}


def mend(acts):
    """A repair mends withdrawals of its ticket within 30 days; a gesture that mends none is one."""
    for one in acts:
        if one["class"] != "R":
            continue
        hit = [other for other in acts if one["fact"] and other["fact"] == one["fact"]
               and other["class"][0] == "W" and 0 <= one["at"] - other["at"] <= 30 * DAY]
        for other in hit:
            if other["mended"] is None or other["mended"] > one["at"]:
                other["mended"] = one["at"]
        if not hit and one["gesture"]:
            one["class"] = "D6"


def segment_means(customers, accounts, least):
    """{(segment, internal): mean trust} of those with so many customers of known trust."""
    lists = {}
    for name, customer in customers.items():
        if customer["segment"] and accounts[name]["band"] != "insufficient":
            lists.setdefault((customer["segment"], customer["internal"]), []).append(
                accounts[name]["trust"])
    return {key: sum(list_) / len(list_) for key, list_ in lists.items() if len(list_) >= least}


# --- money ---

def net_value(customer, name, invoices, efforts, until):
    billed = [row["amount"] for row in invoices if row["customer"] == name
              and row["amount"] is not None and row["at"] is not None and 0 <= until - row["at"] < YEAR]
    revenue = customer["revenue"]
    if revenue is None:
        if not billed:
            return None
        revenue = sum(billed)
    spent = sum(row["hours"] * row["rate"] for row in efforts if row["customer"] == name
                and row["rate"] is not None and 0 <= until - row["date"] < YEAR)
    return revenue - (customer["cost"] or 0) - spent


def quadrant(account_, net):
    if account_["band"] == "insufficient" or net is None:
        return None
    trusted = account_["trust"] >= .5
    if net >= 0:
        return "partnership" if trusted else "extraction"
    return "volunteering" if trusted else "exit-or-repair"


# --- trust and what came of it ---

def sign(value):
    return (value > 0) - (value < 0)


def tau(pairs):
    count = len(pairs)
    if count < 20:
        return {"n": count}
    with_, off_x, off_y = [], [], []
    for x, y in pairs:
        signs = [(sign(x - a), sign(y - b)) for a, b in pairs]
        with_.append(sum(a * b for a, b in signs) / (count - 1))
        off_x.append(sum(a != 0 for a, _ in signs) / (count - 1))
        off_y.append(sum(b != 0 for _, b in signs) / (count - 1))
    means = [sum(list_) / count for list_ in (with_, off_x, off_y)]
    root = math.sqrt(means[1] * means[2])
    if root == 0:
        return {"n": count}
    value = means[0] / root
    square = sum(4 * ((a - means[0]) / root
                      - value / 2 * ((b - means[1]) / means[1] + (c - means[2]) / means[2])) ** 2
                 for a, b, c in zip(with_, off_x, off_y))
    error = Z * math.sqrt(square / (count * (count - 1)))
    return {"n": count, "value": value, "low": max(-1, value - error), "high": min(1, value + error)}


def area(good, bad):
    figure = {"n": len(good) + len(bad), "k": len(bad)}
    if len(good) < 10 or len(bad) < 10:
        return figure
    shares = [[(x > y) + (x == y) / 2 for y in bad] for x in good]
    of_good = [sum(row) / len(bad) for row in shares]
    of_bad = [sum(column) / len(good) for column in zip(*shares)]
    value = sum(of_good) / len(good)
    error = Z * math.sqrt(sum((a - value) ** 2 for a in of_good) / (len(good) * (len(good) - 1))
                          + sum((b - value) ** 2 for b in of_bad) / (len(bad) * (len(bad) - 1)))
    return dict(figure, value=value, low=max(0, value - error), high=min(1, value + error))
