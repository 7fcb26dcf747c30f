#include "base/bug.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void bug_exit(const char *file, int line, const char *condition)
{
    fprintf(stderr, "cfaudit: bug at %s:%d: %s; please report it\n", file, line, condition);
    exit(70);
}

_Noreturn void bug_differs(const char *what)
{
    fprintf(stderr, "cfaudit: bug: %s; please report it\n", what);
    exit(70);
}
