"""Ruimte in de regels: what somebody asks, in private, and what the portal tells everybody about it.

Private: a `Question` with all that hangs on it (`question.py`, `answer.py`). Public: `Obstacle`, `Case`, `Rule`
and `Scheme`. A question points at a case; a case knows no question. Only `workflow` changes a status.
"""

from .case import Case, CaseRule, Verdict
from .choices import Origin, Outcome, SaidBy
from .ministry import FreeDay, Ministry
from .obstacle import AlsoMine, Follower, HelpedWords, Obstacle, ObstacleMove
from .question import Attachment, Draft, LookupHelped, Pause, Question, StatusLink, YearNumber
from .rule import Rule, RuleVersion
from .scheme import Grant, Scheme
from .talk import Answer, AnswerVersion, Handover, Message, Note, Presence, TextBlock

__all__ = [
    "AlsoMine",
    "Answer",
    "AnswerVersion",
    "Attachment",
    "Case",
    "CaseRule",
    "Draft",
    "Follower",
    "FreeDay",
    "Grant",
    "Handover",
    "HelpedWords",
    "LookupHelped",
    "Message",
    "Ministry",
    "Note",
    "Obstacle",
    "ObstacleMove",
    "Origin",
    "Outcome",
    "Pause",
    "Presence",
    "Question",
    "Rule",
    "RuleVersion",
    "SaidBy",
    "Scheme",
    "StatusLink",
    "TextBlock",
    "Verdict",
    "YearNumber",
]
