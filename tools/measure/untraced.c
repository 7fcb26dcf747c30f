#include "measure/untraced.h"

#include "base/mem.h"
#include "measure/record_links.h"

static bool is_registered(const void *own, const struct record_case *ticket, int64_t told_at)
{
    (void)told_at;
    return record_links_find(own, ticket->id).count > 0;
}

static const struct told_kind promised = {.detectors = 1u << DETECT_PROMISE,
                                          .is_registered = is_registered};

enum status untraced_count(const struct measure_context *context, struct diag *diag,
                           struct told_only *untraced)
{
    struct record_links *links = NULL;
    enum status status;

    if (!told_only_shows(context))
        return STATUS_OK;
    status = record_links_new(context->set, KIND_TICKET, diag, &links);
    if (status == STATUS_OK)
        status = told_only_count(context, &promised, links, diag, untraced);
    record_links_free(links);
    return status;
}

static const struct table_column columns[] = {
    {STR_INIT("ticket"), {{STR_INIT("Ticket"), STR_INIT("Ticket")}}, {{{NULL, 0}}}, TABLE_TEXT, 0},
    {STR_INIT("said"), {{STR_INIT("First said"), STR_INIT("Detto la prima volta")}},
     {{{NULL, 0}}}, TABLE_INSTANT, 0},
    {STR_INIT("messages"), {{STR_INIT("Messages"), STR_INIT("Messaggi")}},
     {{STR_INIT("That seem to promise something"), STR_INIT("Che sembrano promettere qualcosa")}},
     TABLE_INTEGER, 0},
};

static const struct table_form form = {
    .id = STR_INIT("untraced-promises"),
    .name = {{STR_INIT("Untraced promises"), STR_INIT("Promesse non tracciate")}},
    .title = {{STR_INIT("Tickets in which something seems to be promised, and no register knows it"),
               STR_INIT("Ticket in cui sembra promesso qualcosa che nessun registro conosce")}},
    .columns = columns,
    .column_count = ARRAY_LEN(columns),
};

bool untraced_conclude(const struct told_only *untraced, struct arena *arena,
                       struct figure *figure)
{
    figure_set_share(figure, untraced->told - untraced->both, untraced->told);
    return told_only_estimate(untraced, "tickets with promises", arena, figure) &&
           told_only_list(untraced, &form, arena, figure);
}
