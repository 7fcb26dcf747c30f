#include "text/utf8_repair.h"

struct str utf8_repair(struct str text, struct buf *buf, size_t *ret_bad)
{
    size_t good = utf8_valid_prefix(text);
    struct str rest = text;
    size_t bad = 0;

    if (good == text.len) {
        *ret_bad = 0;
        return text;
    }
    buf_clear(buf);
    while (good < rest.len) {
        buf_add(buf, (struct str){rest.ptr, good});
        buf_add(buf, STR("\xEF\xBF\xBD"));
        bad++;
        rest.ptr += good + 1;
        rest.len -= good + 1;
        good = utf8_valid_prefix(rest);
    }
    buf_add(buf, rest);
    *ret_bad = bad;
    return buf->failed ? (struct str){NULL, 0} : buf_str(buf);
}
