"""The accessibility statement: read from `accessibility.yaml`, and held to the rules of its status."""

import datetime
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path

from django.core import checks
from django.utils import timezone
from ruamel.yaml import YAML

FILE = Path(__file__).with_name("accessibility.yaml")
STATUSES = {
    "A": "voldoet volledig",
    "B": "voldoet gedeeltelijk",
    "C": "eerste maatregelen genomen",
    "D": "voldoet niet",
    "E": "geen verklaring",
}
# An audit counts for three years; half a year before that the next one must be planned.
AUDIT_COUNTS = datetime.timedelta(days=3 * 365)
AUDIT_IS_OLD = datetime.timedelta(days=int(2.5 * 365))
# So long after the opening the first measures may stand without an audit.
FIRST_MEASURES = datetime.timedelta(days=183)


@dataclass(frozen=True)
class Deviation:
    """Something on the site that does not meet a criterion."""

    criterion: str
    cause: str
    effect: str = ""
    alternative: str = ""
    measure: str = ""
    ready_on: datetime.date | None = None


@dataclass(frozen=True)
class Statement:
    status: str
    opened: datetime.date | None = None
    checked: datetime.date | None = None
    signed_by: str | None = None
    signed_on: datetime.date | None = None
    register_url: str | None = None
    audit_on: datetime.date | None = None
    audit_by: str | None = None
    audit_url: str | None = None
    deviations: list = field(default_factory=list)

    @property
    def status_in_words(self):
        return STATUSES[self.status]

    def refusals(self, today):
        """What its status does not allow, each as a sentence; an empty list is a statement that may stand."""
        found = []
        if self.status not in STATUSES:
            return [f"Status “{self.status}” bestaat niet. Kies uit {', '.join(STATUSES)}."]
        if self.status in "AB":
            if self.audit_on is None:
                found.append(f"Status {self.status} mag pas na een onderzoek.")
            elif today - self.audit_on >= AUDIT_COUNTS:
                found.append(f"Status {self.status} mag niet meer: het onderzoek is ouder dan drie jaar.")
        if self.status == "A" and self.deviations:
            found.append("Status A mag niet zolang er een afwijking open staat.")
        if self.status == "B":
            for deviation in self.deviations:
                missing = [name for name in ("effect", "measure", "ready_on") if not getattr(deviation, name)]
                if missing:
                    found.append(f"Status B: bij {deviation.criterion} ontbreekt {', '.join(missing)}.")
        return found

    def warnings(self, today):
        """What must be done before its status lapses."""
        found = []
        if self.audit_on and today - self.audit_on > AUDIT_IS_OLD:
            found.append("Het onderzoek is ouder dan tweeënhalf jaar. Plan een nieuw onderzoek.")
        if self.status == "C" and self.opened and today - self.opened > FIRST_MEASURES:
            found.append("Status C mag hoogstens zes maanden na de opening. Laat een onderzoek doen.")
        late = [d for d in self.deviations if d.ready_on and d.ready_on < today]
        found += [f"De datum bij {deviation.criterion} is voorbij." for deviation in late]
        return found


def read(text):
    """The statement that a file holds; a name it does not know is an error, not a silent gap."""
    data = YAML(typ="safe").load(text)
    known = {each.name for each in fields(Statement)}
    if unknown := set(data) - known:
        raise ValueError(f"Onbekend in accessibility.yaml: {', '.join(sorted(unknown))}.")
    deviations = [Deviation(**each) for each in data.pop("deviations", None) or []]
    return Statement(**data, deviations=deviations)


@cache
def statement():
    return read(FILE.read_text(encoding="utf-8"))


@checks.register(checks.Tags.compatibility)
def keep_the_statement_honest(app_configs, **kwargs):
    today = timezone.localdate()
    refusals = [checks.Error(message, id="zorgpact.E001") for message in statement().refusals(today)]
    return refusals + [checks.Warning(message, id="zorgpact.W001") for message in statement().warnings(today)]
