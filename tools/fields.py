"""Write down what every field of a reflection takes, from the forms themselves: `python -m tools.fields > docs/velden.md`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = """\
# Wat elk veld aanneemt

Gemaakt van de formulieren zelf, met `python -m tools.fields > docs/velden.md`; een test houdt dit gelijk. Wat samen moet kloppen, zegt `volgspot/completeness.py`: een concept mag onaf zijn, pas bij insturen moet alles er staan. Van elke soort rij kunnen er hooguit {most} zijn, en een formulier heeft hooguit 5.000 velden.

Elders: een e-mailadres heeft hooguit 254 tekens, een naam 150. Voor een wachtwoord gelden de regels van `AUTH_PASSWORD_VALIDATORS`. Tekens die niemand ziet (besturing, NUL, omkering van de leesrichting) gaan eruit of worden geweigerd.
"""


def document():
    from volgspot.forms import PartnerViewForm
    from volgspot.sections import MOST_ROWS, SECTIONS

    parts = [HEAD.format(most=MOST_ROWS)]
    for section in SECTIONS.values():
        parts.append(f"## {section.kind.label}\n")
        parts += [table("Eén keer", section.form)] if section.form else []
        parts += [table(rows.title, rows.form) for rows in section.rows]
    parts.append("## De blik van een partner\n")
    parts.append(
        "Per werkzaam element: een stap van de schaal, een toelichting tot 2000 tekens, en wie die mag lezen.\n"
    )
    parts.append(table("Daarna", PartnerViewForm(elements=[])))
    return "\n".join(parts)


def table(title, form):
    needed = getattr(form, "needed", ())
    lines = [f"{title}:\n", "| veld | neemt aan | nodig bij insturen |", "| --- | --- | --- |"]
    for name, field in getattr(form, "fields", form.base_fields).items():
        lines.append(f"| {field.label or name} | {takes(field)} | {'ja' if name in needed else ''} |")
    return "\n".join(lines) + "\n"


def takes(field):
    from django import forms

    from programme.fields import validate_partial_date

    if isinstance(field, forms.MultipleChoiceField):
        return "meer keuzes uit een lijst"
    if isinstance(field, forms.ChoiceField):
        return "één keuze uit een lijst"
    if validate_partial_date in field.validators:
        return "een jaar, maand of dag"
    if isinstance(field, forms.BooleanField):
        return "aangevinkt of niet"
    if isinstance(field, forms.CharField):
        return f"tekst tot {field.max_length} tekens"
    return {"DateField": "een dag", "IntegerField": "een heel getal", "DecimalField": "een getal"}[type(field).__name__]


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

    import django

    django.setup()
    sys.stdout.write(document())
