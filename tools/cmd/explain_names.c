#include "cmd/explain_names.h"

#include <string.h>

#include "cmd/forms.h"
#include "measure/measure.h"

/* Whether the word stands in the text by itself. */
static bool has_word(const char *text, struct str word)
{
    const char *at = text;

    while ((at = strstr(at, word.ptr)) != NULL) {
        const char *end = at + word.len;

        if ((at == text || at[-1] == ' ') && (*end == '\0' || strchr(" ;,", *end)))
            return true;
        at = end;
    }
    return false;
}

/* Measures tell their fields as "event.at event.status; ticket.opened". */
static void add_readers(struct str field, struct buf *out)
{
    bool is_any = false;
    size_t i;

    buf_add_text(out, "measures ");
    for (i = 0; measures[i]; i++)
        if (has_word(measures[i]->fields, field)) {
            buf_printf(out, " %s", measures[i]->id);
            is_any = true;
        }
    buf_add_text(out, is_any ? "\n" : " none by itself; for --by and --where\n");
}

static void add_field(const struct record_model *kind, const struct record_field *field,
                      struct buf *out)
{
    static const char *const types[] = {
        [FIELD_TEXT] = "text",
        [FIELD_PERSON] = "text that names a person",
        [FIELD_INSTANT] = "instant, in a format of the source map",
        [FIELD_INTEGER] = "whole number",
        [FIELD_BOOLEAN] = "true or false",
        [FIELD_NUMBER] = "decimal number",
    };
    struct buf name;

    buf_init(&name, 256);
    buf_printf(&name, "%s.%s", kind->name, field->name);
    buf_printf(out, "%s%.*s (%s)\n\n", out->len ? "\n" : "", STR_ARG(buf_str(&name)),
               types[field->type]);
    add_readers(buf_str(&name), out);
    buf_done(&name);
}

bool explain_field(struct str name, struct buf *out)
{
    const char *dot = memchr(name.ptr, '.', name.len);
    struct str kind = {name.ptr, dot ? (size_t)(dot - name.ptr) : 0};
    struct str field = dot ? (struct str){dot + 1, name.len - kind.len - 1} : name;
    bool is_found = false;
    size_t k;

    for (k = 0; k < record_model_count; k++) {
        const struct record_field *found = record_field_find(record_models[k], field);

        if (!found || (dot && !str_is(kind, record_models[k]->name)))
            continue;
        add_field(record_models[k], found, out);
        is_found = true;
    }
    return is_found;
}

bool explain_form(struct str name, struct buf *out)
{
    static const struct {
        enum form_use use;
        const char *what;
    } uses[] = {{FORM_OF_RESULT, "of an audit: run, report"}, {FORM_OF_CHECK, "of checks: validate"}};
    bool is_found = false;
    size_t i;

    for (i = 0; i < sizeof uses / sizeof uses[0]; i++) {
        struct form form;

        if (!form_find(uses[i].use, name, &form))
            continue;
        buf_printf(out, "%s (%s)\n  %s%s%s\n", form.name, uses[i].what, form.about,
                   form.ending && *form.ending ? "; files end in " : "",
                   form.ending ? form.ending : "");
        is_found = true;
    }
    return is_found;
}
