// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import org.jspecify.annotations.Nullable;

/// A piece of straight-line code with a result.
///
/// Its exception type passes through whatever runs it, so that `Tulip.timeout(limit, () -> read())`
/// throws just what `read` declares.
///
/// @param <T> what it returns
/// @param <X> what checked exception it throws; inferred as `RuntimeException` when it throws none
@FunctionalInterface
public interface Block<T extends @Nullable Object, X extends Exception> {
  /// Runs the piece.
  T run() throws X;
}
