#include "cmd/completion.h"

#include <string.h>

#include "base/mem.h"
#include "cmd/command_table.h"

const struct completion_shell *const completion_shells[] = {&completion_bash, &completion_zsh,
                                                            &completion_fish, NULL};

const struct completion_shell *completion_shell_find(struct str name, const char **ret_nearest)
{
    const char *names[8] = {NULL};
    size_t i;

    for (i = 0; completion_shells[i] && i + 1 < ARRAY_LEN(names); i++) {
        names[i] = completion_shells[i]->name;
        if (str_is(name, names[i]))
            return completion_shells[i];
    }
    *ret_nearest = str_nearest(name, names);
    return NULL;
}

/* --- what the names of values mean --- */

static const struct {
    const char *value;
    const char *list; /* NULL: none */
    bool has_files;
    bool has_folders;
} values[] = {
    {"FILE", NULL, true, false},         {"PATH", NULL, true, false},
    {"AUDIT", NULL, true, false},        {"DIR", NULL, false, true},
    {"MEASURE", "measures", false, false}, {"FIELD", "fields", false, false},
    {"FIELD=VALUE", "fields", false, false}, {"FMT[:PATH]", "formats", false, false},
    {"FORM[:PATH]", "forms", false, false},
};

/* The lists that explain knows the names of. */
static const char *const explained[] = {"measures", "models",     "questions", "rules",
                                        "maps",     "checklists", "calendars", "slas"};

bool completion_next_word(struct completion *completion, struct str *ret_word)
{
    return str_split(&completion->words, '|', ret_word);
}

/* Without brackets around it and dots behind it. */
static struct str bare(struct str value)
{
    if (value.len > 2 && value.ptr[0] == '[' && value.ptr[value.len - 1] == ']')
        value = (struct str){value.ptr + 1, value.len - 2};
    if (value.len > 3 && memcmp(value.ptr + value.len - 3, "...", 3) == 0)
        value.len -= 3;
    return value;
}

static void add_list(struct completion *completion, struct str name)
{
    if (completion->list_count < COMPLETION_LISTS)
        completion->lists[completion->list_count++] = name;
}

/* The list whose name is the option's in the plural: of a value that is called NAME. */
static bool add_plural(struct completion *completion, struct str option)
{
    struct completion lists = {.words = bare(str_of(command_list.operands))};
    struct str word;

    while (completion_next_word(&lists, &word))
        if (word.len == option.len + 1 && memcmp(word.ptr, option.ptr, option.len) == 0) {
            add_list(completion, word);
            return true;
        }
    return false;
}

static void add_value(struct completion *completion, struct str value, struct str option)
{
    size_t i;

    value = bare(value);
    for (i = 0; i < ARRAY_LEN(values); i++) {
        if (!str_is(value, values[i].value))
            continue;
        if (values[i].list)
            add_list(completion, str_of(values[i].list));
        completion->has_files |= values[i].has_files;
        completion->has_folders |= values[i].has_folders;
        return;
    }
    if (str_is(value, "NAME"))
        completion->has_files |= add_plural(completion, option);
    else if (value.len && memchr(value.ptr, '|', value.len))
        completion->words = value;
}

struct completion completion_of_option(const struct option_row *option)
{
    struct completion completion = {.has_files = false};

    add_value(&completion, str_of(option->value), str_of(option->name));
    return completion;
}

struct completion completion_of_operands(const struct command *command)
{
    struct completion completion = {.has_files = false};
    struct str rest = str_of(command->operands);
    struct str value;
    size_t i;

    while (rest.len && str_split(&rest, ' ', &value))
        add_value(&completion, value, str_of(command->name));
    if (command == &command_explain) {
        completion.has_files = true;
        for (i = 0; i < ARRAY_LEN(explained); i++)
            add_list(&completion, str_of(explained[i]));
    }
    return completion;
}

void completion_quote(struct buf *out, struct str text, const char *quote)
{
    size_t i;

    buf_add_char(out, '\'');
    for (i = 0; i < text.len; i++)
        if (text.ptr[i] == '\'')
            buf_add_text(out, quote);
        else
            buf_add_char(out, text.ptr[i]);
    buf_add_char(out, '\'');
}
