// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import org.jspecify.annotations.Nullable;

/// What all protocols are told by their transports.
///
/// **Order.** `connectionMade` comes first, and once; [#connectionLost] comes last, and once;
/// between them comes what was received, in its order. None of these calls begins before the one in
/// front of it has returned.
///
/// **Waiting.** A transport is a task, and these calls are made in it: they may wait as any code of
/// a task may. The transport receives nothing meanwhile, so that a slow protocol holds its peer
/// back; the rest of the loop goes on. [#pauseWriting] and [#resumeWriting] are the exception: they
/// come at once, in the midst of what writes, perhaps while another call here waits, and must not
/// wait themselves.
///
/// **Failing.** What a call throws goes to the loop's exception handler, and the transport is
/// aborted.
public sealed interface BaseProtocol permits StreamProtocol, DatagramProtocol {
  /// The connection is over: nothing is called after this.
  ///
  /// @param cause why, if it was neither closed nor aborted by this side, nor ended by the peer
  /// @throws Exception for the loop's exception handler
  default void connectionLost(@Nullable Throwable cause) throws Exception {}

  /// More waits to be sent than the upper limit of [BaseTransport#setWriteBufferLimits]. Whoever
  /// writes on regardless has it kept in memory.
  ///
  /// @throws Exception to have the transport aborted
  default void pauseWriting() throws Exception {}

  /// No more than the lower limit waits to be sent. Comes only after [#pauseWriting].
  ///
  /// @throws Exception to have the transport aborted
  default void resumeWriting() throws Exception {}
}
