// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import tulip.bytes.MalformedException;
import tulip.core.Task;
import tulip.memcached.protocol.Reply;

/// A classic command, which may be answered by many lines.
final class Listing extends Call {
  private final int limit;
  private final Map<String, String> lines = new LinkedHashMap<>();

  /// @param limit how many lines at most
  Listing(Connection connection, Task<?> task, int limit) {
    super(connection, task, null);
    this.limit = limit;
  }

  @Override
  boolean accept(Reply reply) throws MalformedException {
    if (!(reply instanceof Reply.Line line && line.word().equals("STAT"))) {
      return super.accept(reply);
    }
    if (lines.size() >= limit) {
      throw new MalformedException("more than " + limit + " lines of statistics");
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
    Replies.check(await());
    return lines;
  }
}
