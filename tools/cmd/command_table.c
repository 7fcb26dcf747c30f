#include "cmd/command_table.h"

#include <string.h>

#include "base/buf.h"

const struct command *const commands[] = {
    &command_validate, &command_run,     &command_gather, &command_merge,   &command_score,
    &command_report,   &command_measure, &command_info,   &command_diff,    &command_list,
    &command_explain,  &command_detect,   &command_calibrate,
    NULL,
};

const struct command *command_find(struct str name)
{
    size_t i;

    for (i = 0; commands[i]; i++)
        if (str_is(name, commands[i]->name))
            return commands[i];
    return NULL;
}

void option_rows_help(const struct option_row *rows, struct buf *out)
{
    for (; rows->name; rows++) {
        char left[64];
        struct buf text;

        buf_init(&text, sizeof left);
        if (rows->letter)
            buf_printf(&text, "-%c, ", rows->letter);
        else
            buf_add_text(&text, "    ");
        buf_printf(&text, "--%s%s%s", rows->name, rows->value ? " " : "",
                   rows->value ? rows->value : "");
        buf_printf(out, "  %-28s", buf_str(&text).ptr);
        if (text.len > 28)
            buf_printf(out, "\n  %28s", "");
        buf_printf(out, " %s\n", rows->help);
        buf_done(&text);
    }
}

void command_help(const struct command *command, struct buf *out)
{
    buf_printf(out, "usage: cfaudit %s [options] %s\n\n%s\n\n", command->name, command->operands,
               command->summary);
    if (command->options->name) {
        buf_add_text(out, "Options:\n");
        option_rows_help(command->options, out);
        buf_add_char(out, '\n');
    }
    buf_add_text(out, "Common options:\n");
    option_rows_help(common_options, out);
    buf_printf(out, "\nManual: cfaudit-%s(1)\n", command->name);
}
