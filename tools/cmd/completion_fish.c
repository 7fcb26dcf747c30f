/* Completion for fish. */
#include "cmd/completion.h"

static const char head[] =
    "# completion of cfaudit for fish; made by: cfaudit --completion fish\n"
    "\n"
    "# true: that is the command; without an argument: none is there yet\n"
    "function __cfaudit_is\n"
    "    set -l words (commandline -opc)\n"
    "    if test (count $argv) -eq 0\n"
    "        test (count $words) -eq 1; or string match -q -- '-*' $words[2]\n"
    "    else\n"
    "        test (count $words) -ge 2; and test \"$words[2]\" = $argv[1]\n"
    "    end\n"
    "end\n"
    "\n"
    "# the names in a list of the program's, with what is said of each\n"
    "function __cfaudit_list\n"
    "    set -l words (commandline -opc)\n"
    "    for list in $argv\n"
    "        if test $list = fields\n"
    "            $words[1] list fields 2>/dev/null | string replace -r '^[^.]*\\.(\\S+)\\s*' '$1\\t'\n"
    "        else\n"
    "            $words[1] list $list 2>/dev/null | string replace -r '^(\\S+)\\s*' '$1\\t'\n"
    "        end\n"
    "    end\n"
    "end\n"
    "\n"
    "complete -c cfaudit -f\n";

/* Arguments of a `complete` by which it offers them. */
static void add_offers(struct completion completion, struct buf *out)
{
    struct str word;
    size_t i;

    if (completion.words.len) {
        buf_add_text(out, " -a '");
        for (i = 0; completion_next_word(&completion, &word); i++)
            buf_printf(out, "%s%.*s", i ? " " : "", STR_ARG(word));
        buf_add_char(out, '\'');
    }
    if (completion.list_count) {
        buf_add_text(out, " -a '(__cfaudit_list");
        for (i = 0; i < completion.list_count; i++)
            buf_printf(out, " %.*s", STR_ARG(completion.lists[i]));
        buf_add_text(out, ")'");
    }
    if (completion.has_folders)
        buf_add_text(out, " -a '(__fish_complete_directories)'");
    if (completion.has_files)
        buf_add_text(out, " -F");
}

static void write_option(const char *command, const struct option_row *row, struct buf *out)
{
    buf_printf(out, "complete -c cfaudit -n '__cfaudit_is%s%s' -l %s", *command ? " " : "", command,
               row->name);
    if (row->letter)
        buf_printf(out, " -s %c", row->letter);
    if (row->value) {
        struct completion completion = completion_of_option(row);

        buf_add_text(out, completion.has_files ? " -r" : " -x");
        add_offers(completion, out);
    }
    buf_add_text(out, " -d ");
    completion_quote(out, str_of(row->help), "\\'");
    buf_add_char(out, '\n');
}

static void write_options(const char *command, const struct option_row *rows, struct buf *out)
{
    for (; rows->name; rows++)
        write_option(command, rows, out);
}

static void write_command(const struct command *command, struct buf *out)
{
    struct completion completion = completion_of_operands(command);

    if (completion.words.len || completion.list_count || completion.has_files ||
        completion.has_folders) {
        buf_printf(out, "complete -c cfaudit -n '__cfaudit_is %s'", command->name);
        add_offers(completion, out);
        buf_add_char(out, '\n');
    }
    write_options(command->name, command->options, out);
    write_options(command->name, common_options, out);
}

static void write_fish(struct buf *out)
{
    size_t i;

    buf_add_text(out, head);
    for (i = 0; commands[i]; i++) {
        buf_printf(out, "complete -c cfaudit -n __cfaudit_is -a %s -d ", commands[i]->name);
        completion_quote(out, str_of(commands[i]->summary), "\\'");
        buf_add_char(out, '\n');
    }
    write_options("", program_options, out);
    for (i = 0; commands[i]; i++)
        write_command(commands[i], out);
}

const struct completion_shell completion_fish = {.name = "fish", .write = write_fish};
