// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;

/// Tells the listener, if there is one.
final class Events {
  private final @Nullable Consumer<? super ClientEvent> listener;
  private final EventLoop loop = EventLoop.current();

  Events(@Nullable Consumer<? super ClientEvent> listener) {
    this.listener = listener;
  }

  /// Whether somebody listens: else events need not be made.
  boolean areWanted() {
    return listener != null;
  }

  void tell(Supplier<? extends ClientEvent> event) {
    if (listener != null) {
      try {
        listener.accept(event.get());
      } catch (RuntimeException e) {
        loop.callExceptionHandler(new ErrorContext("a listener of HTTP requests failed", e, this));
      }
    }
  }

  void connected(Route route, long dialled, long encrypted) {
    tell(() ->
        new ClientEvent.Connected(
            route.origin(), route.proxy(), Duration.ofNanos(dialled), Duration.ofNanos(encrypted)));
  }
}
