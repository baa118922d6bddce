// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.core.Cancelled;

/// Opens the connections of a [Stock], each in a task of its own.
final class Opener<C> {
  private final Stock<C> stock;
  private final Housekeeping house;
  private final Backoff.Delays rests = Backoff.DEFAULT.delays();
  private int opening;
  private @Nullable Throwable lastFailure;
  private long restUntil = Long.MIN_VALUE;

  Opener(Stock<C> stock, Housekeeping house) {
    this.stock = stock;
    this.house = house;
  }

  /// How many are being opened.
  int opening() {
    return opening;
  }

  /// Why the last attempt failed, if it did.
  @Nullable Throwable lastFailure() {
    return lastFailure;
  }

  /// Until when none should be opened that nobody waits for: the last attempt has failed.
  long restUntil() {
    return restUntil;
  }

  /// Opens one; there is room for it.
  void start() {
    opening++;
    int generation = stock.generation();
    house.group().start("connect " + stock, () -> open(generation));
  }

  private void open(int generation) {
    long began = stock.loop.time();
    C connection;
    try {
      connection = stock.hooks.connect();
    } catch (Throwable t) {
      opening--;
      house.budget().free(false);
      if (t instanceof Cancelled cancelled) {
        throw cancelled;
      }
      failed(t);
      return;
    }
    opening--;
    lastFailure = null;
    restUntil = Long.MIN_VALUE;
    rests.reset();
    stock.ledger().opened(began);
    stock.admit(new Entry<>(connection, generation, stock.expiry()));
  }

  private void failed(Throwable cause) {
    lastFailure = cause;
    restUntil = stock.loop.time() + rests.next().toNanos();
    house.dueBy(restUntil);
    stock.ledger().connectFailed(cause);
    if (!(cause instanceof IOException)) {
      stock.hooks.report("connect", cause);
    }
    stock.failNext(cause);
  }
}
