// SPDX-License-Identifier: Apache-2.0
package tulip.core.pool;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.LoopClosedException;
import tulip.core.Runner;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.core.queue.Queue;
import tulip.core.queue.QueueShutDown;

/// Results for a thread that is no task of the loop that makes the calls.
///
/// A task of that loop iterates; the thread asks it for the results that are ready, one batch after
/// the other.
final class ThreadResults<R extends @Nullable Object> implements Results<R> {
  private final EventLoop loop;
  private final @Nullable Runner own;
  private final Work<?, R> work;

  /// Whether the results are for a task of another loop.
  private final boolean inTask = Pool.here() != null;

  private final CompletableFuture<@Nullable Throwable> ended = new CompletableFuture<>();

  /// Of the loop: what the thread asks for; an empty batch says that there is nothing more.
  private final Queue<CompletableFuture<List<R>>> requests = new Queue<>(1);

  /// Of the loop.
  private @Nullable Task<?> server;

  private final Iterator<R> iterator = new Items();
  private Iterator<R> batch = List.<R>of().iterator();
  private boolean complete;
  private boolean closed;

  private ThreadResults(EventLoop loop, @Nullable Runner own, Work<?, R> work) {
    this.loop = loop;
    this.own = own;
    this.work = work;
  }

  static <R extends @Nullable Object> ThreadResults<R> start(
      EventLoop loop, @Nullable Runner own, Work<?, R> work) {
    var results = new ThreadResults<R>(loop, own, work);
    loop.callSoonThreadSafe(results::startServer);
    return results;
  }

  // On the loop.

  private void startServer() {
    try {
      server = loop.createTask(this::serve);
    } catch (LoopClosedException e) {
      ended.complete(e);
    }
  }

  private void serve() {
    Throwable failure = null;
    try (var results = new TaskResults<>(work)) {
      for (var request : requests) {
        answer(request, results);
      }
    } catch (Cancelled e) {
      for (var untold : e.getSuppressed()) {
        failure = untold;
      }
      throw e;
    } catch (Throwable t) {
      failure = t;
    } finally {
      ended.complete(failure);
      refuse(failure);
    }
  }

  private void answer(CompletableFuture<List<R>> request, TaskResults<R> results) {
    try {
      request.complete(results.awaitReady() ? results.takeReady() : List.of());
    } catch (Cancelled e) {
      request.completeExceptionally(cancelled(e));
      throw e;
    } catch (Throwable t) {
      request.completeExceptionally(t);
    }
  }

  /// Answers what was asked for, and all that will be.
  private void refuse(@Nullable Throwable reason) {
    var request = requests.tryGet();
    if (request != null) {
      request.completeExceptionally(cancelled(reason));
    }
    requests.shutdown();
  }

  private void put(CompletableFuture<List<R>> request) {
    try {
      requests.tryPut(request);
    } catch (QueueShutDown | IllegalStateException e) {
      request.completeExceptionally(cancelled(e));
    }
  }

  private static CancellationException cancelled(@Nullable Throwable cause) {
    var cancelled = new CancellationException("the calls were cancelled");
    cancelled.initCause(cause);
    return cancelled;
  }

  // On the other side.

  @Override
  public Iterator<R> iterator() {
    return iterator;
  }

  /// Waits for a batch that has a result; false if there are no more.
  private boolean awaitReady() {
    if (!batch.hasNext() && !complete) {
      if (closed) {
        throw cancelled(null);
      }
      var request = new CompletableFuture<List<R>>();
      try {
        loop.callSoonThreadSafe(() -> put(request));
      } catch (LoopClosedException e) {
        throw cancelled(e); // as if it had closed a moment later
      }
      batch = await(request).iterator();
      if (!batch.hasNext()) {
        complete = true;
        close(); // who iterates to the end without a block of try leaves nothing behind
      }
    }
    return batch.hasNext();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      loop.callSoonThreadSafe(this::cancel);
    } catch (LoopClosedException e) {
      // then it has cancelled the server itself
    }
    var failure = awaitEnd();
    if (own != null) {
      own.close();
    }
    if (failure != null) {
      throw unchecked(failure);
    }
  }

  private void cancel() {
    if (server != null) {
      server.taskScope().cancel("its results were closed");
    }
  }

  private @Nullable Throwable awaitEnd() {
    if (inTask) {
      return Tulip.<@Nullable Throwable, RuntimeException>shield(() -> Tulip.await(ended));
    }
    return ended.join();
  }

  private <V> V await(CompletableFuture<V> request) {
    if (inTask) {
      return Tulip.await(request);
    }
    try {
      return request.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled(e);
    } catch (ExecutionException e) {
      throw unchecked(e.getCause() == null ? e : e.getCause());
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    return switch (failure) {
      case RuntimeException unchecked -> unchecked;
      case Error error -> throw error;
      default -> new CompletionException(failure);
    };
  }

  private final class Items implements Iterator<R> {
    @Override
    public boolean hasNext() {
      return awaitReady();
    }

    @Override
    public R next() {
      if (!awaitReady()) {
        throw new NoSuchElementException("there are no more results");
      }
      return batch.next();
    }
  }
}
