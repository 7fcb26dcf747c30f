/* What measures of a run share is made once, and freed when the last of them has let it go. */
#include "unit.h"

#include "base/mem.h"
#include "measure/shared.h"

/* A thing that tells how many of its kind there are. */
struct thing {
    struct shared shared;
    int *alive;
};

static int made;
static int alive;
static enum status outcome;
static const struct measure_context *made_of;

static enum status make(const struct measure_context *context, struct diag *diag,
                        struct shared **ret_thing)
{
    struct thing *thing;

    (void)diag;
    if (outcome != STATUS_OK)
        return outcome;
    thing = mem_alloc(1, sizeof *thing);
    assert_non_null(thing);
    thing->alive = &alive;
    made_of = context;
    made++;
    alive++;
    *ret_thing = &thing->shared;
    return STATUS_OK;
}

static void unmake(struct shared *shared)
{
    struct thing *thing = (struct thing *)shared;

    --*thing->alive;
    mem_free(thing);
}

static const struct shared_kind kind = {make, unmake};
static const struct shared_kind other_kind = {make, unmake};

static int set_up(void **state)
{
    (void)state;
    made = alive = 0;
    outcome = STATUS_OK;
    made_of = NULL;
    return 0;
}

static struct shared *take(const struct measure_context *context, const struct shared_kind *of)
{
    struct shared *thing = NULL;

    assert_int_equal(shared_take(context, of, NULL, &thing), STATUS_OK);
    assert_non_null(thing);
    return thing;
}

static void it_is_made_once_for_all(void **state)
{
    struct shared_list list = {NULL};
    struct measure_context context = {.shared = &list};
    struct shared *first = take(&context, &kind);
    struct shared *other = take(&context, &other_kind);

    (void)state;
    assert_ptr_equal(take(&context, &kind), first);
    assert_ptr_not_equal(first, other);
    assert_int_equal(made, 2);
    shared_drop(first);
    shared_drop(first);
    shared_drop(other);
    assert_int_equal(alive, 2); /* another measure may ask for them */
    assert_ptr_equal(take(&context, &kind), first);
    shared_drop(first);
    shared_list_done(&list);
    assert_int_equal(alive, 0);
    assert_null(list.first);
    shared_list_done(&list);
}

static void who_holds_it_longer_than_the_run_frees_it(void **state)
{
    struct shared_list list = {NULL};
    struct measure_context context = {.shared = &list};
    struct shared *thing = take(&context, &kind);

    (void)state;
    shared_list_done(&list);
    assert_int_equal(alive, 1);
    shared_drop(thing);
    assert_int_equal(alive, 0);
    shared_drop(NULL);
}

static void without_a_list_each_gets_his_own(void **state)
{
    struct measure_context context = {.shared = NULL};
    struct shared *first = take(&context, &kind);
    struct shared *second = take(&context, &kind);

    (void)state;
    assert_ptr_not_equal(first, second);
    shared_drop(first);
    assert_int_equal(alive, 1);
    shared_drop(second);
    assert_int_equal(alive, 0);
}

static void measures_of_other_records_get_that_of_the_tickets(void **state)
{
    struct shared_list list = {NULL};
    const struct measure_context *kinds[RECORD_KIND_COUNT] = {NULL};
    struct measure_context tickets = {.shared = &list, .kinds = kinds};
    struct measure_context complaints;
    struct shared *thing;

    (void)state;
    kinds[RECORD_TICKET] = &tickets;
    kinds[RECORD_COMPLAINT] = &complaints;
    complaints = tickets;
    thing = take(&complaints, &kind);
    assert_ptr_equal(made_of, &tickets);
    assert_ptr_equal(take(&tickets, &kind), thing);
    shared_drop(thing);
    shared_drop(thing);
    shared_list_done(&list);
    assert_int_equal(alive, 0);
}

static void what_could_not_be_made_is_tried_again(void **state)
{
    struct shared_list list = {NULL};
    struct measure_context context = {.shared = &list};
    struct shared *thing = NULL;

    (void)state;
    outcome = STATUS_MEMORY;
    assert_int_equal(shared_take(&context, &kind, NULL, &thing), STATUS_MEMORY);
    assert_null(thing);
    assert_null(list.first);
    outcome = STATUS_OK;
    thing = take(&context, &kind);
    shared_drop(thing);
    shared_list_done(&list);
    assert_int_equal(alive, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(it_is_made_once_for_all, set_up),
        cmocka_unit_test_setup(who_holds_it_longer_than_the_run_frees_it, set_up),
        cmocka_unit_test_setup(without_a_list_each_gets_his_own, set_up),
        cmocka_unit_test_setup(measures_of_other_records_get_that_of_the_tickets, set_up),
        cmocka_unit_test_setup(what_could_not_be_made_is_tried_again, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
