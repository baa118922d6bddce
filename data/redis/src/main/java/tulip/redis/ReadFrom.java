// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

/// Which nodes answer commands that change nothing. A replica may answer with a value that is some
/// time old; it follows its master with a delay that nobody bounds.
public enum ReadFrom {
  /// The master, which alone knows what was written before.
  MASTER,
  /// A replica, one after the other; the master if there is none that answers.
  REPLICA,
  /// All of them, one after the other.
  ANY
}
