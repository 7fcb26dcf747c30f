#!/usr/bin/env python3
"""Writes the ticket export of the shipped example and the facts planted in it.

usage: helpdesk.py [--check] [FOLDER]

The help desk of an invented Italian software house, calendar year 2025, exported on 15 January 2026
as one row per update. The first half comes as an Excel export usually does in Italy (semicolons,
day first, CRLF, UTF-8 with a byte order mark); the second, after a change of tool, in Windows-1252
and compressed. Every customer, person and ticket is invented.

FOLDER is checklists/examples/helpdesk unless named. The facts go to helpdesk.facts.json beside this
script: what was planted here, and the figures that helpdesk_facts.py counts from the written bytes.
--check writes nothing and fails when the files differ from what would be written (the compressed
one is compared unpacked: compressors differ between machines).
"""

import datetime
import gzip
import io
import json
import pathlib
import sys

import helpdesk_facts
import rome
from seeded import Seeded

SEED = 20250101
YEAR = 2025
EXPORTED = datetime.datetime(2026, 1, 15, 0, 0)
SECOND_FILE_FROM = datetime.datetime(2025, 7, 1, 0, 0)
BAD_MONTH = 9

COLUMNS = ["Numero", "Progressivo", "Aggiornato il", "Stato", "Priorità", "Gruppo", "Assegnatario",
           "Cliente", "Canale", "Servizio", "Categoria", "Oggetto", "Aperto il", "Risolto il",
           "Chiuso il", "Scadenza", "Entro SLA"]

# name, weight, 95 % within the deadline agreed by contract, share on time in a normal month (per mille)
CUSTOMERS = [
    ("Officine Immaginarie S.p.A.", 22, True, 987),
    ("Comune di Fantasia", 18, True, 985),
    ("Trasporti Inventati S.r.l.", 12, True, 930),
    ("Libreria Ipotetica S.n.c.", 10, True, 988),
    ("Cantina Esempio Soc. agr.", 8, True, 990),
    ("Hotel Segnaposto S.r.l.", 10, False, 940),
    ("Studio Prova e Associati", 8, False, 950),
    ("Farmacia Modello", 7, False, 955),
    ("Circolo Facsimile", 5, False, 930),
]
HOURS = {1: 8, 2: 24, 3: 72, 4: 120}  # agreed hours to resolve, round the clock
PRIORITIES = {1: "1 - Critica", 2: "2 - Alta", 3: "3 - Media", 4: "4 - Bassa"}
GROUPS = ["Primo livello", "Secondo livello", "Sviluppo", "Sistemi", "Amministrazione"]
SERVICES = ["Gestionale ordini", "Fatturazione elettronica", "Magazzino", "Portale clienti"]
SUBJECTS = {
    "Errore": ["Errore in salvataggio ordine", "Il totale della fattura non torna di 0,01 €",
               "La stampa esce vuota", "Messaggio \"sessione scaduta\" a metà dell'ordine",
               "Giacenza negativa dopo l'inventario", "Fattura scartata: codice destinatario errato"],
    "Richiesta": ["Nuovo utente per il magazzino", "Aggiungere l'aliquota al 5 %",
                  "Esportazione mensile; formato a colonne", "Cambiare l'intestazione dei documenti"],
    "Domanda": ["Come si annulla una bolla già stampata?", "Perché l'ordine è «sospeso»?",
                "Dove trovo le fatture dell'anno scorso?"],
    "Accesso": ["Password dimenticata", "Utente bloccato dopo tre tentativi", "Accesso dal telefono"],
}
# Texts that a careless report would run as a formula or a link, or break a row at.
HOSTILE = ["=HYPERLINK(\"http://esempio.invalid\";\"clicca qui\")", "+39 00 000000 richiamare",
           "-2+3 non fa 1 nel totale", "@SUM(A1:A9)", "=1+1", "Prima riga\nseconda riga; e \"fine\"",
           "<b>urgente</b> & altro", "\tOggetto con tabulazione"]


class Ticket:
    def __init__(self, number, opened, customer, priority):
        self.number = number
        self.opened = opened
        self.customer, _, self.contract, self.on_time = customer
        self.priority = priority
        self.due = opened + HOURS[priority] * rome.HOUR if self.contract else None
        self.group = self.assignee = ""
        self.channel = self.service = self.category = self.subject = ""
        self.resolved = self.closed = None
        self.within = ""
        self.rows = []

    def step(self, at, status):
        """One update, with every column as it stands at that moment."""
        self.rows.append((at, len(self.rows) + 1, [
            self.number, str(len(self.rows) + 1), stamp(at), status, PRIORITIES[self.priority],
            self.group, self.assignee, self.customer, self.channel, self.service, self.category,
            self.subject, stamp(self.opened), stamp(self.resolved), stamp(self.closed),
            stamp(self.due), self.within]))

    def solve(self, at, flag=None):
        self.resolved = at
        if not self.within and self.contract:
            # The tool counts hours of the wall clock, to the first solution, and never looks again.
            hours = rome.to_local(at) - rome.to_local(self.opened)
            in_time = hours <= datetime.timedelta(hours=HOURS[self.priority])
            self.within = flag or ("Sì" if in_time else "No")
        self.step(at, "Risolto")


def stamp(instant):
    return "" if instant is None else rome.to_local(instant).strftime("%d/%m/%Y %H:%M")


def utc(year, month, day, hour, minute):
    """The earlier instant of a local time."""
    return rome.read(datetime.datetime(year, month, day, hour, minute))


def arrivals(draw):
    """Opening instants, in order: busy weekdays, thin weekends, half a month off in August."""
    day = datetime.date(YEAR, 1, 1)
    while day.year == YEAR:
        if day.weekday() >= 5 or (day.month, day.day) in ((1, 1), (1, 6), (4, 25), (5, 1), (6, 2),
                                                          (8, 15), (12, 8), (12, 25), (12, 26)):
            count = draw.below(3)
        elif day.month == 8 and 8 <= day.day <= 24:
            count = draw.between(1, 3)
        else:
            count = draw.between(4, 8)
        times = sorted(draw.between(0, 1439) if draw.chance(80) else draw.between(8 * 60, 18 * 60 + 30)
                       for _ in range(count))
        for time in times:
            yield utc(day.year, day.month, day.day, time // 60, time % 60)
        day += datetime.timedelta(days=1)


def route(draw):
    """Groups in order of handling, and whether the ticket comes back to one it had left."""
    kind = draw.weighted([("alone", 640), ("once", 270), ("twice", 50), ("back", 30), ("pong", 10)])
    first = GROUPS[0]
    second = draw.weighted([(GROUPS[1], 6), (GROUPS[3], 2), (GROUPS[4], 1)])
    third = GROUPS[2]
    return {"alone": [first], "once": [first, second], "twice": [first, second, third],
            "back": [first, second, first], "pong": [first, second, first, second, first]}[kind]


def duration(draw, ticket):
    """Minutes to the first solution."""
    month = rome.to_local(ticket.opened).month
    target = HOURS[ticket.priority] * rome.HOUR
    if draw.chance(ticket.on_time - (140 if month == BAD_MONTH else 0)):
        low, high = draw.weighted([((2, 8), 35), ((8, 25), 35), ((25, 60), 20), ((60, 98), 10)])
    else:
        low, high = draw.weighted([((102, 150), 6), ((150, 210), 3), ((210, 340), 1)])
    return max(3, target * draw.between(low * 10, high * 10) // 1000)


def handle(draw, ticket, planted):
    """An ordinary life: taken, handed on, perhaps waiting, solved, closed, perhaps reopened."""
    path = route(draw)
    span = duration(draw, ticket)
    if len(path) != len(set(path)):
        planted["ping_pong"].append(ticket.number)
    if draw.chance(700):
        ticket.group = path[0]
    ticket.step(ticket.opened, "Nuovo")
    cuts = sorted(draw.between(1, 900) for _ in range(len(path)))
    at = ticket.opened
    for group, cut in zip(path, cuts):
        at = ticket.opened + span * cut // 1000
        ticket.group = group
        ticket.assignee = "Operatore %02d" % (GROUPS.index(group) * 4 + draw.between(1, 4))
        ticket.step(at, "In lavorazione")
    if draw.chance(180):
        ticket.step(at + (ticket.opened + span - at) // 3, "In attesa del cliente")
        ticket.step(at + (ticket.opened + span - at) * 2 // 3, "In lavorazione")
    if draw.chance(20):
        ticket.step(ticket.opened + span, "Annullato")
        planted["cancelled"].append(ticket.number)
        return
    solved = ticket.opened + span
    flag = None
    if ticket.contract and solved > ticket.due and draw.chance(120):
        flag = "Sì"
        planted["flag_edited"].append(ticket.number)
    ticket.solve(solved, flag)
    late_in_year = solved > utc(YEAR, 12, 1, 0, 0)
    back = draw.weighted([("no", 948), ("soon", 44), ("late", 8)])
    if back == "no" or late_in_year:
        finish(ticket, solved + 5 * rome.DAY)
        return
    if back == "late":
        finish(ticket, solved + 5 * rome.DAY)
        again = solved + draw.between(16 * rome.DAY, 30 * rome.DAY)
        planted["reopened_late"].append(ticket.number)
    else:
        again = solved + draw.between(40, 4 * rome.DAY)
        planted["reopened"].append(ticket.number)
    ticket.closed = None
    ticket.step(again, "Riaperto")
    again += draw.between(30, 2 * rome.DAY)
    ticket.solve(again)
    finish(ticket, again + 5 * rome.DAY)


def finish(ticket, at):
    ticket.closed = at
    ticket.step(at, "Chiuso")


def closed_unsolved(ticket):
    """Carried over from an older tool: closed, but nobody wrote when it was solved."""
    ticket.group = GROUPS[1]
    ticket.step(ticket.opened, "Nuovo")
    ticket.step(ticket.opened + 50, "In lavorazione")
    finish(ticket, ticket.opened + 3 * rome.DAY + 7)


def solved_before_opened(draw, ticket):
    """The solution was typed in by hand, with the wrong day."""
    ticket.group = GROUPS[0]
    ticket.step(ticket.opened, "Nuovo")
    ticket.step(ticket.opened + 20, "In lavorazione")
    ticket.resolved = ticket.opened - draw.between(30, 1200)
    ticket.step(ticket.opened + 95, "Risolto")
    finish(ticket, ticket.opened + 95 + 5 * rome.DAY)


def forgotten(ticket):
    """Taken and never touched again: open past its deadline at the time of the export."""
    ticket.group = GROUPS[2]
    ticket.step(ticket.opened, "Nuovo")
    ticket.step(ticket.opened + 90, "In lavorazione")


def clock_changes(planted):
    """Two tickets whose wall clock lies about their duration, and one written in the missing hour."""
    long = Ticket("HD-25-90001", utc(2025, 10, 25, 20, 0), CUSTOMERS[0], 1)
    short = Ticket("HD-25-90002", utc(2025, 3, 30, 1, 15), CUSTOMERS[1], 1)
    for ticket in (long, short):
        ticket.channel, ticket.service, ticket.category = "Monitoraggio", SERVICES[3], "Errore"
        ticket.subject = "Il portale non risponde"
        ticket.group, ticket.assignee = GROUPS[3], "Operatore 13"
        ticket.step(ticket.opened, "Nuovo")
    long.solve(utc(2025, 10, 26, 3, 30))
    short.step(utc(2025, 3, 30, 3, 20), "In lavorazione")
    short.rows[-1][2][2] = "30/03/2025 02:20"
    short.solve(utc(2025, 3, 30, 3, 45))
    for ticket in (long, short):
        finish(ticket, ticket.resolved + 5 * rome.DAY)
    planted["clock_changes"] = {long.number: {"wall_minutes": 450, "minutes": 510},
                                short.number: {"wall_minutes": 150, "minutes": 90}}
    return [long, short]


def make_tickets(planted):
    draw = Seeded(SEED)
    tickets = []
    for count, opened in enumerate(arrivals(draw), start=1):
        number = "HD-25-%05d" % count
        customer = draw.weighted([(c, c[1]) for c in CUSTOMERS])
        ticket = Ticket(number, opened, customer,
                        draw.weighted([(1, 6), (2, 22), (3, 47), (4, 25)]))
        hour = rome.to_local(opened).hour
        ticket.channel = ("Monitoraggio" if hour < 7 or hour > 20 else
                          draw.weighted([("Telefono", 30), ("E-mail", 45), ("Portale", 25)]))
        ticket.service = draw.weighted(list(zip(SERVICES, (40, 30, 20, 10))))
        ticket.category = draw.weighted([("Errore", 45), ("Richiesta", 25), ("Domanda", 20),
                                         ("Accesso", 10)])
        ticket.subject = draw.pick(SUBJECTS[ticket.category])
        if count % 211 == 0:
            ticket.subject = HOSTILE[count // 211 % len(HOSTILE)]
            planted["hostile_subjects"].append(number)
        if not ticket.contract and len(planted["closed_unsolved"]) < 6 and count > 60:
            closed_unsolved(ticket)
            planted["closed_unsolved"].append(number)
        elif not ticket.contract and len(planted["solved_before_opened"]) < 4 and count > 300:
            solved_before_opened(draw, ticket)
            planted["solved_before_opened"].append(number)
        elif len(planted["forgotten"]) < 9 and count > 700 and draw.chance(14):
            forgotten(ticket)
            planted["forgotten"].append(number)
        else:
            handle(draw, ticket, planted)
        tickets.append(ticket)
    return tickets + clock_changes(planted)


def keep_finished(planted, tickets, exported):
    """What the export cuts off did not happen yet."""
    cut = {t.number for t in tickets if t.rows[-1][0] >= exported}
    for key in ("ping_pong", "cancelled", "flag_edited"):
        planted[key] = [number for number in planted[key] if number not in cut]


def quoted(cell):
    if any(c in cell for c in ";\"\r\n"):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def spoil(rows, planted, name):
    """Rows that no reader can understand, beside good ones. Cases keep their good rows."""
    def cells(k):
        return list(rows[k][3])

    bad = []
    row = cells(120)
    row[2] = "31/04/2025 09:10"
    bad.append((120, ";".join(map(quoted, row)), "no such day"))
    row = cells(340)
    row[0] = ""
    bad.append((340, ";".join(map(quoted, row)), "no number"))
    row = cells(560)
    row[11] = "Ordine 12; riga 4; manca il codice"
    bad.append((560, ";".join(row), "unquoted separators"))
    row = cells(900)
    row[2] = "ieri mattina"
    bad.append((900, ";".join(map(quoted, row)), "no date"))
    planted["rejected"][name] = [why for _, _, why in bad]
    return {k: text for k, text, _ in bad}


def table(rows, planted, name):
    bad = spoil(rows, planted, name)
    lines = [";".join(map(quoted, COLUMNS))]
    for k, (_, _, _, cells) in enumerate(rows):
        lines.append(";".join(map(quoted, cells)))
        if k in bad:
            lines.append(bad[k])
    return "\r\n".join(lines) + "\r\n"


def make_files(planted):
    planted.update({key: [] for key in ("ping_pong", "reopened", "reopened_late", "cancelled",
                                        "flag_edited", "closed_unsolved", "solved_before_opened",
                                        "forgotten", "hostile_subjects")}, rejected={})
    exported = rome.read(EXPORTED)
    tickets = make_tickets(planted)
    keep_finished(planted, tickets, exported)
    rows = [(at, ticket.number, sequence, cells) for ticket in tickets
            for at, sequence, cells in ticket.rows if at < exported]
    rows.sort(key=lambda row: row[:3])
    border = rome.read(SECOND_FILE_FROM)
    first = table([row for row in rows if row[0] < border], planted, "ticket-2025-1.csv")
    second = table([row for row in rows if row[0] >= border], planted, "ticket-2025-2.csv.gz")
    return {"ticket-2025-1.csv": first.encode("utf-8-sig"),
            "ticket-2025-2.csv.gz": second.encode("windows-1252")}


def compress(content):
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as out:
        out.write(content)
    return packed.getvalue()


def confirm(facts):
    """What was planted is what an independent count finds."""
    planted, accounting = facts["planted"], facts["counted"]["accounting"]
    counted = facts["counted"]["whole"]
    pairs = {"reopened": (len(planted["reopened"]), counted["M-11"]["k"]),
             "ping-pong": (len(planted["ping_pong"]), counted["M-12"]["k"]),
             "solved before opened": (planted["solved_before_opened"],
                                      counted["M-03 reported"]["end-before-start"]),
             "forgotten": (len(planted["forgotten"]), counted["M-10"]["open"]),
             "rejected": ([len(why) for why in planted["rejected"].values()],
                          [source["rows_rejected"] for source in accounting])}
    wrong = ["%s: planted %s, counted %s" % (name, *pair)
             for name, pair in pairs.items() if pair[0] != pair[1]]
    if wrong:
        raise SystemExit("\n".join(wrong))


def main(arguments):
    check = "--check" in arguments
    places = [a for a in arguments if not a.startswith("-")]
    here = pathlib.Path(__file__).resolve().parent
    folder = pathlib.Path(places[0]) if places else here.parents[1] / "checklists/examples/helpdesk"
    planted = {}
    files = make_files(planted)
    facts = {"seed": SEED, "planted": planted,
             "counted": helpdesk_facts.count(files, rome.read(EXPORTED), utc(YEAR, 1, 1, 0, 0),
                                            utc(YEAR + 1, 1, 1, 0, 0))}
    confirm(facts)
    text = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    differs = []
    for name, content in files.items():
        path = folder / name
        if check:
            stored = path.read_bytes()
            stored = gzip.decompress(stored) if name.endswith(".gz") else stored
            differs += [] if stored == content else [str(path)]
        else:
            path.write_bytes(compress(content) if name.endswith(".gz") else content)
    path = here / "helpdesk.facts.json"
    if check:
        differs += [] if path.read_text("utf-8") == text else [str(path)]
    else:
        path.write_text(text, "utf-8")
    for name in differs:
        print(name + ": differs from what helpdesk.py writes", file=sys.stderr)
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
