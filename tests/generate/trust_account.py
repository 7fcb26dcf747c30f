"""The account of trust of one customer, from its events: an oracle in plain floating point, after
the Beta reputation system of Josang and Ismail (2002).

An event is (days before the as-of instant, sign, mass): masses are those that count, with severity,
attribution, confidence and repeats in them.
"""

HALF_LIFE = {1: 90.0, -1: 180.0}
LAMBDA, PRIOR, BASE = 2.0, 2.0, 0.5
BANDS = ((0.35, "overdrawn"), (0.5, "strained"), (0.7, "adequate"), (0.85, "solid"))


def balance(events):
    """Deposits, withdrawals, balance, trust and uncertainty."""
    sums = {1: 0.0, -1: 0.0}
    for age, sign, mass in events:
        if age >= 0:
            sums[sign] += mass * 2 ** (-age / HALF_LIFE[sign])
    deposits, withdrawals = sums[1], LAMBDA * sums[-1]
    whole = deposits + withdrawals + PRIOR
    return {"deposits": deposits, "withdrawals": withdrawals, "balance": deposits - withdrawals,
            "trust": (deposits + BASE * PRIOR) / whole, "uncertainty": PRIOR / whole}


def band(account):
    if account["deposits"] + account["withdrawals"] < PRIOR:
        return "insufficient"
    return next((name for limit, name in BANDS if account["trust"] < limit), "reserve")


def check():
    """Worked by hand: a year's half of deposits and withdrawals, day 180 being the as-of instant."""
    days = ((0, 1, 1), (10, 1, .5), (20, -1, 2), (30, 1, 1), (60, 1, 2), (100, -1, 1), (110, 1, 1.5),
            (150, 1, .5))
    account = balance([(180 - day, sign, mass) for day, sign, mass in days])
    return (abs(account["balance"] + 0.864419) < 1e-6 and abs(account["trust"] - 0.448518) < 1e-6
            and band(account) == "strained" and band(balance([])) == "insufficient"
            and band(balance([(0, -1, 3)])) == "overdrawn")
