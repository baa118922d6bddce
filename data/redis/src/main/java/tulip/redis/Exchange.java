// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import tulip.pipelining.Call;
import tulip.redis.protocol.Reply;

/// Commands that one task has sent in one piece, and its wait for their replies.
final class Exchange extends Call<Reply> {
  /// What a command that subscribes gets for a reply is a push in RESP3.
  final boolean subscribing;

  private final Reply[] replies;
  private int received;

  Exchange(int commands, boolean subscribing, long deadline) {
    super(deadline);
    this.subscribing = subscribing;
    replies = new Reply[commands];
  }

  @Override
  protected boolean accept(Reply reply) {
    replies[received++] = reply;
    return received == replies.length;
  }

  Reply[] awaitReplies() throws IOException {
    await();
    return replies;
  }

  @Override
  public String toString() {
    return replies.length + " replies of Redis";
  }
}
