// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

/// What one peer may make this end hold, read or skip. In bytes, if nothing else is said.
///
/// A stream must be able to receive a whole head: give it room for `head` and more.
///
/// @param startLine the longest first line of a message; more is answered with 414
/// @param fieldLine the longest line of a header or trailer; more is answered with 431
/// @param fields how many header fields, and again how many trailers, a message may have
/// @param head the largest head: first line, fields and their line ends
/// @param trailers the largest set of trailers with their line ends
/// @param emptyLines how many empty lines may stand ahead of a message
/// @param chunkLine the longest line with a chunk's size and its extensions
/// @param chunkExtensions how much a message's chunk extensions may amount to
/// @param interim how many responses of 1xx may come ahead of a response
/// @param body the largest body, if a connection is not told otherwise for a message; more is
///   answered with 413
public record HttpLimits(
    int startLine,
    int fieldLine,
    int fields,
    int head,
    int trailers,
    int emptyLines,
    int chunkLine,
    int chunkExtensions,
    int interim,
    long body) {
  /// For servers: bodies of 1 MiB.
  public static final HttpLimits SERVER =
      new HttpLimits(8190, 8190, 128, 32 * 1024, 8190, 4, 256, 16 * 1024, 16, 1024 * 1024);

  /// For clients: bodies of any size, since they are read as they come.
  public static final HttpLimits CLIENT = SERVER.withBody(Long.MAX_VALUE);

  /// Checks that they leave room for a message.
  public HttpLimits {
    if (startLine < 16 || fieldLine < 16 || head < 32 || chunkLine < 16) {
      throw new IllegalArgumentException("no message fits limits this small");
    }
    if (fields < 1 || trailers < 2 || emptyLines < 0 || chunkExtensions < 0 || interim < 0) {
      throw new IllegalArgumentException("a limit is negative or leaves no room");
    }
    if (body < 0) {
      throw new IllegalArgumentException("a body of at most " + body + " bytes");
    }
  }

  /// The same with another limit of first and field lines, and of the head.
  ///
  /// @param line the longest line
  /// @param head the largest head
  public HttpLimits withHead(int line, int head) {
    return new HttpLimits(
        line, line, fields, head, trailers, emptyLines, chunkLine, chunkExtensions, interim, body);
  }

  /// The same with another number of fields.
  ///
  /// @param fields how many a message may have
  public HttpLimits withFields(int fields) {
    return new HttpLimits(
        startLine,
        fieldLine,
        fields,
        head,
        trailers,
        emptyLines,
        chunkLine,
        chunkExtensions,
        interim,
        body);
  }

  /// The same with another limit of bodies.
  ///
  /// @param body the largest
  public HttpLimits withBody(long body) {
    return new HttpLimits(
        startLine,
        fieldLine,
        fields,
        head,
        trailers,
        emptyLines,
        chunkLine,
        chunkExtensions,
        interim,
        body);
  }
}
