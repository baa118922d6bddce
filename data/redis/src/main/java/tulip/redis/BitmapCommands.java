// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// Bits of a string, and numbers of a few bits in it: the commands of Redis's group "bitmap". Bits
/// count from the first byte's highest.
public interface BitmapCommands extends Commands {
  /// SETBIT: sets or clears a bit.
  ///
  /// @return what it was
  default boolean setbit(String key, long offset, boolean value) throws IOException {
    return call(Reply::truth, "SETBIT", key, offset, value ? 1 : 0);
  }

  /// GETBIT: a bit, clear if there is none.
  default boolean getbit(String key, long offset) throws IOException {
    return call(Reply::truth, "GETBIT", key, offset);
  }

  /// BITCOUNT: how many bits are set.
  default long bitcount(String key) throws IOException {
    return call(Reply::integer, "BITCOUNT", key);
  }

  /// BITCOUNT: how many bits are set from one position to another, that included; negative ones
  /// count from the end.
  default long bitcount(String key, long start, long end, BitUnit unit) throws IOException {
    return call(Reply::integer, "BITCOUNT", key, start, end, unit.name());
  }

  /// BITPOS: where the first bit is that is set, or clear; -1 if there is none.
  default long bitpos(String key, boolean bit) throws IOException {
    return call(Reply::integer, "BITPOS", key, bit ? 1 : 0);
  }

  /// BITPOS: where the first such bit is from one position to another, that included.
  default long bitpos(String key, boolean bit, long start, long end, BitUnit unit)
      throws IOException {
    return call(Reply::integer, "BITPOS", key, bit ? 1 : 0, start, end, unit.name());
  }

  /// BITOP: combines the bits of keys, and stores the result.
  ///
  /// @param keys only one for [BitOperation#NOT]
  /// @return the length of the result in bytes
  default long bitop(BitOperation operation, String target, String... keys) throws IOException {
    return call(
        Reply::integer, Arguments.of("BITOP", operation.name(), target).each(keys).toArray());
  }

  /// BITFIELD: reads and changes numbers within a string.
  ///
  /// @return what each of them yields: `null` where [BitField#overflow] has prevented a change
  default List<@Nullable Long> bitfield(String key, BitField... fields) throws IOException {
    return this.<List<@Nullable Long>>call(
        reply -> Replies.listOrNull(reply, Reply::integer),
        Arguments.of("BITFIELD", key).options(fields).toArray());
  }

  /// BITFIELD_RO: reads numbers within a string, also from a replica.
  ///
  /// @param fields only [BitField#get]
  default List<Long> bitfieldRo(String key, BitField... fields) throws IOException {
    return call(
        reply -> reply.list(Reply::integer),
        Arguments.of("BITFIELD_RO", key).options(fields).toArray());
  }
}
