/* Completion for bash, 4 or later. */
#include "cmd/completion.h"

static const char head[] =
    "# completion of cfaudit for bash 4; made by: cfaudit --completion bash\n"
    "\n"
    "# the names in a list of the program's\n"
    "_cfaudit_list()\n"
    "{\n"
    "    case $1 in\n"
    "    fields) \"$_cfaudit_program\" list fields 2>/dev/null | sed 's/^[^.]*\\.//; s/ .*//' ;;\n"
    "    *) \"$_cfaudit_program\" list \"$1\" 2>/dev/null | sed 's/ .*//' ;;\n"
    "    esac\n"
    "}\n"
    "\n"
    "_cfaudit_add()\n"
    "{\n"
    "    local line\n"
    "    while IFS= read -r line; do\n"
    "        COMPREPLY+=(\"$line\")\n"
    "    done\n"
    "}\n"
    "\n"
    "_cfaudit_words() { _cfaudit_add < <(compgen -W \"$*\" -- \"$_cfaudit_word\"); }\n"
    "_cfaudit_lists()\n"
    "{\n"
    "    local list\n"
    "    for list; do\n"
    "        _cfaudit_words \"$(_cfaudit_list \"$list\")\"\n"
    "    done\n"
    "}\n"
    "_cfaudit_files()\n"
    "{\n"
    "    compopt -o filenames 2>/dev/null\n"
    "    _cfaudit_add < <(compgen -f -- \"$_cfaudit_word\")\n"
    "}\n"
    "_cfaudit_folders()\n"
    "{\n"
    "    compopt -o filenames 2>/dev/null\n"
    "    _cfaudit_add < <(compgen -d -- \"$_cfaudit_word\")\n"
    "}\n"
    "\n"
    "_cfaudit()\n"
    "{\n"
    "    local _cfaudit_program=${COMP_WORDS[0]} _cfaudit_word=${COMP_WORDS[COMP_CWORD]}\n"
    "    local before= command= options= i\n"
    "    COMPREPLY=()\n"
    "    ((COMP_CWORD > 1)) && before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}\n"
    "    # bash parts --option=value at its sign\n"
    "    if [[ $_cfaudit_word == = ]]; then\n"
    "        _cfaudit_word=\n"
    "    elif [[ $before == = ]]; then\n"
    "        before=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    fi\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        [[ ${COMP_WORDS[i]} == -- ]] && options=ended before=\n"
    "    done\n";

/* What may stand there, as calls of the functions above; nothing: false. */
static bool write_offers(struct completion completion, struct buf *out)
{
    bool is_any = false;
    struct str word;
    size_t i;

    if (completion.words.len) {
        buf_add_text(out, " _cfaudit_words");
        while (completion_next_word(&completion, &word))
            buf_printf(out, " %.*s", STR_ARG(word));
        buf_add_char(out, ';');
        is_any = true;
    }
    if (completion.list_count) {
        buf_add_text(out, " _cfaudit_lists");
        for (i = 0; i < completion.list_count; i++)
            buf_printf(out, " %.*s", STR_ARG(completion.lists[i]));
        buf_add_char(out, ';');
        is_any = true;
    }
    if (completion.has_files)
        buf_add_text(out, " _cfaudit_files;");
    if (completion.has_folders)
        buf_add_text(out, " _cfaudit_folders;");
    return is_any || completion.has_files || completion.has_folders;
}

/* Patterns of the options that have a value, each with what it may be. */
static void write_values(const struct option_row *rows, struct buf *out)
{
    for (; rows->name; rows++) {
        if (!rows->value)
            continue;
        buf_printf(out, "        --%s", rows->name);
        if (rows->letter)
            buf_printf(out, " | -%c", rows->letter);
        buf_add_text(out, ")");
        write_offers(completion_of_option(rows), out);
        buf_add_text(out, " return ;;\n");
    }
}

static void write_names(const struct option_row *rows, struct buf *out)
{
    for (; rows->name; rows++) {
        buf_printf(out, " --%s", rows->name);
        if (rows->letter)
            buf_printf(out, " -%c", rows->letter);
    }
}

static void write_command(const struct command *command, struct buf *out)
{
    buf_printf(out, "    %s)\n        case $before in\n", command->name);
    write_values(command->options, out);
    write_values(common_options, out);
    buf_add_text(out, "        esac\n"
                      "        if [[ $_cfaudit_word == -* && ! $options ]]; then\n"
                      "            _cfaudit_words");
    write_names(command->options, out);
    write_names(common_options, out);
    buf_add_text(out, "\n            return\n        fi\n       ");
    if (!write_offers(completion_of_operands(command), out))
        buf_add_text(out, " :");
    buf_add_text(out, "\n        ;;\n");
}

static void write_bash(struct buf *out)
{
    size_t i;

    buf_add_text(out, head);
    buf_add_text(out, "    case $command in\n    '')\n        _cfaudit_words");
    for (i = 0; commands[i]; i++)
        buf_printf(out, " %s", commands[i]->name);
    write_names(program_options, out);
    buf_add_text(out, "\n        ;;\n");
    for (i = 0; commands[i]; i++)
        write_command(commands[i], out);
    for (i = 0; program_options[i].name; i++) {
        if (!program_options[i].value)
            continue;
        buf_printf(out, "    --%s)", program_options[i].name);
        write_offers(completion_of_option(&program_options[i]), out);
        buf_add_text(out, " ;;\n");
    }
    buf_add_text(out, "    esac\n} &&\ncomplete -F _cfaudit cfaudit\n");
}

const struct completion_shell completion_bash = {.name = "bash", .write = write_bash};
