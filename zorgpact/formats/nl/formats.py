"""Dutch as the government writes it: 14.03 uur, and no point inside a year."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H.i"
DATETIME_FORMAT = "j F Y, H.i \\u\\u\\r"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
