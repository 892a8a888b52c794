from django.http import HttpResponse
from django.urls import path

from zorgpact.urls import urlpatterns as portal

# As large as a list, and never from memory: the least that any page costs with everything around it.
EMPTY = "<!doctype html><title>leeg</title>" + "x" * 25_000

urlpatterns = [path("healthz/leeg/", lambda request: HttpResponse(EMPTY)), *portal]
