"""Accounts of customers (M-44, M-40): promises, invoices, complaints, gestures, what persons have put
down, money and outcomes, made from a seed, against an account kept by lists and loops."""

import pathlib
import xml.etree.ElementTree as xml

from real.compare import Tap, differences
from real.oracle import share
from registers import account_oracle as oracle
from registers.register_bench import DAY, Bench, instant

AS_OF = 1767225600  # 2026-01-01
CF = "{urn:cfaudit:1}"
POLICY = """<trust-policy xmlns="urn:cfaudit:1" id="ours">
 <title lang="en">Ours</title>
%s</trust-policy>
"""
PARAMETER = ' <parameter name="%s" value="%s" since="2025-01-01"><reason>Test.</reason></parameter>\n'
KINDS = ["promise", "invoice", "complaint", "register", "customer", "effort", "survey"]
AUDIT = """<audit xmlns="urn:cfaudit:1" id="a" zone="UTC" as-of="%s" trust="ours.xml">
 <title lang="en">A</title>
 <organization>Example</organization>
 <checklist name="trust-account"/>
 <checklist name="fair-exchange"/>
%s</audit>
"""
SOURCE = ' <source id="%s" map="generic-%s"><file>%s.csv</file></source>\n'


def some(random, per_mille, value):
    return value if random.chance(per_mille) else None


class Firm:
    """Records of a firm; no two acts fall into one second, so that their order is never in doubt."""

    def __init__(self, random, customers):
        self.random = random
        self.names = ["C%02d" % number for number in range(customers)]
        self.moment = 0
        self.customers = {name: self.make_customer() for name in self.names}
        self.promises = [self.make_promise() for _ in range(500)]
        self.invoices = [self.make_invoice() for _ in range(300)]
        self.complaints = [self.make_complaint() for _ in range(160)]
        self.registers = [self.make_register() for _ in range(300)]
        self.efforts = [self.make_effort() for _ in range(300)]
        self.surveys = [self.make_survey() for _ in range(200)]

    def at(self, days=560):
        """Some moment, now and then behind the as-of instant."""
        self.moment += 1
        return AS_OF - self.random.below(days) * DAY + 20 * DAY + self.moment * 7

    def whose(self):
        """Some are served better than others."""
        return self.random.pick(self.names)

    def make_customer(self):
        r = self.random
        return {"segment": some(r, 900, r.pick(["hotels", "bars", "offices"])),
                "internal": r.chance(100), "revenue": some(r, 500, r.between(0, 9000)),
                "cost": some(r, 500, r.between(0, 3000)), "since": some(r, 700, self.at(900)),
                "until": some(r, 450, AS_OF + r.between(-250, 60) * DAY)}

    def ticket(self):
        return some(self.random, 600, "T%d" % self.random.below(150))

    def make_promise(self):
        r, due, whose = self.random, self.at(), self.whose()
        good = int(whose[1:]) % 3 > 0
        done = some(r, 900 if good else 500, due + (r.between(-5, 0 if good else 6)) * DAY)
        return {"id": "P%d" % self.moment, "customer": whose, "due": some(r, 970, due),
                "made": due - 30 * DAY, "fulfilled": done, "ticket": self.ticket(),
                "partner": some(r, 100, "Partner"),
                "state": some(r, 200, r.pick(["void", "kept", "open"]))}

    def make_invoice(self):
        r, at = self.random, self.at()
        estimate = some(r, 700, r.between(1, 40) * 10)
        amount = r.pick([100, 110, 120, 150, 300, -20]) if estimate is None \
            else r.pick([estimate, estimate * 12 // 10, estimate * 13 // 10, estimate * 2, -5])
        return {"id": "I%d" % self.moment, "customer": self.whose(), "at": some(r, 980, at),
                "amount": some(r, 980, amount), "estimate": estimate,
                "consent": some(r, 400, at + r.between(-9, 2) * DAY - 3), "ticket": self.ticket()}

    def make_complaint(self):
        r, at = self.random, self.at()
        return {"id": "K%d" % self.moment, "customer": self.whose(), "received": at,
                "due": some(r, 500, at + r.between(5, 40) * DAY + 1),
                "answered": some(r, 700, at + r.between(1, 50) * DAY),
                "closed": some(r, 700, at + r.between(2, 60) * DAY + 2), "upheld": r.chance(600),
                "with": r.chance(700), "ticket": self.ticket()}

    def make_register(self):
        r, at = self.random, self.at()
        kind = r.pick(["goodwill", "feedback", "feedback", "limits-of-use"])
        return {"id": "R%d" % self.moment, "kind": kind, "customer": self.whose(), "at": at,
                "informed": some(r, 800, at - 3), "ticket": self.ticket(),
                "reason": r.pick([name for name in oracle.WEIGHTS]),
                "severity": r.pick([.5, 1, 2, 3])}

    def make_effort(self):
        r = self.random
        return {"customer": self.whose(), "date": self.at(), "hours": r.between(1, 20),
                "rate": some(r, 700, r.pick([40, 60, 90]))}

    def make_survey(self):
        r = self.random
        return {"customer": self.whose(), "at": self.at(), "scale": r.pick(["csat", "csat", "nps"]),
                "score": some(r, 900, r.between(0, 6))}

    # --- as tables ---

    def write(self, bench):
        yes = {True: "yes", False: "no", None: None}
        moments = ("at", "due", "made", "fulfilled", "consent", "received", "answered", "closed",
                   "informed", "date", "since", "until")

        def put(name, columns, rows):
            bench.table(name + ".csv", list(columns), [
                {head: instant(row[key]) if key in moments else row[key] for head, key in columns.items()}
                for row in rows])
        put("promise", {"id": "id", "customer": "customer", "made-at": "made", "due-at": "due",
                        "fulfilled-at": "fulfilled", "ticket": "ticket", "partner": "partner",
                        "state": "state"}, self.promises)
        put("invoice", {"id": "id", "customer": "customer", "at": "at", "amount": "amount",
                        "estimate": "estimate", "consent-at": "consent", "ticket": "ticket"},
            self.invoices)
        put("complaint", {"id": "id", "customer": "customer", "received": "received", "due": "due",
                          "answered": "answered", "closed": "closed", "upheld": "upheld",
                          "closed-with-customer": "with", "ticket": "ticket"},
            [dict(row, upheld=yes[row["upheld"]], **{"with": yes[row["with"]]})
             for row in self.complaints])
        put("register", {"id": "id", "kind": "kind", "customer": "customer", "at": "at",
                         "informed-at": "informed", "ticket": "ticket", "reason": "reason",
                         "rating": "severity"}, self.registers)
        put("customer", {"id": "id", "type": "type", "segment": "segment", "revenue": "revenue",
                         "cost": "cost", "since": "since", "until": "until"},
            [dict(row, id=name, type="internal" if row["internal"] else "external",
                  **{key: str(row[key]) if row[key] is not None else None
                     for key in ("revenue", "cost")})
             for name, row in self.customers.items()])
        put("effort", {"customer": "customer", "date": "date", "hours": "hours", "rate": "rate"},
            self.efforts)
        put("survey", {"customer": "customer", "at": "at", "scale": "scale", "score": "score"},
            [dict(row, score=str(row["score"]) if row["score"] is not None else None)
             for row in self.surveys])

    # --- as acts ---

    def acts(self, name, days, surprise):
        list_ = []
        for rows, make in ((self.promises, lambda row: oracle.of_promise(row, AS_OF)),
                           (self.invoices, lambda row: oracle.of_invoice(row, AS_OF, surprise)),
                           (self.complaints, lambda row: oracle.of_complaint(row, AS_OF, days)),
                           (self.registers, lambda row: oracle.of_register(row, AS_OF))):
            for row in rows:
                if row["customer"] == name:
                    list_ += make(row)
        list_.sort(key=lambda one: one["at"])
        oracle.mend(list_)
        return list_


def read_ledger(path):
    root = xml.parse(path).getroot()
    figures, rows = {}, {}
    for figure in root.iter(CF + "figure"):
        if figure.get("id"):
            figures[figure.get("measure"), figure.get("variant")] = {
                name: float(figure.get(name)) if figure.get(name) else None
                for name in ("n", "k", "value", "low", "high")}
    for table in root.iter(CF + "table"):
        if table.get("id") == "customers":
            names = [column.get("name") for column in table.iter(CF + "column")]
            for row in table.iter(CF + "row"):
                cells = [cell.get("value") for cell in row.iter(CF + "cell")]
                rows[cells[0]] = dict(zip(names, cells))
    return figures, rows


def check_customers(bench, rows, firm, accounts, nets):
    troubles = []
    for name in firm.names:
        got, wanted = rows.get(name), accounts[name]
        if got is None:
            troubles.append("%s has no row" % name)
            continue
        for key in ("trust", "balance"):
            if abs(float(got[key]) - wanted[key]) > 1e-9:
                troubles.append("%s: %s is %s, not %r" % (name, key, got[key], wanted[key]))
        for key, value in (("band", wanted["band"]),
                           ("quadrant", oracle.quadrant(wanted, nets[name]))):
            if (got[key] or None) != value:
                troubles.append("%s: %s is %s, not %s" % (name, key, got[key], value))
        if (got["net-value"] is None) != (nets[name] is None) or (
                nets[name] is not None and abs(float(got["net-value"]) - nets[name]) > 1e-6):
            troubles.append("%s: net value is %s, not %r" % (name, got["net-value"], nets[name]))
    bench.tap.check("accounts of %d customers" % len(firm.names), troubles)


def outcomes(firm, accounts, before):
    from_ = AS_OF - oracle.HALF
    scores = {}
    for row in firm.surveys:
        if row["scale"] == "csat" and row["score"] is not None and 1 <= row["score"] <= 5 \
                and 0 <= AS_OF - row["at"] < oracle.YEAR:
            scores.setdefault(row["customer"], []).append(row["score"])
    known = [name for name in firm.names if before[name]["band"] != "insufficient"]
    there = [name for name in known
             if (firm.customers[name]["since"] is None or firm.customers[name]["since"] <= from_)
             and (firm.customers[name]["until"] is None or firm.customers[name]["until"] > from_)]
    left = {name for name in there if firm.customers[name]["until"] is not None
            and firm.customers[name]["until"] <= AS_OF}
    loud = {row["customer"] for row in firm.complaints if from_ < row["received"] <= AS_OF}
    trust = {name: before[name]["trust"] for name in known}
    return {
        "trust-and-satisfaction": oracle.tau(
            [(accounts[name]["trust"], sum(list_) / len(list_)) for name, list_ in scores.items()
             if accounts[name]["band"] != "insufficient"]),
        "trust-and-renewal": oracle.tau([(trust[name], name not in left) for name in there]),
        "trust-before-churn": oracle.area([trust[name] for name in there if name not in left],
                                          [trust[name] for name in left]),
        "trust-before-complaint": oracle.area([trust[name] for name in known if name not in loud],
                                              [trust[name] for name in known if name in loud])}


def check_figures(bench, figures, expected):
    for key, wanted in expected.items():
        got = figures.get(key)
        if got is None:
            bench.tap.check("%s %s" % key, ["there is no such figure"])
            continue
        bench.tap.check("%s %s, n %d" % (*key, wanted["n"]),
                        differences({"value": None, "low": None, "high": None, **wanted}, got))


def check(tap, seed, customers, settings):
    """settings: complaint-days, surprise-share, segment-least"""
    bench = Bench(tap, seed)
    folder = pathlib.Path(bench.folder.name)
    firm = Firm(bench.random, customers)
    firm.write(bench)
    (folder / "ours.xml").write_text(
        POLICY % "".join(PARAMETER % pair for pair in settings.items()), "utf-8")
    (folder / "audit.xml").write_text(
        AUDIT % (instant(AS_OF), "".join(SOURCE % (kind, kind, kind) for kind in KINDS)), "utf-8")
    bench.run("gather", folder / "audit.xml", "-q", "-o", folder / "e.xml")
    figures, rows = read_ledger(folder / "e.xml")

    acts = {name: firm.acts(name, settings["complaint-days"], settings["surprise-share"])
            for name in firm.names}
    accounts = {name: oracle.account(acts[name], AS_OF) for name in firm.names}
    bases = {name: .5 for name in firm.names}
    if settings["segment-least"]:
        means = oracle.segment_means(firm.customers, accounts, settings["segment-least"])
        for name, customer in firm.customers.items():
            bases[name] = means.get((customer["segment"], customer["internal"]), .5)
        tap.check("some base rates are means of segments", [] if means else ["none is"])
    accounts = {name: oracle.account(acts[name], AS_OF, bases[name]) for name in firm.names}
    before = {name: oracle.account(acts[name], AS_OF - oracle.HALF, bases[name])
              for name in firm.names}
    nets, nets_before = ({name: oracle.net_value(firm.customers[name], name, firm.invoices,
                                                 firm.efforts, until) for name in firm.names}
                         for until in (AS_OF, AS_OF - oracle.HALF))
    check_customers(bench, rows, firm, accounts, nets)
    placed = {name: oracle.quadrant(accounts[name], nets[name]) for name in firm.names}
    here = [name for name in firm.names if placed[name]]
    twice = [name for name in here if placed[name] == "volunteering"
             and oracle.quadrant(before[name], nets_before[name]) == "volunteering"]
    expected = {("M-44", variant): figure for variant, figure in
                outcomes(firm, accounts, before).items()}
    expected["M-40", "volunteering"] = share(
        sum(placed[name] == "volunteering" for name in here), len(here))
    expected["M-40", "volunteering-twice"] = share(len(twice), len(here))
    check_figures(bench, figures, expected)


def main():
    tap = Tap()
    check(tap, 51, 60, {"complaint-days": 30, "surprise-share": .1, "segment-least": 0})
    check(tap, 52, 60, {"complaint-days": 12, "surprise-share": .25, "segment-least": 3})
    check(tap, 53, 15, {"complaint-days": 30, "surprise-share": .1, "segment-least": 0})
    tap.finish()


main()
