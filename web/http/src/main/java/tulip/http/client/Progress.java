// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

/// Told how far a transfer is. On the loop, after each piece; must not wait.
@FunctionalInterface
public interface Progress {
  /// Looks at it.
  ///
  /// @param done bytes that have been sent or received, as they are on the wire
  /// @param total how many there will be, or -1 if nobody knows
  void at(long done, long total);
}
