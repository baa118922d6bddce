// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.net.StreamLimits;
import tulip.net.testing.StreamContract;

/// The standard input and output of a program that passes on what it reads.
class CatStreamTest extends StreamContract {
  @Override
  protected void withPair(StreamLimits limits, PairBlock block) throws Exception {
    var cat = Tulip.blocking(() -> new ProcessBuilder("cat").start());
    try {
      var stdin = PipeWire.writing(cat.getOutputStream(), true, "cat-stdin");
      var stdout = PipeWire.reading(cat.getInputStream(), true, "cat-stdout");
      block.run(new ByteStream(stdin, limits), new ByteStream(stdout, limits));
    } finally {
      cat.destroyForcibly();
      Tulip.await(cat.onExit());
      cat.getErrorStream().close();
    }
  }

  @Override
  protected boolean goesBothWays() {
    return false;
  }
}
