// SPDX-License-Identifier: Apache-2.0
package tulip.pipelining;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.TimerHandle;

/// The calls to which replies are owed, in order, and until when.
final class Owed<R> {
  private final EventLoop loop = EventLoop.current();
  private final ArrayDeque<Call<R>> calls = new ArrayDeque<>();
  private final Consumer<Call<R>> onLate;
  private @Nullable TimerHandle timer;
  private long timerAt;

  /// @param onLate what is to be done with a call that waits beyond its deadline
  Owed(Consumer<Call<R>> onLate) {
    this.onLate = onLate;
  }

  int size() {
    return calls.size();
  }

  boolean isEmpty() {
    return calls.isEmpty();
  }

  @Nullable Call<R> first() {
    return calls.peekFirst();
  }

  void add(Call<R> call) {
    calls.addLast(call);
    if (call.deadline < Call.NO_DEADLINE && (timer == null || call.deadline < timerAt)) {
      watch(call.deadline);
    }
  }

  void removeFirst() {
    calls.removeFirst();
  }

  /// Takes all of them.
  List<Call<R>> removeAll() {
    stopWatching();
    var all = List.copyOf(calls);
    calls.clear();
    return all;
  }

  private void watch(long deadline) {
    stopWatching();
    timerAt = deadline;
    timer = loop.callAt(deadline, this::expire);
  }

  private void stopWatching() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /// Those that are late keep their places.
  private void expire() {
    timer = null;
    var late = new ArrayList<Call<R>>();
    long next = Call.NO_DEADLINE;
    for (var call : calls) {
      if (call.isOver()) {
        continue;
      }
      if (call.deadline <= loop.time()) {
        late.add(call);
      } else {
        next = Math.min(next, call.deadline);
      }
    }
    if (next < Call.NO_DEADLINE) {
      watch(next);
    }
    late.forEach(onLate);
  }
}
