/*
 * What a compiled time format is made of. Private to the room.
 *
 * Owns: nothing.
 * Threads: values only.
 */
#ifndef CFAUDIT_TIME_FORMAT_PARTS_H
#define CFAUDIT_TIME_FORMAT_PARTS_H

enum part_kind {
    PART_LITERAL,    /* nothing but the literal */
    PART_ONE_OR_TWO, /* digits */
    PART_TWO,
    PART_YEAR, /* four digits */
    PART_PADDED, /* one or two digits, a blank may stand for the first */
    PART_EPOCH,  /* digits since 1970-01-01 */
    PART_FRACTION,
    PART_MONTH_NAME,
    PART_HALF_DAY,
    PART_OFFSET
};

enum part_slot {
    SLOT_CENTURY,
    SLOT_YEAR, /* of the century; both come from four digits */
    SLOT_MONTH,
    SLOT_DAY,
    SLOT_HOUR,
    SLOT_MINUTE,
    SLOT_SECOND,
    SLOT_FIRST,         /* %D */
    SLOT_SECOND_NUMBER, /* %N */
    SLOT_HALF_DAY,
    SLOT_EPOCH_S, /* which unit: the number does not fit into a slot */
    SLOT_EPOCH_MS,
    SLOT_EPOCH_US,
    SLOT_COUNT
};

enum half_day { HALF_DAY_NONE, HALF_DAY_AM, HALF_DAY_PM };

#endif
