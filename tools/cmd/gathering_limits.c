/* What gathering may use: memory and threads; how it looks at text logs. */
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "cmd/gathering.h"

enum { DEFAULT_MEMORY_GIB = 2 };

/* "512M", "2G", a number of bytes; false when it is none. */
static bool read_size(struct str text, size_t *ret_bytes)
{
    static const char units[] = "KMGT";
    unsigned shift = 0;
    const char *unit;
    int64_t value;

    if (text.len > 1 && (unit = strchr(units, text.ptr[text.len - 1])) != NULL && *unit) {
        shift = 10 * (unsigned)(unit - units + 1);
        text.len--;
    }
    if (!str_to_int64(text, &value) || value <= 0 || (uint64_t)value > SIZE_MAX >> shift)
        return false;
    *ret_bytes = (size_t)value << shift;
    return true;
}

static unsigned processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);

    return count < 1 ? 1 : count > LIMIT_THREADS ? LIMIT_THREADS : (unsigned)count;
}

enum status gathering_take_limits(struct gathering *g)
{
    struct str memory = args_str(&g->run->args, "memory");
    struct str threads = args_str(&g->run->args, "threads");
    int64_t count = processors();

    g->needs.memory_limit = (size_t)DEFAULT_MEMORY_GIB << 30;
    if (memory.ptr && !read_size(memory, &g->needs.memory_limit))
        return run_usage(g->run, "'--memory' takes a size such as 512M or 4G, not '%.*s'",
                         STR_ARG(memory));
    if (threads.ptr && (!str_to_int64(threads, &count) || count < 1 || count > LIMIT_THREADS))
        return run_usage(g->run, "'--threads' takes a number from 1 to %d, not '%.*s'",
                         LIMIT_THREADS, STR_ARG(threads));
    g->threads = (unsigned)count;
    return STATUS_OK;
}

enum status gathering_pool(struct gathering *g)
{
    if (!g->pool && g->threads > 1 && !(g->pool = pool_new(g->threads)))
        return diag_no_memory(&g->run->diag);
    return STATUS_OK;
}

void gathering_take_log_options(const struct gathering *g, struct record_options *options)
{
    const struct args *args = &g->run->args;

    options->with_text = args_has(args, "with-text");
    options->no_jit = args_has(args, "no-jit");
    options->self_check = args_has(args, "self-check");
}
