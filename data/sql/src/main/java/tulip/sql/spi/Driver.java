// SPDX-License-Identifier: Apache-2.0
package tulip.sql.spi;

import java.util.Set;
import tulip.pool.Connector;

/// A kind of database. Its module says `provides tulip.sql.spi.Driver with ...`.
public interface Driver {
  /// What the URLs of such databases begin with, before `:`.
  Set<String> schemes();

  /// What opens connections to a database. If that refuses the login, [Connector#connect] throws an
  /// [java.io.IOException] whose cause is the [tulip.sql.SqlException].
  ///
  /// [Connector#judge] goes by the state of the connection alone, whether its user was cut or not:
  /// to be reused if nothing is owed on it and no transaction is open, to be reset if that can be
  /// brought about.
  ///
  /// One that has something to end itself is [java.io.Closeable]; it is closed, in a task, when the
  /// last connection is.
  ///
  /// @throws IllegalArgumentException if the URL is wrong
  Connector<? extends DriverConnection> connector(String url);
}
