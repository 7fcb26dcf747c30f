#!/usr/bin/env python3
"""Records what other programs say to the questions of tests/unit/test_stat*.c.

    apt-get install python3-scipy python3-statsmodels r-base-core r-cran-survival
    /usr/bin/python3 tests/generate/stat_vectors.py

writes tests/data/stat/*.inc, tables of C initializers. R answers what R has (distributions,
Poisson, quantiles, survival, Kendall, Wilcoxon, Benjamini and Hochberg), SciPy and statsmodels the
rest; charts are worked out here, window by window. The choices come from a seed: the same versions
write the same files. Only this script needs those packages, the tests do not.
"""

import math
import os
import statistics
import subprocess
import sys

import numpy
import scipy
import scipy.stats
import statsmodels
import statsmodels.api
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
from seeded import Seeded  # noqa: E402

FOLDER = os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "data", "stat")
chance = Seeded(20260101)


def unit():
    return (chance.word() >> 11) / 2.0 ** 53


def r(lines):
    """What R prints for these lines of R, as floats."""
    script = "p <- function(...) cat(sprintf('%.17g', c(...)), '\\n')\n" + "\n".join(lines)
    done = subprocess.run(["Rscript", "--vanilla", "-"], input=script, text=True,
                          capture_output=True, check=True)
    return [[float(word.replace("Inf", "inf").replace("NA", "nan").replace("NaN", "nan"))
             for word in line.split()] for line in done.stdout.splitlines()]


def versions():
    found = subprocess.run(
        ["Rscript", "--vanilla", "-e",
         "library(survival); cat(R.version$major, '.', R.version$minor, ', survival ',"
         " as.character(packageVersion('survival')), sep='')"],
        text=True, capture_output=True, check=True).stdout
    return "R %s; SciPy %s, statsmodels %s, NumPy %s" % (
        found, scipy.__version__, statsmodels.__version__, numpy.__version__)


def number(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    value = float(value)
    if math.isnan(value):
        return "NAN"
    if math.isinf(value):
        return "INFINITY" if value > 0 else "-INFINITY"
    return repr(value)


def initializer(value):
    if isinstance(value, str):
        return '"%s"' % value
    if isinstance(value, (list, tuple)):
        return "{" + ", ".join(initializer(item) for item in value) + "}" if value else "{0}"
    return number(value)


def save(name, what, rows):
    with open(os.path.join(FOLDER, name + ".inc"), "w", encoding="utf-8") as file:
        file.write("/* %s\n   Written by tests/generate/stat_vectors.py with %s. */\n"
                   % (what, VERSIONS))
        for row in rows:
            text = initializer(row) + ","
            while len(text) > 100:
                cut = text.rindex(" ", 0, 100)
                file.write(text[:cut] + "\n")
                text = "    " + text[cut + 1:]
            file.write(text + "\n")


def r_list(values):
    return "c(" + ",".join(repr(value) for value in values) + ")"


# --- distributions ---

def special():
    questions = []
    for i in range(600):
        a = [0.5, 1.0, float(chance.between(1, 40)), 10 ** (8 * unit()),
             float(chance.between(1, 10 ** 6)) + 0.5, float(chance.between(1, 10 ** 9))][i % 6]
        b = [1.0, 0.5, float(chance.between(1, 40)), 10 ** (6 * unit()), a,
             float(chance.between(1, 10 ** 9))][i // 6 % 6]
        mean = a / (a + b)
        spread = math.sqrt(mean * (1 - mean) / (a + b + 1))
        x = min(max(mean + (12 * unit() - 6) * spread, 1e-9), 1 - 1e-9)
        p = chance.pick([0.025, 0.975, 0.5, unit()])
        y = max(a + (12 * unit() - 6) * math.sqrt(a), 1e-6)
        z = 60 * unit() - 30
        questions += [("beta_cdf", x, a, b, "pbeta(%r,%r,%r)" % (x, a, b)),
                      ("beta_quantile", p, a, b, "qbeta(%r,%r,%r)" % (p, a, b)),
                      ("gamma_cdf", y, a, 0, "pgamma(%r,%r)" % (y, a)),
                      ("gamma_tail", y, a, 0, "pgamma(%r,%r,lower.tail=FALSE)" % (y, a)),
                      ("gamma_quantile", p, a, 0, "qgamma(%r,%r)" % (p, a))]
        if i % 3 == 0:
            tail = 10 ** (-300 * unit())
            questions += [("normal_cdf", z, 0, 0, "pnorm(%r)" % z),
                          ("normal_quantile", p, 0, 0, "qnorm(%r)" % p),
                          ("normal_quantile", tail, 0, 0, "qnorm(%r)" % tail)]
    answers = r(["p(%s)" % question[4] for question in questions])
    save("special", "Distributions: function, argument, a, b, what R says.",
         [list(question[:4]) + answer for question, answer in zip(questions, answers)])


# --- shares and rates ---

def shares():
    pairs = [(0, 1), (1, 1), (0, 2), (1, 2), (0, 10), (10, 10), (7, 20), (45, 50), (931, 1000),
             (0, 10 ** 9), (10 ** 9, 10 ** 9), (1, 10 ** 9), (500000000, 10 ** 9),
             (999999999, 10 ** 9)]
    for i in range(300):
        n = chance.between(1, [12, 60, 500, 10 ** 5, 10 ** 7, 10 ** 9][i % 6])
        k = chance.between(0, n) if i % 4 else chance.between(0, min(n, 5))
        pairs.append((k, n) if i % 8 else (n - k, n))
    lines = []
    for k, n in pairs:
        lines.append("p(qbeta(0.025,%d,%d+1),1-qbeta(0.025,%d,%d+1),qbeta(0.025,%d+.5,%d+.5),"
                     "1-qbeta(0.025,%d+.5,%d+.5))" % (k, n - k, n - k, k, k, n - k, n - k, k))
    rows = []
    for (k, n), (low, high, jeffreys_low, jeffreys_high) in zip(pairs, r(lines)):
        wilson = [float(x) for x in proportion_confint(k, n, method="wilson")]
        low = 0.0 if k == 0 else low
        high = 1.0 if k == n else high
        jeffreys_low = 0.0 if k == 0 else jeffreys_low
        jeffreys_high = 1.0 if k == n else jeffreys_high
        if n <= 1000:  # two libraries, one answer
            beta = proportion_confint(k, n, method="beta")
            assert k == 0 or abs(beta[0] - low) < 1e-12
            assert k == n or abs(beta[1] - high) < 1e-12
        rows.append([k, n, wilson, [low, high], [jeffreys_low, jeffreys_high]])
    save("shares", "k, n; Wilson of statsmodels; Clopper-Pearson and Jeffreys by R's qbeta.", rows)

    rows = []
    for i in range(200):
        n1 = chance.between(1, [10, 80, 10000][i % 3])
        n2 = chance.between(1, [10, 80, 10000][i // 3 % 3])
        k1, k2 = chance.between(0, n1), chance.between(0, n2)
        if i % 10 == 0:
            k1, k2 = n1, 0
        limits = confint_proportions_2indep(k1, n1, k2, n2, method="newcomb", compare="diff")
        rows.append([k1, n1, k2, n2, [float(x) for x in limits]])
    save("newcombe", "k1, n1, k2, n2; limits of statsmodels.", rows)


def rates():
    pairs = [(k, 1.0) for k in range(12)]
    pairs += [(chance.between(0, [30, 1000, 10 ** 6, 10 ** 8][i % 4]), 0.01 + 500 * unit())
              for i in range(120)]
    answers = r(["p(poisson.test(%d,%r)$conf.int)" % pair for pair in pairs])
    save("rates", "k, exposure; limits of R's poisson.test.",
         [[k, exposure, answer] for (k, exposure), answer in zip(pairs, answers)])


def quantiles():
    rows, lines = [], []
    for i in range(300):
        n = chance.between(1, 24)
        values = sorted(chance.between(0, [5, 1000, 10 ** 9][i % 3]) / [1, 8, 1000][i % 3]
                        for _ in range(n))
        num, den = chance.pick([(1, 2), (17, 20), (9, 10), (19, 20), (0, 1), (1, 1), (1, 3),
                                (chance.between(0, 1000), 1000)])
        rows.append([n, values, num, den])
        lines.append("x<-%s; p(quantile(x,%d/%d,type=1),quantile(x,%d/%d,type=7),"
                     "quantile(x,%d/%d,type=8))" % ((r_list(values),) + (num, den) * 3))
    for row, answer in zip(rows, r(lines)):
        # R adds a tolerance to n p before it rounds up, so that 20 * 0.95 is 19
        row += answer
    save("quantiles", "n, values, p as a fraction; types 1, 7 and 8 of R.", rows)


# --- survival ---

def survival():
    rows, lines = [], ["library(survival)"]
    for i in range(250):
        n = chance.between(1, 30)
        most = [4, 12, 1000][i % 3]
        times = [chance.between(0, most) for _ in range(n)]
        status = [1 if i % 5 == 0 else chance.chance(650) + 0 for _ in range(n)]
        ended = sorted(t for t, s in zip(times, status) if s)
        censored = sorted(t for t, s in zip(times, status) if not s)
        rows.append([len(ended), len(censored), ended, censored])
        # survfit leaves out nobody and takes time 0 as any other
        lines.append("f<-summary(survfit(Surv(%s,%s)~1,conf.type='log-log'));"
                     "p(f$time,f$surv,f$std.err,f$lower,f$upper)"
                     % (r_list(times), r_list([int(s) for s in status])))
    for row, answer in zip(rows, r(lines)):
        count = len(answer) // 5
        columns = [answer[i * count:(i + 1) * count] for i in range(5)]
        time, left, error, low, high = columns

        def first(curve, share):
            for t, value in zip(time, curve):
                if value <= share * (1 + 1e-12):
                    return [True, int(t)]
            return [False, 0]

        row += [count, [[int(t)] + [column[i] for column in columns[1:]]
                        for i, t in enumerate(time)] or [[0]]]
        row += [[first(left, share) + first(low, share) + first(high, share)
                 for share in (0.75, 0.5, 0.1)]]
    save("survival", "Ended, censored; R's survfit: time, share left, its error and log(-log) limits;\n"
         "   quantiles 1/4, 1/2, 9/10: is there one, when; the same of both limits.", rows)


# --- trends ---

def sign(value):
    return (value > 0) - (value < 0)


def trend_of(pairs, variance):
    slopes = sorted((b - a) / gap for a, b, gap in pairs)
    count = len(slopes)
    rank = math.floor((count - 1.959963984540054 * math.sqrt(variance)) / 2)
    limits = [slopes[rank - 1], slopes[count - rank]] if rank >= 1 else [-math.inf, math.inf]
    return [sum(sign(b - a) for a, b, _ in pairs), statistics.median(slopes), limits]


def tie_variance(values):
    n = len(values)
    ties = [values.count(value) for value in set(values)]
    return (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18


def trends():
    rows, lines, places = [], [], []
    for i in range(200):
        count = chance.between(8, 40)
        values = [chance.between(0, [4, 30, 10 ** 6][i % 3]) / 4 + (i % 4) * 0.1 * t
                  for t in range(count)]
        if i % 5 == 0:
            values = [math.nan if chance.chance(200) else value for value in values]
        there = [(t, value) for t, value in enumerate(values) if not math.isnan(value)]
        if len(there) < 8 or len({value for _, value in there}) < 2:
            continue
        pairs = [(a, b, later - earlier) for at, (earlier, a) in enumerate(there)
                 for later, b in there[at + 1:]]
        variance = tie_variance([value for _, value in there])
        s, slope, limits = trend_of(pairs, variance)
        assert abs(scipy.stats.theilslopes([v for _, v in there], [t for t, _ in there])[0]
                   - slope) < 1e-9
        rows.append([count, values, len(there), s, variance])
        places.append([slope, limits])
        # cor.test corrects for continuity when asked
        lines.append("t<-cor.test(%s,%s,method='kendall',exact=FALSE,continuity=TRUE);"
                     "p(t$statistic,t$p.value)" % (r_list([t for t, _ in there]),
                                                   r_list([v for _, v in there])))
    rows = [row + answer + place for row, answer, place in zip(rows, r(lines), places)]
    save("trends", "Count, values; there, S, its variance; z and p of R's cor.test; Sen's slope as of\n"
         "   SciPy's theilslopes; limits from the sorted slopes.", rows)

    rows = []
    for i in range(100):
        season = chance.pick([4, 12, 7])
        count = chance.between(2 * season, 4 * season)
        values = [chance.between(0, 30) + 10 * math.sin(t * 6.28 / season) + t * (i % 3) / 10
                  for t in range(count)]
        if i % 3 == 0:
            values = [math.nan if chance.chance(100) else round(value) / 1.0 for value in values]
        pairs, variance, there = [], 0.0, 0
        for first in range(season):
            chosen = [(t, values[t]) for t in range(first, count, season)
                      if not math.isnan(values[t])]
            there += len(chosen)
            variance += tie_variance([value for _, value in chosen])
            pairs += [(a, b, later - earlier) for at, (earlier, a) in enumerate(chosen)
                      for later, b in chosen[at + 1:]]
        s, slope, limits = trend_of(pairs, variance)
        z = (s - sign(s)) / math.sqrt(variance)
        rows.append([count, values, season, there, s, variance, z,
                     float(2 * scipy.stats.norm.sf(abs(z))), slope, limits])
    save("seasons", "Count, values, season; there, S, its variance, z, p, slope, limits, season by season.",
         rows)


# --- two groups ---

def groups():
    rows, lines = [], []
    for i in range(200):
        m, n = chance.between(1, 20), chance.between(1, 20)
        most = [6, 50, 10 ** 6][i % 3]
        x = sorted(chance.between(1, most) / 2 + (i % 4) for _ in range(m))
        y = sorted(chance.between(1, most) / 2 for _ in range(n))
        differences = sorted(a - b for a in x for b in y)
        ratios = sorted(a / b for a in x for b in y)
        rank = math.floor(m * n / 2 - 1.959963984540054 * math.sqrt(m * n * (m + n + 1) / 12) + 0.5)
        shift_limits, ratio_limits = [-math.inf, math.inf], [0.0, math.inf]
        if rank >= 1:
            shift_limits = [differences[rank - 1], differences[m * n - rank]]
            ratio_limits = [ratios[rank - 1], ratios[m * n - rank]]
        rows.append([m, n, x, y])
        rows[-1] += [[statistics.median(differences), shift_limits],
                     [math.exp(statistics.median([math.log(ratio) for ratio in ratios])),
                      ratio_limits]]
        lines.append("p(suppressWarnings(wilcox.test(%s,%s)$statistic))" % (r_list(x), r_list(y)))
    for row, (statistic,) in zip(rows, r(lines)):
        row.insert(4, 2 * statistic / (row[0] * row[1]) - 1)
    save("groups", "Counts, values; Cliff's delta from R's wilcox.test; median of all differences and of\n"
         "   all log ratios, with limits, from the sorted lists.", rows)

    rows = []
    random = numpy.random.Generator(numpy.random.PCG64(1))
    for i in range(24):
        m, n = [(5, 6), (12, 9), (40, 25), (101, 60), (9, 200), (30, 30)][i % 6]
        x = numpy.sort(numpy.round(random.lognormal(4 + i % 3, 0.7, m), 2))
        y = numpy.sort(numpy.round(random.lognormal(4, 1, n), 2))
        draws = 40000
        top = numpy.median(x[random.integers(0, m, (draws, m))], axis=1)
        bottom = numpy.median(y[random.integers(0, n, (draws, n))], axis=1)
        # 2000 draws: their 2.5 % is one of these, but for one chance in many thousands
        band = numpy.quantile(top / bottom, [0.0115, 0.0405, 0.9595, 0.9885])
        rows.append([m, n, [float(v) for v in x], [float(v) for v in y],
                     float(numpy.median(x) / numpy.median(y)), [float(v) for v in band]])
    save("bootstrap", "Counts, values; ratio of medians; quantiles 0.0115, 0.0405, 0.9595, 0.9885 of\n"
         "   40000 plain resamples by NumPy.", rows)


def discoveries():
    rows, lines = [], []
    for i in range(60):
        n = chance.between(1, 30)
        p = [unit() ** (1 + i % 4) if i % 3 else chance.between(0, 10) / 10 for _ in range(n)]
        rows.append([n, p])
        lines.append("p(p.adjust(%s,'BH'))" % r_list(p))
    save("discoveries", "Count, p-values; p.adjust of R by Benjamini and Hochberg.",
         [row + [answer] for row, answer in zip(rows, r(lines))])


# --- agreement, pooling ---

def agreement():
    rows = []
    for i in range(120):
        classes = 2 + i % 3
        table = [[chance.between(0, [3, 60, 10 ** 5][i % 3]) + (20 if a == b else 0)
                  for b in range(classes)] for a in range(classes)]
        result = cohens_kappa(table)
        flat = [count for row in table for count in row]
        rows.append([classes, flat, float(result.kappa), float(result.std_kappa)])
    save("kappa", "Classes, table; kappa and its standard error by statsmodels.", rows)

    rows = []
    for i in range(60):
        counts = [chance.between(0, [5, 40, 3000][i % 3]) for _ in range(3)]
        if sum(counts) == 0:
            continue
        answers = [100.0] * counts[0] + [0.0] * counts[1] + [-100.0] * counts[2]
        rows.append(counts + [float(numpy.mean(answers)),
                              float(numpy.std(answers)) / math.sqrt(len(answers))])
    save("promoters", "Promoters, passives, detractors; mean and its error by NumPy.", rows)


def pooling():
    rows = []
    for i in range(120):
        count = chance.between(2, 12)
        sizes = [chance.between(1, [3, 40, 9][i % 3]) for _ in range(count)]
        hits = []
        for size in sizes:
            share = chance.pick([100, 500, 900]) if i % 2 else 700
            hits.append(sum(chance.chance(share) for _ in range(size)))
        total, good = sum(sizes), sum(hits)
        if good in (0, total) or total == count:
            continue
        values = [1.0 if j < k else 0.0 for k, n in zip(hits, sizes) for j in range(n)]
        owner = [group for group, n in enumerate(sizes) for _ in range(n)]
        fit = statsmodels.api.OLS(values, numpy.ones(total)).fit(
            cov_type="cluster", cov_kwds={"groups": numpy.array(owner), "use_correction": False})
        share = good / total
        effect = float(fit.bse[0]) ** 2 * count / (count - 1) / (share * (1 - share) / total)
        with numpy.errstate(all="ignore"):
            f = float(scipy.stats.f_oneway(*[values[sum(sizes[:g]):sum(sizes[:g + 1])]
                                             for g in range(count)])[0])
        size = (total - sum(n * n for n in sizes) / total) / (count - 1)
        m = math.inf if f <= 1 else 0.0 if math.isinf(f) else size / (f - 1)
        rows.append([count, [[k, n] for k, n in zip(hits, sizes)], effect, m])
    save("pooling", "Clusters of k out of n; design effect from the cluster-robust variance of\n"
         "   statsmodels; m of shrinkage from the F of SciPy's f_oneway.", rows)


# --- control charts, window by window ---

def side(z):
    return sign(z)


def rules_at(z, x, at):
    """The rules that hold for the point `at`, each from its own wording."""
    def last(count):
        return range(at - count + 1, at + 1) if at + 1 >= count else None

    def same_side_beyond(least, of, sigmas):
        window = range(max(0, at - of + 1), at + 1)
        return any(side_ * z[at] > sigmas and
                   sum(side_ * z[j] > sigmas for j in window) >= least for side_ in (1, -1))

    def one_side(count):
        window = last(count)
        return window is not None and abs(sum(side(z[j]) for j in window)) == count

    def monotone():
        window = last(6)
        steps = [sign(x[j] - x[j - 1]) for j in window][1:] if window else []
        return bool(steps) and abs(sum(steps)) == 5

    def alternating():
        window = last(14)
        if window is None:
            return False
        steps = [sign(x[j] - x[j - 1]) for j in window][1:]
        return all(steps) and all(a == -b for a, b in zip(steps, steps[1:]))

    mask = 0
    mask |= (abs(z[at]) > 3) << 0
    mask |= same_side_beyond(2, 3, 2) << 1
    mask |= same_side_beyond(4, 5, 1) << 2
    mask |= one_side(8) << 3
    mask |= one_side(9) << 4
    mask |= monotone() << 5
    mask |= alternating() << 6
    window = last(15)
    mask |= (window is not None and all(abs(z[j]) < 1 for j in window)) << 7
    window = last(8)
    mask |= (window is not None and all(abs(z[j]) > 1 for j in window)) << 8
    return mask


def stretches_of(count, firsts, length):
    """(first, last, begin, end) of each baseline."""
    found = []
    for i, first in enumerate(firsts):
        end = firsts[i + 1] if i + 1 < len(firsts) else count
        found.append((first, min(first + length, end) - 1, 0 if i == 0 else first, end))
    return found


def xmr(count, values, stretches, is_median):
    points = [[math.nan] * 4 + [0] for _ in range(count)]
    for first, last, begin, end in stretches:
        base = [v for v in values[first:last + 1] if not math.isnan(v)]
        own = [t for t in range(begin, end) if not math.isnan(values[t])]
        ranges = [abs(b - a) for a, b in zip(base, base[1:])]
        for before, t in zip(own, own[1:]):
            points[t][3] = abs(values[t] - values[before])
        if len(base) < 10:
            continue
        centre = statistics.fmean(base)
        spread = statistics.median(ranges) if is_median else statistics.fmean(ranges)
        reach = (3.145 if is_median else 2.66) * spread
        # no spread: whatever is off the centre is beyond everything
        z = [3 * (values[t] - centre) / reach if reach
             else sign(values[t] - centre) * math.inf if values[t] != centre else 0.0 for t in own]
        for t in range(begin, end):
            points[t][:3] = [centre, max(0.0, centre - reach), centre + reach]
        for at, t in enumerate(own):
            mask = rules_at(z, [values[j] for j in own], at)
            if at > 0 and points[t][3] > (3.865 if is_median else 3.268) * spread:
                mask |= 1 << 9
            points[t][4] = mask
    return points


def shares_chart(k, n, stretches):
    count = len(k)
    points = [[math.nan] * 3 + [0] for _ in range(count)]
    spreads = []
    for first, last, begin, end in stretches:
        base = [t for t in range(first, last + 1) if n[t]]
        own = [t for t in range(begin, end) if n[t]]
        spreads.append(math.nan)
        if len(base) < 10:
            continue
        centre = sum(k[t] for t in base) / sum(n[t] for t in base)
        sigma = [math.sqrt(centre * (1 - centre) / n[t]) if n[t] else math.nan
                 for t in range(count)]
        z = [(k[t] / n[t] - centre) / sigma[t] for t in base]
        spreads[-1] = statistics.fmean(abs(b - a) for a, b in zip(z, z[1:])) / 1.128
        scale = spreads[-1] if spreads[-1] > 1.2 else 1.0
        for t in own:
            points[t][:3] = [centre, max(0.0, centre - 3 * scale * sigma[t]),
                             min(1.0, centre + 3 * scale * sigma[t])]
        shares_ = [k[t] / n[t] for t in own]
        z = [(k[t] / n[t] - centre) / sigma[t] / scale for t in own]
        for at, t in enumerate(own):
            points[t][3] = rules_at(z, shares_, at)
    return points, spreads


def charts():
    rows, share_rows = [], []
    for i in range(90):
        count = chance.between(10, 60)
        firsts = [[0], [chance.between(0, 5)], [0, count // 2]][i % 3]
        length = chance.between(10, 24) if i % 2 else count
        stretches = stretches_of(count, [f for f in firsts if f < count], length)
        level = [50.0, 8.0, 500.0][i % 3]
        values = []
        for t in range(count):
            value = level + sum(unit() for _ in range(6)) * level / 3
            if i % 7 == 0 and t > count // 2:
                value *= 1.6
            if i % 7 == 1:
                value += t * level / 30
            if i % 7 == 2:
                value += (t % 2) * level
            if i % 7 == 3 and chance.chance(60):
                value *= 4
            if i % 7 == 4:
                value = level + round(value - level, -1)
            values.append(math.nan if i % 4 == 0 and chance.chance(120) else value)
        is_median = i % 2 == 1
        rows.append([count, values, is_median, len(stretches), [list(s[:2]) for s in stretches],
                     xmr(count, values, stretches, is_median)])
        n = [0 if i % 4 == 0 and chance.chance(120) else chance.between(20, [90, 3000][i % 2])
             for _ in range(count)]
        k = []
        for t, size in enumerate(n):
            share = 0.1 + (0.15 * unit() if i % 3 == 1 else 0) + \
                (0.1 if i % 5 == 0 and t > count // 2 else 0)
            k.append(sum(unit() < share for _ in range(size)))
        points, spreads = shares_chart(k, n, stretches)
        share_rows.append([count, k, n, len(stretches), [list(s[:2]) for s in stretches], spreads,
                           points])
    save("xmr", "Count, values, median?, baselines; centre, lower, upper, range, mask of rules.", rows)
    save("share_charts", "Count, k, n, baselines; sigma_z of each; centre, lower, upper, mask of rules.",
         share_rows)


def alarms():
    """Twelve points of a standard normal process, limits known: how often is there a signal?"""
    runs, length = 200000, 12
    z = numpy.random.Generator(numpy.random.PCG64(5)).standard_normal((runs, length))
    steps = numpy.diff(z, axis=1)

    def anywhere(of, holds):
        """Runs of points in which a window of `of` points holds."""
        return numpy.logical_or.reduce([holds(slice(at, at + of))
                                        for at in range(length - of + 1)])

    def one_side(of, least, sigmas):
        return numpy.logical_or.reduce([anywhere(of, lambda window, side_=side_: (
            (side_ * z[:, window] > sigmas).sum(1) >= least)) for side_ in (1, -1)])

    def all_steps(side_):
        return anywhere(6, lambda window: (
            side_ * steps[:, window.start:window.stop - 1] > 0).all(1))

    beyond = (abs(z) > 3).any(1)
    two, four = one_side(3, 2, 2), one_side(5, 4, 1)
    eight, nine = one_side(8, 8, 0), one_side(9, 9, 0)
    six = all_steps(1) | all_steps(-1)
    outside = anywhere(8, lambda window: (abs(z[:, window]) > 1).all(1))
    rule = {"beyond": 0, "two": 1, "four": 2, "eight": 3, "nine": 4, "six": 5}
    sets = [[("beyond", beyond)], [("beyond", beyond), ("eight", eight)],
            [("beyond", beyond), ("nine", nine)],
            [("beyond", beyond), ("nine", nine), ("six", six)],
            [("beyond", beyond), ("two", two), ("eight", eight)],
            [("beyond", beyond), ("two", two), ("four", four), ("eight", eight)]]
    rows = [[sum(1 << rule[name] for name, _ in chosen),
             float(numpy.logical_or.reduce([found for _, found in chosen]).mean())]
            for chosen in sets]
    nelson = beyond | two | four | nine | six | outside  # the other two need more points
    rows.append([0x1f7, float(nelson.mean())])
    save("alarms", "Mask of rules, share of twelve points in control with a signal: 200,000 runs.", rows)


VERSIONS = versions()
for topic in (pooling, charts, special, shares, rates, quantiles, survival, trends, groups,
              discoveries, agreement, alarms):
    topic()
