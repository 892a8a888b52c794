"""Write down what every field takes that people fill in, from the forms themselves: `python -m tools.fields > docs/velden.md`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = """\
# Wat elk veld aanneemt

Gemaakt van de formulieren zelf, met `python -m tools.fields > docs/velden.md`; een test houdt dit gelijk. Eerst de Volgspot, daarna Ruimte in de regels. Wat in een Volgspot samen moet kloppen, zegt `volgspot/completeness.py`: een concept mag onaf zijn, pas bij insturen moet alles er staan. Van elke soort rij kunnen er hooguit {most} zijn, en een formulier heeft hooguit 5.000 velden.

Elders: een e-mailadres heeft hooguit 254 tekens, een naam 150. Voor een wachtwoord gelden de regels van `AUTH_PASSWORD_VALIDATORS`. Tekens die niemand ziet (besturing, NUL, omkering van de leesrichting) gaan eruit of worden geweigerd.
"""


def document():
    from volgspot.sections import MOST_ROWS, SECTIONS

    parts = [HEAD.format(most=MOST_ROWS)]
    for section in SECTIONS.values():
        parts.append(f"## {section.kind.label}\n")
        parts += [table("Eén keer", section.form)] if section.form else []
        parts += [table(rows.title, rows.form) for rows in section.rows]
    return "\n".join([*parts, *partner_view(), *asking(), *casebook(), *desk()])


def partner_view():
    from volgspot.forms import PartnerViewForm

    yield "## De blik van een partner\n"
    yield "Per werkzaam element: een stap van de schaal, een toelichting tot 2000 tekens, en wie die mag lezen.\n"
    yield table("Daarna", PartnerViewForm(elements=[]))


def asking():
    from regels.asking.forms import FileForm, MessageForm, NotHelpedForm, WithdrawForm
    from regels.asking.steps import WITH_FORM
    from regels.models import Attachment

    yield "## Een vraag stellen\n"
    for step in WITH_FORM:
        yield table(step.title, step.form_class)
    size = Attachment.MAX_SIZE // 1024**2
    yield f"Hooguit {Attachment.MOST} bijlagen van elk {size} MB. Wat een bestand zegt te zijn, moet het ook zijn.\n"
    yield table("Een bijlage", FileForm)
    yield "## De eigen pagina van een vraag\n"
    forms = {"Een bericht": MessageForm, "Intrekken": WithdrawForm, "Kunt u verder? Nee": NotHelpedForm}
    for title, form in forms.items():
        yield table(title, form)


def casebook():
    from regels.casebook.forms import AlsoMineForm, VerdictForm

    yield "## Casusboek\n"
    yield table("Dit speelt bij mij ook", AlsoMineForm)
    yield table("Een oordeel", VerdictForm)


def desk():
    from regels.admin.acts import ACTS, LONGEST

    yield "## De vraag in het beheer\n"
    yield (
        f"Elke knop neemt alleen zijn eigen velden aan. Een tekst heeft hooguit {LONGEST} tekens; een keuze "
        "bestaat op dat moment nog en is er een van deze vraag.\n"
    )
    lines = ["| knop | velden |", "| --- | --- |"]
    lines += [f"| `{name}` | {', '.join(f'`{field}`' for field in act.uses)} |" for name, act in ACTS.items()]
    yield "\n".join(lines) + "\n"


def table(title, form):
    """A draft of the Volgspot may lack everything until it is filed; elsewhere a field is needed or not."""
    fields = getattr(form, "fields", form.base_fields)
    if getattr(form, "is_draft", False):
        when, needed = "nodig bij insturen", getattr(form, "needed", ())
    else:
        when, needed = "nodig", [name for name, field in fields.items() if field.required]
    lines = [f"{title}:\n", f"| veld | neemt aan | {when} |", "| --- | --- | --- |"]
    for name, field in fields.items():
        lines.append(f"| {field.label or name} | {takes(field)} | {'ja' if name in needed else ''} |")
    return "\n".join(lines) + "\n"


def takes(field):
    from django import forms

    from programme.fields import validate_partial_date
    from zorgpact.uploads import UploadField

    if isinstance(field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)):
        return "meer keuzes uit een lijst"
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        return "één keuze uit een lijst"
    if validate_partial_date in field.validators:
        return "een jaar, maand of dag"
    if isinstance(field, forms.BooleanField):
        return "aangevinkt of niet"
    if isinstance(field, forms.EmailField):
        return f"een e-mailadres tot {field.max_length} tekens"
    if isinstance(field, UploadField):
        return field.in_words
    if isinstance(field, forms.CharField):
        return f"tekst tot {field.max_length} tekens"
    return {"DateField": "een dag", "IntegerField": "een heel getal", "DecimalField": "een getal"}[type(field).__name__]


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

    import django

    django.setup()
    sys.stdout.write(document())
