/*
 * Seeded incidents as an API gives them, one object a line or all in one array; about 730 bytes
 * each, with nested objects, arrays, escapes, nulls and letters beyond ASCII. The same arguments
 * give the same bytes everywhere.
 *
 * usage: generate_json lines|array ROWS [TIMES]: each row so many times, with nothing changed but the
 * moment of update
 */
#define _POSIX_C_SOURCE 200809L
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const time_t FIRST_OPENED = 1735689600; /* 2025-01-01T00:00:00Z */

static uint64_t state = 0x9e3779b97f4a7c15;

/* xorshift64*, Vigna 2016. */
static uint32_t next(uint32_t below)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (uint32_t)(((state * 0x2545f4914f6cdd1d) >> 32) * below >> 32);
}

static void put_instant(const char *name, time_t at)
{
    struct tm tm;
    char text[32];

    gmtime_r(&at, &tm);
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &tm);
    printf(", \"%s\": \"%s\"", name, text);
}

struct row {
    uint32_t number;
    time_t opened;
    time_t resolved;
    bool is_solved;
    bool is_kept;
    char ids[3][33];
    const char *state;
    uint32_t priority;
    uint32_t reassignments;
    uint32_t group;
    uint32_t seconds;
    uint32_t score;
};

static struct row draw_row(uint32_t number)
{
    static const char *const states[] = {"New", "In Progress", "On Hold", "Resolved", "Closed"};
    struct row row = {.number = number, .opened = FIRST_OPENED + (time_t)number * 31};

    row.resolved = row.opened + 60 + (time_t)next(900000);
    row.is_solved = next(5) > 0;
    row.is_kept = next(10) > 0;
    for (int id = 0; id < 3; id++)
        for (int i = 0; i < 4; i++)
            snprintf(row.ids[id] + 8 * i, 9, "%08" PRIx32, next(UINT32_MAX));
    row.state = states[next(5)];
    row.priority = 1 + next(4);
    row.reassignments = next(5);
    row.group = next(20);
    row.seconds = next(900000);
    row.score = next(1000000000);
    return row;
}

static void put_row(const struct row *row, time_t updated)
{
    printf("{\"number\": \"INC%07" PRIu32 "\", \"sys_id\": \"%s\", \"state\": \"%s\", \"priority\": "
           "\"%" PRIu32 "\"", row->number / 3, row->ids[0], row->state, row->priority);
    put_instant("opened_at", row->opened);
    if (row->is_solved)
        put_instant("resolved_at", row->resolved);
    else
        printf(", \"resolved_at\": \"\"");
    put_instant("sys_updated_on", updated);
    printf(", \"sys_mod_count\": \"%" PRIu32 "\", \"reassignment_count\": %" PRIu32
           ", \"made_sla\": %s, \"caller_id\": {\"link\": "
           "\"https://example.test/api/now/table/sys_user/%s\", \"value\": \"%s\"}, "
           "\"assignment_group\": {\"link\": \"https://example.test/api/now/table/"
           "sys_user_group/1\", \"value\": \"Group %" PRIu32 "\"}, \"short_description\": "
           "\"Printer \\\"%" PRIu32 "\\\" on the %" PRIu32 ". floor does not print \xc3\xa8 "
           "cos\xc3\xac\", \"business_stc\": %" PRIu32 ", \"closed_at\": null, \"tags\": "
           "[\"a\", \"b\"], \"score\": 0.%09" PRIu32 "}",
           row->number % 3, row->reassignments, row->is_kept ? "true" : "false", row->ids[1],
           row->ids[2], row->group, row->number % 77, row->number % 9, row->seconds, row->score);
}

static uint32_t number_of(const char *text)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);

    return *end || number > 99999999 ? 0 : (uint32_t)number;
}

int main(int argc, char **argv)
{
    static char buffer[1 << 20];
    uint32_t rows = argc == 3 || argc == 4 ? number_of(argv[2]) : 0;
    uint32_t times = argc == 4 ? number_of(argv[3]) : 1;
    bool is_array = rows > 0 && strcmp(argv[1], "array") == 0;

    if (rows == 0 || times == 0 || (!is_array && strcmp(argv[1], "lines") != 0)) {
        fprintf(stderr, "usage: generate_json lines|array ROWS [TIMES]\n");
        return 2;
    }
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    for (uint32_t number = 0; number < rows; number++) {
        struct row row = draw_row(number);

        for (uint32_t time = 0; time < times; time++) {
            if (is_array)
                fputs(number || time ? ",\n" : "{\"result\": [\n", stdout);
            put_row(&row, row.resolved + (time_t)time);
            if (!is_array)
                putchar('\n');
        }
    }
    if (is_array)
        fputs("\n]}\n", stdout);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
