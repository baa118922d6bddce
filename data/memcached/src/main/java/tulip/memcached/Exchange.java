// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tulip.memcached.protocol.Command;
import tulip.memcached.protocol.Reply;
import tulip.pipelining.Call;

/// A request that was sent: its reply comes here, whether somebody still waits for it or not.
class Exchange extends Call<Reply> {
  private final Endpoint server;

  /// What was sent; `null` if it was no meta command.
  private final @Nullable Command command;

  private @Nullable Reply reply;

  Exchange(Endpoint server, @Nullable Command command) {
    super(NO_DEADLINE);
    this.server = server;
    this.command = command;
  }

  @Override
  protected boolean accept(Reply reply) throws IOException {
    if (command != null && !command.isAnsweredBy(reply)) {
      throw new ProtocolException("no server says " + reply + " to " + command.word());
    }
    this.reply = reply;
    return true;
  }

  /// Waits for the last reply. In the task that has sent it.
  Reply awaitReply() throws IOException {
    await();
    return Objects.requireNonNull(reply);
  }

  @Override
  public String toString() {
    return "a reply of memcached at " + server;
  }
}
