// SPDX-License-Identifier: Apache-2.0
package tulip.net.spi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import tulip.core.LoopVar;
import tulip.core.Tulip;

/// How host names become addresses when a stream is connected.
///
/// Unless a loop is told otherwise it asks the JVM, whose look-ups block: they run in the pool of
/// [Tulip#blocking], and a cancelled one ends there unheard.
@FunctionalInterface
public interface NameResolver {
  /// Asks the JVM, and so the operating system.
  NameResolver SYSTEM = host -> List.of(Tulip.blocking(() -> InetAddress.getAllByName(host)));

  /// The resolver of each loop; [#SYSTEM] where none is set.
  LoopVar<NameResolver> CURRENT = LoopVar.of("name resolver");

  /// Finds the addresses of a host, those to be tried first in front. In a task.
  ///
  /// @param host a name; never a literal address
  /// @return at least one
  /// @throws UnknownHostException if there is none
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /// What the running loop uses.
  static NameResolver current() {
    return CURRENT.getOrSet(() -> SYSTEM);
  }
}
