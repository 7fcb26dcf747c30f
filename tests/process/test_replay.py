"""Random processes and cases: what the program says of them against a replay of another kind.

Whatever a process generates fits it, with a fitness of 1; whatever is done to a case, the means of
both fitnesses, the shares and the table of deviations are those of tests/process/replay.py."""

import collections
import json
import os
import pathlib
import random
import subprocess
import tempfile

from process import replay
from process.replay import Block
from real.compare import Tap

RUNS = 40
CASES = 12
MOST = 9  # steps of an allowed sequence that is looked at

MAP = """<source-map xmlns="urn:cfaudit:1" id="p" revision="1" reader="delimited" zone="UTC">
 <title lang="en">Cases</title>
 <record kind="ticket"><field name="id" required="true"><column>case</column></field></record>
 <record kind="event"><field name="at"><column>when</column></field>
  <field name="type"><column>activity</column></field></record>
</source-map>
"""


def random_block(rng, steps, depth):
    """With every step in it once."""
    if len(steps) == 1:
        return Block("step", step=steps[0], mandatory=rng.random() < 0.8)
    kind = rng.choice(["sequence", "sequence", "choice", "parallel", "optional", "loop"])
    cut = rng.randrange(1, len(steps))
    if depth > 3:
        kind = "sequence"
    if kind == "loop" and rng.random() < 0.5:
        return Block("loop", [Block("sequence", [random_block(rng, steps, depth + 1)])])
    parts = [random_block(rng, steps[:cut], depth + 1), random_block(rng, steps[cut:], depth + 1)]
    if kind == "loop":
        parts = [Block("sequence", [part]) for part in parts]
    return Block(kind, parts)


def written(block, approvals):
    if block.kind == "step":
        return '<step id="s%d" mandatory="%s" approval="%s"><activity>a%d</activity></step>' % (
            block.step, str(block.mandatory).lower(), str(block.step in approvals).lower(), block.step)
    inner = "".join(written(part, approvals) for part in block.parts[:1 if block.kind == "loop" else None])
    if block.kind == "loop":
        if len(block.parts) > 1:
            inner += "<again>%s</again>" % written(block.parts[1], approvals)
    return "<%s>%s</%s>" % (block.kind, inner, block.kind)


def spoiled(rng, trace):
    """A case as it may come: some of it gone, doubled, swapped, or unknown."""
    trace = list(trace)
    for _ in range(rng.randrange(0, 4)):
        at = rng.randrange(0, len(trace) + 1)
        what = rng.randrange(4)
        if what == 0 and at < len(trace):
            del trace[at]
        elif what == 1 and at < len(trace):
            trace.insert(rng.randrange(0, len(trace) + 1), trace[at])
        elif what == 2 and at + 1 < len(trace):
            trace[at], trace[at + 1] = trace[at + 1], trace[at]
        elif what == 3:
            trace.insert(at, replay.UNKNOWN)
    return tuple(trace)


def run(folder, flow, traces):
    (folder / "map.xml").write_text(MAP, "utf-8")
    (folder / "process.xml").write_text(
        '<process xmlns="urn:cfaudit:1" id="p" version="1" from="2024-01-01"><title lang="en">P</title>'
        "<flow>%s</flow></process>" % flow, "utf-8")
    lines = ["case,activity,when"]
    for number, trace in enumerate(traces):
        for minute, step in enumerate(trace):
            name = "strange" if step is replay.UNKNOWN else "a%d" % step
            lines.append("c%03d,%s,2025-01-01T10:%02d:00Z" % (number, name, minute))
    (folder / "log.csv").write_text("\n".join(lines) + "\n", "utf-8")
    ended = subprocess.run(
        [os.environ["CFAUDIT"], "measure", "M-34", "--map", "map.xml", "--process", "process.xml",
         "-f", "json", "log.csv"], cwd=folder, capture_output=True, check=False)
    if ended.returncode != 0:
        raise SystemExit("# " + ended.stderr.decode("utf-8"))
    return {figure["variant"]: figure for figure in json.loads(ended.stdout)["figures"]}


def rows(figure):
    table = next(t for t in figure["tables"] if t["id"] == "process")
    return sorted((row["kind"], row["what"], row["occurrences"], row["cases"]) for row in table["rows"])


def expected_rows(told):
    times, cases = collections.Counter(), collections.defaultdict(set)
    for number, found in enumerate(told):
        for kind, step, _ in found:
            key = (kind, "strange" if step == -1 else "s%d" % step)
            times[key] += 1
            cases[key].add(number)
    return sorted((kind, what, times[kind, what], len(cases[kind, what])) for kind, what in times)


def close(tap, title, expected, got):
    """Each case is told in millionths."""
    tap.check(title, [] if abs(expected - got) < 1e-6 else ["%r is not %r" % (got, expected)])


def check(tap, rng, number, folder):
    steps = list(range(rng.randrange(2, 6)))
    root = Block("sequence", [random_block(rng, steps, 0)])
    approvals = {step for step in steps if rng.random() < 0.2}
    words = sorted(replay.language(root, MOST))
    short = [word for word in words if word and len(word) <= 5]
    if not short:
        return
    net = replay.Net(root)
    flow = "".join(written(part, approvals) for part in root.parts)
    fitting = [rng.choice(short) for _ in range(CASES)]
    figures = run(folder, flow, fitting)
    tap.equal("%d: what the process generates fits it" % number,
              (1.0, 1.0, len(fitting), len(fitting), []),
              (figures["fitness"]["value"], figures["nearest"]["value"], figures["fitting"]["n"],
               figures["fitting"]["k"], rows(figures["fitness"])))
    traces = [trace for trace in (spoiled(rng, word) for word in fitting) if trace and len(trace) <= 7]
    found = [replay.nearest(trace, words) for trace in traces]
    shortest = min(len(word) for word in words)
    by_tokens = [replay.token_fitness(*replay.tokens(net, trace)) for trace in traces]
    by_moves = [1 - cost / (len(trace) + shortest) for (cost, _), trace in zip(found, traces)]
    figures = run(folder, flow, traces)
    close(tap, "%d: mean fitness by tokens" % number, sum(by_tokens) / len(traces),
          figures["fitness"]["value"])
    close(tap, "%d: mean fitness by the nearest sequence" % number, sum(by_moves) / len(traces),
          figures["nearest"]["value"])
    told = [replay.deviations(moves, approvals) for _, moves in found]
    tap.equal("%d: deviations" % number, expected_rows(told), rows(figures["fitness"]))
    tap.equal("%d: cases that fit" % number, sum(cost == 0 for cost, _ in found),
              figures["fitting"]["k"])


def main():
    tap = Tap()
    rng = random.Random(20251122)
    with tempfile.TemporaryDirectory() as name:
        for number in range(RUNS):
            check(tap, rng, number, pathlib.Path(name))
    tap.finish()


if __name__ == "__main__":
    main()
