#include "text/regex.h"

#include <stdio.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"

/* Bytes of the stack of machine code: the first and the most. */
enum { STACK_FIRST = 32 << 10, STACK_MOST = 1 << 20 };

struct regex {
    pcre2_code *code;
    size_t groups;
    const char *names; /* table of PCRE2: number in two bytes, name, zero */
    size_t name_count;
    size_t name_size;
    bool has_jit;
};

struct regex_run {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    struct regex_span *spans;
    size_t groups;
};

static void *allocate(PCRE2_SIZE size, void *unused)
{
    (void)unused;
    return mem_alloc(1, size);
}

static void release(void *memory, void *unused)
{
    (void)unused;
    mem_free(memory);
}

/* Releases before 10.43 give wrong answers in machine code for atomic groups that repeat. */
static bool is_safe_for_jit(struct str pattern)
{
    char version[64] = "";
    unsigned major = 0;
    unsigned minor = 0;
    size_t i;

    if (pcre2_config(PCRE2_CONFIG_VERSION, NULL) < (int)sizeof version)
        pcre2_config(PCRE2_CONFIG_VERSION, version);
    if (sscanf(version, "%u.%u", &major, &minor) == 2 && (major > 10 || minor >= 43))
        return true;
    for (i = 0; i + 2 < pattern.len; i++)
        if (memcmp(pattern.ptr + i, "(?>", 3) == 0 || memcmp(pattern.ptr + i, "(*a", 3) == 0)
            return false;
    return true;
}

static uint32_t compile_options(unsigned options)
{
    uint32_t flags = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY;

    if (options & REGEX_CASELESS)
        flags |= PCRE2_CASELESS;
    if (options & REGEX_EXTENDED)
        flags |= PCRE2_EXTENDED;
    if (options & REGEX_DOTALL)
        flags |= PCRE2_DOTALL;
    if (options & REGEX_UCP)
        flags |= PCRE2_UCP;
    return flags;
}

static size_t column_of(struct str pattern, size_t offset)
{
    size_t column = 1;
    size_t i;

    for (i = 0; i < offset && i < pattern.len; i++)
        column += ((unsigned char)pattern.ptr[i] & 0xC0) != 0x80;
    return column;
}

static enum status wrong(struct regex_error *error, size_t column, const char *message)
{
    error->column = column;
    snprintf(error->message, sizeof error->message, "%s", message);
    return STATUS_INVALID;
}

static enum status explain(struct str pattern, int code, size_t offset, struct regex_error *reterr)
{
    PCRE2_UCHAR message[sizeof reterr->message];

    if (code == PCRE2_ERROR_HEAP_FAILED)
        return STATUS_MEMORY;
    if (pcre2_get_error_message(code, message, sizeof message) < 0)
        return wrong(reterr, 0, "unknown error");
    return wrong(reterr, column_of(pattern, offset),
                 (const char *)message);
}

static enum status compile(struct regex *regex, struct str pattern, unsigned options,
                           pcre2_general_context *general, struct regex_error *reterr)
{
    pcre2_compile_context *context = pcre2_compile_context_create(general);
    PCRE2_SIZE offset = 0;
    int code = 0;

    if (!context)
        return STATUS_MEMORY;
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_set_parens_nest_limit(context, LIMIT_PATTERN_PARENS);
    regex->code = pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len, compile_options(options),
                                &code, &offset, context);
    pcre2_compile_context_free(context);
    return regex->code ? STATUS_OK : explain(pattern, code, offset, reterr);
}

static enum status read_info(struct regex *regex, struct regex_error *reterr)
{
    uint32_t groups = 0;
    uint32_t count = 0;
    uint32_t size = 0;
    uint32_t has_changed = 0;
    PCRE2_SPTR table = NULL;

    if (pcre2_pattern_info(regex->code, PCRE2_INFO_CAPTURECOUNT, &groups) ||
        pcre2_pattern_info(regex->code, PCRE2_INFO_NAMECOUNT, &count) ||
        pcre2_pattern_info(regex->code, PCRE2_INFO_NAMEENTRYSIZE, &size) ||
        pcre2_pattern_info(regex->code, PCRE2_INFO_NAMETABLE, &table) ||
        pcre2_pattern_info(regex->code, PCRE2_INFO_JCHANGED, &has_changed))
        return wrong(reterr, 0, "the library says nothing about the pattern");
    if (has_changed)
        return wrong(reterr, 0, "(?J) is not allowed: a name is of one group");
    regex->groups = groups;
    regex->names = (const char *)table;
    regex->name_count = count;
    regex->name_size = size;
    return STATUS_OK;
}

/* A pattern may say itself that it wants none, which is no failure to the library. */
static bool has_machine_code(pcre2_code *code)
{
    size_t size = 0;

    return pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0 &&
           pcre2_pattern_info(code, PCRE2_INFO_JITSIZE, &size) == 0 && size > 0;
}

enum status regex_new(struct str pattern, unsigned options, struct regex **ret_regex,
                      struct regex_error *reterr)
{
    pcre2_general_context *general = NULL;
    struct regex *regex = NULL;
    enum status status = STATUS_MEMORY;

    memset(reterr, 0, sizeof *reterr);
    if (pattern.len > LIMIT_PATTERN_BYTES)
        return wrong(reterr, 0, "the pattern is too long");
    regex = mem_alloc(1, sizeof *regex);
    general = pcre2_general_context_create(allocate, release, NULL);
    if (!regex || !general)
        goto out;
    status = compile(regex, pattern, options, general, reterr);
    if (status == STATUS_OK)
        status = read_info(regex, reterr);
    if (status != STATUS_OK)
        goto out;
    /* without machine code the pattern is interpreted: slower, with the same answers */
    if (!(options & REGEX_NO_JIT) && is_safe_for_jit(pattern))
        regex->has_jit = has_machine_code(regex->code);
    *ret_regex = regex;
    regex = NULL;
out:
    pcre2_general_context_free(general);
    regex_free(regex);
    return status;
}

void regex_free(struct regex *regex)
{
    if (!regex)
        return;
    pcre2_code_free(regex->code);
    mem_free(regex);
}

size_t regex_groups(const struct regex *regex)
{
    return regex->groups;
}

bool regex_has_jit(const struct regex *regex)
{
    return regex->has_jit;
}

static size_t name_number(const char *entry)
{
    return (size_t)(unsigned char)entry[0] << 8 | (unsigned char)entry[1];
}

struct str regex_group_name(const struct regex *regex, size_t group)
{
    size_t i;

    for (i = 0; i < regex->name_count; i++) {
        const char *entry = regex->names + i * regex->name_size;

        if (name_number(entry) == group)
            return str_of(entry + 2);
    }
    return (struct str){NULL, 0};
}

size_t regex_group(const struct regex *regex, struct str name)
{
    size_t i;

    for (i = 0; i < regex->name_count; i++) {
        const char *entry = regex->names + i * regex->name_size;

        if (str_is(name, entry + 2))
            return name_number(entry);
    }
    return 0;
}

struct regex_run *regex_run_new(size_t groups)
{
    struct regex_run *run = mem_alloc(1, sizeof *run);
    pcre2_general_context *general = pcre2_general_context_create(allocate, release, NULL);

    if (!run || !general)
        goto fail;
    run->groups = groups;
    run->data = pcre2_match_data_create((uint32_t)groups + 1, general);
    run->context = pcre2_match_context_create(general);
    run->stack = pcre2_jit_stack_create(STACK_FIRST, STACK_MOST, general);
    run->spans = mem_alloc(groups + 1, sizeof *run->spans);
    if (!run->data || !run->context || !run->stack || !run->spans)
        goto fail;
    pcre2_set_match_limit(run->context, LIMIT_MATCH_STEPS);
    pcre2_set_heap_limit(run->context, LIMIT_MATCH_HEAP >> 10);
    pcre2_jit_stack_assign(run->context, NULL, run->stack);
    pcre2_general_context_free(general);
    return run;
fail:
    pcre2_general_context_free(general);
    regex_run_free(run);
    return NULL;
}

void regex_run_free(struct regex_run *run)
{
    if (!run)
        return;
    pcre2_match_data_free(run->data);
    pcre2_match_context_free(run->context);
    pcre2_jit_stack_free(run->stack);
    mem_free(run->spans);
    mem_free(run);
}

/* What is behind the last group that took part is not set by the library. */
static void copy_spans(struct regex_run *run, size_t groups, size_t set)
{
    const PCRE2_SIZE *pairs = pcre2_get_ovector_pointer(run->data);
    size_t i;

    for (i = 0; i <= groups; i++) {
        bool is_set = i < set && pairs[2 * i] != PCRE2_UNSET;

        run->spans[i].start = is_set ? pairs[2 * i] : REGEX_UNSET;
        run->spans[i].end = is_set ? pairs[2 * i + 1] : REGEX_UNSET;
    }
}

enum regex_answer regex_match(const struct regex *regex, struct regex_run *run, struct str text,
                              size_t from)
{
    PCRE2_SPTR subject = (PCRE2_SPTR)(text.ptr ? text.ptr : "");
    int answer;

    BUG_IF(regex->groups > run->groups || from > text.len);
    /* by the shorter way where there is machine code */
    answer = regex->has_jit ? pcre2_jit_match(regex->code, subject, text.len, from,
                                              PCRE2_NO_UTF_CHECK, run->data, run->context)
                            : pcre2_match(regex->code, subject, text.len, from, PCRE2_NO_UTF_CHECK,
                                          run->data, run->context);
    if (answer == PCRE2_ERROR_JIT_STACKLIMIT)
        answer = pcre2_match(regex->code, subject, text.len, from,
                             PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, run->data, run->context);
    if (answer == PCRE2_ERROR_NOMATCH)
        return REGEX_NO;
    if (answer < 0)
        return REGEX_LIMIT;
    copy_spans(run, regex->groups, (size_t)answer);
    return REGEX_YES;
}

const struct regex_span *regex_spans(const struct regex_run *run)
{
    return run->spans;
}
