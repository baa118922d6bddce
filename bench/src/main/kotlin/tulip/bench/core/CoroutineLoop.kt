// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core

import java.util.concurrent.CompletableFuture
import kotlin.concurrent.thread
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.runBlocking
import tulip.bench.core.Coroutines.loop

/** A thread that runs the event loop of `runBlocking`, for callbacks from other threads. */
class CoroutineLoop : AutoCloseable {
    private val started = CompletableFuture<CoroutineDispatcher>()
    private val stop = CompletableDeferred<Unit>()
    private val thread = thread {
        runBlocking {
            started.complete(loop())
            stop.await()
        }
    }
    private val dispatcher = started.join()
    private val context: CoroutineContext = EmptyCoroutineContext

    fun dispatch(callback: Runnable) = dispatcher.dispatch(context, callback)

    override fun close() {
        stop.complete(Unit)
        thread.join()
    }
}
