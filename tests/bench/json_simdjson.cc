/*
 * The bare speed of simdjson, which has no interface for C: what a parser can reach that uses wide
 * registers throughout. It needs the text in memory with room behind it, and accepts a name twice.
 * usage: json_simdjson FILE
 */
#include <simdjson.h>

#include <cstdio>
#include <cstring>
#include <vector>

namespace {

/* -1: not valid */
long count_objects(simdjson::dom::parser &parser, const char *text, size_t len)
{
    simdjson::dom::document_stream stream;
    long count = 0;

    if (parser.parse_many(text, len, len + 1).get(stream))
        return -1;
    for (auto object : stream) {
        simdjson::dom::element number;

        if (object.error())
            return -1;
        count += !object["number"].get(number);
    }
    return count;
}

} // namespace

int main(int argc, char **argv)
{
    const size_t room = 1 << 20;
    std::vector<char> block(room + simdjson::SIMDJSON_PADDING);
    simdjson::dom::parser parser;
    long count = 0;
    size_t have = 0;
    size_t len;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : nullptr;

    if (!file) {
        fprintf(stderr, "usage: json_simdjson FILE\n");
        return 2;
    }
    while ((len = fread(block.data() + have, 1, room - have, file)) > 0) {
        size_t whole = have + len;
        long objects;

        have += len;
        while (whole > 0 && block[whole - 1] != '\n')
            whole--;
        objects = count_objects(parser, block.data(), whole);
        if (objects < 0)
            return 1;
        count += objects;
        have -= whole;
        memmove(block.data(), block.data() + whole, have);
    }
    printf("%ld\n", count);
    return ferror(file) || have ? 1 : 0;
}
