# SPDX-License-Identifier: Apache-2.0
"""trio's memory channels."""
import trio
from trio.testing import wait_all_tasks_blocked as settle

from tracing import trace


async def without_room_a_sender_waits_for_its_receiver():
    async def sender(channel):
        for item in (1, 2):
            await channel.send(item)
            trace(f"{item} is sent")

    sending, receiving = trio.open_memory_channel(0)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(sender, sending)
        await settle()
        for _ in range(2):
            trace(f"received {await receiving.receive()}")
            await settle()


async def with_room_a_sender_goes_on():
    sending, receiving = trio.open_memory_channel(2)
    for item in (1, 2):
        await sending.send(item)
        trace(f"{item} is sent")
    try:
        sending.send_nowait(3)
    except trio.WouldBlock:
        trace("full")
    trace(receiving.receive_nowait())
    trace(receiving.receive_nowait())
    try:
        receiving.receive_nowait()
    except trio.WouldBlock:
        trace("empty")


async def receivers_are_served_in_the_order_of_coming():
    async def receiver(channel, name):
        trace(f"{name} received {await channel.receive()}")

    sending, receiving = trio.open_memory_channel(0)
    async with trio.open_nursery() as nursery:
        for name in "abc":
            nursery.start_soon(receiver, receiving, name)
            await settle()
        for item in (1, 2, 3):
            await sending.send(item)


async def senders_are_served_in_the_order_of_coming():
    async def sender(channel, item):
        await channel.send(item)

    sending, receiving = trio.open_memory_channel(0)
    async with trio.open_nursery() as nursery:
        for item in (1, 2, 3):
            nursery.start_soon(sender, sending, item)
            await settle()
        for _ in range(3):
            trace(f"received {await receiving.receive()}")


async def what_is_handed_over_cannot_be_overtaken():
    async def receiver(channel):
        trace(f"the one who waited received {await channel.receive()}")

    sending, receiving = trio.open_memory_channel(1)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(receiver, receiving)
        await settle()
        sending.send_nowait("an item")
        try:
            trace(f"the newcomer received {receiving.receive_nowait()}")
        except trio.WouldBlock:
            trace("the newcomer received nothing")


async def an_iteration_ends_when_the_last_sender_closes():
    sending, receiving = trio.open_memory_channel(5)
    clone = sending.clone()
    sending.send_nowait(1)
    sending.close()
    clone.send_nowait(2)
    clone.close()
    async for item in receiving:
        trace(item)
    trace("the end")


async def a_receiver_that_waits_is_told_of_the_end():
    async def receiver(channel, name):
        try:
            await channel.receive()
        except trio.EndOfChannel:
            trace(f"{name} came to the end")

    sending, receiving = trio.open_memory_channel(0)
    clone = sending.clone()
    async with trio.open_nursery() as nursery:
        for name in "ab":
            nursery.start_soon(receiver, receiving, name)
        await settle()
        sending.close()
        await settle()
        trace("one sender is closed")
        clone.close()


async def without_receivers_sending_fails():
    async def sender(channel):
        try:
            await channel.send(1)
        except trio.BrokenResourceError:
            trace("the one who waited is told")

    sending, receiving = trio.open_memory_channel(0)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(sender, sending)
        await settle()
        receiving.close()
        await settle()
        try:
            await sending.send(2)
        except trio.BrokenResourceError:
            trace("the newcomer is told")


async def a_closed_end_is_of_no_use():
    sending, receiving = trio.open_memory_channel(1)
    sending.close()
    sending.close()
    try:
        sending.send_nowait(1)
    except trio.ClosedResourceError:
        trace("the sender is closed")
    receiving.close()
    try:
        await receiving.receive()
    except trio.ClosedResourceError:
        trace("the receiver is closed")


async def closing_an_end_ends_the_wait_at_it():
    async def receiver(channel, name):
        try:
            trace(f"{name} received {await channel.receive()}")
        except trio.ClosedResourceError:
            trace(f"{name} was closed")

    sending, receiving = trio.open_memory_channel(0)
    clone = receiving.clone()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(receiver, receiving, "one end")
        await settle()
        nursery.start_soon(receiver, clone, "its clone")
        await settle()
        receiving.close()
        await settle()
        await sending.send("an item")


async def a_cancelled_receiver_takes_nothing():
    async def receiver(channel, name, scope):
        with scope:
            trace(f"{name} received {await channel.receive()}")

    sending, receiving = trio.open_memory_channel(0)
    first, second = trio.CancelScope(), trio.CancelScope()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(receiver, receiving, "first", first)
        await settle()
        nursery.start_soon(receiver, receiving, "second", second)
        await settle()
        first.cancel()
        await sending.send("an item")


async def what_was_received_is_not_lost_to_a_late_cancellation():
    async def receiver(channel, scope):
        with scope:
            trace(f"the receiver received {await channel.receive()}")

    sending, receiving = trio.open_memory_channel(0)
    scope = trio.CancelScope()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(receiver, receiving, scope)
        await settle()
        sending.send_nowait("an item")
        scope.cancel()


async def a_cancelled_sender_sends_nothing():
    async def sender(channel, item, scope):
        with scope:
            await channel.send(item)
            trace(f"{item} is sent")

    sending, receiving = trio.open_memory_channel(0)
    first, second = trio.CancelScope(), trio.CancelScope()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(sender, sending, 1, first)
        await settle()
        nursery.start_soon(sender, sending, 2, second)
        await settle()
        first.cancel()
        trace(f"received {await receiving.receive()}")


async def a_channel_tells_how_it_is_used():
    sending, receiving = trio.open_memory_channel(3)
    clone = sending.clone()
    sending.send_nowait(1)
    look = receiving.statistics()
    trace(f"{look.current_buffer_used} of {look.max_buffer_size}")
    trace(f"{look.open_send_channels} senders, {look.open_receive_channels} receiver")
    clone.close()
    trace(f"{receiving.statistics().open_send_channels} sender")
