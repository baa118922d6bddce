// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.testing.TulipTest;

/// What the tasks of one turn write leaves in one system call.
@Timeout(20)
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class OneWriteTest {
  private static final int TASKS = 1000;
  private static final int SLICE = 128 * 1024;
  private static final StreamLimits ROOMY = new StreamLimits(1 << 21, 1 << 21, ofSeconds(5));

  private interface Exchange {
    void run(CountingWire wire, ByteStream here, ByteStream there) throws Exception;
  }

  private static void inMemory(Exchange exchange) throws Exception {
    var wires = MemoryWire.pair(1 << 21);
    var counting = new CountingWire(wires.near());
    try (var here = new ByteStream(counting, ROOMY);
        var there = new ByteStream(wires.far(), ROOMY)) {
      exchange.run(counting, here, there);
      assertEquals(0, here.unsent());
    }
  }

  private static void eachWrites(TaskGroup group, ByteStream stream, Bytes piece) {
    for (int i = 0; i < TASKS; i++) {
      group.start(() -> stream.write(piece));
    }
  }

  @TulipTest
  void aThousandTasksMakeOneWrite(TaskGroup group) throws Exception {
    inMemory((wire, here, there) -> {
      eachWrites(group, here, Bytes.ofAscii("GET key\r\n"));
      there.readExactly(9 * TASKS);
      assertEquals(1, wire.writes);
    });
  }

  @TulipTest
  void theyMakeAsManyAsTheSizeNeeds(TaskGroup group) throws Exception {
    inMemory((wire, here, there) -> {
      eachWrites(group, here, Bytes.wrap(new byte[1000]));
      there.readExactly(1000 * TASKS);
      assertEquals(Math.ceilDiv(1000 * TASKS, SLICE), wire.writes);
    });
  }

  @TulipTest
  void requestsLeaveBeforeTheirReaderWaits(TaskGroup group) throws Exception {
    inMemory((wire, here, there) -> {
      var echo = group.start(() -> there.transferTo(there));
      for (int round = 1; round <= 3; round++) {
        for (int i = 0; i < TASKS; i++) {
          here.write("PING\r\n");
        }
        here.readExactly(6 * TASKS);
        assertEquals(round, wire.writes);
      }
      here.closeOutput();
      echo.await();
    });
  }

  @TulipTest
  void eachTurnHasItsOwn() throws Exception {
    inMemory((wire, here, there) -> {
      for (int turn = 1; turn <= 3; turn++) {
        here.write("a");
        here.write("b");
        Tulip.yield();
        Tulip.yield();
        assertEquals(turn, wire.writes);
      }
    });
  }

  /// As the kernel counts them, for the thread that all of this loop's tasks run on.
  @TulipTest(engine = Engine.CARRIER)
  void theKernelSeesOne() throws Exception {
    var free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var listener = Tcp.listen(free, ListenOptions.DEFAULT);
        var here = Tcp.connect("127.0.0.1", listener.port());
        var there = listener.accept()) {
      assertFalse(Tulip.moveOnAfter(ofSeconds(1), there::read)); // has the loop make its selector
      long before = writeCalls();
      TaskGroup.run(group -> eachWrites(group, here, Bytes.ofAscii("GET key\r\n")));
      there.readExactly(9 * TASKS);
      assertEquals(1, writeCalls() - before);
      there.write("x");
      here.readExactly(1);
      assertEquals(2, writeCalls() - before);
    }
  }

  /// How often the running thread has called `write` or a relative of it.
  private static long writeCalls() throws IOException {
    return Files.readAllLines(Path.of("/proc/thread-self/io")).stream()
        .filter(line -> line.startsWith("syscw: "))
        .mapToLong(line -> Long.parseLong(line.substring("syscw: ".length())))
        .sum();
  }
}
