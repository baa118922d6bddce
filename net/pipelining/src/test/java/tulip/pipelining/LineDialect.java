// SPDX-License-Identifier: Apache-2.0
package tulip.pipelining;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.core.sync.Event;

/// Messages are lines: those that begin with `!` are unasked, and `?` is no message.
final class LineDialect implements Dialect<String> {
  /// A request without a reply.
  static final class Failure extends IOException {
    private static final long serialVersionUID = 1;

    final boolean maybeExecuted;

    Failure(String message, boolean maybeExecuted, @Nullable IOException cause) {
      super(message, cause);
      this.maybeExecuted = maybeExecuted;
    }
  }

  final List<String> unasked = new ArrayList<>();
  final Event demand = new Event();
  int losses;

  LineDialect() {
    demand.set();
  }

  @Override
  public @Nullable String decode(ByteQueue input) throws IOException {
    int end = input.indexOf((byte) '\n', 0);
    if (end < 0) {
      return null;
    }
    var line = input.take(end).ascii();
    input.skip(1);
    if (line.equals("?")) {
      throw new ProtocolException("no message");
    }
    return line;
  }

  @Override
  public boolean takeUnasked(String message, @Nullable Call<String> next) {
    if (message.startsWith("!")) {
      unasked.add(message + " before " + next);
      return true;
    }
    return false;
  }

  @Override
  public void awaitDemand() {
    demand.await();
  }

  @Override
  public IOException failure(String what, boolean maybeExecuted, @Nullable IOException cause) {
    return new Failure(what, maybeExecuted, cause);
  }

  @Override
  public void lost() {
    losses++;
  }
}
