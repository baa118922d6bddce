# SPDX-License-Identifier: Apache-2.0
"""Locks, events and conditions: who goes first, and what becomes of those who are cancelled."""
import asyncio

from tracing import join, outcome, settle, start, tick, trace


async def who_waits_longest_for_a_lock_goes_first():
    lock = asyncio.Lock()

    async def user(name):
        async with lock:
            trace(f"{name} has it")
            await tick()

    await lock.acquire()
    tasks = [start(user(name)) for name in "abc"]
    await settle()
    lock.release()
    trace("released")
    await join(*tasks)


async def a_released_lock_cannot_be_overtaken():
    lock = asyncio.Lock()

    async def user():
        async with lock:
            trace("the one who waited")

    await lock.acquire()
    task = start(user())
    await tick()
    lock.release()
    await lock.acquire()
    trace("the one who released")
    lock.release()
    await join(task)


async def a_free_lock_is_taken_without_giving_up_the_turn():
    lock = asyncio.Lock()
    asyncio.get_running_loop().call_soon(trace, "callback")
    async with lock:
        trace("taken")
    trace("released")
    await tick()


async def who_waits_for_a_lock_may_leave():
    lock = asyncio.Lock()

    async def user(name):
        async with lock:
            trace(f"{name} has it")

    await lock.acquire()
    tasks = [start(user(name)) for name in "abc"]
    await tick()
    tasks[1].cancel()
    lock.release()
    await join(*tasks)
    trace(f"b: {outcome(tasks[1])}")


async def cancelled_when_the_lock_was_handed_over():
    lock = asyncio.Lock()

    async def user(name):
        async with lock:
            trace(f"{name} has it")
            await tick()
            trace(f"{name} goes on")

    await lock.acquire()
    first, second = start(user("first")), start(user("second"))
    await tick()
    lock.release()
    first.cancel()
    await join(first, second)
    trace(f"first: {outcome(first)}")


async def a_lock_that_is_not_held_cannot_be_released():
    try:
        asyncio.Lock().release()
    except RuntimeError:
        trace("refused")


async def an_event_lets_all_through_in_the_order_of_coming():
    event = asyncio.Event()

    async def waiter(name):
        await event.wait()
        trace(f"{name} goes on")

    tasks = [start(waiter(name)) for name in "abc"]
    await tick()
    event.set()
    trace("set")
    await join(*tasks)


async def an_event_that_is_set_and_cleared_at_once():
    event = asyncio.Event()

    async def waiter(name):
        await event.wait()
        trace(f"{name} goes on")

    early = start(waiter("early"))
    await tick()
    event.set()
    event.clear()
    late = start(waiter("late"))
    await settle()
    trace(f"late: {outcome(late)}")
    event.set()
    await join(early, late)


async def an_event_that_is_set_is_passed_at_once():
    event = asyncio.Event()
    event.set()
    asyncio.get_running_loop().call_soon(trace, "callback")
    await event.wait()
    trace("still my turn")
    await tick()


async def a_condition_wakes_who_waits_longest():
    condition = asyncio.Condition()

    async def waiter(name):
        async with condition:
            await condition.wait()
            trace(f"{name} goes on")

    tasks = [start(waiter(name)) for name in "abcd"]
    await tick()
    for count in (1, 2, 1):
        async with condition:
            condition.notify(count)
            trace(f"{count} notified")
        await settle()
    await join(*tasks)


async def who_is_notified_goes_on_when_the_lock_is_free():
    condition = asyncio.Condition()

    async def waiter():
        async with condition:
            await condition.wait()
            trace("goes on")

    task = start(waiter())
    await tick()
    async with condition:
        condition.notify_all()
        await settle()
        trace("the lock is still held")
    await join(task)


async def waiting_for_a_predicate():
    condition = asyncio.Condition()
    value = 0

    async def waiter():
        async with condition:
            await condition.wait_for(lambda: value == 2)
            trace(f"the value is {value}")

    task = start(waiter())
    await tick()
    for value in (1, 2):
        async with condition:
            condition.notify_all()
            trace(f"set to {value}")
        await settle()
    await join(task)


async def a_cancelled_wait_comes_back_with_the_lock():
    condition = asyncio.Condition()

    async def waiter():
        async with condition:
            try:
                await condition.wait()
            finally:
                trace(f"locked: {condition.locked()}".lower())

    task = start(waiter())
    await tick()
    task.cancel()
    await join(task)
    trace(f"locked: {condition.locked()}".lower())
    trace(outcome(task))


async def a_condition_needs_its_lock():
    condition = asyncio.Condition()
    try:
        condition.notify()
    except RuntimeError:
        trace("refused")
    try:
        await condition.wait()
    except RuntimeError:
        trace("refused")
