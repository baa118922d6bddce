// SPDX-License-Identifier: Apache-2.0
package tulip.pipelining;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;

/// What a protocol tells a [Pipeline] about itself. Called on the loop, where it must not wait.
///
/// @param <R> a message of the server: a reply, or a part of one
public interface Dialect<R> {
  /// Takes the next message.
  ///
  /// @return `null` if it has not arrived in full
  /// @throws IOException if it is none: the connection is lost then
  @Nullable R decode(ByteQueue input) throws IOException;

  /// Takes a message that belongs to no request: the server says something by itself.
  ///
  /// @param next the call whose reply is owed next
  /// @return false if it is a reply
  default boolean takeUnasked(R message, @Nullable Call<R> next) {
    return false;
  }

  /// Waits until whoever takes messages wants more, before more are read: back-pressure. The only
  /// method here that may wait; in the task that reads.
  default void awaitDemand() {
    // whatever comes is taken at once
  }

  /// Makes the exception for a request without a reply. In the task that asked, whose stack it has.
  ///
  /// @param what has happened, a whole sentence
  /// @param maybeExecuted whether the server may have done what it was asked for
  /// @param cause why the connection was lost; `null` if it was not
  IOException failure(String what, boolean maybeExecuted, @Nullable IOException cause);

  /// The connection is lost, or was closed, and nobody knows yet.
  default void lost() {
    // those who wait learn it anyhow
  }
}
