// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import org.jspecify.annotations.Nullable;

/// A connection of a [Stock], and what is known of it.
final class Entry<C> {
  final C connection;

  /// Of the stock when the connection began to be opened.
  final int generation;

  /// When it is too old, of the loop's time.
  final long expires;

  /// Since when nobody has used it, while it is idle.
  long idleSince;

  long uses;

  /// Who has it, or will have it when their turn comes; also while it is checked or reset for them.
  @Nullable Lease<C> lease;

  /// It is closed, and no longer part of the stock.
  boolean gone;

  Entry(C connection, int generation, long expires) {
    this.connection = connection;
    this.generation = generation;
    this.expires = expires;
  }
}
