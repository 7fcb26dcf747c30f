#include "lint/log_steps.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "text/regex.h"

/*
 * Lines of a sample that are changed, characters of each at which that is done, and how often what
 * stands there is put in. A pattern that tries all ways to share thirty letters among its repeats
 * has a thousand million of them.
 */
enum { LINES = 4, PLACES = 160, COPIES = 32, ROOM = 2 * COPIES + 2 * PLACES + 2 };

struct trial {
    const struct regex *regex;
    struct regex_run *run;
    char text[ROOM];
};

/*
 * The line with the `width` characters at that place put in again and again, and an end that no
 * pattern expects: whether the expression gives up on it.
 */
static bool gives_up(struct trial *trial, struct str line, size_t at, size_t width)
{
    size_t len = at;
    size_t i;

    memcpy(trial->text, line.ptr, at);
    for (i = 0; i < COPIES; i++, len += width)
        memcpy(trial->text + len, line.ptr + at, width);
    memcpy(trial->text + len, line.ptr + at, line.len - at);
    len += line.len - at;
    trial->text[len++] = '\x01';
    return regex_match(trial->regex, trial->run, (struct str){trial->text, len}, 0) == REGEX_LIMIT;
}

static bool is_plain(struct str text)
{
    size_t i;

    for (i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0x80)
            return false;
    return true;
}

/* Whether some change of the line does it; *ret_at: where. */
static bool find_place(struct trial *trial, struct str line, size_t *ret_at)
{
    size_t width;

    for (*ret_at = 0; *ret_at < line.len; ++*ret_at)
        for (width = 1; width <= 2 && *ret_at + width <= line.len; width++)
            if (gives_up(trial, line, *ret_at, width))
                return true;
    return false;
}

static struct str next_line(struct str *rest)
{
    const char *end = rest->len ? memchr(rest->ptr, '\n', rest->len) : NULL;
    struct str line = {rest->ptr, end ? (size_t)(end - rest->ptr) : rest->len};
    size_t taken = end ? line.len + 1 : line.len;

    rest->ptr += taken;
    rest->len -= taken;
    while (line.len && (*line.ptr == ' ' || *line.ptr == '\t')) {
        line.ptr++;
        line.len--;
    }
    if (line.len > PLACES)
        line.len = PLACES;
    return line;
}

/* What is wrong stands at the pattern; once for each rule. */
static bool try_sample(struct trial *trial, const struct map_rule *rule, struct str text,
                       struct diag *diag)
{
    size_t count = 0;
    size_t at;

    while (text.len && count < LINES) {
        struct str line = next_line(&text);

        if (line.len == 0 || !is_plain(line))
            continue;
        count++;
        if (!find_place(trial, line, &at))
            continue;
        diag_report(diag, RULE_LOG_STEPS, rule->pattern,
                    "on its sample, with '%c' at character %llu many times and another end",
                    line.ptr[at], (unsigned long long)at + 1);
        diag_hint(diag, "let no two parts that repeat match the same text, as in (?:a+)+; a part "
                        "such as \\S++ never gives back what it took");
        return true;
    }
    return false;
}

static enum status check(const struct log_rule *log, const struct map_rule *rule, struct diag *diag)
{
    struct trial trial = {NULL, NULL, {0}};
    struct regex_error wrong;
    struct regex *regex = NULL;
    enum status status;
    size_t i;

    /* interpreted: machine code counts steps in another way */
    status = regex_new(log->pattern, REGEX_NO_JIT, &regex, &wrong);
    if (status != STATUS_OK)
        return status == STATUS_MEMORY ? diag_no_memory(diag) : STATUS_OK;
    trial.regex = regex;
    trial.run = regex_run_new(regex_groups(regex));
    if (!trial.run)
        status = diag_no_memory(diag);
    for (i = 0; i < rule->sample_count && status == STATUS_OK; i++)
        if (rule->samples[i].is_match && try_sample(&trial, rule, rule->samples[i].text, diag))
            break;
    regex_run_free(trial.run);
    regex_free(regex);
    return status;
}

enum status log_steps_check(const struct source_map *map, struct diag *diag)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < map->log.count && status == STATUS_OK; i++)
        status = check(&map->log.list[i], &map->rules[i], diag);
    return status;
}
