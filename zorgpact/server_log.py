"""The log of the web server: gunicorn keeps handlers of its own, that the settings do not reach."""

from gunicorn.glogging import Logger

from .logs import WithoutSecrets


class ServerLog(Logger):
    def setup(self, cfg):
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.addFilter(WithoutSecrets())
