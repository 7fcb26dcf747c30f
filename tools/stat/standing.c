#include "stat/standing.h"

#include "base/bug.h"

uint64_t stat_least(enum stat_subject subject, enum stat_standing standing)
{
    static const struct {
        uint64_t provisional;
        uint64_t sound;
    } least[STAT_SUBJECT_COUNT] = {
        [STAT_PROPORTION] = {10, 30},
        [STAT_P90] = {30, 30},
        [STAT_P95] = {60, 60},
        [STAT_CHART] = {10, 20},
        [STAT_TREND] = {8, 8},
    };

    BUG_IF((unsigned)subject >= STAT_SUBJECT_COUNT);
    if (standing == STAT_REFUSED)
        return 0;
    return standing == STAT_SOUND ? least[subject].sound : least[subject].provisional;
}

enum stat_standing stat_standing(enum stat_subject subject, uint64_t n)
{
    if (n >= stat_least(subject, STAT_SOUND))
        return STAT_SOUND;
    return n >= stat_least(subject, STAT_PROVISIONAL) ? STAT_PROVISIONAL : STAT_REFUSED;
}

const char *stat_standing_name(enum stat_standing standing)
{
    static const char *const names[] = {"refused", "provisional", "sound"};

    return names[standing];
}
