#include "cmd/reading_options.h"

static enum status take_dialect(struct run *run, struct record_options *reading)
{
    static const struct {
        const char *name;
        enum encoding encoding;
    } encodings[] = {{"utf-8", ENCODING_UTF8},
                     {"utf-16", ENCODING_UTF16},
                     {"windows-1252", ENCODING_WINDOWS_1252},
                     {"latin-1", ENCODING_LATIN1},
                     {"latin-9", ENCODING_LATIN9}};
    struct str text = args_str(&run->args, "delimiter");
    size_t i;

    if (text.ptr && (str_is(text, "tab") || str_is(text, "\\t")))
        reading->delimiter = '\t';
    else if (text.ptr && text.len == 1 && text.ptr[0] != '"' && text.ptr[0] != '\n')
        reading->delimiter = text.ptr[0];
    else if (text.ptr)
        return run_usage(run, "'--delimiter' takes one character or 'tab', not '%.*s'",
                         STR_ARG(text));
    text = args_str(&run->args, "encoding");
    if (!text.ptr)
        return STATUS_OK;
    for (i = 0; i < sizeof encodings / sizeof encodings[0]; i++) {
        if (str_equal_nocase(text, str_of(encodings[i].name))) {
            reading->encoding = encodings[i].encoding;
            return STATUS_OK;
        }
    }
    return run_usage(run, "'--encoding' does not know '%.*s'", STR_ARG(text));
}

static enum status take_order(struct run *run, struct record_options *reading)
{
    struct str text = args_str(&run->args, "date-order");

    if (!text.ptr)
        return STATUS_OK;
    if (!str_is(text, "dmy") && !str_is(text, "mdy"))
        return run_usage(run, "'--date-order' takes dmy or mdy, not '%.*s'", STR_ARG(text));
    reading->date_order = str_is(text, "dmy") ? DATE_ORDER_DMY : DATE_ORDER_MDY;
    return STATUS_OK;
}

enum status reading_options_take(struct run *run, struct record_options *reading)
{
    enum status status = take_dialect(run, reading);

    return status == STATUS_OK ? take_order(run, reading) : status;
}
