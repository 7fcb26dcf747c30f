/*
 * Seeded exports for measuring speed: the same arguments give the same bytes everywhere.
 *
 * usage: generate tickets CASES ROWS_PER_STATE [CUSTOMERS] | generate xes CASES ROWS_PER_EVENT
 *
 * tickets: comma-separated, one ticket after the other, UTC. With ROWS_PER_STATE 0 a ticket is one
 *          row. Otherwise it has three states, each written that many times with nothing changed
 *          but the moment of update: ten times the rows hold the same cases. With CUSTOMERS they
 *          take turns; else they are drawn from 20,000.
 * xes:     traces of five to twelve events, about 330 bytes an event, each written that many times.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int64_t FIRST_OPENED = 1735689600; /* 2025-01-01T00:00:00Z */
static const uint32_t SPAN_OF_OPENING = 365 * 86400;

static uint64_t state = 0x9e3779b97f4a7c15;

/* xorshift64*, Vigna 2016. */
static uint32_t next(uint32_t below)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (uint32_t)(((state * 0x2545f4914f6cdd1d) >> 32) * below >> 32);
}

static char *put(char *out, const char *text)
{
    size_t len = strlen(text);

    memcpy(out, text, len);
    return out + len;
}

static char *put_number(char *out, uint32_t number, int digits)
{
    for (int i = digits - 1; i >= 0; i--) {
        out[i] = (char)('0' + number % 10);
        number /= 10;
    }
    return out + digits;
}

/* Days to civil date: Howard Hinnant, chrono-compatible low-level date algorithms. */
static char *put_instant(char *out, int64_t seconds, char between)
{
    int64_t days = seconds / 86400;
    uint32_t rest = (uint32_t)(seconds % 86400);
    int64_t shifted = days + 719468;
    int64_t era = shifted / 146097;
    uint32_t doe = (uint32_t)(shifted - era * 146097);
    uint32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    uint32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    uint32_t mp = (5 * doy + 2) / 153;
    uint32_t day = doy - (153 * mp + 2) / 5 + 1;
    uint32_t month = mp < 10 ? mp + 3 : mp - 9;
    uint32_t year = (uint32_t)(era * 400) + yoe + (month <= 2);

    out = put_number(out, year, 4);
    *out++ = '-';
    out = put_number(out, month, 2);
    *out++ = '-';
    out = put_number(out, day, 2);
    *out++ = between;
    out = put_number(out, rest / 3600, 2);
    *out++ = ':';
    out = put_number(out, rest / 60 % 60, 2);
    *out++ = ':';
    return put_number(out, rest % 60, 2);
}

static void emit(const char *start, const char *end)
{
    size_t len = (size_t)(end - start);

    if (fwrite(start, 1, len, stdout) != len) {
        perror("generate");
        exit(1);
    }
}

static void emit_text(const char *text)
{
    emit(text, text + strlen(text));
}

struct ticket {
    uint32_t number;
    int64_t opened;
    int64_t resolved; /* 0: still open */
    uint32_t priority;
    uint32_t group;
    uint32_t category;
    uint32_t channel;
    uint32_t customer;
    uint32_t subject;
};

static const char *const PRIORITIES[] = {"P1", "P2", "P3", "P4"};
static const char *const CATEGORIES[] = {"net", "hard", "soft", "access", "bill"};
static const char *const CHANNELS[] = {"phone", "e-mail", "web", "chat"};
static const char *const SUBJECTS[] = {"login", "a, b", "late", "\"\"hi\"\"", "invoice"};

static char *put_quoted(char *out, const char *text)
{
    int needs = strpbrk(text, ",\"") != NULL;

    if (needs)
        *out++ = '"';
    out = put(out, text);
    if (needs)
        *out++ = '"';
    return out;
}

static void emit_row(const struct ticket *ticket, const char *status, int64_t updated)
{
    char line[256];
    char *out = line;

    *out++ = 'T';
    out = put_number(out, ticket->number, 8);
    *out++ = ',';
    out = put_instant(out, ticket->opened, ' ');
    *out++ = ',';
    if (ticket->resolved)
        out = put_instant(out, ticket->resolved, ' ');
    *out++ = ',';
    if (ticket->resolved)
        out = put_instant(out, ticket->resolved + 7200, ' ');
    *out++ = ',';
    out = put(out, PRIORITIES[ticket->priority]);
    out = put(out, ",G");
    out = put_number(out, ticket->group, 2);
    *out++ = ',';
    out = put(out, status);
    *out++ = ',';
    out = put(out, CATEGORIES[ticket->category]);
    *out++ = ',';
    out = put(out, CHANNELS[ticket->channel]);
    out = put(out, ",C");
    out = put_number(out, ticket->customer, ticket->customer < 100000 ? 5 : 8);
    *out++ = ',';
    out = put_quoted(out, SUBJECTS[ticket->subject]);
    *out++ = ',';
    out = put_instant(out, updated, ' ');
    *out++ = '\n';
    emit(line, out);
}

static struct ticket make_ticket(uint32_t number)
{
    struct ticket ticket = {.number = number};
    uint32_t magnitude = 600u << next(11);

    ticket.opened = FIRST_OPENED + next(SPAN_OF_OPENING);
    ticket.resolved = next(50) == 0 ? 0 : ticket.opened + 60 + magnitude + next(magnitude);
    ticket.priority = (0x33322210u >> (4 * next(8))) & 3;
    ticket.group = next(40);
    ticket.category = next(5);
    ticket.channel = next(4);
    ticket.customer = next(20000);
    ticket.subject = next(5);
    return ticket;
}

static void generate_tickets(uint32_t cases, uint32_t rows_per_state, uint32_t customers)
{
    emit_text("id,opened,resolved,closed,priority,group,status,category,channel,customer,subject,"
              "updated\n");
    for (uint32_t number = 1; number <= cases; number++) {
        struct ticket ticket = make_ticket(number);
        const char *last = ticket.resolved ? "Closed" : "On hold";
        int64_t end = ticket.resolved ? ticket.resolved : ticket.opened + 3600;
        const char *states[] = {"New", "In progress", last};

        if (customers)
            ticket.customer = number % customers;
        if (rows_per_state == 0) {
            emit_row(&ticket, last, end);
            continue;
        }
        for (int i = 0; i < 3; i++)
            for (uint32_t row = 0; row < rows_per_state; row++)
                emit_row(&ticket, states[i],
                         (i == 2 ? end : ticket.opened + i * 30) + (i == 2 ? row * 60 : row));
    }
}

static char *put_attribute(char *out, const char *type, const char *key, const char *value)
{
    out = put(out, "\t\t\t<");
    out = put(out, type);
    out = put(out, " key=\"");
    out = put(out, key);
    out = put(out, "\" value=\"");
    out = put(out, value);
    return put(out, "\"/>\n");
}

static void emit_event(int64_t at, const char *activity, uint32_t person, uint32_t group,
                       int is_high)
{
    char block[1024];
    char text[64];
    char *out = put(block, "\t\t<event>\n");
    char *end;

    snprintf(text, sizeof text, "Person %u", person);
    out = put_attribute(out, "string", "org:resource", text);
    snprintf(text, sizeof text, "Group %u", group);
    out = put_attribute(out, "string", "org:group", text);
    out = put_attribute(out, "string", "concept:name", activity);
    out = put_attribute(out, "string", "lifecycle:transition", "complete");
    out = put_attribute(out, "string", "impact", is_high ? "High" : "Medium");
    end = put_instant(text, at, 'T');
    end = put(end, ".000+01:00");
    *end = '\0';
    out = put_attribute(out, "date", "time:timestamp", text);
    out = put(out, "\t\t</event>\n");
    emit(block, out);
}

static void generate_xes(uint32_t cases, uint32_t rows_per_event)
{
    static const char *const activities[] = {"Received", "Assigned",  "Asked back",
                                             "Answered", "Worked on", "Checked"};

    emit_text("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
              "<log xes.version=\"1.0\" xes.features=\"nested-attributes\" "
              "xmlns=\"http://www.xes-standard.org/\">\n");
    for (uint32_t number = 1; number <= cases; number++) {
        int64_t at = FIRST_OPENED + next(SPAN_OF_OPENING);
        uint32_t events = 5 + next(8);
        char line[128];

        snprintf(line, sizeof line,
                 "\t<trace>\n\t\t<string key=\"concept:name\" value=\"case %" PRIu32 "\"/>\n",
                 number);
        emit_text(line);
        for (uint32_t event = 0; event < events; event++) {
            const char *activity = event + 1 == events ? "Solved" : activities[next(6)];
            uint32_t person = next(200);
            uint32_t group = next(30);
            int is_high = next(3) == 0;

            for (uint32_t row = 0; row < rows_per_event; row++)
                emit_event(at + row, activity, person, group, is_high);
            at += 60 + next(86400);
        }
        emit_text("\t</trace>\n");
    }
    emit_text("</log>\n");
}

static uint32_t number_of(const char *text)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);

    if (*end || end == text || number > 99999999) {
        fprintf(stderr, "generate: '%s' is no number in reach\n", text);
        exit(2);
    }
    return (uint32_t)number;
}

int main(int argc, char **argv)
{
    static char buffer[1 << 20];

    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    if ((argc == 4 || argc == 5) && strcmp(argv[1], "tickets") == 0)
        generate_tickets(number_of(argv[2]), number_of(argv[3]), argc == 5 ? number_of(argv[4]) : 0);
    else if (argc == 4 && strcmp(argv[1], "xes") == 0)
        generate_xes(number_of(argv[2]), number_of(argv[3]));
    else {
        fprintf(stderr, "usage: generate tickets CASES ROWS_PER_STATE [CUSTOMERS] | "
                        "generate xes CASES ROWS_PER_EVENT\n");
        return 2;
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("generate");
        return 1;
    }
    return 0;
}
