// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.nio.channels.Channel;

/// What sockets of all kinds need now and then.
final class Sockets {
  private static final System.Logger LOG = System.getLogger("tulip.net");

  private Sockets() {}

  /// Closes; an error at that moment tells nothing that anybody could act on.
  static void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing " + channel, e);
    }
  }

  /// A failure that says where it happened, in place of the JDK's, which does not.
  static <X extends IOException> X located(X located, IOException bare) {
    located.initCause(bare);
    return located;
  }
}
