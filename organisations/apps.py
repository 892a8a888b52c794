from programme.apps import TrackedConfig


class OrganisationsConfig(TrackedConfig):
    default = True
    name = "organisations"
    verbose_name = "Organisaties"
