/* The bare speed of json-c. usage: json_jsonc FILE */
#include "json_bare.h"

#include <json-c/json.h>

static bool take(char *line, size_t len)
{
    static struct json_tokener *tokener;
    struct json_object *object;
    bool has;

    if (!tokener)
        tokener = json_tokener_new();
    json_tokener_reset(tokener);
    object = json_tokener_parse_ex(tokener, line, (int)len + 1);
    has = json_object_object_get_ex(object, "number", NULL);
    json_object_put(object);
    return has;
}

int main(int argc, char **argv)
{
    return json_bare_lines(argc, argv, take);
}
