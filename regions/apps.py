from programme.apps import TrackedConfig


class RegionsConfig(TrackedConfig):
    default = True
    name = "regions"
    verbose_name = "Regionale pacten"
