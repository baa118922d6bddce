// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;

/// Tells the log and the listener what happens to workers. On the loop that opened them.
final class Announcer {
  private static final System.Logger LOG = System.getLogger("tulip.net");

  private final EventLoop loop = EventLoop.current();
  private final Consumer<? super WorkerEvent> listener;

  Announcer(Consumer<? super WorkerEvent> listener) {
    this.listener = listener;
  }

  void tell(WorkerEvent event) {
    LOG.log(level(event), event.message(), cause(event));
    try {
      listener.accept(event);
    } catch (Exception e) {
      loop.callExceptionHandler(
          new ErrorContext("the listener of the workers failed at: " + event.message(), e, this));
    }
  }

  private static Level level(WorkerEvent event) {
    return switch (event) {
      case WorkerEvent.Ready _, WorkerEvent.Ended _ -> Level.DEBUG;
      case WorkerEvent.Restarting _, WorkerEvent.Recovered _ -> Level.WARNING;
      case WorkerEvent.Crashed _,
          WorkerEvent.Stuck _,
          WorkerEvent.GivenUp _,
          WorkerEvent.Abandoned _ ->
          Level.ERROR;
    };
  }

  private static @Nullable Throwable cause(WorkerEvent event) {
    return event instanceof WorkerEvent.Crashed crashed ? crashed.cause() : null;
  }
}
