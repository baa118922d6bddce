// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import tulip.core.spi.OsSignal;

/// Who wants to be told of a signal. Several loops may; the handler that was there before them
/// comes back when none is left.
final class SignalHub {
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Map<String, SignalHub> HUBS = new HashMap<>();

  private final String name;
  private final OsSignal signal;
  private final Object before;
  private volatile List<Runnable> listeners = List.of();

  private SignalHub(String name) {
    this.name = name;
    var known = OsSignal.of(name);
    if (known == null) {
      throw new IllegalArgumentException("this system has no signal '" + name + "'");
    }
    var old = known.handle(() -> listeners.forEach(Runnable::run));
    if (old == null) {
      throw new IllegalArgumentException(
          "signal " + name + " cannot be handled: the JVM or the system keeps it for itself");
    }
    signal = known;
    before = old;
  }

  /// Has a listener called, on a thread of the JVM's, whenever the signal comes.
  static void add(String name, Runnable listener) {
    LOCK.lock();
    try {
      var hub = HUBS.computeIfAbsent(name, SignalHub::new);
      var more = new ArrayList<>(hub.listeners);
      more.add(listener);
      hub.listeners = List.copyOf(more);
    } finally {
      LOCK.unlock();
    }
  }

  static void remove(String name, Runnable listener) {
    LOCK.lock();
    try {
      var hub = HUBS.get(name);
      if (hub != null) {
        hub.listeners = hub.listeners.stream().filter(other -> !other.equals(listener)).toList();
        if (hub.listeners.isEmpty()) {
          HUBS.remove(name);
          hub.signal.restore(hub.before);
        }
      }
    } finally {
      LOCK.unlock();
    }
  }

  @Override
  public String toString() {
    return listeners.size() + " listeners to signal " + name;
  }
}
