// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.time.Duration;

/// How long a request may take, all in all and in each of its phases. [#FOREVER] switches one off.
///
/// @param total for everything, from the call to the last byte of the response's body; 5 min
/// @param acquire for waiting until a connection is free, or is open; 1 min
/// @param connect for opening one: name, TCP, proxy, TLS. Holds for the session; 30 s
/// @param write for 64 KiB of the request to be taken; 1 min
/// @param head from the end of the request to the head of its response; 5 min
/// @param read for the next piece of the body; 1 min
/// @param proceed how long a body is held back for `100 Continue`; then it is sent anyway, since
///   old servers do not answer that; 1 s
public record ClientTimeouts(
    Duration total,
    Duration acquire,
    Duration connect,
    Duration write,
    Duration head,
    Duration read,
    Duration proceed) {
  /// Longer than any program runs.
  public static final Duration FOREVER = Duration.ofDays(36_500);

  /// The timeouts for which nothing else is said.
  public static final ClientTimeouts DEFAULT =
      new ClientTimeouts(
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          Duration.ofSeconds(1));

  /// Checks them.
  public ClientTimeouts {
    check(total);
    check(acquire);
    check(connect);
    check(write);
    check(head);
    check(read);
    check(proceed);
  }

  private static void check(Duration duration) {
    if (!duration.isPositive() || duration.compareTo(FOREVER) > 0) {
      throw new IllegalArgumentException("each timeout is positive and FOREVER at most");
    }
  }

  /// The same with another time for everything.
  public ClientTimeouts withTotal(Duration total) {
    return new ClientTimeouts(total, acquire, connect, write, head, read, proceed);
  }

  /// The same with another time for a connection to be had.
  public ClientTimeouts withAcquire(Duration acquire) {
    return new ClientTimeouts(total, acquire, connect, write, head, read, proceed);
  }

  /// The same with another time for a connection to be opened.
  public ClientTimeouts withConnect(Duration connect) {
    return new ClientTimeouts(total, acquire, connect, write, head, read, proceed);
  }

  /// The same with another time for sending.
  public ClientTimeouts withWrite(Duration write) {
    return new ClientTimeouts(total, acquire, connect, write, head, read, proceed);
  }

  /// The same with another time for the answer to begin.
  public ClientTimeouts withHead(Duration head) {
    return new ClientTimeouts(total, acquire, connect, write, head, read, proceed);
  }

  /// The same with another time between two pieces of a body.
  public ClientTimeouts withRead(Duration read) {
    return new ClientTimeouts(total, acquire, connect, write, head, read, proceed);
  }

  /// The same with another time for `100 Continue`.
  public ClientTimeouts withProceed(Duration proceed) {
    return new ClientTimeouts(total, acquire, connect, write, head, read, proceed);
  }
}
