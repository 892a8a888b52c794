"""What the database must know of its tables to choose the way to a result."""

from django.db import connection

# So many rows of an index are looked at: enough for a good guess, and done in a moment however much there is.
ROWS = 1000


def know_sizes():
    """Let SQLite see how much there is of what; PostgreSQL does this by itself.

    Without it SQLite takes every condition on a date for a narrow one, and sorts all that is public for a page of twelve.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={ROWS}")
        cursor.execute("ANALYZE")
