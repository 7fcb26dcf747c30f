/*
 * What the source says of a case, beside how it was judged.
 *
 * Call: attainment_difference, attainment_size.
 * Owns: reasons are constant strings.
 * Errors: none.
 * Units: spans in microseconds.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_MEASURE_ATTAINMENT_FLAG_H
#define CFAUDIT_MEASURE_ATTAINMENT_FLAG_H

#include "measure/attainment.h"

/*
 * Where a flag of the source and the judgement tell different stories: they disagree, or only one of
 * them says anything; exactly one reason a case, NULL: they agree.
 * flag: 1 or 0; VALUE_MISSING: the source says nothing.
 */
const char *attainment_difference(int64_t flag, const struct attainment *attainment);
/* How far from the target the case was, on either side; 0 where it was not judged. */
int64_t attainment_size(const struct attainment *attainment);

#endif
