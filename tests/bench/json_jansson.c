/* The bare speed of jansson: the strictest about the grammar. usage: json_jansson FILE */
#include "json_bare.h"

#include <jansson.h>

static bool take(char *line, size_t len)
{
    json_t *object = json_loadb(line, len, 0, NULL);
    bool has = json_object_get(object, "number") != NULL;

    json_decref(object);
    return has;
}

int main(int argc, char **argv)
{
    return json_bare_lines(argc, argv, take);
}
