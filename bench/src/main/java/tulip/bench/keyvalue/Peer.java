// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

/// A client that is measured, in a process of its own.
interface Peer {
  /// What is done with a client.
  interface Measurement {
    /// Uses it.
    void run(Operations operations) throws Exception;
  }

  /// Opens a client of a server on this machine, and closes it when it was measured.
  void measure(int port, Measurement measurement) throws Exception;

  /// Whether it can hold many commands: see [Operations#held].
  default boolean holds() {
    return false;
  }
}
