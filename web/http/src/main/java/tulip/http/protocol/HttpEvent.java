// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import tulip.bytes.Bytes;

/// What a connection has received: a head, then any number of pieces of the body, then the end; or
/// a [Signal] that says why there is nothing.
public sealed interface HttpEvent
    permits RequestHead, ResponseHead, HttpEvent.Data, HttpEvent.End, HttpEvent.Signal {
  /// A piece of the body.
  ///
  /// Where it was cut says nothing. It is copied out of the queue, or goes out with the queue's
  /// array if it fills most of it.
  ///
  /// @param bytes one or more
  record Data(Bytes bytes) implements HttpEvent {}

  /// The message is complete.
  ///
  /// @param trailers the fields after a chunked body. They are not checked for sense: never merge
  ///   them into the head's
  record End(Headers trailers) implements HttpEvent {
    /// Without trailers.
    public static final End PLAIN = new End(Headers.EMPTY);
  }

  /// There is no event, and why.
  enum Signal implements HttpEvent {
    /// The next event has not all arrived: add to the queue and ask again.
    NEED_DATA,

    /// The next message must wait until this one is dealt with: the server answers, or the client
    /// asks.
    PAUSED,

    /// The connection speaks another protocol now. All bytes belong to that, those in the queue
    /// included.
    TUNNEL,

    /// No message will follow. Bytes in the queue mean nothing.
    CLOSED
  }
}
