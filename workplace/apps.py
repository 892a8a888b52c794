from django.apps import AppConfig


class WorkplaceConfig(AppConfig):
    default = True
    name = "workplace"
    verbose_name = "Werkplek van projectleiders"

    def ready(self):
        from accounts.invitations import account_closed

        from .invitations import let_go

        account_closed.connect(let_go, dispatch_uid="workplace.let_go")
