// SPDX-License-Identifier: Apache-2.0
package tulip.core;

/// A piece of straight-line code without a result.
///
/// @param <X> what checked exception it throws; inferred as `RuntimeException` when it throws none
@FunctionalInterface
public interface Action<X extends Exception> {
  /// Runs the piece.
  void run() throws X;
}
