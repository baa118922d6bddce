// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// Turns objects into JSON (RFC 8259) and back. Any thread.
///
/// There is one in the module `tulip.http.json`, over Jackson; [Response#json(Object)] and
/// [Request#json(Class)] find it by themselves. Another one is passed to their other forms, or
/// provided as a service in its place.
public interface JsonCodec {
  /// The one that is provided as a service.
  ///
  /// @throws IllegalStateException if there is none, or more than one
  static JsonCodec provided() {
    return ProvidedJson.CODEC;
  }

  /// Writes a value as UTF-8.
  ///
  /// @throws IllegalArgumentException if it cannot be written
  Bytes encode(Object value);

  /// Reads a value.
  ///
  /// @param json all of it, in UTF-8
  /// @param type a class, a record, an array of them
  /// @throws MalformedException if it is no JSON, or does not fit the type, or above a limit
  <T> T decode(Bytes json, Class<T> type) throws MalformedException;
}
