// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import tulip.net.ListenOptions;
import tulip.net.StreamLimits;
import tulip.net.Unix;

class UnixStreamTest extends StreamContract {
  @TempDir private Path folder;

  @Override
  protected void withPair(StreamLimits limits, PairBlock block) throws Exception {
    var path = folder.resolve("socket");
    try (var listener = Unix.listen(path, ListenOptions.DEFAULT.withLimits(limits));
        var here = Unix.connect(path, limits)) {
      block.run(here, listener.accept());
    }
  }
}
