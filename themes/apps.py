from programme.apps import TrackedConfig


class ThemesConfig(TrackedConfig):
    default = True
    name = "themes"
    verbose_name = "Thema’s"
