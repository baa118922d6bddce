// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.net.spi.Waiters;
import tulip.testing.TulipTest;

/// What becomes of datagrams that the system has no room for: loopback always has, so here is a
/// system that has not.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class DatagramQueueTest {
  private final List<String> sent = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();
  private final List<IOException> failures = new ArrayList<>();

  private final class Port implements DatagramQueue.Port {
    private final Waiters waiters = new Waiters(() -> "room");
    private int room;
    private @Nullable IOException failure;

    void makeRoom(int datagrams) {
      room += datagrams;
      waiters.wakeAll();
    }

    void fail(IOException why) {
      failure = why;
      waiters.wakeAll();
    }

    @Override
    public boolean trySend(DatagramQueue.Packet packet) throws IOException {
      var why = failure;
      if (why != null) {
        failure = null;
        throw why;
      }
      if (room == 0) {
        return false;
      }
      room--;
      sent.add(packet.data().ascii());
      return true;
    }

    @Override
    public void send(DatagramQueue.Packet packet) throws IOException {
      while (!trySend(packet)) {
        waiters.await();
      }
    }
  }

  private final Port port = new Port();

  private DatagramQueue queue() {
    var queue = new DatagramQueue[1];
    queue[0] = new DatagramQueue(port, failures::add, () -> sizes.add(queue[0].size()));
    return queue[0];
  }

  private static DatagramQueue.Packet packet(String text) {
    return new DatagramQueue.Packet(Bytes.ofAscii(text), null);
  }

  @TulipTest
  void whatThereIsRoomForIsSentAtOnce() {
    port.makeRoom(1);
    var queue = queue();
    queue.add(packet("a"));
    assertEquals(List.of("a"), sent);
    assertEquals(List.of(), sizes);
    queue.flush();
  }

  @TulipTest
  void theRestIsSentInOrderWhenThereIsRoom() {
    var queue = queue();
    queue.add(packet("aa"));
    queue.add(packet(""));
    assertEquals(List.of(10, 18), sizes);
    var flushing = Tulip.createTask(queue::flush);
    port.makeRoom(1);
    Loopback.settle();
    assertEquals(List.of("aa"), sent);
    assertFalse(flushing.isDone());
    queue.add(packet("b"));
    port.makeRoom(2);
    flushing.await();
    assertEquals(List.of("aa", "", "b"), sent);
    assertEquals(List.of(10, 18, 8, 17, 9, 0), sizes);
  }

  @TulipTest
  void aFailureConcernsOneDatagram() throws Exception {
    var queue = queue();
    queue.add(packet("a"));
    queue.add(packet("b"));
    Loopback.settle();
    var unreachable = new IOException("unreachable");
    port.fail(unreachable);
    Loopback.settle();
    port.makeRoom(1);
    queue.flush();
    assertSame(unreachable, failures.getFirst());
    assertEquals(List.of("b"), sent);
  }

  @TulipTest
  void whatIsDroppedIsNotSent() {
    var queue = queue();
    queue.add(packet("a"));
    queue.add(packet("b"));
    Loopback.settle();
    queue.clear();
    assertEquals(0, queue.size());
    port.makeRoom(2);
    queue.flush();
    assertEquals(List.of("a"), sent); // it was under way
  }
}
