"""Questions that many ask and no known error answers: a table made from a seed, with gaps and
future days, against lists and loops."""

from real.compare import Tap
from real.oracle import share
from registers.register_bench import DAY, Bench, Left, instant

AS_OF = 1767225600  # 2026-01-01


def some(random, per_mille, value):
    return value if random.chance(per_mille) else None


def make_tickets(random, count):
    """Most clusters lie about the bounds: five cases, three customers."""
    return [{"id": "T%d" % number, "opened": some(random, 960, AS_OF - random.below(300 * DAY)
                                                  + 10 * DAY),
             "customer": some(random, 960, "C%d" % random.below(4)),
             "service": some(random, 850, "S%d" % random.below(12)),
             "symptom": some(random, 950, "y%d" % random.below(10)),
             "resolution": "Known-Error" if random.chance(60) else random.pick(["fixed", None]),
             "status": "cancelled" if random.chance(50) else "closed"} for number in range(count)]


def refusal(ticket):
    if ticket["status"] == "cancelled":
        return "cancelled"
    if None in (ticket["symptom"], ticket["customer"], ticket["opened"]):
        return "no-customer-or-topic"
    return "opened-later" if ticket["opened"] > AS_OF else None


def is_candidate(cluster):
    return (len(cluster) >= 5 and len({ticket["customer"] for ticket in cluster}) >= 3
            and not any(ticket["resolution"] == "Known-Error" for ticket in cluster))


def candidates(tickets):
    left, flags, clusters = Left(), [], set()
    asked = [ticket for ticket in tickets if not refusal(ticket)]
    for ticket in tickets:
        if refusal(ticket):
            left.out(refusal(ticket))
            continue
        what = ticket["service"], ticket["symptom"]
        flags.append(is_candidate([one for one in asked
                                   if (one["service"], one["symptom"]) == what]))
        if flags[-1]:
            clusters.add(what)
    return left.with_(share(sum(flags), len(flags))), len(clusters)


def main():
    tap = Tap()
    bench = Bench(tap, 62)
    tickets = make_tickets(bench.random, 700)
    expected, clusters = candidates(tickets)
    path = bench.table("ticket.csv", ["id", "opened", "customer", "service", "symptom",
                                      "resolution code", "status"],
                       [{**ticket, "opened": instant(ticket["opened"]),
                         "resolution code": ticket["resolution"]} for ticket in tickets])
    document = bench.measure("M-62", "--map", "generic-ticket", "--as-of", instant(AS_OF), path)
    bench.same(document, "M-62", {"in-candidates": expected})
    figure = document["figures"][0]
    tap.equal("M-62, cases in clusters", expected["k"], figure["k"])
    tables = {table["id"]: table["rows"] for table in figure.get("tables", [])}
    tap.equal("M-62, clusters", clusters, len(tables.get("known-errors", [])))
    tap.finish()


main()
