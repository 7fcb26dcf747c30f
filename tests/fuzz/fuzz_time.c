/* Texts that may be instants or spans of time: what is read can be written and read again. */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "time/format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

static void round_trip(struct str text)
{
    struct instant instant, again;
    struct span span, span_again;
    unsigned dropped;
    struct buf out;

    buf_init(&out, 1 << 12);
    if (instant_parse(text, &instant, &dropped)) {
        instant_format(instant, &out);
        must(instant_parse(buf_str(&out), &again, &dropped) && again.us == instant.us,
             "an instant survives writing and reading");
        buf_clear(&out);
    }
    if (span_parse(text, &span)) {
        span_format(span, &out);
        must(span_parse(buf_str(&out), &span_again) && span_again.us == span.us,
             "a span survives writing and reading");
    }
    buf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const formats[] = {"iso", "%D/%N/%Y %H:%M", "%m/%d/%Y %I:%M:%S %p",
                                          "%Y-%m-%d %H:%M:%S.%f", "%d/%b/%Y %H:%M %z"};
    struct str text = {(const char *)data, size};

    round_trip(text);
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct time_format format;
        struct time_text time;
        size_t bad;

        must(time_format_compile(str_of(formats[i]), &format, &bad), "our own formats compile");
        (void)time_format_read(&format, DATE_ORDER_DMY, text, &time);
        (void)time_format_read(&format, DATE_ORDER_UNKNOWN, text, &time);
    }
    (void)time_format_compile(text, &(struct time_format){0}, &(size_t){0});
    return 0;
}
