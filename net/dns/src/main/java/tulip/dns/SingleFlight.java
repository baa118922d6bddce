// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import tulip.core.EventLoop;
import tulip.core.Task;

/// Has tasks that want the same thing at the same time share one piece of work.
///
/// The work is a task of its own: nobody's cancellation reaches it, until nobody waits for it any
/// more. It must tell its failure in its result, for there may be nobody left to throw it at.
final class SingleFlight<K, V> {
  private final class Flight {
    final Task<V> work;
    int waiting;

    Flight(Task<V> work) {
      this.work = work;
    }
  }

  private final EventLoop loop;
  private final Map<K, Flight> flights = new HashMap<>();

  SingleFlight(EventLoop loop) {
    this.loop = loop;
  }

  /// Joins the work for a key, which begins now if nobody else does it. In a task.
  ///
  /// @throws CancellationException if [#cancelAll] was called meanwhile
  V join(K key, Callable<V> work) {
    var flight = flights.get(key);
    if (flight == null) {
      flight = new Flight(loop.createTask(String.valueOf(key), work));
      flights.put(key, flight);
    }
    flight.waiting++;
    try {
      return flight.work.await();
    } finally {
      flight.waiting--;
      if (flight.work.isDone() || flight.waiting == 0) {
        flights.remove(key, flight);
        flight.work.taskScope().cancel("nobody waits for it any more");
      }
    }
  }

  void cancelAll(String reason) {
    flights.values().forEach(flight -> flight.work.taskScope().cancel(reason));
    flights.clear();
  }
}
