/*
 * The bare speed of jsmn: it finds tokens and leaves the grammar of numbers, words and letters
 * to its caller, who also has to know how many tokens there are. usage: json_jsmn FILE
 */
#include "json_bare.h"

#define JSMN_STATIC
#define JSMN_STRICT
#define JSMN_PARENT_LINKS
#include <jsmn.h>

enum { TOKENS_MOST = 4096 };

static bool take(char *line, size_t len)
{
    static jsmntok_t tokens[TOKENS_MOST];
    jsmn_parser parser;
    int count;
    int i;

    jsmn_init(&parser);
    count = jsmn_parse(&parser, line, len, tokens, TOKENS_MOST);
    for (i = 1; i < count; i++)
        if (tokens[i].parent == 0 && tokens[i].end - tokens[i].start == 6 &&
            memcmp(line + tokens[i].start, "number", 6) == 0)
            return true;
    return false;
}

int main(int argc, char **argv)
{
    return json_bare_lines(argc, argv, take);
}
