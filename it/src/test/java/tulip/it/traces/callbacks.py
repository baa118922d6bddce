# SPDX-License-Identifier: Apache-2.0
"""In which order callbacks and timers run."""
import asyncio

from tracing import Boom, settle, start, tick, trace


async def callbacks_and_tasks_stand_in_one_line():
    loop = asyncio.get_running_loop()

    async def work(name):
        trace(f"task {name}")
        loop.call_soon(trace, f"callback of task {name}")
        await tick()
        trace(f"task {name} again")

    for name in "ab":
        loop.call_soon(trace, f"callback {name}")
        start(work(name))
    await settle()


async def what_a_callback_queues_runs_in_the_next_iteration():
    loop = asyncio.get_running_loop()

    def first():
        trace("first")
        loop.call_soon(trace, "third")

    loop.call_soon(first)
    loop.call_soon(trace, "second")
    await tick()
    trace("one iteration has passed")
    await tick()


async def timers_fire_in_the_order_of_their_times():
    loop = asyncio.get_running_loop()
    for delay in (3, 1, 2):
        loop.call_later(delay, trace, f"after {delay} s")
    await asyncio.sleep(4)


async def timers_for_one_moment():
    loop = asyncio.get_running_loop()
    when = loop.time() + 1
    for number in range(6):
        loop.call_at(when, trace, f"timer {number}")
    await asyncio.sleep(2)


async def a_timer_for_now_comes_behind_what_is_ready():
    loop = asyncio.get_running_loop()
    loop.call_later(0, trace, "timer")
    loop.call_soon(trace, "callback")
    trace("both are set")
    await settle()


async def what_a_timer_sets_for_now_fires_in_the_next_iteration():
    loop = asyncio.get_running_loop()

    def first():
        trace("first")
        loop.call_later(0, trace, "third")

    loop.call_later(1, first)
    loop.call_later(1, trace, "second")
    await asyncio.sleep(2)


async def a_cancelled_callback_does_not_run():
    loop = asyncio.get_running_loop()
    handle = loop.call_soon(trace, "never")
    loop.call_soon(trace, "callback")
    handle.cancel()
    handle.cancel()
    trace(f"cancelled: {str(handle.cancelled()).lower()}")
    await tick()


async def a_callback_cancels_the_one_behind_it():
    loop = asyncio.get_running_loop()
    loop.call_soon(lambda: behind.cancel())
    behind = loop.call_soon(trace, "never")
    loop.call_soon(trace, "last")
    await tick()


async def a_timer_cancels_another_for_the_same_time():
    loop = asyncio.get_running_loop()
    when = loop.time() + 1

    def first():
        trace("first")
        second.cancel()

    loop.call_at(when, first)
    second = loop.call_at(when, trace, "never")
    await asyncio.sleep(2)
    trace("two seconds later")


async def a_failing_callback_leaves_the_next_one_alone():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: trace(f"reported: {context['exception']}"))

    def fail():
        raise Boom("boom")

    loop.call_soon(fail)
    loop.call_soon(trace, "next")
    await tick()
