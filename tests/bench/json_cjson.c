/* The bare speed of cJSON: it keeps numbers as doubles only. usage: json_cjson FILE */
#include "json_bare.h"

#include <cjson/cJSON.h>

static bool take(char *line, size_t len)
{
    cJSON *object = cJSON_ParseWithLength(line, len + 1);
    bool has = cJSON_GetObjectItemCaseSensitive(object, "number") != NULL;

    cJSON_Delete(object);
    return has;
}

int main(int argc, char **argv)
{
    return json_bare_lines(argc, argv, take);
}
