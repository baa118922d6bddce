# SPDX-License-Identifier: Apache-2.0
"""Context variables: who sees what was set where."""
import asyncio
import contextvars

from tracing import join, settle, start, tick, trace

_user = contextvars.ContextVar("user", default="nobody")


async def a_task_begins_with_a_copy():
    async def work():
        trace(f"the task begins with {_user.get()}")
        _user.set("bob")
        await tick()
        trace(f"the task has {_user.get()}")

    _user.set("ada")
    task = start(work())
    _user.set("carol")
    await join(task)
    trace(f"outside there is {_user.get()}")


async def a_callback_runs_in_the_context_it_was_queued_in():
    loop = asyncio.get_running_loop()
    _user.set("ada")
    loop.call_soon(lambda: trace(f"callback: {_user.get()}"))
    loop.call_later(1, lambda: trace(f"timer: {_user.get()}"))
    _user.set("bob")
    loop.call_soon(lambda: trace(f"callback: {_user.get()}"))
    await asyncio.sleep(2)


async def what_a_callback_sets():
    loop = asyncio.get_running_loop()

    def set_and_queue():
        _user.set("ada")
        loop.call_soon(lambda: trace(f"its own callback: {_user.get()}"))

    loop.call_soon(set_and_queue)
    loop.call_soon(lambda: trace(f"the next callback: {_user.get()}"))
    await settle()
    trace(f"the task: {_user.get()}")


async def a_done_callback_runs_in_the_context_it_was_added_in():
    future = asyncio.get_running_loop().create_future()
    _user.set("ada")
    future.add_done_callback(lambda _: trace(f"added by {_user.get()}"))
    _user.set("bob")
    future.set_result(42)
    await tick()


async def a_token_takes_back_what_was_set():
    token = _user.set("ada")
    trace(_user.get())
    _user.reset(token)
    trace(_user.get())
    try:
        _user.reset(token)
    except RuntimeError:
        trace("once only")


async def a_block_in_another_context():
    def block():
        trace(f"inside: {_user.get()}")
        _user.set("bob")
        trace(f"inside: {_user.get()}")

    _user.set("ada")
    context = contextvars.copy_context()
    _user.set("carol")
    context.run(block)
    trace(f"outside: {_user.get()}")


async def what_a_child_of_a_group_sees():
    async def child(name):
        trace(f"{name} sees {_user.get()}")

    async with asyncio.TaskGroup() as group:
        for name in ("ada", "bob"):
            _user.set(name)
            group.create_task(child(name))
        _user.set("carol")
