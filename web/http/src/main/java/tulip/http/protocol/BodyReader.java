// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import tulip.bytes.ByteQueue;

/// Reads the body of one message, in one of the ways to know its end (RFC 9112, section 6.3).
abstract sealed class BodyReader permits LengthBody, ChunkedBody, OpenBody {
  private long limit;
  private long received;

  BodyReader(long limit) {
    this.limit = limit;
  }

  /// The next piece, the end, or that more is needed.
  ///
  /// @param ended whether the queue will get no more
  abstract HttpEvent read(ByteQueue input, boolean ended) throws ProtocolException;

  /// Changes the limit for what is still to come.
  void limit(long limit) {
    this.limit = limit;
  }

  /// Refuses a body whose length is known and too large, before any of it is read.
  final void checkLength(long length) throws MessageLimitException {
    if (length > limit - received) {
      throw tooLarge();
    }
  }

  /// Takes what is there of the body, or says that more is needed.
  ///
  /// @param most how much belongs to the body for certain
  final HttpEvent data(ByteQueue input, boolean ended, long most) throws ProtocolException {
    if (input.isEmpty()) {
      return needData(ended);
    }
    long room = Math.min(most, limit - received);
    if (room <= 0) {
      throw tooLarge();
    }
    int n = (int) Math.min(room, input.size());
    received += n;
    return new HttpEvent.Data(input.take(n));
  }

  /// How much of the body has come.
  final long received() {
    return received;
  }

  static HttpEvent needData(boolean ended) throws IncompleteMessageException {
    if (ended) {
      throw new IncompleteMessageException("the peer stopped sending inside of a body");
    }
    return HttpEvent.Signal.NEED_DATA;
  }

  private MessageLimitException tooLarge() {
    return new MessageLimitException(Status.CONTENT_TOO_LARGE, "the body", limit);
  }
}
