/*
 * A seeded log of a service desk and the machines around it, for measuring many rules at once: the
 * same arguments give the same bytes everywhere.
 *
 * usage: generate_log lines COUNT | generate_log rules COUNT
 *
 * lines: about 135 bytes each; a fifth of them is of the kind that one of 50 rules matches.
 * rules: the first COUNT, at most 200, one a line, with one to four named captures. Those beyond 50
 *        match nothing.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * What is in braces is drawn: n a number, b a large one, i an address, u a user, m an address of
 * mail, t a ticket, h sixteen hexadecimal digits, d a duration in seconds, q a queue, w some words.
 */
static const struct kind {
    const char *program;
    const char *text;
    const char *pattern;
} hits[] = {
    {"sshd", "Failed password for {u} from {i} port {n} ssh2", "sshd\\[\\d+\\]: Failed password for (?:invalid user )?(?<user>\\S+) from (?<ip>[\\d.]+) port (?<port>\\d+)"},
    {"sshd", "Accepted publickey for {u} from {i} port {n} ssh2: ED25519 SHA256:{h}", "Accepted (?<method>publickey|password) for (?<user>\\S+) from (?<ip>[\\d.]+)"},
    {"postfix/smtp", "{h}: to=<{m}>, relay=mx.example.net[{i}]:25, delay={d}, dsn=2.0.0, status=sent (250 ok)", "to=<(?<to>[^>]+)>.*delay=(?<delay>[\\d.]+).*status=sent"},
    {"postfix/smtp", "{h}: to=<{m}>, relay=none, delay={d}, dsn=4.4.1, status=deferred (connection timed out)", "to=<(?<to>[^>]+)>.*delay=(?<delay>[\\d.]+).*status=deferred \\((?<why>[^)]*)\\)"},
    {"postfix/smtp", "{h}: to=<{m}>, relay=mx.example.net[{i}]:25, delay={d}, dsn=5.1.1, status=bounced (user unknown)", "to=<(?<to>[^>]+)>.*status=bounced"},
    {"postfix/qmgr", "{h}: from=<{m}>, size={b}, nrcpt={n} (queue active)", "postfix/qmgr\\[\\d+\\]: (?<id>\\w+): from=<(?<from>[^>]*)>, size=(?<size>\\d+)"},
    {"desk", "ticket {t} created by {m} in queue {q}, priority {n}", "ticket (?<ticket>[A-Z]+-\\d+) created by (?<by>\\S+) in queue (?<queue>\\w+)"},
    {"desk", "ticket {t} assigned to {u} after {d}s", "ticket (?<ticket>[A-Z]+-\\d+) assigned to (?<agent>\\w+) after (?<wait>[\\d.]+)s"},
    {"desk", "ticket {t} escalated to {u}: target missed by {d}s", "escalated to (?<agent>\\w+): target missed by (?<late>[\\d.]+)s"},
    {"desk", "ticket {t} resolved by {u}, customer informed at {n}", "ticket (?<ticket>[A-Z]+-\\d+) resolved by (?<agent>\\w+)"},
    {"desk", "ticket {t} reopened by {m}: {w}", "ticket (?<ticket>[A-Z]+-\\d+) reopened by (?<by>[^:]+): (?<why>.*)"},
    {"desk", "ticket {t} closed, satisfaction {n} of 5", "(?<ticket>[A-Z]+-\\d+) closed, satisfaction (?<mark>\\d+) of 5"},
    {"desk", "reply to {t} sent to {m} in {d}s", "reply to (?<ticket>\\S+) sent to (?<to>\\S+) in (?<time>[\\d.]+)s"},
    {"desk", "customer {m} waits since {d}s for an answer to {t}", "waits since (?<wait>[\\d.]+)s for an answer to (?<ticket>\\S+)"},
    {"desk", "promise to {m} broken: due {d}s ago, ticket {t}", "promise to (?<customer>\\S+) broken: due (?<late>[\\d.]+)s ago"},
    {"desk", "merged {t} into {t} by {u}", "merged (?<from>[A-Z]+-\\d+) into (?<into>[A-Z]+-\\d+)"},
    {"asterisk", "QUEUE {q} | ENTERQUEUE | caller {b} | channel {h}", "QUEUE (?<queue>\\w+) \\| ENTERQUEUE \\| caller (?<caller>\\d+)"},
    {"asterisk", "QUEUE {q} | ABANDON | position {n} | waited {d}", "\\| ABANDON \\| position (?<position>\\d+) \\| waited (?<wait>[\\d.]+)"},
    {"asterisk", "QUEUE {q} | CONNECT | agent {u} | held {d} | ring {n}", "\\| CONNECT \\| agent (?<agent>\\w+) \\| held (?<hold>[\\d.]+)"},
    {"asterisk", "QUEUE {q} | COMPLETEAGENT | agent {u} | talked {d}", "COMPLETE(?:AGENT|CALLER) \\| agent (?<agent>\\w+) \\| talked (?<talk>[\\d.]+)"},
    {"asterisk", "QUEUE {q} | TRANSFER | to {n} | by {u}", "\\| TRANSFER \\| to (?<to>\\d+) \\| by (?<agent>\\w+)"},
    {"httpd", "{i} - {u} \"POST /rest/ticket/{n} HTTP/1.1\" 503 {b} {d}", "\"(?<method>POST|PUT) (?<path>\\S+) HTTP/1\\.\\d\" 503 (?<size>\\d+)"},
    {"httpd", "{i} - {u} \"GET /portal/login HTTP/1.1\" 401 {b} {d}", "(?<ip>[\\d.]+) - (?<user>\\S+) \"GET /portal/login HTTP/1\\.\\d\" 401"},
    {"httpd", "{i} - - \"GET /status/{n} HTTP/1.1\" 504 {b} {d}", "\"GET (?<path>/status/\\d+) HTTP/1\\.\\d\" 504"},
    {"billing", "invoice {b} for {m} overdue by {n} days", "invoice (?<invoice>\\d+) for (?<customer>\\S+) overdue by (?<days>\\d+) days"},
    {"billing", "credit note {b} issued to {m}, reason goodwill", "credit note (?<note>\\d+) issued to (?<customer>\\S+), reason (?<why>\\w+)"},
    {"billing", "payment {h} refused by bank, code {n}", "payment (?<payment>[0-9a-f]{16}) refused by bank, code (?<code>\\d+)"},
    {"shop", "order {b} shipped to {m}, parcel {h}", "order (?<order>\\d+) shipped to (?<customer>[^,]+), parcel (?<parcel>\\w+)"},
    {"shop", "order {b} cancelled by customer {m} after {d}s", "order (?<order>\\d+) cancelled by customer (?<customer>\\S+)"},
    {"shop", "return {b} received, condition {n}, refund due", "return (?<return>\\d+) received, condition (?<condition>\\d+)"},
    {"backup", "job {h} finished with {n} errors in {d}s", "job (?<job>\\w+) finished with (?<errors>\\d+) errors in (?<time>[\\d.]+)s"},
    {"backup", "snapshot {h} corrupt, restored from {i}", "snapshot (?<snapshot>\\w+) corrupt"},
    {"monitor", "host {i} DOWN since {d}s, service {q} unreachable", "host (?<host>[\\d.]+) DOWN since (?<down>[\\d.]+)s"},
    {"monitor", "host {i} UP after {d}s of outage", "host (?<host>[\\d.]+) UP after (?<down>[\\d.]+)s of outage"},
    {"monitor", "threshold exceeded: load {d} on {i}", "threshold exceeded: (?<what>\\w+) (?<value>[\\d.]+) on (?<host>[\\d.]+)"},
    {"kernel", "Out of memory: Killed process {n} ({q}) total-vm:{b}kB", "Out of memory: Killed process (?<pid>\\d+) \\((?<name>[^)]+)\\)"},
    {"kernel", "EXT4-fs error (device sda1): inode {b} in {h}", "EXT4-fs error \\(device (?<device>\\w+)\\)"},
    {"systemd", "{q}.service: Main process exited, code=exited, status={n}/FAILURE", "(?<unit>\\S+)\\.service: Main process exited, code=(?<code>\\w+), status=(?<status>\\d+)"},
    {"cron", "({u}) CMD (/usr/local/bin/report --queue {q} --days {n})", "\\((?<user>\\w+)\\) CMD \\((?<command>[^)]+)\\)"},
    {"ldap", "bind failed for uid={u},ou=people: invalid credentials ({n})", "bind failed for uid=(?<user>[^,]+)"},
    {"chat", "visitor {h} left without an answer after {d}s", "visitor (?<visitor>[0-9a-f]+) left without an answer after (?<wait>[\\d.]+)s"},
    {"chat", "agent {u} took over visitor {h} from bot", "agent (?<agent>\\w+) took over visitor (?<visitor>[0-9a-f]+)"},
    {"survey", "answer {n} to question {q} of {t}: {w}", "answer (?<mark>\\d+) to question (?<question>\\w+) of (?<ticket>\\S+):"},
    {"survey", "invitation for {t} undeliverable to {m}", "invitation for (?<ticket>\\S+) undeliverable to (?<to>\\S+)"},
    {"change", "change CHG{n} rolled back by {u}: {w}", "change (?<change>CHG\\d+) rolled back by (?<by>\\w+)"},
    {"change", "change CHG{n} approved by {u} without review", "(?<change>CHG\\d+) approved by (?<by>\\w+) without review"},
    {"vpn", "peer {i} handshake timed out ({n} attempts)", "peer (?<ip>[\\d.]+) handshake timed out \\((?<count>\\d+) attempts\\)"},
    {"print", "printer {q} jammed, {n} jobs waiting", "printer (?<printer>\\w+) jammed, (?<jobs>\\d+) jobs waiting"},
    {"database", "deadlock detected: process {n} waits for {b}, query {h}", "(?i)deadlock detected: process (?<pid>\\d+)"},
    {"database", "slow query {h} took {d}s on {q}", "slow query (?<query>[0-9a-f]+) took (?<time>[\\d.]+)s on (?<table>\\w+)"},
};

static const struct kind others[] = {
    {"sshd", "Connection closed by {i} port {n} [preauth]", NULL},
    {"sshd", "pam_unix(sshd:session): session opened for user {u} by (uid=0)", NULL},
    {"postfix/smtpd", "connect from mail.example.org[{i}], client certificate {h}", NULL},
    {"postfix/cleanup", "{h}: message-id=<{h}@mail.example.org>", NULL},
    {"desk", "ticket {t} viewed by {u} for {d}s, revision {n}", NULL},
    {"desk", "search for {w} by {u}: {n} tickets in {d}s", NULL},
    {"desk", "article {b} added to {t}, visible to the customer", NULL},
    {"asterisk", "QUEUE {q} | RINGNOANSWER | agent {u} | rang {d} | channel {h}", NULL},
    {"asterisk", "channel {h} answered, codec alaw, jitter {n}, bridge {h}", NULL},
    {"httpd", "{i} - {u} \"GET /portal/tickets/{n} HTTP/1.1\" 200 {b} {d}", NULL},
    {"httpd", "{i} - - \"GET /static/app.{h}.js HTTP/1.1\" 304 {n} {d}", NULL},
    {"httpd", "{i} - {u} \"POST /rest/session HTTP/1.1\" 201 {b} {d}", NULL},
    {"billing", "invoice {b} for {m} printed, {n} pages", NULL},
    {"shop", "basket {h} of {m} updated, {n} items, {d} in total", NULL},
    {"shop", "order {b} packed by {u}, weight {d}", NULL},
    {"backup", "copied {b} bytes of volume {q} to {i} in {d}s", NULL},
    {"monitor", "host {i} ok, load {d}, {n} processes, service {q} reachable", NULL},
    {"kernel", "eth0: link up, {n} Mbps, flow control rx/tx, frame {b}", NULL},
    {"systemd", "Started session {n} of user {u}.", NULL},
    {"systemd", "{q}.service: Consumed {d}s CPU time, received {b} bytes.", NULL},
    {"ldap", "bind for uid={u},ou=people succeeded in {d}s, connection {n}", NULL},
    {"chat", "visitor {h} writes: {w}", NULL},
    {"survey", "invitation for {t} sent to {m}, token {h}", NULL},
    {"change", "change CHG{n} planned by {u}: {w}", NULL},
    {"database", "checkpoint complete: wrote {n} buffers in {d}s, distance {b} kB", NULL},
};

/* Of the rules that match nothing: what happens to what. */
static const char *const things[] = {"voucher", "courier", "firmware", "kiosk", "locker", "meter", "passport", "pipeline",
                                     "quota", "sandbox", "terminal", "turbine", "vehicle", "warehouse", "webhook"};
static const char *const events[] = {"expired", "exploded", "forged", "frozen", "hijacked", "mislaid",
                                     "overheated", "quarantined", "revoked", "withdrawn"};

static uint64_t state = 0x9e3779b97f4a7c15;

/* xorshift64*, Vigna 2016. */
static uint32_t next(uint32_t below)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (uint32_t)(((state * 0x2545f4914f6cdd1d) >> 32) * below >> 32);
}

#define PICK(list) list[next((uint32_t)(sizeof list / sizeof list[0]))]

static const char *const users[] = {"anna", "luca", "marco", "giulia", "root", "admin", "sofia", "peter",
                                    "ingrid", "deploy", "chiara", "tomas", "backup", "elena"};
static const char *const queues[] = {"billing", "network", "orders", "printing", "support", "sales", "returns"};
static const char *const words[] = {"the", "printer", "again", "since", "monday", "invoice", "wrong", "please",
                                    "call", "back", "delivery", "late", "contract", "password", "slow",
                                    "answer", "still", "waiting", "account", "update"};

static char *put(char *out, const char *text)
{
    size_t len = strlen(text);

    memcpy(out, text, len);
    return out + len;
}

static char *put_number(char *out, uint32_t number)
{
    return out + sprintf(out, "%u", (unsigned)number);
}

static char *put_drawn(char *out, char what)
{
    switch (what) {
    case 'n':
        return put_number(out, next(10000));
    case 'b':
        return put_number(out, 1000000 + next(90000000));
    case 'i':
        return out + sprintf(out, "%u.%u.%u.%u", 10 + (unsigned)next(200), (unsigned)next(256),
                             (unsigned)next(256), (unsigned)next(256));
    case 'u':
        return put(out, PICK(users));
    case 'm':
        return out + sprintf(out, "%s.%u@example.%s", PICK(users), (unsigned)next(1000),
                             next(2) ? "com" : "it");
    case 't':
        return out + sprintf(out, "INC-%06u", (unsigned)next(1000000));
    case 'h':
        return out + sprintf(out, "%08x%08x", (unsigned)next(UINT32_MAX), (unsigned)next(UINT32_MAX));
    case 'd':
        return out + sprintf(out, "%u.%02u", (unsigned)next(7200), (unsigned)next(100));
    case 'q':
        return put(out, PICK(queues));
    default:
        for (uint32_t i = 3 + next(8); i > 0; i--)
            out = put(put(out, PICK(words)), i > 1 ? " " : "");
        return out;
    }
}

static char *put_text(char *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '{' && text[1] && text[2] == '}') {
            out = put_drawn(out, text[1]);
            text += 2;
        } else {
            *out++ = *text;
        }
    }
    return out;
}

/* In the order of time, about a hundred a second. */
static char *put_line(char *out, uint64_t number, const struct kind *kind)
{
    unsigned second = (unsigned)(number / 100 % 86400);

    out += sprintf(out, "2025-%02u-%02uT%02u:%02u:%02u.%03u+01:00 node%02u %s[%u]: ",
                   (unsigned)(number / 8640000 / 28 % 12 + 1), (unsigned)(number / 8640000 % 28 + 1),
                   second / 3600, second / 60 % 60, second % 60, (unsigned)(number % 100 * 10),
                   (unsigned)next(40), kind->program, 1000 + (unsigned)next(30000));
    out = put_text(out, kind->text);
    out += sprintf(out, " trace=%08x", (unsigned)next(UINT32_MAX));
    *out++ = '\n';
    return out;
}

static int write_lines(uint64_t count)
{
    static char block[1 << 16];
    char *out = block;

    for (uint64_t i = 0; i < count; i++) {
        out = put_line(out, i, next(5) ? &PICK(others) : &PICK(hits));
        if (out - block > (1 << 16) - 1024 || i + 1 == count) {
            size_t len = (size_t)(out - block);

            if (fwrite(block, 1, len, stdout) != len)
                return 1;
            out = block;
        }
    }
    return fflush(stdout) ? 1 : 0;
}

static int write_rules(size_t count)
{
    const size_t known = sizeof hits / sizeof hits[0];

    for (size_t i = 0; i < count; i++) {
        if (i < known)
            printf("%s\n", hits[i].pattern);
        else
            printf("%s (?<id>\\w+) %s by (?<by>\\S+)\n", things[(i - known) % 15],
                   events[(i - known) / 15]);
    }
    return fflush(stdout) ? 1 : 0;
}

int main(int argc, char **argv)
{
    uint64_t count = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;

    if (count && strcmp(argv[1], "lines") == 0)
        return write_lines(count);
    if (count && count <= 200 && strcmp(argv[1], "rules") == 0)
        return write_rules((size_t)count);
    fprintf(stderr, "usage: generate_log lines COUNT | generate_log rules COUNT\n");
    return 2;
}
