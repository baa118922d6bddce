# SPDX-License-Identifier: Apache-2.0
"""The talk's peer, for gunicorn: http_flask:app."""

from flask import Flask, Response, render_template_string

PAGE = """<!DOCTYPE html>
<title>{{ title }}</title>
<table>
{% for row in rows %}<tr><td>{{ row.id }}</td><td>{{ row.text }}</td></tr>
{% endfor %}</table>
"""
ROWS = [{"id": i, "text": f"Row <{i}> of the table & more of it"} for i in range(130)]

app = Flask(__name__)


@app.after_request
def named(response):
    response.headers["X-Served-By"] = "flask"
    return response


@app.get("/json")
def json():
    return Response('{"message":"Hello, World!"}', content_type="application/json")


@app.get("/page")
def page():
    return render_template_string(PAGE, title="Rows", rows=ROWS)
