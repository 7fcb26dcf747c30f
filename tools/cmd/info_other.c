/* Files that are known and cannot be read, and those that are not known. */
#include <string.h>

#include "cmd/info.h"
#include "reader/file_kind.h"

static bool has_zero(struct str text)
{
    return text.len && memchr(text.ptr, '\0', text.len) != NULL;
}

static enum status tell(struct info *info)
{
    const struct file_kind *kind = file_kind_find(info->head);

    if (info->head.len == 0) {
        facts_text(info->facts, "kind", STR("empty"));
    } else if (kind) {
        facts_text(info->facts, "kind", str_of(kind->phrase));
        facts_text(info->facts, "maps", STR("none: no reader takes it"));
        facts_text(info->facts, "hint", str_of(kind->hint));
    } else {
        facts_text(info->facts, "kind", STR("bytes that are no text"));
    }
    return STATUS_OK;
}

static bool fits(const struct info *info)
{
    const struct file_kind *kind = file_kind_find(info->head);

    return info->head.len == 0 || (kind && kind->form != FILE_XML) || has_zero(info->text);
}

const struct info_kind info_other = {.fits = fits, .tell = tell};
