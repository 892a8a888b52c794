"""The desk of whoever answers: queues, one page for a question, cases with a second reader, and figures."""

from . import cases, lists, question

__all__ = ["cases", "lists", "question"]
