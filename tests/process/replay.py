"""Cases against a declared process, worked out again: by the language of the process, and by its net.

The nearest allowed sequence is looked for among all sequences that the process allows up to a length
(tree by tree, without any net), so that nothing is shared with how the program finds it. Tokens are
counted by Dijkstra's algorithm over markings of the net that the manual describes."""

import heapq
import itertools

UNKNOWN = None


class Block:
    """kind: step sequence choice parallel optional loop; a loop has its first part and perhaps another."""

    def __init__(self, kind, parts=(), step=None, mandatory=True):
        self.kind, self.parts, self.step, self.mandatory = kind, list(parts), step, mandatory


# --- the language ---

def shuffles(a, b):
    if not a or not b:
        yield a + b
        return
    for rest in shuffles(a[1:], b):
        yield a[:1] + rest
    for rest in shuffles(a, b[1:]):
        yield b[:1] + rest


def joined(first, second, most):
    return {a + b for a in first for b in second if len(a) + len(b) <= most}


def in_order(parts, most):
    words = {()}
    for part in parts:
        words = joined(words, language(part, most), most)
    return words


def language(block, most):
    """All allowed sequences of at most so many steps."""
    if block.kind == "step":
        words = {(block.step,)} if most else set()
        return words if block.mandatory else words | {()}
    if block.kind in ("sequence", "optional"):
        words = in_order(block.parts, most)
        return words | {()} if block.kind == "optional" else words
    if block.kind == "choice":
        return set().union(*(language(part, most) for part in block.parts))
    if block.kind == "parallel":
        words = {()}
        for part in block.parts:
            words = {mixed for a in words for b in language(part, most)
                     if len(a) + len(b) <= most for mixed in shuffles(a, b)}
        return words
    once = language(block.parts[0], most)
    between = language(block.parts[1], most) if len(block.parts) > 1 else {()}
    again = joined(between, once, most)
    words, new = set(once), set(once)
    while new:
        new = joined(new, again, most) - words
        words |= new
    return words


# Of moves at one place, the first that leads to a nearest sequence is taken.
BOTH, LOG, PROCESS = range(3)


def nearest(trace, words):
    """(cost, moves): moves are (kind, step, event), of all nearest sequences those that come first."""
    best = None
    for word in words:
        found = align(trace, word)
        if best is None or found < best:
            best = found
    (cost, _), moves = best
    return cost, moves


def align(trace, word):
    """((cost, missing), moves) that come first for one allowed sequence; steps in order of number."""
    rows = [[None] * (len(word) + 1) for _ in range(len(trace) + 1)]
    for i, j in itertools.product(range(len(trace), -1, -1), range(len(word), -1, -1)):
        ways = []
        if i == len(trace) and j == len(word):
            ways.append(((0, 0), ()))
        if i < len(trace) and j < len(word) and trace[i] == word[j]:
            (cost, missing), moves = rows[i + 1][j + 1]
            ways.append(((cost, missing), ((BOTH, word[j], i),) + moves))
        if i < len(trace):
            (cost, missing), moves = rows[i + 1][j]
            ways.append(((cost + 1, missing), ((LOG, -1 if trace[i] is UNKNOWN else trace[i], i),) + moves))
        if j < len(word):
            (cost, missing), moves = rows[i][j + 1]
            ways.append(((cost + 1, missing + 1), ((PROCESS, word[j], i),) + moves))
        rows[i][j] = min(ways)
    return rows[0][0]


def deviations(moves, approvals):
    """[(kind, step or -1, event)]"""
    found = []
    for place, (kind, step, event) in enumerate(moves):
        if kind == BOTH:
            continue
        other = LOG if kind == PROCESS else PROCESS
        before = sum(1 for move in moves[:place] if move[:2] == (kind, step))
        is_paired = step != -1 and before < sum(1 for move in moves if move[:2] == (other, step))
        if kind == PROCESS:
            if not is_paired:
                found.append(("missing-approval" if step in approvals else "missing-step", step, event))
        elif step == -1:
            found.append(("unknown-activity", -1, event))
        else:
            found.append(("order" if is_paired else "not-foreseen", step, event))
    return found


# --- the net ---

class Net:
    def __init__(self, root):
        self.places = itertools.count()
        self.visible = {}
        self.silent = []
        self.start, self.end = next(self.places), next(self.places)
        self.add(root, self.start, self.end)

    def in_order(self, parts, first, last):
        for number, part in enumerate(parts):
            after = last if number == len(parts) - 1 else next(self.places)
            self.add(part, first, after)
            first = after

    def add(self, block, first, last):
        if block.kind == "step":
            self.visible[block.step] = (first, last)
            if not block.mandatory:
                self.silent.append(([first], [last]))
        elif block.kind in ("sequence", "optional"):
            if block.kind == "optional":
                self.silent.append(([first], [last]))
            self.in_order(block.parts, first, last)
        elif block.kind == "choice":
            for part in block.parts:
                self.add(part, first, last)
        elif block.kind == "parallel":
            ends = [(next(self.places), next(self.places)) for _ in block.parts]
            self.silent.append(([first], [a for a, _ in ends]))
            for part, (a, b) in zip(block.parts, ends):
                self.add(part, a, b)
            self.silent.append(([b for _, b in ends], [last]))
        else:
            a, b = next(self.places), next(self.places)
            self.silent += [([first], [a]), ([b], [last])]
            self.add(block.parts[0], a, b)
            if len(block.parts) > 1:
                self.add(block.parts[1], b, a)
            else:
                self.silent.append(([b], [a]))


def moved(marking, taken, given):
    marking = list(marking)
    for place in taken:
        marking.remove(place)
    return tuple(sorted(marking + given))


def tokens(net, trace):
    """(missing, consumed, remaining, produced), fewest missing and remaining, missing, consumed."""
    steps = [step for step in trace if step is not UNKNOWN]
    heap = [(0, 0, 0, (net.start,))]
    seen, best = set(), None
    while heap:
        missing, consumed, place, marking = heapq.heappop(heap)
        if (place, marking) in seen:
            continue
        seen.add((place, marking))
        if best and missing > best[0]:
            break
        if place == len(steps):
            lacks = net.end not in marking
            rest = len(marking) - (not lacks)
            total = (missing + lacks + rest, missing + lacks, consumed + 1)
            best = min(best, total) if best else total
        else:
            first, last = net.visible[steps[place]]
            lacks = first not in marking
            after = moved(marking, [] if lacks else [first], [last])
            heapq.heappush(heap, (missing + lacks, consumed + 1, place + 1, after))
        for taken, given in net.silent:
            if all(marking.count(p) >= taken.count(p) for p in taken):
                heapq.heappush(heap, (missing, consumed + len(taken), place,
                                      moved(marking, taken, given)))
    total, missing, consumed = best
    remaining = total - missing
    return missing, consumed, remaining, consumed + remaining - missing


def token_fitness(missing, consumed, remaining, produced):
    return 0.5 * (1 - missing / consumed) + 0.5 * (1 - remaining / produced)
