"""What was done in each repair, by the declared process or not."""

from coffee.conversation import instant, office

STEPS = ["apertura", "diagnosi", "preventivo", "accettazione", "intervento", "collaudo", "chiusura"]
FREE = ["apertura", "diagnosi", "intervento", "collaudo", "chiusura"]
TECHNICIANS = ["Ivan Tracciato", "Nora Ipotesi", "Aldo Schizzo"]
# deviation planted in the nth intervention
DEVIATIONS = {3: "no-test", 7: "before-acceptance", 9: "same-person", 12: "no-test", 15: "informal",
              18: "same-person", 21: "before-acceptance", 22: "informal", 26: "no-test",
              29: "no-acceptance", 31: "reopened", 35: "old-version"}


def steps_of(number, random):
    deviation = DEVIATIONS.get(number)
    steps = list(STEPS if deviation in ("before-acceptance", "no-acceptance") or random.chance(500)
                 else FREE)
    if deviation == "no-test":
        steps.remove("collaudo")
    elif deviation == "before-acceptance":
        steps[3], steps[4] = steps[4], steps[3]
    elif deviation == "no-acceptance":
        steps.remove("accettazione")
    elif deviation == "informal":
        steps.insert(2, "telefonata al tecnico")
    elif deviation == "reopened":
        steps.insert(len(steps) - 1, "intervento")
    return steps, deviation


def version_of(talk, deviation):
    """Of the declared process that the job was done by."""
    is_old = talk.opened < instant("2025-06-01 00:00") or deviation == "old-version"
    return "4" if is_old else "5"


def log(talks, random):
    """Steps of each job by ticket: (instant, step, who), and the version that it went by."""
    steps_by_ticket, versions = {}, {}
    repaired = [talk for talk in talks if talk.kind.startswith("incident") and talk.ended()]
    for number, talk in enumerate(repaired, 1):
        steps, deviation = steps_of(number, random)
        at, end = talk.opened, talk.ended()
        worker, tester = random.pick([(a, b) for a in TECHNICIANS for b in TECHNICIANS if a != b])
        versions[talk.id] = version_of(talk, deviation)
        for position, step in enumerate(steps):
            who = {"intervento": worker, "collaudo": worker if deviation == "same-person" else
                   tester, "diagnosi": worker}.get(step, "Banco")
            left = len(steps) - 1 - position
            shown = min(office(at, random), end - 5 * left) if position else at
            steps_by_ticket.setdefault(talk.id, []).append((shown, step, who))
            at = shown + (max(5, (end - shown) // left) if left else 0)
    return steps_by_ticket, versions
