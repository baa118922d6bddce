// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import tulip.redis.protocol.Reply;

/// How many different things were seen, about: the commands of Redis's group "hyperloglog". The
/// standard error is 0.81 %, and a key takes 12 KB at most.
public interface HyperLogLogCommands extends Commands {
  /// PFADD: notes that things were seen.
  ///
  /// @return whether the estimate has changed
  default boolean pfadd(String key, Object... elements) throws IOException {
    return call(Reply::truth, Arguments.of("PFADD", key).each(elements).toArray());
  }

  /// PFCOUNT: about how many different things were seen in any of the keys.
  default long pfcount(String... keys) throws IOException {
    return call(Reply::integer, Arguments.of("PFCOUNT").each(keys).toArray());
  }

  /// PFMERGE: notes in a key what was seen in others.
  default void pfmerge(String target, String... keys) throws IOException {
    call(Reply::orThrow, Arguments.of("PFMERGE", target).each(keys).toArray());
  }
}
