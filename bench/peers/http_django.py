# SPDX-License-Identifier: Apache-2.0
"""The talk's other peer, for gunicorn: http_django:app."""

import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path

from rows import PAGE, ROWS

template = Engine().from_string(PAGE)


def named(get_response):
    def middleware(request):
        response = get_response(request)
        response["X-Served-By"] = "django"
        return response

    return middleware


def json(request):
    return HttpResponse('{"message":"Hello, World!"}', content_type="application/json")


def page(request):
    return HttpResponse(template.render(Context({"title": "Rows", "rows": ROWS})))


settings.configure(
    ROOT_URLCONF=sys.modules[__name__],
    ALLOWED_HOSTS=["*"],
    MIDDLEWARE=[f"{__name__}.named"])
urlpatterns = [path("json", json), path("page", page)]
app = get_wsgi_application()
