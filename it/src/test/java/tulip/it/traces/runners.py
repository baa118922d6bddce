# SPDX-License-Identifier: Apache-2.0
"""How loops begin and end. These scenarios are plain code that runs loops."""
import asyncio
import contextvars

from clock import VirtualTimeLoop
from tracing import Boom, start, tick, trace

_user = contextvars.ContextVar("user", default="nobody")


def _runner():
    return asyncio.Runner(loop_factory=VirtualTimeLoop)


def several_main_tasks_share_a_loop():
    async def main():
        return asyncio.get_running_loop()

    with _runner() as runner:
        first, second = runner.run(main()), runner.run(main())
        trace(f"the same loop: {first is second}".lower())
    trace(f"closed: {first.is_closed()}".lower())


def the_failure_of_main_comes_out():
    async def main():
        raise Boom("boom")

    with _runner() as runner:
        try:
            runner.run(main())
        except Boom as e:
            trace(f"caught {e}")


def a_task_goes_on_with_the_next_main():
    async def work():
        await asyncio.sleep(1)
        trace("the task is done")

    async def first():
        start(work())
        trace("first main")

    async def second():
        await asyncio.sleep(2)
        trace("second main")

    with _runner() as runner:
        runner.run(first())
        runner.run(second())


def what_is_left_is_cancelled_at_the_end():
    async def work():
        try:
            await asyncio.sleep(1)
        finally:
            await asyncio.sleep(1)
            trace("cleaned up")

    async def main():
        start(work())
        await tick()
        trace("main ends")

    with _runner() as runner:
        runner.run(main())
    trace("the end")


def a_running_loop_refuses_to_run():
    async def other():
        trace("never")

    async def main():
        inner = other()
        try:
            asyncio.run(inner)
        except RuntimeError:
            trace("refused")
        inner.close()

    with _runner() as runner:
        runner.run(main())


def a_variable_that_main_has_set():
    async def first():
        _user.set("ada")

    async def second():
        trace(f"the second main sees {_user.get()}")

    with _runner() as runner:
        runner.run(first())
        runner.run(second())


def stop_finishes_the_iteration():
    loop = VirtualTimeLoop()

    def first():
        trace("first")
        loop.call_soon(trace, "in the next run")
        loop.stop()

    loop.call_soon(first)
    loop.call_soon(trace, "second")
    loop.run_forever()
    trace("stopped")
    loop.call_soon(loop.stop)
    loop.run_forever()
    loop.close()


def stop_before_the_run_lets_one_iteration_run():
    loop = VirtualTimeLoop()
    loop.call_soon(trace, "callback")
    loop.stop()
    loop.run_forever()
    trace("stopped")
    loop.close()


def a_closed_loop_refuses_callbacks():
    loop = VirtualTimeLoop()
    loop.close()
    loop.close()
    try:
        loop.call_soon(trace, "never")
    except RuntimeError:
        trace("refused")
