// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tulip.core.Cancelled;
import tulip.core.TaskGroup;

/// A piece of code that sends items, as something to iterate over: Python's asynchronous generator,
/// made as safe as trio's `as_safe_channel`.
///
/// ```java
/// try (var pages = Generator.<Page>open(sender -> {
///   for (var page = first(); page != null; page = page.next()) {
///     sender.send(page);
///   }
/// })) {
///   for (var page : pages) { ... }
/// }
/// ```
///
/// The code runs in a task of its own, one item ahead of the loop at most: an item that is sent is
/// taken before the code goes on. It may hold scopes and groups open across its sends. Leaving the
/// block cancels it and waits for its end.
///
/// Its failure is thrown where the iteration has come to: an unchecked one as it is, a checked one
/// as the cause of a [CompletionException]. If the iteration never came so far, [#close] throws it.
///
/// @param <T> the items
public final class Generator<T> implements Iterable<T>, AutoCloseable {
  /// The code of a generator.
  ///
  /// @param <T> the items
  @FunctionalInterface
  public interface Body<T> {
    /// Sends the items, one after the other.
    void run(SendChannel<T> sender) throws Exception;
  }

  private final TaskGroup group = TaskGroup.open();
  private final ReceiveChannel<T> receiver;
  private @Nullable Throwable failure;

  private Generator(Body<T> body) {
    var channel = Channel.<T>open(0);
    receiver = channel.receiver();
    group.start(() -> run(body, channel.sender()));
  }

  /// Starts a generator, whose scope lies inside the present one. In a task.
  public static <T> Generator<T> open(Body<T> body) {
    return new Generator<>(body);
  }

  private void run(Body<T> body, SendChannel<T> sender) {
    try (sender) {
      body.run(sender);
    } catch (Cancelled e) {
      if (e.scope() == null) { // or the iteration would look complete
        failure = new CancellationException("the task of the generator was cancelled");
        failure.initCause(e);
      }
      throw e;
    } catch (Throwable t) {
      failure = t;
    }
  }

  /// Waits for the next items. In a task.
  ///
  /// `hasNext` waits, and takes the item that `next` returns then. It throws the failure of the
  /// code, and [Cancelled] if the task was cancelled.
  @Override
  public Iterator<T> iterator() {
    return new Incoming<>(this::nextOrEnd);
  }

  private @Nullable T nextOrEnd() {
    var item = receiver.receiveOrEnd();
    if (item == null) {
      throwFailure();
    }
    return item;
  }

  /// Cancels the code and waits for its end. By the task that opened the generator; does nothing
  /// the second time.
  @Override
  public void close() {
    group.close();
    receiver.close();
    throwFailure();
  }

  private void throwFailure() {
    var problem = failure;
    failure = null;
    switch (problem) {
      case null -> {}
      case RuntimeException unchecked -> throw unchecked;
      case Error error -> throw error;
      default -> throw new CompletionException(problem);
    }
  }
}
