#include "time/calendar.h"

/* Anonymous Gregorian algorithm: J. Meeus, Astronomical Algorithms, chapter 8. */
int64_t easter_sunday(int year)
{
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;

    return civil_days(year, (unsigned)(f / 31), (unsigned)(f % 31 + 1));
}
