# SPDX-License-Identifier: Apache-2.0
"""Runs every scenario of the topics named on the command line, and prints its trace.

A topic is a module; its scenarios are its public functions, in the order of the file. One that is a
coroutine function runs on a loop of its own, under trio if its topic imports that. Time is virtual, unless its
topic has REAL_TIME: what comes from outside does not wait for virtual time.
"""
import asyncio
import importlib
import inspect
import sys

from clock import VirtualTimeLoop
from tracing import trace


class NoDice:
    """What trio runs next is not left to chance: of what is ready, the oldest task comes first."""

    def shuffle(self, batch):
        batch.reverse()  # it is worked off from its end


def under_asyncio(topic, scenario):
    factory = None if hasattr(topic, "REAL_TIME") else VirtualTimeLoop
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(scenario())


def under_trio(scenario):
    import trio
    from trio.testing import MockClock

    trio._core._run._ALLOW_DETERMINISTIC_SCHEDULING = True
    trio._core._run._r = NoDice()
    trio.run(scenario, clock=MockClock(autojump_threshold=0), strict_exception_groups=True)


def run(topic, scenario):
    if not inspect.iscoroutinefunction(scenario):
        scenario()
    elif hasattr(topic, "trio"):
        under_trio(scenario)
    else:
        under_asyncio(topic, scenario)


def scenarios(topic):
    for name, function in vars(topic).items():
        own = inspect.isfunction(function) and function.__module__ == topic.__name__
        if own and not name.startswith("_"):
            yield name, function


def main(topics):
    for topic in map(importlib.import_module, topics):
        for name, scenario in scenarios(topic):
            print(f"# {topic.__name__}.{name}")
            try:
                run(topic, scenario)
            except BaseException as e:
                trace(f"! {type(e).__name__}: {e}")


main(sys.argv[1:])
