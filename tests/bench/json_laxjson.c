/* The bare speed of laxjson: it reads much that is no JSON as well. usage: json_laxjson FILE */
#include "json_bare.h"

#include <laxjson.h>

static bool has_number;

static int on_text(struct LaxJsonContext *context, enum LaxJsonType type, const char *text, int len)
{
    (void)context;
    has_number |= type == LaxJsonTypeProperty && len == 6 && memcmp(text, "number", 6) == 0;
    return 0;
}

static int on_number(struct LaxJsonContext *context, double number)
{
    (void)context;
    (void)number;
    return 0;
}

static int on_mark(struct LaxJsonContext *context, enum LaxJsonType type)
{
    (void)context;
    (void)type;
    return 0;
}

static bool take(char *line, size_t len)
{
    struct LaxJsonContext *context = lax_json_create();
    bool is_valid;

    context->string = on_text;
    context->number = on_number;
    context->primitive = context->begin = context->end = on_mark;
    has_number = false;
    is_valid = lax_json_feed(context, (int)len, line) == LaxJsonErrorNone &&
               lax_json_eof(context) == LaxJsonErrorNone;
    lax_json_destroy(context);
    return is_valid && has_number;
}

int main(int argc, char **argv)
{
    return json_bare_lines(argc, argv, take);
}
