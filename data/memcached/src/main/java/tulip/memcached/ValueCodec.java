// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// Turns values into bytes and back: text, JSON, whatever.
///
/// The flags are a number of 32 bits that the server keeps beside the value, by which clients tell
/// each other how they have encoded it.
///
/// @param <V> the type of the values
public interface ValueCodec<V> {
  /// A value as it is stored.
  ///
  /// @param bytes the value
  /// @param flags how it is encoded
  record Encoded(Bytes bytes, int flags) {}

  /// Encodes a value.
  Encoded encode(V value);

  /// Decodes a value.
  ///
  /// @throws MalformedException if it is none
  V decode(Encoded stored) throws MalformedException;

  /// Bytes as they are, with flags 0.
  static ValueCodec<Bytes> bytes() {
    return BytesCodec.INSTANCE;
  }

  /// Text in UTF-8, with flags 0. What is stored must be UTF-8, whatever its flags.
  static ValueCodec<String> text() {
    return text(0);
  }

  /// Text in UTF-8, with the flags that another client expects: 16 for pymemcache and pylibmc.
  static ValueCodec<String> text(int flags) {
    return new TextCodec(flags);
  }

  /// This codec, with values from some size on compressed if that makes them smaller, as
  /// python-memcached, pymemcache and pylibmc do it: in zlib's format (RFC 1950), marked with flag
  /// 8. What is compressed without that mark is not recognised.
  ///
  /// @param from in bytes
  /// @param limit the largest value that is accepted, in bytes: a small one can be decompressed to
  ///   a thousand times its size
  default ValueCodec<V> compressed(int from, int limit) {
    return new CompressedCodec<>(this, from, limit);
  }
}
