/* M-27, the five roles of somebody who helps: which were played, which are missing. */
#include <math.h>

#include "base/mem.h"
#include "measure/ended_roles.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "stat/stat.h"

/* A variant for each role, in the order of enum role. */
enum { COVERAGE, FULL, ORDER, OF_ROLES, VARIANTS = OF_ROLES + ROLE_COUNT };

static const char by_class[] = "ended cases whose class needs known roles";

static const struct measure_variant variants[VARIANTS] = {
    [COVERAGE] = {"coverage", VARIANT_MEAN, by_class, true, false, NULL, false},
    [FULL] = {"full", VARIANT_SHARE, by_class, true, false, NULL, false},
    [ORDER] = {"order", VARIANT_MEAN, "ended cases in which two of the roles needed were played",
               true, false, NULL, false},
    [OF_ROLES + ROLE_COACH] = {"coach", VARIANT_SHARE, "ended cases that need a coach", true, false,
                               NULL, false},
    [OF_ROLES + ROLE_MANAGER] = {"manager", VARIANT_SHARE, "ended cases that need a manager", true,
                                 false, NULL, false},
    [OF_ROLES + ROLE_SPECIALIST] = {"specialist", VARIANT_SHARE,
                                    "ended cases that need a specialist", true, false, NULL, false},
    [OF_ROLES + ROLE_CONSULTANT] = {"consultant", VARIANT_SHARE,
                                    "ended cases that need a consultant", true, false, NULL, false},
    [OF_ROLES + ROLE_ASSISTANT] = {"assistant", VARIANT_SHARE, "ended cases that need an assistant",
                                   true, false, NULL, false},
};

enum {
    OF_COACH = 1u << DETECT_COACH | 1u << DETECT_RESTATEMENT,
    OF_CONSULTANT = 1u << DETECT_CONSULTANT | 1u << DETECT_OPTION | 1u << DETECT_ALTERNATIVE,
    OF_ALL = OF_COACH | 1u << DETECT_MANAGER | 1u << DETECT_SPECIALIST | OF_CONSULTANT |
             1u << DETECT_ASSISTANT
};

static const uint32_t by_variant[VARIANTS] = {
    [COVERAGE] = OF_ALL,
    [FULL] = OF_ALL,
    [ORDER] = OF_ALL,
    [OF_ROLES + ROLE_COACH] = OF_COACH,
    [OF_ROLES + ROLE_MANAGER] = 1u << DETECT_MANAGER,
    [OF_ROLES + ROLE_SPECIALIST] = 1u << DETECT_SPECIALIST,
    [OF_ROLES + ROLE_CONSULTANT] = OF_CONSULTANT,
    [OF_ROLES + ROLE_ASSISTANT] = 1u << DETECT_ASSISTANT,
};

static unsigned applies(const struct measure_context *context)
{
    bool has_classes = record_has(context->set, SLOT_TICKET_CLASS) ||
                       record_has(context->set, SLOT_CATEGORY);

    return talk_roles_are_told(context) && has_classes ? (1u << VARIANTS) - 1 : 0u;
}

/* Of the cases of one class. */
struct class_sum {
    uint64_t cases;
    uint64_t full;
    int64_t covered; /* millionths, added up */
    uint64_t missing[ROLE_COUNT];
};

struct own {
    struct talk_roles *roles;
    struct class_sum classes[ROLE_CASE_COUNT];
};

static void release(void *own_pointer)
{
    struct own *own = own_pointer;

    if (!own)
        return;
    talk_roles_free(own->roles);
    mem_free(own);
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct own *own = mem_alloc(1, sizeof *own);
    enum status status = own ? talk_roles_new(context, diag, &own->roles) : diag_no_memory(diag);

    if (status == STATUS_OK)
        *ret_own = own;
    else
        release(own);
    return status;
}

static const char *const missing_notes[ROLE_COUNT] = {
    "no question was asked", "nobody took charge", "no cause was considered",
    "no option was offered", "the choice was not supported"};

static void add_up(struct class_sum *sum, const struct role_cover *cover, unsigned needed)
{
    int role;

    sum->cases++;
    sum->full += (needed & ~cover->played) == 0;
    sum->covered += roles_covered(cover, needed);
    for (role = 0; role < ROLE_COUNT; role++)
        sum->missing[role] += needed >> role & 1 && !(cover->played >> role & 1);
}

static void observe_case(struct measure_state *state, const struct record_case *item,
                         enum role_case role_case, const struct role_cover *cover)
{
    struct own *own = observe_own(state);
    unsigned needed = roles_required(role_case);
    struct observation observation = {.period = record_value(item, SLOT_OPENED)};
    int64_t order;
    int role;

    for (role = ROLE_COUNT - 1; role >= 0; role--)
        if (needed >> role & 1 && !(cover->played >> role & 1))
            observation.note = missing_notes[role];
    if (!observe_is_outside(observe_context(state), observation.period))
        add_up(&own->classes[role_case], cover, needed);
    observation.value = roles_covered(cover, needed);
    observation.rank = observation.value + 1; /* the least covered first */
    observation.counts = (needed & ~cover->played) == 0;
    observe_value(state, COVERAGE, item, &observation);
    observe_value(state, FULL, item, &observation);
    if (roles_ordered(cover, needed, /* may_swap= */ true, &order)) {
        struct observation in_order = {
            .value = order, .rank = order + 1, .period = observation.period};

        observe_value(state, ORDER, item, &in_order);
    } else {
        observe_excluded(state, ORDER, item, "fewer-than-two-roles");
    }
    for (role = 0; role < ROLE_COUNT; role++) {
        struct observation played = {.value = VALUE_MISSING,
                                     .counts = (cover->played >> role & 1) != 0,
                                     .period = observation.period};

        if (needed >> role & 1)
            observe_value(state, (size_t)(OF_ROLES + role), item, &played);
        else
            observe_excluded(state, (size_t)(OF_ROLES + role), item, "role-not-needed");
    }
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    struct own *own = observe_own(state);
    struct roles_seen seen;
    enum role_case role_case = ROLE_CASE_COUNT;
    const char *reason;
    size_t v;

    if (!observe_applies(state))
        return;
    if (!talk_roles_of(own->roles, item, &seen)) {
        observe_failed(state);
        return;
    }
    reason = roles_unseen(item, &seen);
    if (!reason && !case_role_class(item, &role_case))
        reason = "class-unknown";
    for (v = 0; reason && v < VARIANTS; v++)
        observe_excluded(state, v, item, reason);
    if (!reason)
        observe_case(state, item, role_case, &seen.cover);
}

/* --- sheet of roles --- */

enum { ROLE, NEEDED, PLAYED, SHARE, LOW, HIGH, MISSING, ROLE_COLUMNS };

#define NO_HELP {{{NULL, 0}, {NULL, 0}}}

static const struct table_column role_columns[ROLE_COLUMNS] = {
    [ROLE] = {STR_INIT("role"), {{STR_INIT("Role"), STR_INIT("Ruolo")}}, NO_HELP, TABLE_WORD, 0},
    [NEEDED] = {STR_INIT("needed"), {{STR_INIT("Cases that need it"), STR_INIT("Casi che lo richiedono")}},
                {{STR_INIT("by the class of the case"), STR_INIT("secondo la classe del caso")}},
                TABLE_INTEGER, 0},
    [PLAYED] = {STR_INIT("played"), {{STR_INIT("Played"), STR_INIT("Ricoperto")}}, NO_HELP,
                TABLE_INTEGER, 0},
    [SHARE] = {STR_INIT("share"), {{STR_INIT("Share played"), STR_INIT("Quota ricoperta")}},
               NO_HELP, TABLE_SHARE, 0},
    [LOW] = {STR_INIT("low"), {{STR_INIT("95 % from"), STR_INIT("95 % da")}}, NO_HELP, TABLE_SHARE,
             0},
    [HIGH] = {STR_INIT("high"), {{STR_INIT("to"), STR_INIT("a")}}, NO_HELP, TABLE_SHARE, 0},
    [MISSING] = {STR_INIT("missing"), {{STR_INIT("Missing"), STR_INIT("Mancante")}},
                 {{STR_INIT("cases that needed the role, in which nobody played it"),
                   STR_INIT("casi che richiedevano il ruolo e in cui nessuno l'ha ricoperto")}},
                 TABLE_INTEGER, 0},
};

static const struct table_form role_form = {
    .id = STR_INIT("roles"),
    .name = {{STR_INIT("Roles"), STR_INIT("Ruoli")}},
    .title = {{STR_INIT("The five roles of the helper"),
               STR_INIT("I cinque ruoli di chi assiste")}},
    .columns = role_columns,
    .column_count = ROLE_COLUMNS,
    .chart = {.kind = TABLE_CHART_BAR,
              .title = {{STR_INIT("Share of the cases that need a role in which it was played"),
                         STR_INIT("Quota dei casi che richiedono un ruolo in cui è stato ricoperto")}},
              .category = ROLE,
              .series = {SHARE},
              .series_count = 1},
};

enum { CLASS, CASES, MEAN, FULLY, CLASS_COLUMNS = FULLY + 1 + ROLE_COUNT };

#define MISSING_COLUMN(word, en, it)                                                               \
    {STR_INIT(word), {{STR_INIT(en), STR_INIT(it)}}, NO_HELP, TABLE_INTEGER, 0}

static const struct table_column class_columns[CLASS_COLUMNS] = {
    [CLASS] = {STR_INIT("class"), {{STR_INIT("Class of case"), STR_INIT("Classe del caso")}},
               NO_HELP, TABLE_WORD, 0},
    [CASES] = {STR_INIT("cases"), {{STR_INIT("Cases"), STR_INIT("Casi")}}, NO_HELP, TABLE_INTEGER,
               0},
    [MEAN] = {STR_INIT("coverage"), {{STR_INIT("Mean coverage"), STR_INIT("Copertura media")}},
              {{STR_INIT("share of the roles needed that were played"),
                STR_INIT("quota dei ruoli richiesti che sono stati ricoperti")}},
              TABLE_SHARE, 0},
    [FULLY] = {STR_INIT("full"), {{STR_INIT("All roles played"), STR_INIT("Tutti i ruoli ricoperti")}},
               NO_HELP, TABLE_INTEGER, 0},
    [FULLY + 1] = MISSING_COLUMN("coach", "No coach", "Senza coach"),
    [FULLY + 2] = MISSING_COLUMN("manager", "No manager", "Senza manager"),
    [FULLY + 3] = MISSING_COLUMN("specialist", "No specialist", "Senza specialista"),
    [FULLY + 4] = MISSING_COLUMN("consultant", "No consultant", "Senza consulente"),
    [FULLY + 5] = MISSING_COLUMN("assistant", "No assistant", "Senza assistente"),
};

static const struct table_form class_form = {
    .id = STR_INIT("role-classes"),
    .name = {{STR_INIT("Roles by class"), STR_INIT("Ruoli per classe")}},
    .title = {{STR_INIT("Roles by class of case"), STR_INIT("Ruoli per classe di caso")}},
    .columns = class_columns,
    .column_count = CLASS_COLUMNS,
    .chart = {.kind = TABLE_CHART_BAR,
              .title = {{STR_INIT("Mean coverage by class of case"),
                         STR_INIT("Copertura media per classe di caso")}},
              .category = CLASS,
              .series = {MEAN},
              .series_count = 1},
};

static bool add_role(const struct own *own, enum role role, struct arena *arena,
                     struct figure_table *table)
{
    struct figure_row *row = table_row(arena, table);
    struct interval interval;
    uint64_t needed = 0;
    uint64_t missing = 0;
    int class;

    for (class = 0; class < ROLE_CASE_COUNT; class++) {
        if (!(roles_required((enum role_case)class) >> role & 1))
            continue;
        needed += own->classes[class].cases;
        missing += own->classes[class].missing[role];
    }
    if (!row)
        return false;
    table_text(row, ROLE, str_of(role_name(role)));
    table_number(row, NEEDED, (double)needed);
    table_number(row, PLAYED, (double)(needed - missing));
    table_number(row, MISSING, (double)missing);
    if (!stat_wilson(needed - missing, needed, &interval))
        return true;
    table_number(row, SHARE, (double)(needed - missing) / (double)needed);
    table_number(row, LOW, interval.low);
    table_number(row, HIGH, interval.high);
    return true;
}

static bool add_class(const struct class_sum *sum, enum role_case role_case, struct arena *arena,
                      struct figure_table *table)
{
    struct figure_row *row = table_row(arena, table);
    int role;

    if (!row)
        return false;
    table_text(row, CLASS, str_of(role_case_name(role_case)));
    table_number(row, CASES, (double)sum->cases);
    table_number(row, MEAN, (double)sum->covered / (double)sum->cases / 1e6);
    table_number(row, FULLY, (double)sum->full);
    for (role = 0; role < ROLE_COUNT; role++)
        if (roles_required(role_case) >> role & 1)
            table_number(row, (size_t)(FULLY + 1 + role), (double)sum->missing[role]);
    return true;
}

static bool conclude(const struct measure_context *context, void *own_pointer, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    const struct own *own = own_pointer;
    struct figure_table *table;
    int i;

    (void)context;
    if (variant != COVERAGE || figure->n == 0)
        return true;
    table = figure_table_new(arena, figure, &role_form);
    for (i = 0; table && i < ROLE_COUNT; i++)
        if (!add_role(own, (enum role)i, arena, table))
            return false;
    table = table ? figure_table_new(arena, figure, &class_form) : NULL;
    for (i = 0; table && i < ROLE_CASE_COUNT; i++)
        if (own->classes[i].cases &&
            !add_class(&own->classes[i], (enum role_case)i, arena, table))
            return false;
    return table != NULL;
}

const struct measure measure_roles = {
    .id = "M-27",
    .name = "role-coverage",
    .title = {{STR_INIT("coverage of the five roles"), STR_INIT("copertura dei cinque ruoli")}},
    .definition = {{STR_INIT("How many of the roles that a case of its class needs were played: coach, "
                             "manager, specialist, consultant, assistant; and in what order."),
                    STR_INIT("Quanti dei ruoli richiesti da un caso della sua classe sono stati "
                             "ricoperti: coach, manager, specialista, consulente, assistente; e in "
                             "quale ordine.")}},
    .formula = "coverage: roles needed that were played / roles needed, mean of the cases; full: "
               "cases where all were; order: 1 - pairs of played roles the wrong way round / pairs, "
               "manager and specialist may change places; a role is played by an item of its kind, "
               "else by the first public answer that its detectors hit; request: coach, manager; "
               "information: coach, consultant; known error: coach, manager, assistant; incident: "
               "these and specialist; incident with alternatives, change, complaint: all five",
    .fields = "ticket.category ticket.status; event.at event.actor-class event.visibility event.text; "
              "item.ticket item.at item.kind; lexicons",
    .source = "Schein 1999, process consultation; Wilson 1927",
    .also_kinds = 1u << RECORD_ITEM,
    .slots = ROLE_SLOTS,
    .needs_classes = true,
    .needs_marks = true,
    .detectors = OF_ALL,
    .by_variant = by_variant,
    .prepares_long = true, /* one state adds up the classes */
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = VARIANTS,
    .applies = applies,
    .observe = observe,
    .conclude = conclude,
};
