"""A conversation: a ticket with its changes and messages, and what is planted in each message."""

import datetime

import rome

DAY_NAMES = {"it": ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"],
             "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]}
MONTHS = {"it": ["gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
                 "settembre", "ottobre", "novembre", "dicembre"],
          "en": ["January", "February", "March", "April", "May", "June", "July", "August",
                 "September", "October", "November", "December"]}
CLOSED_DAYS = {"2025-01-01", "2025-01-06", "2025-04-21", "2025-04-25", "2025-05-01", "2025-06-02",
               "2025-08-15", "2025-11-01", "2025-12-08", "2025-12-25", "2025-12-26", "2026-01-01",
               "2026-01-06"}


def instant(text):
    return rome.read(datetime.datetime.strptime(text, "%Y-%m-%d %H:%M"))


def is_open(local):
    return local.weekday() < 5 and local.strftime("%Y-%m-%d") not in CLOSED_DAYS


def office(at, random):
    """The same instant when the office is open, else the next morning."""
    local = rome.to_local(at)
    while not (is_open(local) and 8 * 60 <= local.hour * 60 + local.minute < 18 * 60 + 30):
        if not is_open(local) or local.hour >= 18:
            local += datetime.timedelta(days=1)
        local = local.replace(hour=8, minute=0) + datetime.timedelta(minutes=random.between(20, 90))
    return rome.read(local)


def day_text(at, lang):
    """'mercoledì 12 marzo', 'Wednesday 12 March'."""
    local = rome.to_local(at)
    return "%s %d %s" % (DAY_NAMES[lang][local.weekday()], local.day, MONTHS[lang][local.month - 1])


class Message:
    def __init__(self, at, who, by, text, marks):
        self.at, self.who, self.by, self.text, self.marks = at, who, by, text, marks
        self.id = None

    @property
    def public(self):
        return self.who != "note"


class Conversation:
    def __init__(self, name, customer, channel, kind, opened, random):
        self.name, self.customer, self.channel, self.kind = name, customer, channel, kind
        self.opened, self.random = opened, random
        self.lang = "it"
        self.fields = {}
        self.sheet = False  # the desk kept its structured sheet
        self.changes = []   # (instant, status, group)
        self.messages = []
        self.at, self.group = opened, "Banco"
        self.id = None

    def move(self, delay):
        """To a local time, or on by minutes, hours or days of people at work."""
        if delay[0] != "+":
            self.at = instant(delay)
            return
        size, unit = int(delay[1:-1]), delay[-1]
        if unit == "d":
            self.at = rome.read(rome.to_local(self.at) + datetime.timedelta(days=size))
        else:
            self.at += size * {"m": 1, "h": 60}[unit]
        if size:
            self.at = office(self.at, self.random)

    def say(self, who, text, by=None, marks=None):
        self.messages.append(Message(self.at, who, by, text, marks or {}))

    def become(self, status, group=None):
        self.group = group or self.group
        self.changes.append((self.at, status, self.group))

    def finish(self):
        self.messages.sort(key=lambda message: message.at)
        self.changes.sort(key=lambda change: change[0])
        for number, message in enumerate(self.messages, 1):
            message.id = "%s/%d" % (self.id, number)

    def ended(self):
        """Instant from which it is solved for good; None: open."""
        end = None
        for at, status, _ in self.changes:
            if status not in ("Risolto", "Chiuso"):
                end = None
            elif end is None:
                end = at
        return end

    def closed(self):
        last = self.changes[-1]
        return last[0] if last[1] == "Chiuso" else None
