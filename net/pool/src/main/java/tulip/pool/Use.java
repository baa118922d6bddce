// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

/// What uses a connection and returns nothing.
///
/// @param <C> the connection
/// @param <X> what it throws
@FunctionalInterface
public interface Use<C, X extends Exception> {
  /// Uses it.
  void accept(C connection) throws X;
}
