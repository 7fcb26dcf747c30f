#include "measure/attainment_flag.h"

#include "base/mem.h"

const char *attainment_difference(int64_t flag, const struct attainment *attainment)
{
    static const char *const when_met[] = {
        [CLOCK_ENDED_LATE] = "flag-met-but-ended-late",
        [CLOCK_OPEN_LATE] = "flag-met-but-open-past-deadline",
        [CLOCK_RUNNING] = "flag-met-before-due",
    };
    static const char *const when_missed[] = {
        [CLOCK_MET] = "flag-missed-but-ended-in-time",
        [CLOCK_RUNNING] = "flag-missed-before-due",
    };
    static const char *const when_none[] = {
        [CLOCK_MET] = "no-flag-ended-in-time",
        [CLOCK_ENDED_LATE] = "no-flag-ended-late",
        [CLOCK_OPEN_LATE] = "no-flag-open-past-deadline",
    };
    enum clock_standing standing = attainment->standing;

    if (standing == CLOCK_BACKWARDS)
        return flag == VALUE_MISSING ? NULL
               : flag == 1           ? "flag-met-but-end-before-start"
                                     : "flag-missed-but-end-before-start";
    if (standing > CLOCK_RUNNING)
        return flag == VALUE_MISSING ? NULL
               : flag == 1           ? "flag-met-without-deadline"
                                     : "flag-missed-without-deadline";
    if (flag == VALUE_MISSING)
        return standing < ARRAY_LEN(when_none) ? when_none[standing] : NULL;
    if (flag == 1)
        return when_met[standing];
    return standing < ARRAY_LEN(when_missed) ? when_missed[standing] : NULL;
}

int64_t attainment_size(const struct attainment *attainment)
{
    return attainment->excluded       ? 0
           : attainment->lateness < 0 ? -attainment->lateness
                                      : attainment->lateness;
}
