# SPDX-License-Identifier: Apache-2.0
"""The web service in Flask, with a connection for each thread: gunicorn agents_flask:app"""

import threading

import flask
import psycopg2
import psycopg2.extras

QUERY = """select a.id, a.login, a.first_name as "firstName", a.last_name as "lastName", a.phone,
t.name as team from agent a join team t on t.id = a.team_id order by a.id"""

app = flask.Flask(__name__)
local = threading.local()


def connection():
    if not hasattr(local, "connection"):
        local.connection = psycopg2.connect("")
        local.connection.autocommit = True
    return local.connection


@app.route("/agents")
def agents():
    with connection().cursor(cursor_factory=psycopg2.extras.RealDictCursor) as cursor:
        cursor.execute(QUERY)
        return flask.jsonify(cursor.fetchall())
