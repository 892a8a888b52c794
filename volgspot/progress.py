"""How far a draft is, section by section: a sign, and what it means in words."""

from dataclasses import dataclass

from .models import SectionKind
from .sections import SECTIONS, has_content

SIGNS = {"done": "✓", "begun": "◐", "empty": "○", "skipped": "–"}


@dataclass(frozen=True)
class Progress:
    kind: SectionKind
    state: str
    words: str
    url: str

    @property
    def sign(self):
        return SIGNS[self.state]


def progress_of(context, lacking=None):
    """The nine sections; `lacking` says how much each lacks where that was just counted, else it is what was counted at saving."""
    reflection = context.reflection
    for kind in SECTIONS:
        section = context.sections.get(kind)
        count = lacking[kind] if lacking is not None else section and section.lacking
        state, words = _state(section, count)
        if kind == SectionKind.COOPERATION and reflection.asked:
            words = f"{words}; {reflection.answered} van {reflection.asked} partners reageerden"
        yield Progress(kind, state, words, reflection.get_edit_url(kind))


def _state(section, lacking):
    if section and section.is_skipped:
        return "skipped", "overgeslagen"
    if section is None or not has_content(section):
        return "empty", "nog leeg"
    if lacking == 0:
        return "done", "klaar"
    if lacking is None:
        return "begun", "begonnen"
    return "begun", "nog 1 punt" if lacking == 1 else f"nog {lacking} punten"
