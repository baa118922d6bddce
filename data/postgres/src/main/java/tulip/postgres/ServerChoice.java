// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.net.ConnectException;
import org.jspecify.annotations.Nullable;
import tulip.core.Cancelled;
import tulip.postgres.types.TypeCatalog;
import tulip.sql.SqlException;

/// Connects to the first of several servers that is there and is of the kind that is wanted.
final class ServerChoice {
  private final PostgresOptions options;
  private final TypeCatalog types;

  /// What was wrong with those tried so far.
  private @Nullable Exception trouble;

  ServerChoice(PostgresOptions options, TypeCatalog types) {
    this.options = options;
    this.types = types;
  }

  /// @throws SqlException if the last one refuses the login
  /// @throws IOException if none is to be had
  PostgresConnection connect() throws IOException {
    var connection = find(options.target());
    if (connection == null && options.target() == TargetSession.PREFER_STANDBY) {
      connection = find(TargetSession.ANY);
    }
    if (connection != null) {
      return connection;
    }
    switch (trouble) {
      case SqlException refusal -> throw refusal;
      case IOException failure -> throw failure;
      case null, default -> throw new ConnectException("no server among " + options.endpoints());
    }
  }

  private @Nullable PostgresConnection find(TargetSession target) throws IOException {
    for (var endpoint : options.endpoints()) {
      try {
        var connection = open(endpoint);
        if (isWanted(connection, target)) {
          return connection;
        }
        connection.abort();
        note(new ConnectException(endpoint + " is not " + target));
      } catch (SqlException.InvalidAuthorization e) {
        throw e; // the others would say the same
      } catch (IOException | SqlException e) {
        note(e);
      }
    }
    return null;
  }

  private void note(Exception failure) {
    if (trouble != null) {
      failure.addSuppressed(trouble);
    }
    trouble = failure;
  }

  private PostgresConnection open(Endpoint endpoint) throws IOException {
    var first = options.tls() == TlsMode.ALLOW ? TlsMode.DISABLE : options.tls();
    try {
      return open(endpoint, first);
    } catch (SqlException.InvalidAuthorization e) {
      // Rules of the server may be for connections with TLS, or without, alone.
      return switch (options.tls()) {
        case ALLOW -> open(endpoint, TlsMode.REQUIRE);
        case PREFER -> open(endpoint, TlsMode.DISABLE);
        default -> throw e;
      };
    }
  }

  private PostgresConnection open(Endpoint endpoint, TlsMode mode) throws IOException {
    var address = new ServerAddress(options, endpoint, mode);
    var stream = address.connect();
    try {
      return PostgresConnection.over(stream, address, types);
    } catch (Throwable t) {
      stream.abort();
      throw t;
    }
  }

  private static boolean isWanted(PostgresConnection connection, TargetSession target)
      throws IOException {
    if (target == TargetSession.ANY) {
      return true;
    }
    var readOnly = connection.parameter("default_transaction_read_only");
    var standby = connection.parameter("in_hot_standby");
    if (readOnly != null && standby != null) { // since version 14
      boolean isStandby = standby.equals("on");
      return target.accepts(isStandby || readOnly.equals("on"), isStandby);
    }
    try {
      var row =
          connection
              .execute(
                  "select current_setting('transaction_read_only') = 'on', pg_is_in_recovery()")
              .rows()
              .getFirst();
      return target.accepts(row.get(0, Boolean.class), row.get(1, Boolean.class));
    } catch (IOException | SqlException | Cancelled e) {
      connection.abort();
      throw e;
    }
  }
}
