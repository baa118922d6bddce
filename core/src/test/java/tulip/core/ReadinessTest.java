// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import tulip.core.LoopOptions.Engine;

class ReadinessTest {
  /// A channel that is ready would else wake the loop again and again for nobody.
  @BothEngines
  void aReaderWhoseHandleWasCancelledIsNoLongerWatched(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var pipe = Pipe.open();
          try (var source = pipe.source();
              var sink = pipe.sink()) {
            source.configureBlocking(false);
            var calls = new ArrayList<String>();
            var handle = loop.addReader(source, () -> calls.add("ready"));
            sink.write(ByteBuffer.allocate(1));
            handle.cancel();
            assertTrue(loop.poller().hasChannels());
            while (loop.poller().hasChannels()) {
              Tulip.yield();
            }
            assertTrue(calls.isEmpty());
            assertFalse(loop.removeReader(source));
          }
        });
  }

  @BothEngines
  void aChannelThatSomebodyWatchesIsRefusedToOthers(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var pipe = Pipe.open();
          try (var source = pipe.source();
              var _ = pipe.sink()) {
            source.configureBlocking(false);
            var registration = loop.poller().register(source, _ -> {});
            assertThrows(IllegalStateException.class, () -> loop.addReader(source, () -> {}));
            assertFalse(loop.removeReader(source));
            registration.cancel();
            loop.addReader(source, () -> {});
            assertThrows(
                IllegalStateException.class, () -> loop.poller().register(source, _ -> {}));
            assertTrue(loop.removeReader(source));
          }
        });
  }
}
