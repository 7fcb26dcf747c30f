/* The bare speed of json-parser. usage: json_parser FILE */
#include "json_bare.h"

#include <json-parser/json.h>

static bool take(char *line, size_t len)
{
    json_value *object = json_parse(line, len);
    bool has = false;
    unsigned i;

    if (object && object->type == json_object)
        for (i = 0; i < object->u.object.length && !has; i++)
            has = strcmp(object->u.object.values[i].name, "number") == 0;
    if (object)
        json_value_free(object);
    return has;
}

int main(int argc, char **argv)
{
    return json_bare_lines(argc, argv, take);
}
