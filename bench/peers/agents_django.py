# SPDX-License-Identifier: Apache-2.0
"""The web service in Django, with connections that stay: gunicorn agents_django:app"""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import JsonResponse
from django.urls import path

QUERY = """select a.id, a.login, a.first_name as "firstName", a.last_name as "lastName", a.phone,
t.name as team from agent a join team t on t.id = a.team_id order by a.id"""

settings.configure(
    SECRET_KEY="none",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": os.environ["PGHOST"],
            "PORT": os.environ["PGPORT"],
            "USER": os.environ["PGUSER"],
            "NAME": os.environ["PGDATABASE"],
            "CONN_MAX_AGE": None,
        }
    },
)
django.setup()


def agents(_request):
    with connection.cursor() as cursor:
        cursor.execute(QUERY)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row)) for row in cursor.fetchall()]
    return JsonResponse(rows, safe=False)


urlpatterns = [path("agents", agents)]
app = get_wsgi_application()
