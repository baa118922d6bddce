// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import tulip.core.queue.Channel;
import tulip.core.queue.ReceiveChannel;
import tulip.core.queue.SendChannel;

/// Signals that come to this process, as a channel of their names: see [Signals#receive].
public final class SignalReceiver implements AutoCloseable {
  /// What comes while so many wait is dropped: the system itself counts none that nobody has seen.
  private static final int CAPACITY = 64;

  private final SendChannel<String> sender;
  private final ReceiveChannel<String> signals;
  private final List<Signals.Subscription> subscriptions = new ArrayList<>();
  private boolean closed;

  SignalReceiver(String... names) {
    if (names.length == 0) {
      throw new IllegalArgumentException("which signals are to be received?");
    }
    var channel = Channel.<String>open(CAPACITY);
    sender = channel.sender();
    signals = channel.receiver();
    try {
      for (var name : new LinkedHashSet<>(List.of(names))) {
        subscriptions.add(Signals.handle(name, this::came));
      }
    } catch (IllegalArgumentException e) {
      close();
      throw e;
    }
  }

  /// A signal may have been on its way when the receiver was closed.
  private void came(String name) {
    if (!closed) {
      sender.trySend(name);
    }
  }

  /// The signals' names, in the order in which they came. Iterating ends when this is closed.
  public ReceiveChannel<String> signals() {
    return signals;
  }

  /// Gives the signals back to whoever dealt with them before. Does nothing the second time.
  @Override
  public void close() {
    subscriptions.forEach(Signals.Subscription::close);
    closed = true;
    sender.close();
  }
}
