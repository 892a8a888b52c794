"""Several people at the same moment."""

import threading

from django.db import connection


def at_once(*acts):
    """Do all of it in threads that begin together; what each gave, or what it ran into."""
    begin, given = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        try:
            begin.wait(20)
            given[number] = act()
        except Exception as problem:
            given[number] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given
