"""Terms in a narrow table of PostgreSQL with two tsvectors: of all columns, and of titles and summaries alone.

The vectors are written as they are, so no dictionary or parser of the database has anything to decide.
"""

from django.db import connection

from . import BOUND, HEAD_BOUND, JOINED, read_along

# How much a term says; PostgreSQL wants them from D to A: part of a word or filter, text, summary, title.
WEIGHTS = "{0.075, 0.125, 0.5, 1}"
# What a tsvector can hold: so many places of one term, numbered up to so far.
MOST_PLACES, LAST_PLACE = 250, 16383

CREATE = [
    # Narrow rows that stay in the table itself: what is ranked is read fast.
    """CREATE TABLE search_terms (
         document_id bigint PRIMARY KEY,
         facets text NOT NULL, head tsvector NOT NULL, whole tsvector NOT NULL
       ) WITH (toast_tuple_target = 8160)""",
    "CREATE INDEX search_terms_whole ON search_terms USING gin (whole) WITH (fastupdate = off)",
    "CREATE INDEX search_terms_head ON search_terms USING gin (head) WITH (fastupdate = off)",
    # No foreign key, which would keep `flush` from emptying the documents.
    """CREATE FUNCTION search_terms_follow() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF TG_OP = 'TRUNCATE' THEN DELETE FROM search_terms;
         ELSE DELETE FROM search_terms WHERE document_id = OLD.id;
         END IF;
         RETURN NULL;
       END $$""",
    """CREATE TRIGGER search_document_terms AFTER DELETE ON search_document
       FOR EACH ROW EXECUTE FUNCTION search_terms_follow()""",
    """CREATE TRIGGER search_document_all_terms AFTER TRUNCATE ON search_document
       FOR EACH STATEMENT EXECUTE FUNCTION search_terms_follow()""",
]
DROP = ["DROP FUNCTION search_terms_follow() CASCADE", "DROP TABLE search_terms"]
# The planner does not know what it costs to unpack the vectors of a whole table.
_BY_INDEX = "SET LOCAL enable_seqscan = off; "


def put(entries):
    """Store the (document id, columns) pairs, in place of what is there."""
    rows = [
        (
            pk,
            " ".join(cols.facets),
            _vector((cols.title, "A"), (cols.summary, "B"), (cols.facets, "D")),
            _vector((cols.title, "A"), (cols.summary, "B"), (cols.body, "C"), (cols.parts, "D"), (cols.facets, "D")),
        )
        for pk, cols in entries
    ]
    values = ", ".join(["(%s, %s, %s::tsvector, %s::tsvector)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO search_terms (document_id, facets, head, whole) VALUES {values}
                ON CONFLICT (document_id) DO UPDATE SET facets = excluded.facets, head = excluded.head, whole = excluded.whole""",  # noqa: S608
            [value for row in rows for value in row],
        )


def _vector(*columns):
    """A tsvector as text; terms have only letters and digits, so nothing has to be escaped."""
    places, place = {}, 0
    for terms, weight in columns:
        for term in terms:
            place = min(place + 1, LAST_PLACE)
            found = places.setdefault(term, [])
            if len(found) < MOST_PLACES:
                found.append(f"{place}{weight}")
    return " ".join(f"'{term}':{','.join(found)}" for term, found in places.items())


def ranked(match, limit, *, head=False, also=()):
    """The best documents as (id, score) pairs, the best first; with the columns `also` of each document behind it.

    `ts_rank` does not know which words are rare, so each group is ranked apart and weighed.
    """
    column, bound = ("head", HEAD_BOUND) if head else ("whole", BOUND)
    parts = " + ".join([f"%s * ts_rank('{WEIGHTS}', v, %s::tsquery, 1)"] * len(match.groups)) or "0"
    params = [value for group in match.groups for value in (group.weight, _group(group))]
    sql = f"""{_BY_INDEX}SELECT found.id, {parts} AS score{read_along(also)} FROM (
                SELECT document_id AS id, {column} AS v FROM search_terms WHERE {column} @@ %s::tsquery LIMIT {bound}
              ) found{JOINED if also else ""} ORDER BY score DESC, found.id LIMIT %s"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, _expression(match), limit])
        return cursor.fetchall()


def tallies(matches, bound=BOUND):
    """For each match: how many documents have which facets, as (facets, number) pairs, and up to `bound`. One query."""
    part = f"""(SELECT %s AS which, facets, count(*) FROM (
                 SELECT facets FROM search_terms WHERE whole @@ %s::tsquery LIMIT {bound}
               ) found GROUP BY facets)"""  # noqa: S608
    params = [value for number, match in enumerate(matches) for value in (number, _expression(match))]
    with connection.cursor() as cursor:
        cursor.execute(_BY_INDEX + " UNION ALL ".join([part] * len(matches)), params)
        found = [[] for _ in matches]
        for which, facets, count in cursor.fetchall():
            found[which].append((facets, count))
        return found


def in_titles(match, limit):
    """Documents of which the title matches, as ids, the best first."""
    expression = match.expression(lambda term: f"'{term}':A", " & ", " | ")
    sql = f"""{_BY_INDEX}SELECT id FROM (
                SELECT document_id AS id, ts_rank('{{0, 0, 0, 1}}', head, %s::tsquery, 1) AS score
                FROM search_terms WHERE head @@ %s::tsquery LIMIT {BOUND}
              ) found ORDER BY score DESC, id LIMIT %s"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [expression, expression, limit])
        return [row[0] for row in cursor.fetchall()]


def ids_without_terms():
    """Documents that are not in the index, and rows of the index without a document."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM search_document WHERE id NOT IN (SELECT document_id FROM search_terms)")
        missing = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT document_id FROM search_terms WHERE document_id NOT IN (SELECT id FROM search_document)")
        return missing, [row[0] for row in cursor.fetchall()]


def clear():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_terms")


def _expression(match):
    return match.expression(_term, " & ", " | ")


def _group(group):
    return " | ".join(f"({' & '.join(map(_term, alternative))})" for alternative in group.alternatives)


def _term(term):
    return f"'{term}'"
