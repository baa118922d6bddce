# SPDX-License-Identifier: Apache-2.0
"""The talk's peer, for gunicorn: http_flask:app."""

from flask import Flask, Response, render_template_string

from rows import PAGE, ROWS

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
