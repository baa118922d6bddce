# SPDX-License-Identifier: Apache-2.0
"""The page of 10 KB, as Jinja's and Django's templates have it, and what is on it."""

PAGE = """<!DOCTYPE html>
<title>{{ title }}</title>
<table>
{% for row in rows %}<tr><td>{{ row.id }}</td><td>{{ row.text }}</td></tr>
{% endfor %}</table>
"""
ROWS = [{"id": i, "text": f"Row <{i}> of the table & more of it"} for i in range(130)]
