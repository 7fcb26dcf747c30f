/* Event logs, well-formed or not. */
#include "fuzz_reader.h"
#include "xml/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct str name[] = {{"case:concept:name", 17}};
    static const struct str at[] = {{"time:timestamp", 14}};
    static const struct str activity[] = {{"concept:name", 12}};
    static const struct column_want wants[] = {
        {name, 1, true}, {at, 1, false}, {activity, 1, false}};

    xml_init();
    fuzz_reader("xes", wants, 3, data, size);
    return 0;
}
