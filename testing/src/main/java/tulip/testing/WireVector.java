// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// Bytes that a peer may send, and what a codec makes of them: see [WireSplitter].
///
/// @param <E> what the codec tells of: messages, lines, events
/// @param name for messages of failures
/// @param wire one whole message, or as much as belongs together
/// @param events what the codec tells once it has all of it
/// @param refusal what the codec throws instead; `null` for bytes that are good
public record WireVector<E>(
    String name, Bytes wire, List<E> events, @Nullable Class<? extends Exception> refusal) {

  /// Checks it.
  public WireVector {
    events = List.copyOf(events);
    if (wire.isEmpty()) {
      throw new IllegalArgumentException("the vector '" + name + "' has no bytes to feed");
    }
  }

  /// Bytes that are good.
  @SafeVarargs
  @SuppressWarnings("varargs") // the array goes no further than into the list
  public static <E> WireVector<E> of(String name, Bytes wire, E... events) {
    return new WireVector<>(name, wire, List.of(events), null);
  }

  /// Bytes that are refused, with an exception of this class, before or when the last one comes.
  public static <E> WireVector<E> refused(
      String name, Bytes wire, Class<? extends Exception> refusal) {
    return new WireVector<>(name, wire, List.of(), refusal);
  }

  @Override
  public String toString() {
    return "'" + name + "'";
  }
}
