/* Completion for zsh. */
#include "cmd/completion.h"

static const char head[] =
    "#compdef cfaudit\n"
    "# completion of cfaudit for zsh; made by: cfaudit --completion zsh\n"
    "\n"
    "# the names in lists of the program's, with what is said of each; and files, if asked for\n"
    "_cfaudit_names()\n"
    "{\n"
    "    local list line name\n"
    "    local -a names\n"
    "    for list; do\n"
    "        case $list in\n"
    "        -files) _files ;;\n"
    "        *)\n"
    "            names=()\n"
    "            \"$_cfaudit_program\" list $list 2>/dev/null | while read -r name line; do\n"
    "                [[ $list == fields ]] && name=${name#*.}\n"
    "                names+=(\"${name//:/\\\\:}:$line\")\n"
    "            done\n"
    "            _describe -t $list $list names\n"
    "            ;;\n"
    "        esac\n"
    "    done\n"
    "}\n"
    "\n"
    "_cfaudit()\n"
    "{\n"
    "    local _cfaudit_program=$words[1] curcontext=$curcontext state line ret=1\n"
    "    local -a commands\n";

/* A description between brackets. */
static void add_description(const char *text, struct buf *out)
{
    for (; *text; text++) {
        if (*text == '[' || *text == ']' || *text == '\\')
            buf_add_char(out, '\\');
        buf_add_char(out, *text);
    }
}

/* ":message:action" */
static void add_action(struct completion completion, const char *message, struct buf *out)
{
    struct str word;
    size_t i;

    buf_add_char(out, ':');
    for (; *message; message++) {
        if (*message == ':' || *message == '\\')
            buf_add_char(out, '\\');
        buf_add_char(out, *message);
    }
    buf_add_char(out, ':');
    if (completion.words.len) {
        buf_add_char(out, '(');
        for (i = 0; completion_next_word(&completion, &word); i++)
            buf_printf(out, "%s%.*s", i ? " " : "", STR_ARG(word));
        buf_add_char(out, ')');
    } else if (completion.list_count) {
        buf_add_text(out, "{_cfaudit_names");
        for (i = 0; i < completion.list_count; i++)
            buf_printf(out, " %.*s", STR_ARG(completion.lists[i]));
        buf_add_text(out, completion.has_files ? " -files}" : "}");
    } else if (completion.has_files) {
        buf_add_text(out, "_files");
    } else if (completion.has_folders) {
        buf_add_text(out, "_files -/");
    } else {
        buf_add_char(out, ' ');
    }
}

/* One specification for _arguments; of a long name alone, or of a letter. */
static void write_option(const struct option_row *row, bool is_letter, struct buf *out)
{
    struct buf text;

    buf_init(&text, 4096);
    if (row->may_repeat)
        buf_add_char(&text, '*');
    else if (row->letter)
        buf_printf(&text, "(-%c --%s)", row->letter, row->name);
    if (is_letter)
        buf_printf(&text, "-%c%s[", row->letter, row->value ? "+" : "");
    else
        buf_printf(&text, "--%s%s[", row->name, row->value ? "=" : "");
    add_description(row->help, &text);
    buf_add_char(&text, ']');
    if (row->value)
        add_action(completion_of_option(row), row->value, &text);
    buf_add_text(out, " \\\n            ");
    completion_quote(out, buf_str(&text), "'\\''");
    buf_done(&text);
}

static void write_options(const struct option_row *rows, struct buf *out)
{
    for (; rows->name; rows++) {
        write_option(rows, false, out);
        if (rows->letter)
            write_option(rows, true, out);
    }
}

static void write_command(const struct command *command, struct buf *out)
{
    struct buf text;

    buf_printf(out, "    %s)\n        _arguments -s", command->name);
    write_options(command->options, out);
    write_options(common_options, out);
    if (command->operands[0]) {
        buf_init(&text, 4096);
        buf_add_char(&text, '*');
        add_action(completion_of_operands(command), command->operands, &text);
        buf_add_text(out, " \\\n            ");
        completion_quote(out, buf_str(&text), "'\\''");
        buf_done(&text);
    }
    buf_add_text(out, " && ret=0\n        ;;\n");
}

static void write_zsh(struct buf *out)
{
    size_t i;

    buf_add_text(out, head);
    buf_add_text(out, "    commands=(\n");
    for (i = 0; commands[i]; i++) {
        struct buf text;

        buf_init(&text, 4096);
        buf_printf(&text, "%s:%s", commands[i]->name, commands[i]->summary);
        buf_add_text(out, "        ");
        completion_quote(out, buf_str(&text), "'\\''");
        buf_add_char(out, '\n');
        buf_done(&text);
    }
    buf_add_text(out, "    )\n    _arguments -C");
    write_options(program_options, out);
    buf_add_text(out, " \\\n            '1: :->command' '*:: :->argument' && ret=0\n"
                      "    case $state in\n"
                      "    command) _describe -t commands command commands && ret=0; return ret ;;\n"
                      "    argument) curcontext=${curcontext%:*:*}:cfaudit-$words[1]: ;;\n"
                      "    *) return ret ;;\n"
                      "    esac\n"
                      "    case $words[1] in\n");
    for (i = 0; commands[i]; i++)
        write_command(commands[i], out);
    buf_add_text(out, "    esac\n    return ret\n}\n\n"
                      "if [[ $funcstack[1] == _cfaudit ]]; then\n"
                      "    _cfaudit \"$@\"\n"
                      "else\n"
                      "    compdef _cfaudit cfaudit\n"
                      "fi\n");
}

const struct completion_shell completion_zsh = {.name = "zsh", .write = write_zsh};
