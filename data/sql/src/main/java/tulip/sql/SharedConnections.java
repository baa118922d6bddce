// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip.Mapping;
import tulip.pool.ConnectionPool;
import tulip.pool.Lease;
import tulip.sql.spi.DriverConnection;

/// Lends the connections of a pool to single statements, to several of them at a time.
///
/// A statement gets an idle connection if there is one, a new one if there may be more, and else
/// the one on which the fewest are under way. Only if all are at the limit it waits at the pool.
final class SharedConnections {
  /// A connection that is lent, and to how many.
  private static final class Shared {
    final Lease<DriverConnection> lease;
    int users = 1;

    /// A statement has failed in a way that nobody else should meet.
    boolean broken;

    Shared(Lease<DriverConnection> lease) {
      this.lease = lease;
    }
  }

  private final ConnectionPool<DriverConnection> pool;
  private final int limit;
  private final List<Shared> lent = new ArrayList<>();

  /// @param limit how many statements may be under way on one connection
  SharedConnections(ConnectionPool<DriverConnection> pool, int limit) {
    this.pool = pool;
    this.limit = limit;
  }

  /// Runs a statement.
  <T> T use(Mapping<? super DriverConnection, T, IOException> statement) throws IOException {
    var shared = enter();
    try {
      return statement.apply(shared.lease.get());
    } catch (IOException e) {
      shared.broken = true;
      throw e;
    } finally {
      leave(shared);
    }
  }

  private Shared enter() throws IOException {
    var lease = pool.acquireIdle();
    var busy = lease == null && pool.isFull() ? leastUsed() : null;
    if (busy != null) {
      busy.users++;
      return busy;
    }
    var shared = new Shared(lease == null ? pool.acquire() : lease);
    lent.add(shared);
    return shared;
  }

  private @Nullable Shared leastUsed() {
    Shared least = null;
    for (var shared : lent) {
      if (shared.users < limit && !shared.broken && (least == null || shared.users < least.users)) {
        least = shared;
      }
    }
    return least;
  }

  private void leave(Shared shared) {
    shared.users--;
    if (shared.users == 0) {
      lent.remove(shared);
      shared.lease.close();
    }
  }
}
