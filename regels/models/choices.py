"""What questions and cases choose from; the values stand in addresses."""

from django.db import models


class Outcome(models.TextChoices):
    """How it ended. Apart from the status, which says how far it is."""

    CLARIFIED = "regel-verhelderd", "regel verhelderd: het mocht al"
    OTHER_WAY = "andere-aanpak", "op een andere manier opgelost"
    OWN_RULES = "eigen-regels", "de belemmering zat in eigen regels"
    RULE_CHANGED = "regel-gewijzigd", "de regel is gewijzigd"
    PASSED_ON = "doorgegeven", "doorgegeven aan wie erover gaat"
    NOT_POSSIBLE = "niet-mogelijk", "het kan niet, of nog niet"
    NOT_KEPT = "antwoord-niet-bewaard", "antwoord niet bewaard gebleven"


class Origin(models.TextChoices):
    """Whose rule it really was."""

    LAW = "wet", "wet of regeling"
    AGREEMENT = "cao", "cao"
    INSPECTORATE = "inspectie", "uitleg van de inspectie of een toezichthouder"
    OWN = "eigen-instelling", "regel van de eigen instelling"
    OTHER = "anders", "iets anders"
    UNKNOWN = "onbekend", "niet bekend"


class SaidBy(models.TextChoices):
    """Who says that it is not allowed, as the asker heard it."""

    OWN = "eigen-organisatie", "iemand in mijn eigen organisatie"
    PARTNER = "partner", "een organisatie waarmee wij samenwerken"
    MUNICIPALITY = "gemeente", "de gemeente"
    INSPECTORATE = "inspectie", "de inspectie of een toezichthouder"
    MINISTRY = "ministerie", "een ministerie"
    FUNDER = "financier", "wie betaalt: een fonds, zorgkantoor of verzekeraar"
    LAW = "zelf-gelezen", "niemand; ik las het zelf in de regel"
    OTHER = "anders", "iemand anders"
    UNKNOWN = "weet-ik-niet", "dat weet ik niet"
