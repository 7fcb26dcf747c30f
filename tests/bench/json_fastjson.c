/* The bare speed of libfastjson. usage: json_fastjson FILE */
#include "json_bare.h"

#include <libfastjson/json.h>

static bool take(char *line, size_t len)
{
    static struct fjson_tokener *tokener;
    struct fjson_object *object;
    bool has;

    if (!tokener)
        tokener = fjson_tokener_new();
    fjson_tokener_reset(tokener);
    object = fjson_tokener_parse_ex(tokener, line, (int)len + 1);
    has = object && fjson_object_object_get_ex(object, "number", NULL);
    fjson_object_put(object);
    return has;
}

int main(int argc, char **argv)
{
    return json_bare_lines(argc, argv, take);
}
