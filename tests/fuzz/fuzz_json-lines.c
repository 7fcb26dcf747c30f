/* JSON lines, good or broken, with names that go into objects and arrays. */
#include "fuzz_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct str id[] = {{"id", 2}, {"/a/0", 4}};
    static const struct str nested[] = {{"a.b.c", 5}, {"a", 1}};
    static const struct str element[] = {{"a.1.b", 5}};
    static const struct column_want wants[] = {
        {id, 2, true}, {nested, 2, false}, {element, 1, false}};

    fuzz_reader("json-lines", wants, 3, data, size);
    return 0;
}
