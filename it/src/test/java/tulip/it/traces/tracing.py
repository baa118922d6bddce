# SPDX-License-Identifier: Apache-2.0
"""What every scenario uses: its trace, and short words for what all of them do."""
import asyncio


class Boom(Exception):
    """What goes wrong on purpose."""


def trace(line):
    print(line)


def start(coroutine, name=None):
    return asyncio.create_task(coroutine, name=name)


async def tick():
    """Lets all others that are ready have one turn."""
    await asyncio.sleep(0)


async def settle():
    """Lets all others run until they wait for something that does not come by itself."""
    await asyncio.sleep(0.001)


async def join(*tasks):
    """Waits until all have ended in whatever way."""
    await asyncio.wait(tasks)


def outcome(future):
    if not future.done():
        return "pending"
    if future.cancelled():
        return "cancelled"
    if future.exception() is not None:
        return f"failed by {future.exception()}"
    return "done" if future.result() is None else f"result {future.result()}"


def failures(group):
    """What is in an exception group, nested as there."""
    return " + ".join(
        f"({failures(e)})" if isinstance(e, BaseExceptionGroup) else str(e)
        for e in group.exceptions)
