// SPDX-License-Identifier: Apache-2.0
package tulip.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.IntFunction;

/// Operations of Vert.x one after the other, each when the one before has ended.
///
/// The chain has one promise: a future composed of so many futures ends its stack.
public final class VertxChain {
  private final int step;
  private final int end;
  private final IntFunction<Future<?>> operation;
  private final Promise<Void> done = Promise.promise();

  private VertxChain(int step, int end, IntFunction<Future<?>> operation) {
    this.step = step;
    this.end = end;
    this.operation = operation;
  }

  /// Runs an operation with some numbers, on an event loop.
  ///
  /// @param first the first number; each other one is larger by `step`
  /// @param end what all numbers are below
  /// @return fails with the first operation that does
  public static Future<Void> run(int first, int step, int end, IntFunction<Future<?>> operation) {
    var chain = new VertxChain(step, end, operation);
    chain.next(first);
    return chain.done.future();
  }

  private void next(int number) {
    if (number >= end) {
      done.complete();
      return;
    }
    operation.apply(number).onFailure(done::fail).onSuccess(_ -> next(number + step));
  }
}
