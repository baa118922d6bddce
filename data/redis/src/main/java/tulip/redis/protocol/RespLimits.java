// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol;

/// What a server may make a [RespDecoder] keep in memory.
///
/// @param bulk the most bytes of one string; 512 MiB, as in Redis itself, if nothing else is said
/// @param elements the most elements of one reply, those of inner arrays and maps included; 16
///   million
/// @param depth how deep arrays, maps and sets may be nested; 64
/// @param line the most bytes of a line: a simple string, an error, a number; 64 KiB
public record RespLimits(int bulk, int elements, int depth, int line) {
  /// The limits of a decoder for which nothing else is said.
  public static final RespLimits DEFAULT =
      new RespLimits(512 * 1024 * 1024, 16 * 1024 * 1024, 64, 64 * 1024);

  /// More than this does not fit into a stream's buffer together with what surrounds it.
  private static final int MAX_BULK = 1 << 30;

  /// Checks them.
  public RespLimits {
    if (bulk < 0 || bulk > MAX_BULK || elements < 1 || depth < 1 || line < 1) {
      throw new IllegalArgumentException(
          "limits of replies: bulk %d, elements %d, depth %d, line %d"
              .formatted(bulk, elements, depth, line));
    }
  }

  /// The same with another limit of one string.
  public RespLimits withBulk(int bulk) {
    return new RespLimits(bulk, elements, depth, line);
  }

  /// The same with another limit of all elements of a reply.
  public RespLimits withElements(int elements) {
    return new RespLimits(bulk, elements, depth, line);
  }

  /// The same with another limit of nesting.
  public RespLimits withDepth(int depth) {
    return new RespLimits(bulk, elements, depth, line);
  }

  /// The same with another limit of a line.
  public RespLimits withLine(int line) {
    return new RespLimits(bulk, elements, depth, line);
  }
}
