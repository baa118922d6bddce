// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.replication;

import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tulip.pool.Connector;
import tulip.postgres.PostgresConnector;
import tulip.postgres.PostgresOptions;
import tulip.postgres.TargetSession;
import tulip.postgres.types.Lsn;
import tulip.sql.SqlException;

/// Opens connections by which a server sends changes.
final class ReplicationConnector implements Connector<ReplicationStream> {
  private final PostgresConnector replicating;
  private final PostgresConnector ordinary;
  private final ReplicationOptions options;
  private final Supplier<Lsn> acknowledged;
  private @Nullable ReplicationStream latest;

  /// @param acknowledged where a new connection begins
  ReplicationConnector(
      PostgresOptions where, ReplicationOptions options, Supplier<Lsn> acknowledged) {
    var plain = where.withTarget(TargetSession.ANY);
    replicating = new PostgresConnector(plain.withSetting("replication", "database"));
    ordinary = new PostgresConnector(plain);
    this.options = options;
    this.acknowledged = acknowledged;
  }

  @Override
  public ReplicationStream connect() throws IOException {
    var connection = replicating.connect();
    try {
      var stream = ReplicationStream.begin(connection, options, acknowledged.get(), ordinary);
      latest = stream;
      return stream;
    } catch (SqlException e) {
      connection.abort();
      throw new IOException("the server refuses to replicate: " + e.getMessage(), e);
    } catch (Throwable t) {
      connection.abort();
      throw t;
    }
  }

  /// The last one that was opened; `null` if there is none.
  @Nullable ReplicationStream latest() {
    return latest;
  }

  @Override
  public void abort(ReplicationStream stream) {
    stream.abort();
  }

  @Override
  public void close(ReplicationStream stream) throws IOException {
    stream.close();
  }

  @Override
  public boolean isAlive(ReplicationStream stream) {
    return stream.isOpen();
  }

  @Override
  public void check(ReplicationStream stream) throws IOException {
    stream.check(acknowledged.get());
  }

  @Override
  public void awaitLost(ReplicationStream stream) throws IOException {
    replicating.awaitLost(stream.connection());
  }

  @Override
  public String toString() {
    return replicating.toString();
  }
}
