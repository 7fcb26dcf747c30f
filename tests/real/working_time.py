"""Working time by hand: every local day of a span is looked at, one after the other.

Nothing is prepared or looked up but the offset of each bound, and holidays are written down as
dates, as the city and the state published them for these years: no rules that could be wrong in
the same way as those of the program.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from oracle import EPOCH, seconds


class Hours:
    """Windows per weekday, Monday 0, as (hour, minute) pairs; closed on the dates given."""

    def __init__(self, zone, days, windows, closed):
        self.zone = ZoneInfo(zone)
        self.days = days
        self.windows = windows
        self.closed = {date.fromisoformat(day) for day in closed}
        self.known = {}

    def local_date(self, instant):
        return (EPOCH + timedelta(seconds=int(instant // 1))).astimezone(self.zone).date()

    def bounds(self, day):
        """The windows of a day as instants; none of these hours is one that a change skips."""
        if day not in self.known:
            open_today = day.weekday() in self.days and day not in self.closed
            self.known[day] = [
                tuple(seconds(datetime(day.year, day.month, day.day, *clock, tzinfo=self.zone))
                      for clock in window) for window in self.windows] if open_today else []
        return self.known[day]

    def between(self, start, end):
        """Working seconds from start to end, start not after end."""
        total = 0
        day, last = self.local_date(start), self.local_date(end)
        while day <= last:
            for opens, closes in self.bounds(day):
                total += max(0, min(closes, end) - max(opens, start))
            day += timedelta(days=1)
        return total

    def after(self, start, span):
        """The first instant at which so many working seconds have passed; span above 0."""
        day = self.local_date(start)
        while True:
            for opens, closes in self.bounds(day):
                here = max(0, closes - max(opens, start))
                if span <= here:
                    return max(opens, start) + span
                span -= here
            day += timedelta(days=1)


# City of Boston: 8:30 to 17:00. Legal holidays of the Commonwealth for 2015, and New Year 2016.
BOSTON = Hours("America/New_York", range(5), [((8, 30), (17, 0))], [
    "2015-01-01", "2015-01-19", "2015-02-16", "2015-04-20", "2015-05-25", "2015-07-04",
    "2015-09-07", "2015-10-12", "2015-11-11", "2015-11-26", "2015-12-25", "2016-01-01"])
# Netherlands: 9:00 to 17:00. Free days from the autumn of 2010 to the spring of 2012.
NETHERLANDS = Hours("Europe/Amsterdam", range(5), [((9, 0), (17, 0))], [
    "2010-12-25", "2010-12-26", "2011-01-01", "2011-04-25", "2011-04-30", "2011-06-02",
    "2011-06-13", "2011-12-25", "2011-12-26", "2012-01-01"])
