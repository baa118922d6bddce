# SPDX-License-Identifier: Apache-2.0
"""Programs: talking with them, their ends, and signals."""
import asyncio
import os
import signal
from asyncio.subprocess import PIPE, STDOUT

from tracing import outcome, settle, start, trace

REAL_TIME = True


async def _start(*words, stderr=None):
    return await asyncio.create_subprocess_exec(*words, stdin=PIPE, stdout=PIPE, stderr=stderr)


async def a_conversation():
    cat = await _start("cat")
    for line in (b"one\n", b"two\n"):
        cat.stdin.write(line)
        trace((await cat.stdout.readline()).decode().rstrip("\n"))
    cat.stdin.close()
    trace(await cat.stdout.read() == b"")
    trace(f"exit code {await cat.wait()}")


async def input_and_output_at_once():
    sort = await _start("/bin/sh", "-c", "cat; echo ready; exit 3")
    output, _ = await sort.communicate(bytes(1_000_000))
    trace(len(output))
    trace(f"exit code {sort.returncode}")


async def input_that_nobody_wants():
    program = await _start("/bin/sh", "-c", "exec <&-; echo no; sleep 0.05")
    output, _ = await program.communicate(bytes(1_000_000))
    try:
        await program.stdin.wait_closed()
    except OSError:
        pass  # asyncio would complain, sooner or later, that nobody has asked
    trace(output.decode().rstrip("\n"))
    trace(f"exit code {program.returncode}")


async def errors_go_with_the_output():
    program = await _start("/bin/sh", "-c", "echo a; echo b >&2; echo c", stderr=STDOUT)
    output, _ = await program.communicate()
    trace(output.decode().split())


async def what_was_said_before_the_end():
    program = await _start("/bin/sh", "-c", "echo 1; read x; echo 2; exit 4")
    trace((await program.stdout.readline()).decode().rstrip("\n"))
    program.stdin.write(b"\n")
    trace(f"exit code {await program.wait()}")
    trace((await program.stdout.read()).decode().rstrip("\n"))


async def a_program_that_is_killed():
    sleep = await _start("sleep", "1000")
    wait = start(sleep.wait())
    await settle()
    trace(outcome(wait))
    sleep.kill()
    trace(f"signal {-await wait}")


async def cancelling_who_waits_leaves_the_program():
    cat = await _start("cat")
    wait = start(cat.wait())
    await settle()
    wait.cancel()
    await asyncio.wait([wait])
    trace(outcome(wait))
    trace("runs" if cat.returncode is None else "has ended")
    cat.stdin.close()
    trace(f"exit code {await cat.wait()}")


async def a_program_that_is_not_there():
    try:
        await _start("/no/such/program")
    except FileNotFoundError:
        trace("none")


async def signals_come_while_they_are_wanted():
    loop = asyncio.get_running_loop()
    came = asyncio.Event()

    def handler():
        trace("came")
        came.set()

    loop.add_signal_handler(signal.SIGWINCH, handler)
    for _ in range(2):
        os.kill(os.getpid(), signal.SIGWINCH)
        await came.wait()
        came.clear()
    loop.remove_signal_handler(signal.SIGWINCH)
    os.kill(os.getpid(), signal.SIGWINCH)
    await settle()
    trace("no more")
