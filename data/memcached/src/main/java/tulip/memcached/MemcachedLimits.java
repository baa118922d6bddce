// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

/// How much a client keeps in memory for each server.
///
/// @param value the largest value that is accepted from a server, in bytes, also after
///   decompression; 32 MiB. What a server accepts is its own affair: 1 MiB if nothing else is said
/// @param pending how many requests may wait for their replies; 10,000. Whoever asks beyond that
///   waits
/// @param unsent how many bytes may wait for the server to take them before asking waits; 1 MiB
/// @param lines the most lines of statistics; 100,000
public record MemcachedLimits(int value, int pending, int unsent, int lines) {
  /// The limits of a client for which nothing else is said.
  public static final MemcachedLimits DEFAULT =
      new MemcachedLimits(32 << 20, 10_000, 1 << 20, 100_000);

  /// Checks them.
  public MemcachedLimits {
    if (value < 1 || value > 1 << 30 || pending < 1 || unsent < 1 || lines < 1) {
      throw new IllegalArgumentException(
          "limits are positive, and a value is at most 1 GiB: "
              + (value + ", " + pending + ", " + unsent + ", " + lines));
    }
  }

  /// The same with another limit of a value.
  public MemcachedLimits withValue(int value) {
    return new MemcachedLimits(value, pending, unsent, lines);
  }

  /// The same with another limit of requests under way.
  public MemcachedLimits withPending(int pending) {
    return new MemcachedLimits(value, pending, unsent, lines);
  }

  /// The same with another limit of bytes to be sent.
  public MemcachedLimits withUnsent(int unsent) {
    return new MemcachedLimits(value, pending, unsent, lines);
  }

  /// The same with another limit of lines.
  public MemcachedLimits withLines(int lines) {
    return new MemcachedLimits(value, pending, unsent, lines);
  }
}
