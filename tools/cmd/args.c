#include "cmd/args.h"

#include <getopt.h>
#include <string.h>

const struct option_row common_options[] = {
    {"data", 0, "DIR", false, "look for checklists and source maps in DIR first"},
    {"lang", 0, "en|it", false, "language of reports (default: en)"},
    {"fail-on", 0, "LIST", false,
     "what makes the exit status 1: note, warning, error, gate, breach, overdue (default: error)"},
    {"allow-incomplete", 0, NULL, false, "an incomplete result exits with 0, not 3"},
    {"quiet", 'q', NULL, false, "print errors only"},
    {"verbose", 'v', NULL, false, "print notes, too"},
    {"help", 'h', NULL, false, "print this help"},
    {NULL, 0, NULL, false, NULL},
};

enum { OPTIONS_MAX = 64 };

static size_t collect(const struct option_row *options, const struct option_row **rows)
{
    size_t count = 0;
    size_t i;

    for (i = 0; options[i].name && count < OPTIONS_MAX; i++)
        rows[count++] = &options[i];
    for (i = 0; common_options[i].name && count < OPTIONS_MAX; i++)
        rows[count++] = &common_options[i];
    return count;
}

static enum status unknown(const struct option_row **rows, size_t count, const char *given,
                           struct diag *diag)
{
    const char *names[OPTIONS_MAX + 1];
    struct str name = str_of(given);
    const char *nearest;
    size_t i;

    while (name.len && name.ptr[0] == '-') {
        name.ptr++;
        name.len--;
    }
    for (i = 0; i < name.len; i++)
        if (name.ptr[i] == '=')
            name.len = i;
    for (i = 0; i < count; i++)
        names[i] = rows[i]->name;
    names[count] = NULL;
    nearest = str_nearest(name, names);
    diag_report(diag, RULE_USAGE, WHERE_NONE, "unknown option '%s'", given);
    if (nearest)
        diag_hint(diag, "did you mean --%s?", nearest);
    return STATUS_USAGE;
}

/* getopt_long takes abbreviations; we do not. */
static bool is_whole(const char *given, const char *name)
{
    size_t len = strlen(name);

    return strncmp(given, "--", 2) == 0 && strncmp(given + 2, name, len) == 0 &&
           (given[2 + len] == '\0' || given[2 + len] == '=');
}

static enum status keep(struct args *args, const struct option_row *row, const char *value,
                        struct diag *diag)
{
    if (!row->may_repeat && args_has(args, row->name)) {
        diag_report(diag, RULE_USAGE, WHERE_NONE, "option '--%s' is given twice", row->name);
        return STATUS_USAGE;
    }
    args->list[args->count++] = (struct arg){row, value};
    return STATUS_OK;
}

static enum status take_all(struct args *args, const struct option_row **rows, size_t count,
                            const struct option *table, const char *letters, int argc,
                            char **argv, struct diag *diag)
{
    enum status status = STATUS_OK;

    opterr = 0;
    optind = 0;
    while (status == STATUS_OK) {
        int at = optind ? optind : 1;
        int index = -1;
        int found = getopt_long(argc, argv, letters, table, &index);
        const char *given = at < argc ? argv[at] : "";
        size_t i;

        if (found == -1)
            break;
        if (found == 1) { /* neither an option nor its value */
            args->operands[args->operand_count++] = optarg;
            continue;
        }
        if (found == ':') {
            diag_report(diag, RULE_USAGE, WHERE_NONE, "option '%s' needs a value",
                        argv[optind - 1]);
            return STATUS_USAGE;
        }
        if (found == '?')
            return unknown(rows, count, argv[optind - 1], diag);
        if (index < 0) { /* a letter */
            for (i = 0; i < count && rows[i]->letter != found; i++)
                continue;
            index = (int)i;
        } else if (!is_whole(given, rows[index]->name) &&
                   !is_whole(argv[optind - 1], rows[index]->name) &&
                   !(optind >= 2 && is_whole(argv[optind - 2], rows[index]->name))) {
            return unknown(rows, count, given, diag);
        }
        status = keep(args, rows[index], optarg, diag);
    }
    return status;
}

enum status args_parse(struct args *args, const struct option_row *options, int argc, char **argv,
                       struct arena *arena, struct diag *diag)
{
    const struct option_row *rows[OPTIONS_MAX];
    struct option table[OPTIONS_MAX + 1];
    /* the minus: operands come in order, also where the user has set POSIXLY_CORRECT, which would
       end the options at the first of them */
    char letters[2 * OPTIONS_MAX + 3] = "-:";
    size_t count = collect(options, rows);
    size_t used = 2;
    enum status status;
    size_t i;

    memset(table, 0, sizeof table);
    for (i = 0; i < count; i++) {
        table[i] = (struct option){rows[i]->name, rows[i]->value ? required_argument : no_argument,
                                   NULL, 0};
        if (rows[i]->letter) {
            letters[used++] = rows[i]->letter;
            if (rows[i]->value)
                letters[used++] = ':';
        }
    }
    letters[used] = '\0';
    memset(args, 0, sizeof *args);
    args->list = arena_alloc(arena, (size_t)argc + 1, sizeof *args->list);
    args->operands = arena_alloc(arena, (size_t)argc + 1, sizeof *args->operands);
    if (!args->list || !args->operands)
        return diag_no_memory(diag);
    status = take_all(args, rows, count, table, letters, argc, argv, diag);
    if (status != STATUS_OK)
        return status;
    for (; optind < argc; optind++)
        args->operands[args->operand_count++] = argv[optind];
    return STATUS_OK;
}

bool args_has(const struct args *args, const char *name)
{
    size_t i;

    for (i = 0; i < args->count; i++)
        if (strcmp(args->list[i].option->name, name) == 0)
            return true;
    return false;
}

const char *args_value(const struct args *args, const char *name)
{
    size_t i = args->count;

    while (i-- > 0)
        if (strcmp(args->list[i].option->name, name) == 0)
            return args->list[i].value;
    return NULL;
}

struct str args_str(const struct args *args, const char *name)
{
    return str_of(args_value(args, name));
}

enum status args_values(const struct args *args, const char *name, struct arena *arena,
                        struct diag *diag, struct str **ret_values, size_t *ret_count)
{
    struct str *values = arena_alloc(arena, args->count, sizeof *values);
    size_t count = 0;
    size_t i;

    if (!values)
        return diag_no_memory(diag);
    for (i = 0; i < args->count; i++)
        if (strcmp(args->list[i].option->name, name) == 0)
            values[count++] = str_of(args->list[i].value);
    *ret_values = values;
    *ret_count = count;
    return STATUS_OK;
}
