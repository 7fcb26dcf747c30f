/*
 * A broken invariant of ours: prints where and exits 70. Never for input.
 * Threads: any.
 */
#ifndef CFAUDIT_BASE_BUG_H
#define CFAUDIT_BASE_BUG_H

#define BUG_IF(condition) ((condition) ? bug_exit(__FILE__, __LINE__, #condition) : (void)0)

/* What must agree does not, which was found out by doing it twice. */
_Noreturn void bug_differs(const char *what);
_Noreturn void bug_exit(const char *file, int line, const char *condition);

#endif
