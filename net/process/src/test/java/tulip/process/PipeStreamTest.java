// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import tulip.net.ByteStream;
import tulip.net.StreamLimits;
import tulip.net.spi.Wire;
import tulip.net.testing.StreamContract;

/// A pipe of the kernel's, within this process.
class PipeStreamTest extends StreamContract {
  @Override
  protected void withPair(StreamLimits limits, PairBlock block) throws Exception {
    var pipe = Pipe.open();
    try (var source = pipe.source();
        var sink = pipe.sink()) {
      var near = PipeWire.writing(Channels.newOutputStream(sink), true, "sink");
      var far = PipeWire.reading(Channels.newInputStream(source), true, "source");
      block.run(new ByteStream(cut(near), limits), new ByteStream(cut(far), limits));
    }
  }

  /// What stands between the streams and the pipe.
  Wire cut(Wire wire) {
    return wire;
  }

  @Override
  protected boolean goesBothWays() {
    return false;
  }
}
