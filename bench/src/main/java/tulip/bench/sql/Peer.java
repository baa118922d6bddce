// SPDX-License-Identifier: Apache-2.0
package tulip.bench.sql;

import tulip.bench.Repeated.Operation;

/// A client that is measured, in a process of its own.
interface Peer {
  /// What is done with an open client.
  interface Measurement {
    /// Uses it.
    void run(Operation operation) throws Exception;
  }

  /// Opens a client, and has queries of one row measured.
  ///
  /// @param port of the server, on this machine
  void queries(int port, Load load, Measurement measurement) throws Exception;

  /// Whether it can load rows in bulk.
  boolean copies();

  /// Opens a client, and has measured how it fills an empty table with rows, the fastest way that
  /// it has.
  void copy(int port, Measurement measurement) throws Exception;

  /// Opens a client, and has measured how it reads so many rows of a table, some at a time.
  void stream(int port, Measurement measurement) throws Exception;
}
