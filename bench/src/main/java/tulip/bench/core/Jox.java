// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.Select;

/// The channels of jox.
final class Jox {
  private Jox() {}

  static <T> Channel<T> channel(int capacity) {
    return capacity == 0 ? Channel.newRendezvousChannel() : Channel.newBufferedChannel(capacity);
  }

  static <T> T selectFrom(Channel<T> one, Channel<T> other) throws InterruptedException {
    return Select.select(one.receiveClause(), other.receiveClause());
  }
}
