"""Control limits and trend of a series of shares, from the definitions: Laney (2002), Mann (1945),
Sen (1968)."""

import math
import statistics

from real.oracle import Z


def share_chart(pairs):
    """Limits of (k, n) pairs that all belong to the baseline; no limits where n is 0. From fewer
    than ten points there are none at all."""
    there = [(k, n) for k, n in pairs if n]
    if len(there) < 10:
        return {"kind": None, "refusal": "too-few-periods", "centre": None}, [None] * len(pairs)
    centre = sum(k for k, _ in there) / sum(n for _, n in there)
    sigma = [math.sqrt(centre * (1 - centre) / n) for _, n in there]
    z = [(k / n - centre) / s for (k, n), s in zip(there, sigma)]
    spread = statistics.fmean(abs(b - a) for a, b in zip(z, z[1:])) / 1.128
    scale = spread if spread > 1.2 else 1.0
    rows = []
    for k, n in pairs:
        if not n:
            rows.append(None)
            continue
        reach = 3 * scale * math.sqrt(centre * (1 - centre) / n)
        rows.append((max(0.0, centre - reach), min(1.0, centre + reach)))
    return {"kind": "laney-p" if spread > 1.2 else "p", "refusal": None, "centre": centre,
            "spread": spread, "provisional": len(there) < 20}, rows


def signals(pairs, centre, limits):
    """Points beyond the limits, and those that complete eight in a row on one side; runs mean
    nothing where less than one case a period is on the rarer side."""
    counted = [(k, n) for k, n in pairs if n]
    rarer = min(sum(k for k, _ in counted), sum(n - k for k, n in counted))
    found = {}
    run = []
    for at, ((k, n), limit) in enumerate(zip(pairs, limits)):
        if not n or not limit:
            continue
        value = k / n
        run.append((value > centre) - (value < centre))
        if not limit[0] <= value <= limit[1]:
            found[at] = "beyond-limits"
        elif rarer >= len(counted) and abs(sum(run[-8:])) == 8:
            found[at] = "run-of-eight"
    return found


def trend(values):
    """Values one period apart; None where a period has none."""
    there = [(at, value) for at, value in enumerate(values) if value is not None]
    n = len(there)
    pairs = [(a, b, later - earlier) for i, (earlier, a) in enumerate(there)
             for later, b in there[i + 1:]]
    s = sum((b > a) - (b < a) for a, b, _ in pairs)
    plain = [value for _, value in there]
    ties = [plain.count(value) for value in set(plain)]
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    z = (s - (s > 0) + (s < 0)) / math.sqrt(variance)
    return {"n": n, "s": s, "z": z, "p": math.erfc(abs(z) / math.sqrt(2)),
            "slope": statistics.median((b - a) / gap for a, b, gap in pairs)}


assert abs(Z - statistics.NormalDist().inv_cdf(0.975)) < 1e-12
