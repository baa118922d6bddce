# SPDX-License-Identifier: Apache-2.0
"""Sends the commands of a file, one a line, and shows the replies as PythonTest does."""
import sys

import redis


def show(reply):
    if reply is None:
        return "nil"
    if isinstance(reply, int):
        return f"int {reply}"
    if isinstance(reply, list):
        return "[" + ", ".join(map(show, reply)) + "]"
    if isinstance(reply, redis.ResponseError):
        return f"error {reply}"
    return "text " + reply.hex()


connection = redis.Connection(host="127.0.0.1", port=int(sys.argv[1]))
connection.connect()
connection.send_command("FLUSHALL")
connection.read_response()
for line in open("commands.txt", encoding="utf-8"):
    connection.send_command(*line.rstrip("\n").split(" "))
    try:
        print(show(connection.read_response()))
    except redis.ResponseError as e:
        print(show(e))
connection.send_command("FLUSHALL")
connection.read_response()
