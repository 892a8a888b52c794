"""The steps of a question, a case and an obstacle. Nothing else changes their status. Each module draws its own."""

from . import cases, obstacles, questions

__all__ = ["cases", "obstacles", "questions"]
