"""Dates: what people write is read to the days it allows, or refused with a remedy."""

from __future__ import annotations

import contextlib
import math
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journeys.model.dates import PRECISIONS, UNKNOWN, DateSpan, DateUnreadable, describe, read_date
from journeys.model.order import outer_bounds, stored_bounds

# text, first day, last day, precision, approximate: all bounds written by hand.
READ = [
    # Two years by a dash or a hyphen, of which the second has one digit or is no month
    ("2008–9", "2008-01-01", "2009-12-31", "between", False),
    ("2001—9", "2001-01-01", "2009-12-31", "between", False),
    ("academic year 2008–9", "2008-09-01", "2009-08-31", "year", False),
    ("2019–5", "2019-05-01", "2019-05-31", "month", False),
    ("2012-13", "2012-01-01", "2013-12-31", "between", False),
    ("1999-00", "1999-01-01", "2000-12-31", "between", False),
    ("2010–11 to 2012–13", "2010-01-01", "2013-12-31", "between", False),
    ("before 2010–11", None, "2009-12-31", "before", False),
    ("5 March 2010–11 April 2010", "2010-03-05", "2010-04-11", "between", False),
    # As spreadsheets show days and months
    ("05-Mar-11", "2011-03-05", "2011-03-05", "day", False),
    ("5 Mar 11", "2011-03-05", "2011-03-05", "day", False),
    ("05-Mar-11 14:30", "2011-03-05", "2011-03-05", "day", False),
    ("Mar-11 to Jun-11", "2011-03-01", "2011-06-30", "between", False),
    # Years that end on a day
    ("y/e 31 March 2011", "2010-04-01", "2011-03-31", "year", False),
    ("year to 05/04/2011", "2010-04-06", "2011-04-05", "between", False),
    ("financial year ending March 2011", "2010-04-01", "2011-03-31", "year", False),
    ("week beg. 7 March 2011", "2011-03-07", "2011-03-13", "between", False),
    ("from 2009 onwards", "2009-01-01", None, "after", False),
    ("Q3 '11", "2011-07-01", "2011-09-30", "quarter", False),
    # ISO 8601
    ("2011-03-05", "2011-03-05", "2011-03-05", "day", False),
    ("2012-02-29", "2012-02-29", "2012-02-29", "day", False),
    ("2011-3-5", "2011-03-05", "2011-03-05", "day", False),
    ("20110305", "2011-03-05", "2011-03-05", "day", False),
    ("2011/03/05", "2011-03-05", "2011-03-05", "day", False),
    ("2011-03", "2011-03-01", "2011-03-31", "month", False),
    ("2010-11", "2010-11-01", "2010-11-30", "month", False),
    ("2011", "2011-01-01", "2011-12-31", "year", False),
    ("2021-09-14T18:00:00Z", "2021-09-14", "2021-09-14", "day", False),
    ("2021-09-14 18:00:00.123+01:00", "2021-09-14", "2021-09-14", "day", False),
    # EDTF
    ("2011-03~", "2011-03-01", "2011-03-31", "month", True),
    ("2011-03-05?", "2011-03-05", "2011-03-05", "day", True),
    ("2011?", "2011-01-01", "2011-12-31", "year", True),
    ("2011%", "2011-01-01", "2011-12-31", "year", True),
    ("2010/2011", "2010-01-01", "2011-12-31", "between", False),
    ("2011-03~/2011-05", "2011-03-01", "2011-05-31", "between", True),
    ("2010-11/2011-03-05", "2010-11-01", "2011-03-05", "between", False),
    ("2011-05/2012", "2011-05-01", "2012-12-31", "between", False),
    ("[..2011-05]", None, "2011-05-31", "before", False),
    ("../2011-05", None, "2011-05-31", "before", False),
    ("/2011-05", None, "2011-05-31", "before", False),
    ("2011-05/..", "2011-05-01", None, "after", False),
    ("[2011-05..]", "2011-05-01", None, "after", False),
    ("[2010,2012]", "2010-01-01", "2012-12-31", "between", False),
    ("{2010..2012}", "2010-01-01", "2012-12-31", "between", False),
    ("[2010,2012..]", "2010-01-01", None, "after", False),
    ("[..2010,2012]", None, "2012-12-31", "before", False),
    ("2011-21", "2011-03-01", "2011-05-31", "quarter", False),
    ("2011-23", "2011-09-01", "2011-11-30", "quarter", False),
    ("2011-24", "2010-12-01", "2012-02-29", "between", False),
    ("2011-29", "2011-09-01", "2011-11-30", "quarter", False),
    ("2011-33", "2011-01-01", "2011-03-31", "quarter", False),
    ("2011-40", "2011-01-01", "2011-06-30", "between", False),
    ("201X", "2010-01-01", "2019-12-31", "between", False),
    ("20XX", "2000-01-01", "2099-12-31", "between", False),
    ("2011-XX", "2011-01-01", "2011-12-31", "year", False),
    ("2011-03-XX", "2011-03-01", "2011-03-31", "month", False),
    ("2011-XX-05", "2011-01-05", "2011-12-05", "between", False),
    ("2011-?03", "2011-03-01", "2011-03-31", "month", True),
    # Days in words and numbers
    ("5 March 2011", "2011-03-05", "2011-03-05", "day", False),
    ("March 5, 2011", "2011-03-05", "2011-03-05", "day", False),
    ("5th Mar 2011", "2011-03-05", "2011-03-05", "day", False),
    ("the 5th of March, 2011", "2011-03-05", "2011-03-05", "day", False),
    ("Mon 5 March 2011", "2011-03-05", "2011-03-05", "day", False),
    ("Wednesday, 1st June 2011.", "2011-06-01", "2011-06-01", "day", False),
    ("05-Mar-2011", "2011-03-05", "2011-03-05", "day", False),
    ("2011 March 5", "2011-03-05", "2011-03-05", "day", False),
    ("05/03/2011", "2011-03-05", "2011-03-05", "day", False),
    ("05.03.2011", "2011-03-05", "2011-03-05", "day", False),
    ("25/03/2011", "2011-03-25", "2011-03-25", "day", False),
    ("03/25/2011", "2011-03-25", "2011-03-25", "day", False),
    ("5 March 2011, 18:00", "2011-03-05", "2011-03-05", "day", False),
    ("5 March 2011 at 6pm", "2011-03-05", "2011-03-05", "day", False),
    # Months and parts of them
    ("March 2011", "2011-03-01", "2011-03-31", "month", False),
    ("Sept. 2011", "2011-09-01", "2011-09-30", "month", False),
    ("in FEBRUARY 2012", "2012-02-01", "2012-02-29", "month", False),
    ("03/2011", "2011-03-01", "2011-03-31", "month", False),
    ("early March 2011", "2011-03-01", "2011-03-10", "between", True),
    ("mid-March 2011", "2011-03-11", "2011-03-20", "between", True),
    ("late February 2011", "2011-02-21", "2011-02-28", "between", True),
    ("w/c 7 March 2011", "2011-03-07", "2011-03-13", "between", False),
    ("week ending 13 March 2011", "2011-03-07", "2011-03-13", "between", False),
    # Seasons, quarters, years
    ("spring 2011", "2011-03-01", "2011-05-31", "quarter", False),
    ("the summer of 2011", "2011-06-01", "2011-08-31", "quarter", False),
    ("Autumn 2011", "2011-09-01", "2011-11-30", "quarter", False),
    ("fall 2011", "2011-09-01", "2011-11-30", "quarter", False),
    ("winter 2010/11", "2010-12-01", "2011-02-28", "quarter", False),
    ("winter 2011", "2010-12-01", "2012-02-29", "between", False),
    ("early spring 2011", "2011-03-01", "2011-03-31", "between", True),
    ("Q2 2011", "2011-04-01", "2011-06-30", "quarter", False),
    ("2011-Q1", "2011-01-01", "2011-03-31", "quarter", False),
    ("second quarter of 2011", "2011-04-01", "2011-06-30", "quarter", False),
    ("Q1 2010/11", "2010-04-01", "2010-06-30", "quarter", False),
    ("Q4 2010/11", "2011-01-01", "2011-03-31", "quarter", False),
    ("first half of 2011", "2011-01-01", "2011-06-30", "between", False),
    ("H2 2011", "2011-07-01", "2011-12-31", "between", False),
    ("financial year 2010/11", "2010-04-01", "2011-03-31", "year", False),
    ("FY 2010-11", "2010-04-01", "2011-03-31", "year", False),
    ("FY2010/2011", "2010-04-01", "2011-03-31", "year", False),
    ("2010/11", "2010-04-01", "2011-03-31", "year", False),
    ("1999/00", "1999-04-01", "2000-03-31", "year", False),
    ("early 2011", "2011-01-01", "2011-04-30", "between", True),
    ("mid 2011", "2011-05-01", "2011-08-31", "between", True),
    ("end of 2011", "2011-09-01", "2011-12-31", "between", True),
    ("2010s", "2010-01-01", "2019-12-31", "between", False),
    ("Q3-2011", "2011-07-01", "2011-09-30", "quarter", False),
    ("2011/Q3", "2011-07-01", "2011-09-30", "quarter", False),
    ("2011Q3", "2011-07-01", "2011-09-30", "quarter", False),
    ("2011 Q3/Q4", "2011-07-01", "2011-12-31", "between", False),
    ("2010/11 Q4", "2011-01-01", "2011-03-31", "quarter", False),
    ("2011/spring", "2011-03-01", "2011-05-31", "quarter", False),
    ("spring/summer 2011", "2011-03-01", "2011-08-31", "between", False),
    ("autumn/winter 2011", "2011-09-01", "2012-02-29", "between", False),
    ("early 2010/11", "2010-04-01", "2010-07-31", "between", True),
    ("mid to late March 2011", "2011-03-11", "2011-03-31", "between", True),
    ("late 2010 to early 2011", "2010-09-01", "2011-04-30", "between", True),
    ("early winter 2011", "2010-12-01", "2011-12-31", "between", True),
    ("first half of March 2011", "2011-03-01", "2011-03-15", "between", False),
    ("second half of the 1990s", "1995-01-01", "1999-12-31", "between", False),
    ("early 1990s", "1990-01-01", "1993-04-30", "between", True),
    ("19th century", "1801-01-01", "1900-12-31", "between", False),
    ("late twentieth century", "1967-09-01", "2000-12-31", "between", True),
    ("the 1800s", "1800-01-01", "1899-12-31", "between", False),
    # Years that run over the new year, terms, periods named by their end
    ("academic year 2010/11", "2010-09-01", "2011-08-31", "year", False),
    ("2010-11 school year", "2010-09-01", "2011-08-31", "year", False),
    ("municipal year 2010/11", "2010-05-01", "2011-04-30", "year", False),
    ("FY10/11", "2010-04-01", "2011-03-31", "year", False),
    ("autumn term 2010", "2010-09-01", "2010-12-31", "between", False),
    ("spring term 2010/11", "2011-01-01", "2011-04-30", "between", False),
    ("year ending March 2011", "2010-04-01", "2011-03-31", "year", False),
    ("year ended 5 April 2011", "2010-04-06", "2011-04-05", "between", False),
    ("the year to 29 February 2012", "2011-03-01", "2012-02-29", "year", False),
    ("quarter ending June 2011", "2011-04-01", "2011-06-30", "quarter", False),
    ("year beginning 1 April 2010", "2010-04-01", "2011-03-31", "year", False),
    # Feasts and bank holidays, from calendars of those years
    ("Easter 2011", "2011-04-22", "2011-04-25", "between", False),
    ("Easter Sunday 2008", "2008-03-23", "2008-03-23", "day", False),
    ("Good Friday 2019", "2019-04-19", "2019-04-19", "day", False),
    ("before Easter 2011", None, "2011-04-21", "before", False),
    ("Whitsun 2011", "2011-06-12", "2011-06-13", "between", False),
    ("Christmas 2010", "2010-12-24", "2010-12-26", "between", False),
    ("over Xmas 2010", "2010-12-24", "2010-12-26", "between", False),
    ("New Year's Eve 2010", "2010-12-31", "2010-12-31", "day", False),
    ("spring bank holiday 2011", "2011-05-30", "2011-05-30", "day", False),
    ("spring bank holiday 2012", "2012-06-04", "2012-06-04", "day", False),
    ("August bank holiday 2010", "2010-08-30", "2010-08-30", "day", False),
    # Weeks
    ("w/b 7 March 2011", "2011-03-07", "2011-03-13", "between", False),
    ("week commencing Monday 7th March 2011", "2011-03-07", "2011-03-13", "between", False),
    ("fortnight beginning 7 March 2011", "2011-03-07", "2011-03-20", "between", False),
    ("2011-W10", "2011-03-07", "2011-03-13", "between", False),
    ("2009-W53-4", "2009-12-31", "2009-12-31", "day", False),
    ("week 10 of 2011", "2011-03-07", "2011-03-13", "between", False),
    ("first week of May 2011", "2011-05-01", "2011-05-07", "between", False),
    ("last week of February 2012", "2012-02-23", "2012-02-29", "between", False),
    ("second Tuesday of March 2011", "2011-03-08", "2011-03-08", "day", False),
    ("last Friday in June 2011", "2011-06-24", "2011-06-24", "day", False),
    ("weekend of 5 March 2011", "2011-03-05", "2011-03-06", "between", False),
    # Several days
    ("5 and 7 March 2011", "2011-03-05", "2011-03-07", "between", False),
    ("5, 6 & 7 March 2011", "2011-03-05", "2011-03-07", "between", False),
    ("28 February and 2 March 2011", "2011-02-28", "2011-03-02", "between", False),
    ("March 5 and 7, 2011", "2011-03-05", "2011-03-07", "between", False),
    ("5-7/3/2011", "2011-03-05", "2011-03-07", "between", False),
    ("Saturday 5 and Monday 7 March 2011", "2011-03-05", "2011-03-07", "between", False),
    # From year to year: a dash, a slash between whole years, "to"; a hyphen is ISO's
    ("2010\u201311", "2010-01-01", "2011-12-31", "between", False),
    ("2009\u201312", "2009-01-01", "2012-12-31", "between", False),
    ("2010 \u2014 11", "2010-01-01", "2011-12-31", "between", False),
    ("1999\u201300", "1999-01-01", "2000-12-31", "between", False),
    ("2011\u201303", "2011-03-01", "2011-03-31", "month", False),
    ("FY 2010\u201311", "2010-04-01", "2011-03-31", "year", False),
    ("2010 to 11", "2010-01-01", "2011-12-31", "between", False),
    ("2010 - 11", "2010-01-01", "2011-12-31", "between", False),
    ("2010 and 2011", "2010-01-01", "2011-12-31", "between", False),
    # Two digits, where they can only be a year; other spellings
    ("March '11", "2011-03-01", "2011-03-31", "month", False),
    ("5 March 99", "1999-03-05", "1999-03-05", "day", False),
    ("1st Sept., 2011", "2011-09-01", "2011-09-01", "day", False),
    ("5.iii.2011", "2011-03-05", "2011-03-05", "day", False),
    ("2.30pm on 5 March 2011", "2011-03-05", "2011-03-05", "day", False),
    ("Q1 FY10/11", "2010-04-01", "2010-06-30", "quarter", False),
    ("FY 10/11, Q4", "2011-01-01", "2011-03-31", "quarter", False),
    ("end of Q1 FY10/11", "2010-06-01", "2010-06-30", "between", True),
    ("the week of 8 March 2011", "2011-03-07", "2011-03-13", "between", False),
    ("poss. 2010", "2010-01-01", "2010-12-31", "year", True),
    ("[March 2011]", "2011-03-01", "2011-03-31", "month", False),
    ("[c. 2011]", "2011-01-01", "2011-12-31", "year", True),
    ("n.d. [2011?]", "2011-01-01", "2011-12-31", "year", True),
    ("2011-ish", "2011-01-01", "2011-12-31", "year", True),
    ("before early 2019", None, "2018-12-31", "before", True),
    ("shortly before June 2011", None, "2011-05-31", "before", False),
    ("as at 31 March 2011", "2011-03-31", "2011-03-31", "day", False),
    # Open to one side
    ("before June 2011", None, "2011-05-31", "before", False),
    ("prior to 5 March 2011", None, "2011-03-04", "before", False),
    ("pre-2011", None, "2010-12-31", "before", False),
    ("by May 2011", None, "2011-05-31", "before", False),
    ("on or before 5 March 2011", None, "2011-03-05", "before", False),
    ("by the end of 2011", None, "2011-12-31", "before", False),
    ("before about June 2011", None, "2011-05-31", "before", True),
    ("after 3 June 2011", "2011-06-04", None, "after", False),
    ("after June 2011", "2011-07-01", None, "after", False),
    ("since 2009", "2009-01-01", None, "after", False),
    ("2009 onwards", "2009-01-01", None, "after", False),
    ("2009+", "2009-01-01", None, "after", False),
    ("March 2009 at the earliest", "2009-03-01", None, "after", False),
    ("after the start of 2009", "2009-01-01", None, "after", False),
    ("after the beginning of March 2009", "2009-03-01", None, "after", False),
    ("2009 - present", "2009-01-01", None, "after", False),
    # From ... to ...
    ("from 2009 to 2011", "2009-01-01", "2011-12-31", "between", False),
    ("2009-2011", "2009-01-01", "2011-12-31", "between", False),
    ("between March and June 2011", "2011-03-01", "2011-06-30", "between", False),
    ("March-June 2011", "2011-03-01", "2011-06-30", "between", False),
    ("March – June 2011", "2011-03-01", "2011-06-30", "between", False),
    ("March/April 2011", "2011-03-01", "2011-04-30", "between", False),
    ("5-8 March 2011", "2011-03-05", "2011-03-08", "between", False),
    ("March 5-8, 2011", "2011-03-05", "2011-03-08", "between", False),
    ("28 March - 2 April 2011", "2011-03-28", "2011-04-02", "between", False),
    ("05/03/2011-08/03/2011", "2011-03-05", "2011-03-08", "between", False),
    ("between about 2009 and 2011", "2009-01-01", "2011-12-31", "between", True),
    # Doubt
    ("circa 2011", "2011-01-01", "2011-12-31", "year", True),
    ("c. March 2011", "2011-03-01", "2011-03-31", "month", True),
    ("c2011", "2011-01-01", "2011-12-31", "year", True),
    ("about 5 March 2011", "2011-03-05", "2011-03-05", "day", True),
    ("March 2011 (?)", "2011-03-01", "2011-03-31", "month", True),
    ("probably March 2011", "2011-03-01", "2011-03-31", "month", True),
    # Spelling that must not matter
    ("5\u00a0 march\t2011", "2011-03-05", "2011-03-05", "day", False),
    ("２０１１-０３-０５", "2011-03-05", "2011-03-05", "day", False),
    ("2011\u201103\u201105", "2011-03-05", "2011-03-05", "day", False),
    ("\ufeffMARCH\n2011", "2011-03-01", "2011-03-31", "month", False),
]

REFUSED = [
    ("28 December and 3 January 2011", "before it starts (28 December 2011)", "the year with both"),
    ("Nov, Dec and Jan 2011", "The period ends (31 January 2011) before it starts", "the year with both"),
    ("2011-02-30", "There is no 30 February 2011 (February 2011 has 28 days).", "from 1 to 28"),
    ("31/04/2011", "There is no 31 April 2011 (April 2011 has 30 days).", "from 1 to 30"),
    ("29 February 2011", "There is no 29 February 2011", "from 1 to 28"),
    ("2011-03-00", "There is no 0 March 2011", "2011-03"),
    ("2011-13-05", "There is no month 13", "month as a word"),
    ("2010-99", "There is no month 99", '"2010 to 2099"'),
    ("2010-00", "There is no month 0", "month as a word"),
    ("14/13/2011", "Neither 14 nor 13 can be a month.", "5 March 2011"),
    ("2011-05/2011-03", "ends (31 March 2011) before it starts (1 May 2011)", "earlier date first"),
    ("between November and March 2011", "before it starts", "the year with both"),
    ("0999-01-01", "outside 1000 to 2999", "four digits"),
    ("3000", "outside 1000 to 2999", "four digits"),
    ("before 1000", "outside 1000 to 2999", "four digits"),
    ("05/03/11", "only two digits", "four digits"),
    ("Mar 11", "only two digits", "four digits"),
    ("FY 2010", "begins or the one that ends", "financial year 2010/11"),
    ("2011/03", "not two years that follow each other", '"2011-03" for a month'),
    ("March", '"March" gives no year.', "March 2011"),
    ("before the June meeting", '"June" gives no year.', "June 2011"),
    ("before the last meeting", "names a meeting whose date is not known", "June 2011 meeting"),
    ("5 Marhc 2011", "is not a date", 'Did you mean "March"'),
    ("late 5 March 2011", "early, a middle and a late part", "early March 2011"),
    ("week beginning March 2011", "needs the day", "7 March 2011"),
    ("00:00:00", "time of day without a date", "Write the date too"),
    ("soon", '"soon" is not a date.', "5 March 2011"),
    ("March to 2011", "is not a date", "5 March 2011"),
    ("2011 to March", "is not a date", "5 March 2011"),
    ("academic year 2010", "academic year that begins", "academic year 2010/11"),
    ("2011-W53", "There is no week 53 in 2011", "week beginning"),
    ("fifth week of February 2011", "There is no fifth week in February 2011", "last week"),
    ("fifth Monday of June 2011", "no fifth Monday in June 2011", "last Monday"),
    ("weekend of 7 March 2011", "not a Saturday or a Sunday", "5 to 6 March 2011"),
    ("11 March", "gives no year", "11 March 2011"),
    ("5 March-14", "only two digits", "four digits"),
    ("31-Feb-11", "There is no 31 February 2011", "1 to 28"),
    ("12/2011/05", "is not a date", "5 March 2011"),
    ("2011-03-05T25:61", "is not a date", "5 March 2011"),
    ("known", "is not a date", "n.d."),
    ("..", "is not a date", "n.d."),
    ("2011\x00", "cannot be seen (U+0000)", "again"),
    ("\ud800 2011", "cannot be seen (U+D800)", "again"),
    ("9" * 1_000_000, "1,000,000 characters", "5 March 2011"),
]


def bounds(span: DateSpan) -> tuple[date | None, date | None]:
    return span.date_from, span.date_to


@pytest.mark.parametrize(("text", "first", "last", "precision", "approximate"), READ)
def test_reads(text: str, first: str | None, last: str | None, precision: str, approximate: bool) -> None:
    wanted = (first and date.fromisoformat(first), last and date.fromisoformat(last))
    span = read_date(text)
    assert (bounds(span), span.precision, span.approximate) == (wanted, precision, approximate)
    assert span.text == " ".join(text.split())


@pytest.mark.parametrize(("text", "message", "remedy"), REFUSED)
def test_refuses_with_a_remedy(text: str, message: str, remedy: str) -> None:
    for _ in range(2):  # the second answer comes from memory
        with pytest.raises(DateUnreadable) as refusal:
            read_date(text)
        assert message in refusal.value.message
        assert remedy in refusal.value.remedy
        assert len(str(refusal.value)) < 300


@pytest.mark.parametrize(
    "text",
    [
        "n.d.",
        "n.d",
        "ND",
        "(n.d.)",
        "[n.d.]",
        "[undated]",
        "[?]",
        "no date",
        "Undated",
        "not known",
        "unknown",
        "-",
        "?",
        "??",
    ],
)
def test_says_that_no_date_is_known_and_keeps_the_words(text: str) -> None:
    assert read_date(text) == DateSpan(text, None, None, "unknown")


@pytest.mark.parametrize("value", [None, "", "  \u00a0\n", math.nan])
def test_an_empty_box_is_not_a_date_that_is_unknown(value: object) -> None:
    assert read_date(value) == UNKNOWN


def test_month_first_is_followed_unless_it_is_impossible() -> None:
    assert read_date("05/03/2011", day_first=False).date_from == date(2011, 5, 3)
    assert read_date("25/03/2011", day_first=False).date_from == date(2011, 3, 25)


def test_the_year_hint_fills_in_and_never_overrules() -> None:
    assert bounds(read_date("5 March", year_hint=2011)) == (date(2011, 3, 5), date(2011, 3, 5))
    assert bounds(read_date("March to June", year_hint=2011)) == (date(2011, 3, 1), date(2011, 6, 30))
    assert bounds(read_date("March to June 2009", year_hint=2011)) == (date(2009, 3, 1), date(2009, 6, 30))
    with pytest.raises(DateUnreadable):
        read_date("March", year_hint=12_000)


def test_a_meeting_is_looked_up_by_the_words_used() -> None:
    asked = []

    def meetings(words: str) -> DateSpan | None:
        asked.append(words)
        return read_date("2011-06-14") if words == "June meeting" else None

    before = read_date("before the  June meeting", meetings=meetings)
    assert before == DateSpan("before the June meeting", None, date(2011, 6, 13), "before")
    assert read_date("after the June meeting", meetings=meetings).date_from == date(2011, 6, 15)
    assert bounds(read_date("at the June meeting", meetings=meetings)) == (date(2011, 6, 14), date(2011, 6, 14))
    assert set(asked) == {"June meeting"}
    with pytest.raises(DateUnreadable, match="not known"):
        read_date("before the Trust board", meetings=meetings)


def test_a_meeting_on_an_unknown_day_of_a_month_leaves_the_month_open() -> None:
    # It may have been on the 30th, so what was before it was on the 29th at the latest.
    for text, year in [("before the June meeting", 2011), ("before the June 2011 board meeting", None)]:
        assert bounds(read_date(text, year_hint=year)) == (None, date(2011, 6, 29))
    assert bounds(read_date("after the June meeting", year_hint=2011)) == (date(2011, 6, 2), None)
    assert bounds(read_date("before the meeting of 5 March 2011")) == (None, date(2011, 3, 4))


def test_cells_that_hold_dates_and_numbers() -> None:
    day = DateSpan("2011-03-05", date(2011, 3, 5), date(2011, 3, 5), "day")
    assert read_date(date(2011, 3, 5)) == day
    assert read_date(datetime(2011, 3, 5, 23, 59, tzinfo=UTC)) == day
    assert read_date(2011.0) == read_date("2011")
    assert read_date(20110305).date_from == date(2011, 3, 5)
    assert read_date(40607.75, excel_epoch=1900) == day
    assert read_date(39145, excel_epoch=1904) == day
    # Excel's 1900 calendar counts a 29 February 1900 as number 60.
    assert read_date(59, excel_epoch=1900).date_from == date(1900, 2, 28)
    assert read_date(61, excel_epoch=1900).date_from == date(1900, 3, 1)
    with pytest.raises(DateUnreadable, match="not a real day"):
        read_date(60, excel_epoch=1900)
    with pytest.raises(DateUnreadable, match="Format the cell as a date"):
        read_date(40607)


NO_DATES = [True, [], {}, b"2011", object(), math.inf, -math.inf, -5, 10**6000, 1j, date(1, 1, 1), datetime.max]


@pytest.mark.parametrize("value", NO_DATES, ids=range(len(NO_DATES)))
def test_refuses_values_that_are_no_dates(value: object) -> None:
    for excel_epoch in (None, 1900, 1904):
        with pytest.raises(DateUnreadable):
            read_date(value, excel_epoch=excel_epoch)


@pytest.mark.parametrize("number", [0, 1.5, 2011.5, 999, 201103, 29_991_232])
def test_refuses_numbers_that_are_no_years(number: float) -> None:
    with pytest.raises(DateUnreadable):
        read_date(number)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sunday 5 March 2011", "wrong_weekday"),
        ("5 March 2011 (Sun.)", "wrong_weekday"),
        ("before Sunday 5 March 2011", "wrong_weekday"),
        ("Saturday 5 and Sunday 7 March 2011", "wrong_weekday"),
        ("w/c Tuesday 7 March 2011", "wrong_weekday"),
        ("w/c 8 March 2011", "wrong_weekday"),
        ("w/c 6 March 2011", None),
        ("w/e 11 March 2011", None),
        ("week ending 9 March 2011", "wrong_weekday"),
        ("week of 8 March 2011", None),
        ("2010-11", "month_or_years"),
        ("2009-12", "month_or_years"),
        ("2020-21", "month_or_years"),
        ("circa 2010-11", "month_or_years"),
        ("Saturday 5 March 2011, 2.30pm", None),
        ("2011-03", None),
        ("2012-11", None),
        ("2010-1", "month_or_years"),
        ("2008-9", "month_or_years"),
        ("2009-8", None),
        ("2012-13", "month_or_years"),
        ("2011-14", "month_or_years"),
        ("1999-00", "month_or_years"),
        ("1998-99", "month_or_years"),
        ("05-Mar-11", "guessed_century"),
        ("05MAR11", "guessed_century"),
        ("Mar-11", "guessed_century"),
        ("March '11", None),
    ],
)
def test_remarks_on_what_may_not_be_meant(text: str, kind: str | None) -> None:
    for _ in range(2):
        assert [remark.kind for remark in read_date(text).remarks] == ([kind] if kind else [])


def test_a_remark_says_what_was_read_and_what_to_write() -> None:
    (remark,) = read_date("2010-11").remarks
    assert remark.message == '"2010-11" was read as November 2010; it may mean 2010 to 2011.'
    assert remark.remedy == 'Write "November 2010" for that, or "2010 to 2011" for the years.'
    (remark,) = read_date("Sunday 5 March 2011").remarks
    assert remark.message == "5 March 2011 was a Saturday, not a Sunday."


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("2.30pm", "14:30"), ("2.30 p.m.", "14:30"), ("at 14:30", "14:30"), ("14.30", "14:30"), ("1430 hrs", "14:30"),
        ("noon", "12:00"), ("12pm", "12:00"), ("12.15am", "00:15"), ("2-4pm", "14:00"), ("10-12.30pm", "10:00"),
        ("10am-12noon", "10:00"), ("24:00", "23:59"), ("midnight", None), ("00:00:00", None), ("10am to noon", "10:00"),
        ("(9:15)", "09:15"), ("12am", None), ("00:10", "00:10"), ("at 2.30", None), ("in the afternoon", None),
    ],
)  # fmt: skip
def test_the_time_of_day_is_kept(written: str, clock: str | None) -> None:
    span = read_date(f"5 March 2011 {written}")
    assert bounds(span) == (date(2011, 3, 5), date(2011, 3, 5))
    assert span.clock == (time_of_day.fromisoformat(clock) if clock else None)
    assert span.text == f"5 March 2011 {written}"


WORDS = [
    *("before", "after", "by", "since", "from", "to", "between", "and", "early", "mid", "late", "end", "of", "the"),
    *("week", "circa", "c.", "about", "~", "?", "%", "winter", "spring", "Q2", "H1", "FY", "quarter", "second"),
    *(
        "first",
        "March",
        "Mar",
        "June",
        "5",
        "30",
        "31st",
        "05",
        "2011",
        "2010",
        "11",
        "13",
        "0",
        "2999",
        "1000",
        "9999",
    ),
    *("..", ",", ".", "/", "-", "[", "]", "{", "}", "XX", "201X", "n.d.", "meeting", "board", "present", "onwards"),
    *("18:00", "T", "Z", "pm", "'s", "10s"),
]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
                 st.lists(st.sampled_from(WORDS), max_size=6).map("".join),
                 st.text("0123456789-/X?~%.[],{} ", max_size=14)))  # fmt: skip
@example("2011-1X")
@example("9999-12-31/..")
@example("by 2999")
def test_any_text_is_read_or_refused(text: str) -> None:
    for hints in ({}, {"year_hint": 2011, "day_first": False, "meetings": lambda _: read_date("2011-06")}):
        try:
            span = read_date(text, **hints)
        except DateUnreadable as refusal:
            str(refusal).encode()  # can be shown: no stray surrogates
            continue
        assert span.precision in PRECISIONS
        assert (span.text or "").split() == text.split()
        assert (span.precision == "unknown") == (bounds(span) == (None, None))
        assert (span.precision == "before") <= (span.date_from is None)
        assert (span.precision == "after") <= (span.date_to is None)
        if span.date_from and span.date_to:
            assert span.date_from <= span.date_to
        again = read_date(describe(span))
        assert (bounds(again), again.approximate) == (bounds(span), span.approximate and bounds(span) != (None, None))


STYLES = [
    lambda day: day.isoformat(),
    lambda day: day.strftime("%d/%m/%Y"),
    lambda day: day.strftime("%d.%m.%Y"),
    lambda day: day.strftime("%d %B %Y"),
    lambda day: day.strftime("%B %d, %Y"),
    lambda day: day.strftime("%a %d %b %Y"),
    lambda day: day.strftime("%Y%m%d"),
    lambda day: f"{day.isoformat()}T09:30:00+01:00",
    lambda day: day.strftime("%A, %d %B %Y"),
    lambda day: day.strftime("%d %b %Y (%A)"),
    lambda day: day.strftime("%d %B %Y, 2.30pm"),
    lambda day: day.strftime("6 pm on %a %d %B %Y"),
    lambda day: day.strftime("[%d %B, %Y]"),
    lambda day: f"{day.day}. {day:%b}. {day.year:04}",
    lambda day: describe(DateSpan(None, day, day, "day")),
]


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_a_day_in_any_style_reads_back_to_itself(day: date) -> None:
    for style in STYLES:
        span = read_date(style(day))
        assert (bounds(span), span.precision, span.approximate) == ((day, day), "day", False)
        assert not span.remarks


def test_a_wrong_weekday_is_always_noticed() -> None:
    for number in range(0, 5000, 37):
        day = date(2005, 1, 1) + timedelta(number)
        for other in range(1, 7):
            for style in ("%A %d %B %Y", "%a %d/%m/%Y", "%d %b %Y (%A)"):
                words = style.replace("%A", f"{day + timedelta(other):%A}").replace(
                    "%a", f"{day + timedelta(other):%a}"
                )
                assert [remark.kind for remark in read_date(day.strftime(words)).remarks] == ["wrong_weekday"]


MONTH_NAMES = [f"{date(2011, month, 1):%B}" for month in range(1, 13)]


@st.composite
def units(draw: st.DrawFn) -> tuple[str, date, date]:
    """A calendar unit in words, with its first and last day."""
    year = draw(st.integers(1100, 2980))
    month = draw(st.integers(1, 12))

    def until(first: date, count: int) -> tuple[date, date]:
        after = first.year * 12 + first.month - 1 + count
        return first, date(after // 12, after % 12 + 1, 1) - timedelta(1)

    decade, century = year // 10 * 10, (year - 1) // 100 + 1
    season, start = draw(st.sampled_from([("spring", 3), ("summer", 6), ("autumn", 9), ("fall", 9)]))
    ending = {1: "st", 2: "nd"}.get(century % 10, "th") if century > 20 else "th"
    assume_third = century < 30 and (ending == "th" or century in (21, 22))
    choices = [
        (f"{MONTH_NAMES[month - 1]} {year}", until(date(year, month, 1), 1)),
        (f"{MONTH_NAMES[month - 1][:3]}. {year}", until(date(year, month, 1), 1)),
        (f"{month:02}/{year}", until(date(year, month, 1), 1)),
        (f"{season} {year}", until(date(year, start, 1), 3)),
        (f"the {season} of {year}", until(date(year, start, 1), 3)),
        (f"Q{(month + 2) // 3} {year}", until(date(year, (month + 2) // 3 * 3 - 2, 1), 3)),
        (f"{year}", until(date(year, 1, 1), 12)),
        (f"{year}/{(year + 1) % 100:02}", until(date(year, 4, 1), 12)),
        (f"academic year {year}/{(year + 1) % 100:02}", until(date(year, 9, 1), 12)),
        *([(f"{decade}s", until(date(decade, 1, 1), 120))] if decade % 100 else []),
        *([(f"{century}{ending} century", until(date(century * 100 - 99, 1, 1), 1200))] if assume_third else []),
    ]
    words, (first, last) = draw(st.sampled_from(choices))
    return words, first, last


VAGUE = [
    "early", "late", "mid", "mid-", "the beginning of", "the middle of", "end of", "early in", "late in",
    "towards the end of", "very early", "start of", "early to mid", "mid to late",
]  # fmt: skip


@given(units(), st.sampled_from(VAGUE))
@example(("2019", date(2019, 1, 1), date(2019, 12, 31)), "early")
@example(("June 2011", date(2011, 6, 1), date(2011, 6, 30)), "late")
def test_vague_words_never_leave_the_unit_that_they_name(unit: tuple[str, date, date], vague: str) -> None:
    words, first, last = unit
    text = f"{vague}{'' if vague.endswith('-') else ' '}{words}"
    span = read_date(text)
    for start, end in (bounds(span), outer_bounds(span), stored_bounds(span)):
        assert start is not None
        assert end is not None
        assert first <= start <= end <= last, text
    assert span.approximate


@given(units())
def test_a_unit_fills_its_days_exactly(unit: tuple[str, date, date]) -> None:
    words, first, last = unit
    for text in (words, f"in {words}", f"({words})", f"[{words}]", f"{words}.", words.upper()):
        assert bounds(read_date(text)) == (first, last), text
    assert read_date(f"before {words}").date_to == first - timedelta(1)
    assert read_date(f"by {words}").date_to == last
    assert read_date(f"since {words}").date_from == first
    assert read_date(f"after {words}").date_from == last + timedelta(1)


NAMED_PARTS = ["spring", "summer", "autumn", "winter", "Q1", "Q3", "H2", "autumn term", "Easter", "Christmas",
               "Good Friday", "third quarter", "March", "Sept"]  # fmt: skip


@given(st.sampled_from(NAMED_PARTS), st.integers(1001, 2998), st.sampled_from(["-", "/", ", ", " - ", " of ", ""]))
def test_what_joins_a_part_and_its_year_changes_nothing(name: str, year: int, between: str) -> None:
    wanted = bounds(read_date(f"{name} {year}"))
    orders = [f"{name}{between}{year}"] if between else []
    orders += [f"{year}{between}{name}"] if between != " of " else []
    for text in orders:
        try:
            assert bounds(read_date(text)) == wanted, text
        except DateUnreadable:
            assert between == "", text


@given(st.integers(1000, 2998), st.integers(1, 40), st.sampled_from("\u2012\u2013\u2014\u2015"))
def test_years_joined_by_a_dash_are_years_and_no_month(year: int, more: int, dash: str) -> None:
    last = year + more
    if last > 2999 or (last // 100 != year // 100 and more > 1):
        return
    for text in (f"{year}{dash}{last % 100:02}", f"{year} {dash} {last % 100:02}", f"{year}{dash}{last}"):
        assert bounds(read_date(text)) == (date(year, 1, 1), date(last, 12, 31)), text


@given(st.lists(st.integers(1, 28), min_size=2, max_size=5, unique=True), st.integers(1, 12), st.integers(1000, 2999))
def test_several_days_lie_between_the_first_and_the_last(days: list[int], month: int, year: int) -> None:
    days = sorted(days)
    listed = ", ".join(map(str, days[:-1]))
    for text in (
        f"{listed} and {days[-1]} {MONTH_NAMES[month - 1]} {year}",
        f"{listed} & {days[-1]} {MONTH_NAMES[month - 1][:3]} {year}",
        " and ".join(f"{day}/{month}/{year}" for day in days),
    ):
        assert bounds(read_date(text)) == (date(year, month, days[0]), date(year, month, days[-1])), text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2011-03-05", "5 March 2011"),
        ("2011-03", "March 2011"),
        ("2011?", "about 2011"),
        ("by May 2011", "before 1 June 2011"),
        ("after 3 June 2011", "after 3 June 2011"),
        ("since 2009", "since 1 January 2009"),
        ("March-June 2011", "between 1 March and 30 June 2011"),
        ("Nov 2010 - Jan 2011", "between 1 November 2010 and 31 January 2011"),
        ("5-8 March 2011", "between 5 and 8 March 2011"),
        ("2009-2011", "between 2009 and 2011"),
        ("2009/2011~", "roughly between 2009 and 2011"),
        ("early 3/2011", "early March 2011"),
        ("middle of 2011", "mid-2011"),
        ("2011-22", "summer 2011"),
        ("winter 2010-11", "winter 2010/11"),
        ("Q1 2011", "first quarter of 2011"),
        ("2010/11", "financial year 2010/11"),
        ("201X", "the 2010s"),
        ("n.d.", "undated"),
        ("", "undated"),
        ("by 2999", "up to 31 December 2999"),
    ],
)
def test_describes_in_words(text: str, words: str) -> None:
    assert describe(read_date(text)) == words


@pytest.mark.parametrize("text", [row[0] for row in READ])
def test_the_description_reads_back(text: str) -> None:
    span = read_date(text)
    again = read_date(describe(span))
    assert (bounds(again), again.approximate) == (bounds(span), span.approximate)


def test_a_span_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        DateSpan(None, date(2011, 3, 5), date(2011, 3, 4), "between")


def test_long_tables_are_read_quickly() -> None:
    days = [(date(1800, 1, 1) + timedelta(days)).isoformat() for days in range(100_000)]
    started = time.process_time()  # of this process alone: others may use the machine
    for day in days:
        read_date(day)
    assert time.process_time() - started < 1.0  # about 0.2 s
    started = time.process_time()
    for _ in range(20_000):
        read_date("early March 2011")
        read_date("2011-XX-05")
    assert time.process_time() - started < 1.0


def test_a_column_of_many_different_phrases_is_read_quickly() -> None:
    phrases = [f"{part} {year}" for year in range(1000, 2000) for part in ("late June", "5 and 7 March", "Easter")]
    started = time.process_time()
    for phrase in phrases:
        read_date(phrase)
    assert time.process_time() - started < 3.0  # about 0.5 s


@pytest.mark.parametrize(
    "piece",
    [
        "the ",
        "about ",
        "(",
        "a ",
        "to ",
        "5 March ",
        "2011-",
        "[",
        " - ",
        "1/",
        "of ",
        "and ",
        "early ",
        "Mon ",
        "1 2pm ",
        "n.d. ",
        "[5",
        "5, ",
    ],
)
def test_repetition_costs_no_time(piece: str) -> None:
    started = time.process_time()
    for text in (piece * (200 // len(piece)), piece * 300_000):
        with pytest.raises(DateUnreadable):
            read_date(text)
    assert time.process_time() - started < 0.5


def test_nothing_is_printed_for_edtf_that_is_read_only_in_part(capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("2011-1X", "2011-X1", "2011-XX-31", "1X11-XX", "2011-?0X"):
        with contextlib.suppress(DateUnreadable):
            read_date(text)
    assert capsys.readouterr().out == ""
