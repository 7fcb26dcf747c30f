/*
 * The folder of the time zone database. Private to the room.
 *
 * Owns: nothing but the texts it is given to fill.
 * Errors: false when there is nothing to tell.
 * Source: /usr/share/zoneinfo, or TZDIR when set.
 * Threads: any.
 */
#ifndef CFAUDIT_TIME_ZONE_FOLDER_H
#define CFAUDIT_TIME_ZONE_FOLDER_H

#include <stdbool.h>

#include "base/str.h"

enum { ZONE_NAME_MAX = 255 };

struct zone_name_text {
    char bytes[ZONE_NAME_MAX + 1];
};

const char *zone_folder(void);
/* A zone of the folder that may have been meant: same letters, same city, or few slips. */
bool zone_folder_nearest(struct str name, struct zone_name_text *ret_name);

#endif
