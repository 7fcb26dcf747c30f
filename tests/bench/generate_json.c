/*
 * Seeded incidents as an API gives them, one object a line or all in one array; about 730 bytes
 * each, with nested objects, arrays, escapes, nulls and letters beyond ASCII. The same arguments
 * give the same bytes everywhere.
 *
 * usage: generate_json lines|array ROWS
 */
#define _POSIX_C_SOURCE 200809L
#include <inttypes.h>
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

static void put_id(void)
{
    for (int i = 0; i < 4; i++)
        printf("%08" PRIx32, next(UINT32_MAX));
}

static void put_row(uint32_t number)
{
    static const char *const states[] = {"New", "In Progress", "On Hold", "Resolved", "Closed"};
    time_t opened = FIRST_OPENED + (time_t)number * 31;
    time_t resolved = opened + 60 + (time_t)next(900000);

    printf("{\"number\": \"INC%07" PRIu32 "\", \"sys_id\": \"", number / 3);
    put_id();
    printf("\", \"state\": \"%s\", \"priority\": \"%" PRIu32 "\"", states[next(5)], 1 + next(4));
    put_instant("opened_at", opened);
    if (next(5))
        put_instant("resolved_at", resolved);
    else
        printf(", \"resolved_at\": \"\"");
    put_instant("sys_updated_on", resolved);
    printf(", \"sys_mod_count\": \"%" PRIu32 "\", \"reassignment_count\": %" PRIu32
           ", \"made_sla\": %s, \"caller_id\": {\"link\": "
           "\"https://example.test/api/now/table/sys_user/",
           number % 3, next(5), next(10) ? "true" : "false");
    put_id();
    printf("\", \"value\": \"");
    put_id();
    printf("\"}, \"assignment_group\": {\"link\": \"https://example.test/api/now/table/"
           "sys_user_group/1\", \"value\": \"Group %" PRIu32 "\"}, \"short_description\": "
           "\"Printer \\\"%" PRIu32 "\\\" on the %" PRIu32 ". floor does not print \xc3\xa8 "
           "cos\xc3\xac\", \"business_stc\": %" PRIu32 ", \"closed_at\": null, \"tags\": "
           "[\"a\", \"b\"], \"score\": 0.%09" PRIu32 "}",
           next(20), number % 77, number % 9, next(900000), next(1000000000));
}

int main(int argc, char **argv)
{
    static char buffer[1 << 20];
    unsigned long rows = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
    int is_array = argc == 3 && strcmp(argv[1], "array") == 0;

    if (rows == 0 || rows > 99999999 || (!is_array && strcmp(argv[1], "lines") != 0)) {
        fprintf(stderr, "usage: generate_json lines|array ROWS\n");
        return 2;
    }
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    for (unsigned long row = 0; row < rows; row++) {
        if (is_array)
            fputs(row ? ",\n" : "{\"result\": [\n", stdout);
        put_row((uint32_t)row);
        if (!is_array)
            putchar('\n');
    }
    if (is_array)
        fputs("\n]}\n", stdout);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
