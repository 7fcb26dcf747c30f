"""Boston's on-time share, recomputed from target and closing dates in Boston time, beside the
city's own column; every difference between the two is accounted for."""

import boston
import compare
from oracle import durations, grouped, share, survival_median

FOLDER = compare.data("tickets", "boston311_2015")


def explanation(requests, as_of):
    """How the two figures differ, as counts that add up; see check_explained."""
    table = boston.cross_table(requests, as_of)
    counts = {}
    for (flag, verdict), number in table.items():
        on_time = {"ONTIME": True, "OVERDUE": False}.get(flag)
        if on_time is None or isinstance(verdict, str):
            kind = (flag, verdict)
        else:
            kind = "agree" if on_time == verdict else "disagree"
        counts[kind] = counts.get(kind, 0) + number
    return counts


def check_explained(tap, requests, as_of):
    counts = explanation(requests, as_of)
    tap.equal("no request has a flag that its own dates contradict", 0, counts.get("disagree", 0))
    tap.equal("every other request is in one of four classes", {
        "agree": 20067,                # both say the same
        ("ONTIME", "no-target"): 2658,  # nothing was promised, and the city calls it on time
        ("ONTIME", "not-due"): 645,     # still open, the target yet to come
        ("OVERDUE", "not-due"): 1,      # its target lies half an hour after the latest instant
        (None, False): 85,              # street lights without a flag, all past their target
    }, counts)


def main():
    tap = compare.Tap()
    requests = boston.read(FOLDER)
    as_of = boston.latest(requests)
    check_explained(tap, requests, as_of)

    document = compare.measure("M-03 M-07", "--map", "city-311", "--zone", boston.ZONE, "--by",
                               "category", FOLDER)
    tap.equal("ten files", 10, len(document["accounting"]))
    tap.check("accounting identity", compare.accounting_troubles(document))
    tap.equal("rows and cases", (23456, 23456, 0),
              tuple(sum(source[key] for source in document["accounting"])
                    for key in ("rows_read", "cases", "rows_rejected")))

    flagged = [request for request in requests if request.flag]
    wanted = share(sum(request.flag == "ONTIME" for request in flagged), len(flagged))
    wanted["breakdown"] = grouped([(request.type, request.flag == "ONTIME")
                                   for request in flagged], lambda on: share(sum(on), len(on)))
    tap.check("M-07 as the city flags it",
              compare.differences(wanted, compare.find(document, "M-07", "reported")))

    due = [(request.type, request.verdict(as_of)) for request in requests
           if not isinstance(request.verdict(as_of), str)]
    wanted = share(sum(met for _, met in due), len(due))
    wanted["breakdown"] = grouped(due, lambda met: share(sum(met), len(met)))
    computed = compare.find(document, "M-07", "computed")
    tap.check("M-07 from the dates", compare.differences(wanted, computed))
    tap.equal("the shares that anybody can look up", (0.741, 0.696),
              (round(compare.find(document, "M-07", "reported")["value"], 3),
               round(computed["value"], 3)))
    tap.equal("requests left out of the computed share", {"no-deadline": 2658, "open-before-deadline": 646},
              {item["reason"]: item["n"] for item in computed["excluded"] if item["n"]})

    closed = [request.closed - request.opened for request in requests
              if request.closed is not None and request.closed >= request.opened]
    running = [as_of - request.opened for request in requests if request.closed is None]
    wanted = dict(durations(closed), km_median=survival_median(closed, running))
    tap.check("M-03, and its median with the open ones",
              compare.differences(wanted, compare.find(document, "M-03", "reported")))
    check_zone_is_demanded(tap)
    tap.finish()


def check_zone_is_demanded(tap):
    status, out, err = compare.run("measure", "M-07", "--map", "city-311", FOLDER)
    tap.equal("without --zone it is not done, and says so", (2, b"", True),
              (status, out, "--zone" in err))


if __name__ == "__main__":
    main()
