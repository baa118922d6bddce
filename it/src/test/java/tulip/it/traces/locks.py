# SPDX-License-Identifier: Apache-2.0
"""Locks and their kin: who goes first, and what becomes of those who are cancelled."""
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


async def a_semaphore_lets_so_many_in():
    semaphore = asyncio.Semaphore(2)

    async def user(name):
        async with semaphore:
            trace(f"{name} is in")
            await asyncio.sleep(1)
            trace(f"{name} leaves")

    await join(*[start(user(name)) for name in "abcd"])


async def two_permits_in_one_turn_let_two_in():
    semaphore = asyncio.Semaphore(0)

    async def user(name):
        await semaphore.acquire()
        trace(f"{name} is in")

    tasks = [start(user(name)) for name in "abc"]
    await tick()
    semaphore.release()
    semaphore.release()
    await settle()
    trace(f"c: {outcome(tasks[2])}")
    semaphore.release()
    await join(*tasks)


async def who_waits_for_a_permit_may_leave():
    semaphore = asyncio.Semaphore(0)

    async def user(name):
        await semaphore.acquire()
        trace(f"{name} is in")

    first, second = start(user("first")), start(user("second"))
    await tick()
    first.cancel()
    semaphore.release()
    await join(first, second)
    trace(f"first: {outcome(first)}")
    trace(f"locked: {semaphore.locked()}".lower())


async def cancelled_when_the_permit_was_handed_over():
    semaphore = asyncio.Semaphore(0)

    async def user(name):
        await semaphore.acquire()
        trace(f"{name} is in")
        await tick()
        trace(f"{name} goes on")

    first, second = start(user("first")), start(user("second"))
    await tick()
    semaphore.release()
    first.cancel()
    await settle()
    trace(f"first: {outcome(first)}")
    trace(f"second: {outcome(second)}")
    second.cancel()
    await settle()


async def a_bounded_semaphore_refuses_more_than_it_had():
    semaphore = asyncio.BoundedSemaphore(1)
    await semaphore.acquire()
    semaphore.release()
    try:
        semaphore.release()
    except ValueError:
        trace("refused")


async def a_barrier_lets_all_go_when_the_last_has_come():
    barrier = asyncio.Barrier(3)

    async def party(name):
        trace(f"{name} comes")
        await barrier.wait()
        trace(f"{name} goes")

    await join(*[start(party(name)) for name in "abc"])


async def a_barrier_is_used_again_and_again():
    barrier = asyncio.Barrier(2)

    async def party(name):
        for _ in range(3):
            await barrier.wait()
        trace(f"{name} has passed three times")

    await join(*[start(party(name)) for name in "ab"])
    trace(f"waiting: {barrier.n_waiting}")


async def who_comes_in_which_place():
    barrier = asyncio.Barrier(3)

    async def party():
        return await barrier.wait()

    tasks = [start(party()) for _ in range(3)]
    await join(*tasks)
    trace(sorted(task.result() for task in tasks))


async def a_cancelled_party_just_leaves():
    barrier = asyncio.Barrier(2)

    async def party(name):
        await barrier.wait()
        trace(f"{name} goes")

    first = start(party("first"))
    await tick()
    first.cancel()
    await join(first)
    trace(f"waiting: {barrier.n_waiting}")
    await join(start(party("second")), start(party("third")))


async def an_aborted_barrier_tells_all():
    barrier = asyncio.Barrier(3)

    async def party(name):
        try:
            await barrier.wait()
        except asyncio.BrokenBarrierError:
            trace(f"{name} is told")

    tasks = [start(party(name)) for name in "ab"]
    await tick()
    await barrier.abort()
    await join(*tasks)
    await join(start(party("c")))
    await barrier.reset()
    trace(f"broken: {barrier.broken}".lower())
    await join(*[start(party(name)) for name in "def"])
    trace("d, e and f have passed")


async def a_barrier_that_is_reset_tells_who_waits():
    barrier = asyncio.Barrier(2)

    async def party(name):
        try:
            await barrier.wait()
            trace(f"{name} goes")
        except asyncio.BrokenBarrierError:
            trace(f"{name} is told")

    first = start(party("first"))
    await tick()
    await barrier.reset()
    await join(first)
    await join(start(party("second")), start(party("third")))
