# SPDX-License-Identifier: Apache-2.0
"""A loop of asyncio's in virtual time: when nothing is ready, time jumps to the next timer."""
import asyncio
import selectors


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        super().__init__(_JumpingSelector(self))
        self.now = 0.0

    def time(self):
        return self.now


class _JumpingSelector(selectors.DefaultSelector):
    def __init__(self, loop):
        super().__init__()
        self._loop = loop

    def select(self, timeout=None):
        if timeout is None:
            raise RuntimeError("nothing will ever happen on this loop")
        self._loop.now += timeout
        return super().select(0)
