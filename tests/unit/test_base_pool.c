#include "unit.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/intern.h"
#include "base/pool.h"

enum { JOBS = 500, LANES = 16, THREADS = 5, TEXTS = 300 };

struct bench {
    int in_lane[LANES]; /* how many jobs use it just now: each lane has its own memory */
    bool overlapped;
    uint64_t sums[LANES];
};

struct work {
    struct pool_job job;
    struct bench *bench;
    uint64_t number;
    unsigned lanes;
};

static void add_number(void *context, unsigned lane)
{
    struct work *work = context;
    struct bench *bench = work->bench;
    uint64_t i;

    if (lane >= work->lanes || bench->in_lane[lane]++ != 0)
        bench->overlapped = true;
    for (i = 0; i < 1000; i++)
        bench->sums[lane] += work->number;
    bench->in_lane[lane]--;
}

static void every_job_runs_once_in_a_lane_of_its_own(void **state)
{
    static struct work works[JOBS];
    unsigned threads;

    (void)state;
    for (threads = 1; threads <= THREADS; threads++) {
        struct bench bench = {.overlapped = false};
        struct pool *pool = pool_new(threads);
        uint64_t sum = 0;
        size_t i;

        assert_non_null(pool);
        assert_in_range(pool_lanes(pool), 1, threads);
        for (i = 0; i < JOBS; i++) {
            works[i] =
                (struct work){{add_number, &works[i], NULL, false}, &bench, i, pool_lanes(pool)};
            if (i % 3)
                pool_add(pool, &works[i].job);
            else
                pool_add_spare(pool, &works[i].job);
        }
        for (i = JOBS; i-- > 0;) /* in any order */
            pool_wait(pool, &works[i].job);
        pool_free(pool);
        for (i = 0; i < LANES; i++)
            sum += bench.sums[i];
        assert_false(bench.overlapped);
        assert_int_equal(sum, 1000ull * JOBS * (JOBS - 1) / 2);
    }
}

static void rest_a_moment(void *context, unsigned lane)
{
    const struct timespec *moment = context;

    (void)lane;
    nanosleep(moment, NULL);
}

/* Some moments are so long that threads go to sleep, on either side. */
static void jobs_are_done_after_pauses_too(void **state)
{
    struct timespec moments[] = {{0, 1000}, {0, 50000}, {0, 3000000}};
    struct pool *pool = pool_new(3);
    unsigned round;
    size_t i;

    (void)state;
    for (round = 0; round < 30; round++) {
        struct pool_job jobs[4];

        for (i = 0; i < 4; i++) {
            jobs[i] = (struct pool_job){rest_a_moment, &moments[(round + i) % 3], NULL, false};
            pool_add(pool, &jobs[i]);
        }
        for (i = 0; i < 4; i++)
            pool_wait(pool, &jobs[i]);
        for (i = 0; i < 4; i++)
            assert_true(pool_is_done(pool, &jobs[i]));
        nanosleep(&moments[round % 3], NULL);
    }
    pool_free(pool);
}

struct note {
    struct pool_job job;
    char name;
    char *end; /* of what was noted */
};

static void put_note(void *context, unsigned lane)
{
    struct note *note = context;

    (void)lane;
    note->end[strlen(note->end)] = note->name;
}

/* One thread alone: everybody else waits for who is waited for, and spare ones for all others. */
static void spare_jobs_begin_behind_the_others(void **state)
{
    char order[8] = "";
    struct note notes[5];
    struct pool *pool = pool_new(1);
    size_t i;

    (void)state;
    for (i = 0; i < 5; i++)
        notes[i] = (struct note){{put_note, &notes[i], NULL, false}, (char)('a' + i), order};
    pool_add_spare(pool, &notes[0].job);
    pool_add_spare(pool, &notes[1].job);
    pool_add_spare(pool, &notes[2].job);
    pool_add(pool, &notes[3].job);
    pool_add(pool, &notes[4].job);
    pool_wait(pool, &notes[3].job);
    assert_string_equal(order, "d");
    assert_false(pool_is_done(pool, &notes[4].job) || pool_is_done(pool, &notes[0].job));
    pool_wait(pool, &notes[1].job);
    assert_string_equal(order, "deb");
    pool_wait(pool, &notes[2].job);
    pool_wait(pool, &notes[0].job);
    assert_string_equal(order, "debca");
    assert_true(pool_is_done(pool, &notes[0].job));
    pool_wait(pool, &notes[4].job);
    pool_free(pool);
}

/* A spare job that is urged comes first; one that is done, or no spare one, stays where it is. */
static void a_spare_job_can_be_urged(void **state)
{
    char order[8] = "";
    struct note notes[4];
    struct pool *pool = pool_new(1);
    size_t i;

    (void)state;
    for (i = 0; i < 4; i++)
        notes[i] = (struct note){{put_note, &notes[i], NULL, false}, (char)('a' + i), order};
    pool_add_spare(pool, &notes[0].job);
    pool_add_spare(pool, &notes[1].job);
    pool_add(pool, &notes[2].job);
    pool_add(pool, &notes[3].job);
    pool_urge(pool, &notes[1].job);
    pool_urge(pool, &notes[3].job);
    pool_wait(pool, &notes[2].job);
    assert_string_equal(order, "bc");
    pool_urge(pool, &notes[1].job);
    pool_wait(pool, &notes[3].job);
    pool_urge(pool, &notes[0].job);
    pool_wait(pool, &notes[0].job);
    assert_string_equal(order, "bcda");
    pool_wait(pool, &notes[1].job);
    pool_free(pool);
}

static void a_pool_without_jobs_ends(void **state)
{
    (void)state;
    pool_free(pool_new(3));
    pool_free(NULL);
}

/* --- texts that several threads ask for --- */

struct asking {
    struct pool_job job;
    struct intern *table;
    unsigned first;
    uint32_t ids[TEXTS];
};

static void ask(void *context, unsigned lane)
{
    struct asking *asking = context;
    char text[32];
    unsigned i;

    (void)lane;
    for (i = 0; i < TEXTS; i++) {
        unsigned number = (asking->first + i) % TEXTS;

        snprintf(text, sizeof text, "text %u", number);
        asking->ids[number] = intern_id(asking->table, str_of(text));
        if (!str_is(intern_text(asking->table, asking->ids[number]), text))
            asking->ids[number] = INTERN_NONE;
    }
}

static void a_shared_table_gives_each_text_one_number(void **state)
{
    static struct asking askings[64];
    struct pool *pool = pool_new(4);
    struct intern table;
    size_t i;
    size_t t;

    (void)state;
    intern_init(&table);
    assert_true(intern_share(&table));
    for (i = 0; i < 64; i++) {
        askings[i] = (struct asking){{ask, &askings[i], NULL, false}, &table, (unsigned)i * 7, {0}};
        pool_add(pool, &askings[i].job);
    }
    for (i = 0; i < 64; i++)
        pool_wait(pool, &askings[i].job);
    assert_int_equal(intern_count(&table), TEXTS);
    for (i = 0; i < 64; i++)
        for (t = 0; t < TEXTS; t++) {
            char text[32];

            snprintf(text, sizeof text, "text %zu", t);
            assert_int_equal(askings[i].ids[t], intern_find(&table, str_of(text)));
        }
    pool_free(pool);
    intern_done(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_job_runs_once_in_a_lane_of_its_own),
        cmocka_unit_test(jobs_are_done_after_pauses_too),
        cmocka_unit_test(spare_jobs_begin_behind_the_others),
        cmocka_unit_test(a_spare_job_can_be_urged),
        cmocka_unit_test(a_pool_without_jobs_ends),
        cmocka_unit_test(a_shared_table_gives_each_text_one_number),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
