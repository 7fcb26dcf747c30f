/* Text logs, by rules that are simple, that backtrack, and that leave out; in lines and in entries. */
#include "fuzz_reader.h"
#include "text/log_rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct log_value values[] = {{STR_INIT("state"), STR_INIT("open")}};
    static struct log_rule rules[] = {
        {STR_INIT("begun"), STR_INIT("^(?<time>[0-9: ]+) begun (?<id>\\w+)"), values, 1, true},
        {STR_INIT("aside"), STR_INIT("debug|trace"), NULL, 0, false},
        {STR_INIT("hostile"), STR_INIT("^(?<id>(?:a|aa)+)$"), NULL, 0, true},
        {STR_INIT("words"), STR_INIT("(?<id>\\pL{2,})"), NULL, 0, true},
    };
    static const struct log_rules logs[] = {
        {rules, 4, {NULL, 0}, {NULL, 0}},
        {rules, 4, STR_INIT("^[0-9]"), {NULL, 0}},
        {rules, 4, {NULL, 0}, STR_INIT("^\\s")},
    };
    static const struct str id[] = {STR_INIT("id")};
    static const struct str time[] = {STR_INIT("time"), STR_INIT("state")};
    static const struct str all[] = {STR_INIT(LOG_COLUMN_ENTRY)};
    static const struct str place[] = {STR_INIT(LOG_COLUMN_PLACE)};
    static const struct column_want wants[] = {
        {id, 1, true}, {time, 2, false}, {all, 1, false}, {place, 1, false}};
    size_t i;

    for (i = 0; i < sizeof logs / sizeof logs[0]; i++)
        fuzz_reader_of_log(&logs[i], wants, 4, data, size);
    return 0;
}
