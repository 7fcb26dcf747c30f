/* Delimited text of any shape. */
#include "fuzz_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct str id[] = {{"id", 2}, {"number", 6}};
    static const struct str opened[] = {{"opened", 6}};
    static const struct str status[] = {{"status", 6}};
    static const struct column_want wants[] = {
        {id, 2, true}, {opened, 1, false}, {status, 1, false}};

    fuzz_reader("delimited", wants, 3, data, size);
    return 0;
}
