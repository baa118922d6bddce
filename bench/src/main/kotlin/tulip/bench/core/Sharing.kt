// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.SendChannel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.flatMapMerge
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.selects.select
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.yield

/** What Kotlin's coroutines share, on the event loop of `runBlocking` where nothing else is said. */
object Sharing {
    @JvmStatic
    fun freeLock(times: Int) = runBlocking {
        val lock = Mutex()
        repeat(times) {
            lock.lock()
            lock.unlock()
        }
    }

    @JvmStatic
    fun lockHandOver(rounds: Int) = runBlocking {
        val lock = Mutex()
        repeat(2) {
            launch {
                lock.lock()
                yield()
                repeat(rounds) {
                    lock.unlock()
                    lock.lock()
                }
                lock.unlock()
            }
        }
    }

    @JvmStatic
    fun queueHandOver(rounds: Int) = runBlocking {
        val there = Channel<Int>(1)
        val back = Channel<Int>(1)
        launch { repeat(rounds) { back.send(there.receive()) } }
        launch {
            repeat(rounds) { round ->
                there.send(round)
                Work.check(back.receive() == round)
            }
        }
        Unit
    }

    @JvmStatic
    fun channel(capacity: Int, items: Int) = runBlocking { sendAndReceive(capacity, items) }

    /** On the dispatcher with a thread for each processor. */
    @JvmStatic
    fun channelOnDefault(capacity: Int, items: Int) =
        runBlocking(Dispatchers.Default) { sendAndReceive(capacity, items) }

    private suspend fun sendAndReceive(capacity: Int, items: Int) = coroutineScope {
        val channel = Channel<Int>(capacity)
        launch { repeat(items) { channel.send(it) } }
        launch { repeat(items) { Work.check(channel.receive() == it) } }
        Unit
    }

    @JvmStatic
    fun selects(items: Int) = runBlocking {
        val left = Channel<Int>()
        val right = Channel<Int>()
        launch { send(left, items) }
        launch { send(right, items) }
        launch {
            var sum = 0L
            repeat(2 * items) {
                sum += select<Int> {
                    left.onReceive { it }
                    right.onReceive { it }
                }
            }
            Work.check(sum == items.toLong() * (items - 1))
        }
        Unit
    }

    private suspend fun send(to: SendChannel<Int>, items: Int) = repeat(items) { to.send(it) }

    @JvmStatic
    fun permits(times: Int) = runBlocking {
        val semaphore = Semaphore(10)
        repeat(times) {
            semaphore.acquire()
            semaphore.release()
        }
    }

    @JvmStatic
    fun wake(rounds: Int, coroutines: Int) = runBlocking {
        val event = MutableSharedFlow<Int>()
        var woken = 0
        repeat(coroutines) { launch { event.take(rounds).collect { woken++ } } }
        yield()
        repeat(rounds) { event.emit(it) }
        while (woken < rounds * coroutines) yield()
    }

    @OptIn(ExperimentalCoroutinesApi::class)
    @JvmStatic
    fun boundedMap(items: Int, limit: Int) = runBlocking {
        var sum = 0L
        (0 until items)
            .asFlow()
            .flatMapMerge(limit) {
                flow {
                    yield()
                    emit(it)
                }
            }
            .collect { sum += it }
        Work.check(sum == items.toLong() * (items - 1) / 2)
    }
}
