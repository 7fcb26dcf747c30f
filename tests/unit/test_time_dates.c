/* Many dates at once: every path reads just what a plain reading of the digits gives. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "time/date_times.h"
#include "time/format.h"

enum { MOST = 64 };

/* Reproducible: the same numbers in each run and on each machine. */
static uint32_t next_number(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

/* --- the oracle: digit by digit, days by the calendar's own functions --- */

static bool number_at(const char *text, size_t at, size_t len, unsigned *ret_number)
{
    *ret_number = 0;
    for (; len > 0; len--, at++) {
        if (text[at] < '0' || text[at] > '9')
            return false;
        *ret_number = *ret_number * 10 + (unsigned)(text[at] - '0');
    }
    return true;
}

static int64_t plain_reading(const char *text, char separator)
{
    struct civil civil = {0};
    unsigned year;

    if (text[4] != '-' || text[7] != '-' || text[10] != separator || text[13] != ':' ||
        text[16] != ':' || !number_at(text, 0, 4, &year) || !number_at(text, 5, 2, &civil.month) ||
        !number_at(text, 8, 2, &civil.day) || !number_at(text, 11, 2, &civil.hour) ||
        !number_at(text, 14, 2, &civil.minute) || !number_at(text, 17, 2, &civil.second))
        return INT64_MIN;
    civil.year = (int)year;
    return civil_is_valid(&civil) ? local_from_civil(&civil).us : INT64_MIN;
}

/* --- one block of texts on all paths --- */

struct block {
    char texts[MOST][DATE_TIME_LEN];
    size_t count;
    char separator;
};

static void check(const struct block *block)
{
    uint32_t places[3 * MOST];
    struct date_texts texts = {block->texts[0], places, 3, block->count, block->separator};
    int64_t wanted[MOST];
    size_t others = 0;
    int path;
    size_t i;

    for (i = 0; i < block->count; i++) {
        places[3 * i] = (uint32_t)(block->texts[i] - block->texts[0]);
        wanted[i] = plain_reading(block->texts[i], block->separator);
        others += wanted[i] == INT64_MIN;
    }
    for (path = 0; path < DATE_TIMES_PATHS; path++) {
        int64_t came[MOST];

        if (!date_times_has((enum date_times_path)path))
            continue;
        if (date_times_read((enum date_times_path)path, &texts, came) != others)
            fail_msg("path %d counts other texts than %zu", path, others);
        for (i = 0; i < block->count; i++)
            if (came[i] != wanted[i])
                fail_msg("path %d: '%.19s' is %lld, not %lld", path, block->texts[i],
                         (long long)came[i], (long long)wanted[i]);
    }
}

static void put(struct block *block, unsigned year, unsigned month, unsigned day, unsigned second)
{
    char text[80];

    snprintf(text, sizeof text, "%04u-%02u-%02u%c%02u:%02u:%02u", year, month, day,
             block->separator, second / 3600, second / 60 % 60, second % 60);
    memcpy(block->texts[block->count++], text, DATE_TIME_LEN);
    if (block->count == MOST) {
        check(block);
        block->count = 0;
    }
}

static void ends_of_every_month(void **state)
{
    struct block block = {.separator = ' '};
    unsigned year;
    unsigned month;
    unsigned day;

    (void)state;
    for (year = 0; year < 10000; year++)
        for (month = 0; month < 14; month++)
            for (day = 0; day < 33; day += day == 1 ? 26 : 1)
                put(&block, year, month, day, (year * 389 + month * 31 + day) * 7919 % 86400);
    for (month = 0; month < 100; month++)
        for (day = 0; day < 100; day++)
            put(&block, 2024, month, day, 86399);
    check(&block);
}

static void every_second_of_a_day(void **state)
{
    struct block block = {.separator = 'T'};
    unsigned second;

    (void)state;
    for (second = 0; second < 360000; second++) /* up to 99:59:59 */
        put(&block, 2016, 2 + second % 2, 29, second);
    check(&block);
}

static void random_date(struct block *block, uint64_t *seed)
{
    put(block, 1 + next_number(seed) % 9999, 1 + next_number(seed) % 12, 1 + next_number(seed) % 28,
        next_number(seed) % 86400);
}

static void every_byte_at_every_place(void **state)
{
    uint64_t seed = 7;
    size_t at;
    unsigned byte;

    (void)state;
    for (at = 0; at < DATE_TIME_LEN; at++)
        for (byte = 0; byte < 256; byte++) {
            struct block block = {.separator = byte & 1 ? 'T' : ' '};

            while (block.count < 11)
                random_date(&block, &seed);
            block.texts[byte % 11][at] = (char)byte;
            check(&block);
        }
}

static void texts_with_random_faults(void **state)
{
    static const char letters[] = "0123456789-:T /.Z\x2f\x3a\xb0\xff";
    uint64_t seed = 11;
    unsigned round;

    (void)state;
    for (round = 0; round < 60000; round++) {
        struct block block = {.separator = ' '};
        size_t count = next_number(&seed) % 40;
        unsigned faults = next_number(&seed) % 4;

        while (block.count < count)
            random_date(&block, &seed);
        while (faults-- && count)
            block.texts[next_number(&seed) % count][next_number(&seed) % DATE_TIME_LEN] =
                letters[next_number(&seed) % (sizeof letters - 1)];
        check(&block);
    }
}

/* The format that reads one text at a time knows the same ones. */
static void a_format_reads_the_same(void **state)
{
    struct time_format format;
    uint64_t seed = 3;
    unsigned round;
    size_t bad;

    (void)state;
    assert_true(time_format_compile(STR("iso"), &format, &bad));
    for (round = 0; round < 200000; round++) {
        struct block block = {.separator = round & 1 ? 'T' : ' '};
        struct time_text time;
        bool is_read;

        random_date(&block, &seed);
        if (round % 3 == 0)
            block.texts[0][next_number(&seed) % DATE_TIME_LEN] ^= (char)(next_number(&seed) % 8);
        is_read = time_format_read(&format, DATE_ORDER_UNKNOWN,
                                   (struct str){block.texts[0], DATE_TIME_LEN}, &time);
        if (block.texts[0][10] == block.separator)
            assert_int_equal(is_read ? time.local.us : INT64_MIN,
                             plain_reading(block.texts[0], block.separator));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_of_every_month),       cmocka_unit_test(every_second_of_a_day),
        cmocka_unit_test(every_byte_at_every_place), cmocka_unit_test(texts_with_random_faults),
        cmocka_unit_test(a_format_reads_the_same),
    };

    return cmocka_run_group_tests_name("time dates", tests, NULL, NULL);
}
