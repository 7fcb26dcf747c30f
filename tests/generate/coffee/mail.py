"""Dresses messages as mail programs do: signatures, and what is quoted from the message before."""

import rome
from coffee import phrases
from coffee.conversation import DAY_NAMES

FORMS = {"it": "Il giorno %s %s alle %s %s ha scritto:", "en": "On %s %s, at %s, %s wrote:"}


def name_of(message, talk):
    table = phrases.SIGNATURES if message.by else phrases.CUSTOMER_SIGNATURES
    signature = table.get(message.by or talk.customer, "")
    return signature.split("\n")[0].split(",")[0] or "cliente"


def quoted(message, talk):
    local = rome.to_local(message.at)
    head = FORMS[talk.lang] % (DAY_NAMES[talk.lang][local.weekday()][:3], local.strftime("%d/%m/%Y"),
                               local.strftime("%H:%M"), name_of(message, talk))
    return "\n\n%s\n%s" % (head, "\n".join("> " + line for line in message.text.split("\n")))


def signed(message, talk, random):
    if message.who == "agent":
        return "\n\n%s%s" % (random.pick(["-- \n", "--\n", "", "Cordiali saluti\n" if
                                          talk.lang == "it" else "Kind regards\n"]),
                             phrases.SIGNATURES[message.by])
    if random.chance(550):
        return "\n\n" + random.pick([phrases.CUSTOMER_SIGNATURES[talk.customer],
                                     "Inviato da iPhone" if talk.lang == "it"
                                     else "Sent from my phone",
                                     "Saluti\n" + phrases.CUSTOMER_SIGNATURES[talk.customer]
                                     if talk.lang == "it" else
                                     "Regards\n" + phrases.CUSTOMER_SIGNATURES[talk.customer]])
    return ""


def dress(talk, random):
    """Gives every message .sent, the text as it is in the export."""
    before = None
    for message in talk.messages:
        message.sent = message.text
        if talk.channel in ("e-mail", "portale") and message.who in ("agent", "customer"):
            message.sent += signed(message, talk, random).rstrip() if message.text else ""
            wanted = "quote" in message.marks or (talk.channel == "e-mail" and random.chance(250))
            if wanted and before is not None:
                message.sent += quoted(before, talk)
        if message.public:
            before = message
