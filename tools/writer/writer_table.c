#include "writer/writer.h"

extern const struct writer writer_xlsx;
extern const struct writer writer_csv;
extern const struct writer writer_text;
extern const struct writer writer_html;

const struct writer *const writers[] = {&writer_xlsx, &writer_csv, &writer_text, &writer_html, NULL};

const struct writer *writer_find(struct str name)
{
    const struct writer *const *writer;

    for (writer = writers; *writer; writer++)
        if (str_is(name, (*writer)->name))
            return *writer;
    return NULL;
}

const struct writer *writer_for_path(struct str path)
{
    const struct writer *const *writer;

    for (writer = writers; *writer; writer++)
        if (str_ends(path, (*writer)->ending))
            return *writer;
    return NULL;
}
