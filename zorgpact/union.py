"""Many small queries as one, written out: Django takes longer to write such a query than a database to answer it."""

from django.db import connection

from .prepared import prepared


class Union:
    """Named tables, each what a queryset gives, and SELECTs from them that share their columns."""

    def __init__(self):
        self._tables, self._params, self._parts = [], [], []

    def let(self, table, queryset, *, once=False):
        """Let `table`, a name with its columns such as “listed (pk)”, stand for the rows of `queryset`.

        `once` on SQLite alone: PostgreSQL knows nothing of a table that it works out beforehand, and plans badly with it.
        """
        # A filter that nothing can pass would raise an error: here it gives no rows.
        sql, params = queryset.query.get_compiler(connection=connection, elide_empty=False).as_sql()
        self.let_rows(table, sql, params, once=once)

    def let_written(self, table, written, *values):
        """The same for the rows of what is written once, such as a facet asks for whoever comes."""
        self.let_rows(table, *written.sql(*values))

    def let_rows(self, table, sql, params, *, once=False, kept=False):
        """The same for the rows of a SELECT, that may read the tables before it; `kept` to work them out once everywhere."""
        how = "MATERIALIZED" if kept or (once and connection.vendor == "sqlite") else "NOT MATERIALIZED"
        self._tables.append(f"{table} AS {how} ({sql})")
        self._params += params

    def add(self, select):
        self._parts.append(select)

    def rows(self, *, kept=False):
        """The rows of all the SELECTs; `kept` where that takes less than to plan it, and PostgreSQL had better keep it."""
        if not self._parts:
            return []
        sql = f"WITH {', '.join(self._tables)} {' UNION ALL '.join(self._parts)}"
        with connection.cursor() as cursor:
            cursor.execute(*(prepared(sql, self._params, "union") if kept else (sql, self._params)))
            return cursor.fetchall()
