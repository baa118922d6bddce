// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import tulip.bytes.ByteWriter;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;

/// Reads and writes the values of one type, none of which is NULL. Not more than what the database
/// sends: no state, no waiting.
public interface TypeCodec {
  /// Reads a value.
  ///
  /// @param in has the bytes of the value and no more; all of them are to be taken
  /// @throws PostgresFormatException if they are none
  Object decode(BackendReader in) throws PostgresFormatException;

  /// Writes a value.
  ///
  /// @throws IllegalArgumentException if it is none of this type
  void encode(Object value, ByteWriter out);

  /// Whether values go in the text format, both ways. The binary one is the rule.
  default boolean isText() {
    return false;
  }

  /// Reads a value.
  @FunctionalInterface
  interface Decoder {
    /// As [TypeCodec#decode].
    ///
    /// @throws PostgresFormatException if it is none
    Object decode(BackendReader in) throws PostgresFormatException;
  }

  /// Writes a value.
  @FunctionalInterface
  interface Encoder {
    /// As [TypeCodec#encode].
    void encode(Object value, ByteWriter out);
  }

  /// A codec of two functions, for the binary format.
  static TypeCodec of(Decoder decoder, Encoder encoder) {
    return new TypeCodec() {
      @Override
      public Object decode(BackendReader in) throws PostgresFormatException {
        return decoder.decode(in);
      }

      @Override
      public void encode(Object value, ByteWriter out) {
        encoder.encode(value, out);
      }
    };
  }
}
