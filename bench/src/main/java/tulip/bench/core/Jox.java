// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.Select;
import java.io.IOException;
import java.util.Objects;
import java.util.Properties;

/// The channels of jox.
final class Jox {
  private static final String PROPERTIES =
      "/META-INF/maven/com.softwaremill.jox/channels/pom.properties";

  private Jox() {}

  /// As its jar says.
  static String version() throws IOException {
    var properties = new Properties();
    try (var file = Channel.class.getResourceAsStream(PROPERTIES)) {
      properties.load(Objects.requireNonNull(file, PROPERTIES));
    }
    return properties.getProperty("version", "");
  }

  static <T> Channel<T> channel(int capacity) {
    return capacity == 0 ? Channel.newRendezvousChannel() : Channel.newBufferedChannel(capacity);
  }

  static <T> T selectFrom(Channel<T> one, Channel<T> other) throws InterruptedException {
    return Select.select(one.receiveClause(), other.receiveClause());
  }
}
