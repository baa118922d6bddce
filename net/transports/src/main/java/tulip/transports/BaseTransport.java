// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import org.jspecify.annotations.Nullable;
import tulip.net.Attribute;

/// What all transports have in common. All methods are for tasks and callbacks of the transport's
/// loop, and none waits.
public interface BaseTransport {
  /// Receives no more, and closes when all that was written has been sent;
  /// [BaseProtocol#connectionLost] comes then. Does nothing the second time.
  void close();

  /// Closes at once; what was not sent is lost. [BaseProtocol#connectionLost] comes later, never
  /// within this call. Does nothing the second time.
  void abort();

  /// Whether the transport is closed, or is going to be.
  boolean isClosing();

  /// A fact about the connection, asyncio's extra info; `null` if it is not known.
  <T> @Nullable T attribute(Attribute<T> which);

  /// How many written bytes the system has not taken yet. What is written in one iteration of the
  /// loop leaves together at its end.
  int getWriteBufferSize();

  /// When the protocol is asked to stop writing, and when to go on.
  WriteBufferLimits getWriteBufferLimits();

  /// Changes when the protocol is asked to stop writing, and when to go on. No limits at all, 0 and
  /// 0, ask it to stop whenever the system does not take all at once.
  void setWriteBufferLimits(WriteBufferLimits limits);
}
