// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.core.Scope;

/// Opens the connections of a [Stock], each in a task of its own.
final class Opener<C> {
  private final Stock<C> stock;
  private final Housekeeping house;
  private final Backoff.Delays rests = Backoff.DEFAULT.delays();
  private final Set<Scope> attempts = new LinkedHashSet<>();
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

  /// Ends the attempts under way: the pool is closed.
  void stop() {
    List.copyOf(attempts).forEach(Scope::cancel);
  }

  private void open(int generation) {
    long began = stock.loop.time();
    var attempt = new Scope().shield(true); // whoever waits shall not suffer from the owner's end
    attempts.add(attempt);
    C connection;
    try {
      connection = attempt.run(stock.hooks::connect);
    } catch (Throwable t) {
      ended(attempt);
      house.budget().free(false);
      failed(t);
      return;
    }
    ended(attempt);
    if (connection == null) {
      house.budget().free(false);
    } else {
      opened(new Entry<>(connection, generation, stock.expiry()), began);
    }
  }

  private void ended(Scope attempt) {
    attempts.remove(attempt);
    opening--;
  }

  private void opened(Entry<C> entry, long began) {
    lastFailure = null;
    restUntil = Long.MIN_VALUE;
    rests.reset();
    stock.ledger().opened(began);
    stock.admit(entry);
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
