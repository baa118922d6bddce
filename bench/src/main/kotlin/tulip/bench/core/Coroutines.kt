// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core

import java.util.function.IntConsumer
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.GlobalScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield

/** Kotlin's coroutines on the event loop of `runBlocking`: one thread. */
object Coroutines {
    @OptIn(DelicateCoroutinesApi::class)
    @JvmStatic
    fun start(batches: Int, batch: Int) = runBlocking {
        val loop = loop()
        var ran = 0
        repeat(batches) {
            repeat(batch) { GlobalScope.launch(loop) { ran++ } }
            yield()
        }
        Work.check(ran == batches * batch)
    }

    @JvmStatic
    fun startInScope(batches: Int, batch: Int) = runBlocking {
        repeat(batches) {
            coroutineScope { repeat(batch) { launch {} } }
        }
    }

    @JvmStatic
    fun yieldByTurns(coroutines: Int, rounds: Int) = runBlocking {
        repeat(coroutines) { launch { repeat(rounds) { yield() } } }
    }

    @JvmStatic
    fun handOver(rounds: Int) = runBlocking {
        var ping = CompletableDeferred<Int>()
        var pong = CompletableDeferred<Int>()
        launch {
            repeat(rounds) { round ->
                ping.complete(round)
                val back = pong.await()
                pong = CompletableDeferred()
                Work.check(back == round)
            }
        }
        launch {
            repeat(rounds) {
                val given = ping.await()
                ping = CompletableDeferred()
                pong.complete(given)
            }
        }
        Unit
    }

    @JvmStatic
    fun callSoon(batches: Int, batch: Int) = runBlocking {
        val loop = loop()
        val counter = Counter()
        repeat(batches) {
            repeat(batch) { loop.dispatch(coroutineContext, counter) }
            yield()
        }
        Work.check(counter.calls == batches * batch)
    }

    @JvmStatic
    fun callSoonChain(calls: Int) = runBlocking {
        val loop = loop()
        val done = CompletableDeferred<Int>()
        chain(loop, coroutineContext, calls, done)
        done.await()
        Unit
    }

    private fun chain(
        loop: CoroutineDispatcher,
        context: CoroutineContext,
        left: Int,
        done: CompletableDeferred<Int>,
    ) {
        if (left == 0) {
            done.complete(left)
        } else {
            loop.dispatch(context) { chain(loop, context, left - 1, done) }
        }
    }

    @OptIn(DelicateCoroutinesApi::class)
    @JvmStatic
    fun cancel(batches: Int, batch: Int) = runBlocking {
        val loop = loop()
        repeat(batches) {
            val jobs = Array<Job>(batch) { GlobalScope.launch(loop) { delay(1.hours) } }
            yield()
            jobs.forEach { it.cancel() }
            jobs.forEach { it.join() }
            Work.check(jobs.all { it.isCancelled })
        }
    }

    @JvmStatic
    fun timeout(blocks: Int) = runBlocking {
        var done = 0
        repeat(blocks) { done += withTimeout(10.seconds) { 1 } }
        Work.check(done == blocks)
    }

    /** Has coroutines sleep, looks at them, and tells of each that wakes. */
    @OptIn(DelicateCoroutinesApi::class)
    @JvmStatic
    fun sleep(count: Int, millis: Long, asleep: Runnable, look: Runnable, woke: IntConsumer) =
        runBlocking {
            val loop = loop()
            val done = CompletableDeferred<Unit>()
            var left = count
            repeat(count) { number ->
                GlobalScope.launch(loop) {
                    asleep.run()
                    delay(millis)
                    woke.accept(number)
                    if (--left == 0) done.complete(Unit)
                }
            }
            yield()
            look.run()
            done.await()
        }

    internal fun CoroutineScope.loop() =
        coroutineContext[ContinuationInterceptor] as CoroutineDispatcher
}
