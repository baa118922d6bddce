// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.queue.ChannelClosedException;
import tulip.testing.TulipTest;

@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class InboxTest {
  private static Inbox<String> inbox(int capacity) {
    return new Inbox<>(capacity, missing -> missing + " missing", "nothing more will come");
  }

  private static List<String> receive(Inbox<String> inbox, int count) throws IOException {
    var received = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      received.add(inbox.receive());
    }
    return received;
  }

  @TulipTest
  void whatIsTakenInTimeComesInOrder() throws IOException {
    try (var inbox = inbox(2);
        var group = TaskGroup.open()) {
      var first = group.start(inbox::receive);
      Tulip.yield();
      inbox.offer("a");
      inbox.offer("b");
      inbox.offer("c");
      assertEquals("a", first.await());
      assertEquals(List.of("b", "c"), receive(inbox, 2));
    }
  }

  @TulipTest
  void whatIsDroppedIsCountedBehindWhatCameBefore() throws IOException {
    try (var inbox = inbox(2)) {
      for (var event : List.of("a", "b", "c", "d")) {
        inbox.offer(event);
      }
      assertEquals(List.of("a", "b", "2 missing"), receive(inbox, 3));
      inbox.offer("e");
      assertEquals(List.of("e"), receive(inbox, 1));
    }
  }

  @TulipTest
  void aGapStandsInFrontOfWhatComesAfterIt() throws IOException {
    try (var inbox = inbox(2)) {
      for (var event : List.of("a", "b", "c")) {
        inbox.offer(event);
      }
      assertEquals(List.of("a"), receive(inbox, 1));
      inbox.offer("d"); // the gap takes the room, and so d is missing too
      assertEquals(List.of("b", "1 missing", "1 missing"), receive(inbox, 3));
    }
  }

  @TulipTest
  void theEndIsToldBehindWhatCameBefore() throws IOException {
    try (var inbox = inbox(2)) {
      var cause = new IOException("the server is gone");
      inbox.offer("a");
      inbox.end(cause);
      inbox.end(new IOException("once more"));
      assertEquals(List.of("a"), receive(inbox, 1));
      assertSame(cause, assertThrows(IOException.class, inbox::receive).getCause());
    }
  }

  @TulipTest
  void aClosedInboxTakesAndGivesNothing() {
    var inbox = inbox(2);
    inbox.close();
    inbox.close();
    inbox.offer("a");
    assertThrows(ChannelClosedException.class, inbox::receive);
  }
}
