// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.LinkedHashMap;
import java.util.Map;
import tulip.memcached.protocol.Reply;

/// A classic command, which may be answered by many lines.
final class Listing extends Exchange {
  private final int limit;
  private final Map<String, String> lines = new LinkedHashMap<>();

  /// @param limit how many lines at most
  Listing(Endpoint server, int limit) {
    super(server, null);
    this.limit = limit;
  }

  @Override
  protected boolean accept(Reply reply) throws IOException {
    if (!(reply instanceof Reply.Line line && line.word().equals("STAT"))) {
      return super.accept(reply);
    }
    if (lines.size() >= limit) {
      throw new ProtocolException("more than " + limit + " lines of statistics");
    }
    int blank = line.rest().indexOf(' ');
    if (blank < 0) {
      lines.put(line.rest(), "");
    } else {
      lines.put(line.rest().substring(0, blank), line.rest().substring(blank + 1));
    }
    return false;
  }

  /// Waits for all of them.
  Map<String, String> awaitLines() throws IOException {
    Replies.check(awaitReply());
    return lines;
  }
}
