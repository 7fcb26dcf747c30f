/* What every unit test needs, in the order cmocka wants it. */
#ifndef CFAUDIT_TESTS_UNIT_H
#define CFAUDIT_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
