"""Terms in two FTS5 tables of SQLite: of all columns, and of titles and summaries alone.

A trigger removes them with their document. FTS5 reads plain terms, so its own tokenizer has nothing to decide.
"""

from django.db import connection

from . import BOUND, HEAD_BOUND, JOINED, read_along

# How much a term says: in the title, the summary, the text, as a part of a word, as a filter.
WEIGHTS = "8.0, 4.0, 1.0, 0.6, 0.0"
HEAD_WEIGHTS = "8.0, 4.0, 0.0"

CREATE = [
    "CREATE VIRTUAL TABLE search_text USING fts5(title, summary, body, parts, facets, tokenize='ascii')",
    "CREATE VIRTUAL TABLE search_head USING fts5(title, summary, facets, tokenize='ascii')",
    """CREATE TRIGGER search_document_gone AFTER DELETE ON search_document BEGIN
         DELETE FROM search_text WHERE rowid = OLD.id;
         DELETE FROM search_head WHERE rowid = OLD.id;
       END""",
]
DROP = ["DROP TRIGGER search_document_gone", "DROP TABLE search_head", "DROP TABLE search_text"]


def put(entries):
    """Store the (document id, columns) pairs, in place of what is there."""
    ids = [(pk,) for pk, _columns in entries]
    whole = [
        (pk, *(" ".join(c) for c in (cols.title, cols.summary, cols.body, cols.parts, cols.facets)))
        for pk, cols in entries
    ]
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM search_text WHERE rowid = %s", ids)
        cursor.executemany("DELETE FROM search_head WHERE rowid = %s", ids)
        cursor.executemany(
            "INSERT INTO search_text (rowid, title, summary, body, parts, facets) VALUES (%s, %s, %s, %s, %s, %s)",
            whole,
        )
        cursor.executemany(
            "INSERT INTO search_head (rowid, title, summary, facets) VALUES (%s, %s, %s, %s)",
            [(pk, title, summary, facets) for pk, title, summary, _body, _parts, facets in whole],
        )


def ranked(match, limit, *, head=False, also=()):
    """The best documents as (id, score) pairs, the best first; with the columns `also` of each document behind it."""
    table, weights, bound = ("search_head", HEAD_WEIGHTS, HEAD_BOUND) if head else ("search_text", WEIGHTS, BOUND)
    # bm25 must stand in the inner query, and without an order there, or every match is ranked.
    sql = f"""SELECT found.id, score{read_along(also)} FROM (
                SELECT rowid AS id, -bm25({table}, {weights}) AS score FROM {table} WHERE {table} MATCH %s LIMIT {bound}
              ) found{JOINED if also else ""} ORDER BY score DESC, found.id LIMIT %s"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [_expression(match), limit])
        return cursor.fetchall()


def tallies(matches, bound=BOUND):
    """For each match: how many documents have which facets, as (facets, number) pairs, and up to `bound`. One query."""
    # What FTS5 keeps of its third column: rows so narrow that reading a thousand takes a third of the time.
    part = f"""SELECT %s AS which, facets, count(*) FROM (
                 SELECT h.c2 AS facets FROM search_text t JOIN search_head_content h ON h.id = t.rowid
                 WHERE search_text MATCH %s LIMIT {bound}
               ) found GROUP BY facets"""  # noqa: S608
    params = [value for number, match in enumerate(matches) for value in (number, _expression(match))]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([part] * len(matches)), params)
        found = [[] for _ in matches]
        for which, facets, count in cursor.fetchall():
            found[which].append((facets, count))
        return found


def in_titles(match, limit):
    """Documents of which the title matches, as ids, the best first."""
    sql = f"""SELECT id FROM (
                SELECT rowid AS id, bm25(search_head, 1.0, 0.0, 0.0) AS score FROM search_head WHERE search_head MATCH %s LIMIT {BOUND}
              ) found ORDER BY score, id LIMIT %s"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"{{title}} : ({_expression(match)})", limit])
        return [row[0] for row in cursor.fetchall()]


def ids_without_terms():
    """Documents that are not in the index, and rows of the index without a document."""
    with connection.cursor() as cursor:
        for table in ("search_text", "search_head"):
            # Raises when the index of FTS5 contradicts itself.
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")  # noqa: S608
        cursor.execute(
            """SELECT id FROM search_document WHERE id NOT IN (SELECT rowid FROM search_text)
               UNION SELECT id FROM search_document WHERE id NOT IN (SELECT rowid FROM search_head)"""
        )
        missing = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            """SELECT rowid FROM search_text WHERE rowid NOT IN (SELECT id FROM search_document)
               UNION SELECT rowid FROM search_head WHERE rowid NOT IN (SELECT id FROM search_document)"""
        )
        return missing, [row[0] for row in cursor.fetchall()]


def clear():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_text")
        cursor.execute("DELETE FROM search_head")


def _expression(match):
    return match.expression(lambda term: f'"{term}"', " AND ", " OR ")
