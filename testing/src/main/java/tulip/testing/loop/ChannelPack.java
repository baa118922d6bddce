// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.testing.loop.Ends.accept;
import static tulip.testing.loop.Ends.drain;
import static tulip.testing.loop.Ends.fill;
import static tulip.testing.loop.Ends.read;
import static tulip.testing.loop.Ends.readOnce;
import static tulip.testing.loop.Ends.write;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import tulip.core.EventLoop;
import tulip.core.Tulip;

/// Readers and writers of channels. Readiness is a level: a channel is ready as long as it is.
@Needs(Capability.CHANNELS)
abstract class ChannelPack extends JobPack {
  // Reading.

  @Test
  void aReaderIsCalledWhenThereIsSomethingToRead() throws Exception {
    run(loop -> {
      var pair = pipe();
      loop.addReader(pair.source(), () -> trail.add(read(pair.source())));
      write(pair.sink(), "x");
      Tulip.sleep(ofSeconds(1));
      trail.assertIs("x");
      write(pair.sink(), "y");
      Tulip.sleep(ofSeconds(1));
      trail.assertIs("x", "y");
      loop.removeReader(pair.source());
    });
  }

  @Test
  void aReaderIsNotCalledForNothing() throws Exception {
    run(loop -> {
      var pair = pipe();
      loop.addReader(pair.source(), trail.mark("read"));
      Tulip.sleep(ofSeconds(1));
      trail.assertIs();
      loop.removeReader(pair.source());
    });
  }

  @Test
  void aReaderIsCalledAgainWhileSomethingIsLeft() throws Exception {
    run(loop -> {
      var pair = pipe();
      var done = loop.createFuture();
      write(pair.sink(), "x");
      loop.addReader(
          pair.source(),
          () -> {
            trail.add("left");
            if (trail.size() == 3) {
              loop.removeReader(pair.source());
              done.cancel();
            }
          });
      done.awaitDone();
      trail.assertIs("left", "left", "left");
    });
  }

  @Test
  void theEndOfAStreamIsSomethingToRead() throws Exception {
    run(loop -> {
      var pair = pipe();
      var end = readOnce(loop, pair);
      pair.sink().close();
      assertEquals("EOF", end.await());
    });
  }

  @Test
  void aConnectionToAcceptIsSomethingToRead() throws Exception {
    run(loop -> {
      var server = listen();
      var accepted = loop.<SocketChannel>createFuture();
      loop.addReader(
          server,
          () -> {
            loop.removeReader(server);
            accepted.setResult(closeLater(accept(server)));
          });
      var client = closeLater(SocketChannel.open(server.getLocalAddress()));
      assertEquals(client.getLocalAddress(), accepted.await().getRemoteAddress());
    });
  }

  // Writing.

  @Test
  void aWriterIsCalledWhenThereIsRoom() throws Exception {
    run(loop -> {
      var pair = pipe();
      loop.addWriter(
          pair.sink(),
          () -> {
            trail.add("room");
            loop.removeWriter(pair.sink());
          });
      Tulip.sleep(ofSeconds(1));
      trail.assertIs("room");
    });
  }

  @Test
  void aWriterWaitsForRoom() throws Exception {
    run(loop -> {
      var pair = pipe();
      fill(pair.sink());
      loop.addWriter(
          pair.sink(),
          () -> {
            trail.add("room");
            loop.removeWriter(pair.sink());
          });
      Tulip.sleep(ofSeconds(1));
      trail.assertIs();
      drain(pair.source());
      Tulip.sleep(ofSeconds(1));
      trail.assertIs("room");
    });
  }

  @Test
  void aConnectionThatIsMadeIsRoomToWrite() throws Exception {
    run(loop -> {
      var server = listen();
      var client = closeLater(SocketChannel.open());
      client.configureBlocking(false);
      var connected = loop.<Boolean>createFuture();
      if (!client.connect(server.getLocalAddress())) {
        loop.addWriter(client, () -> connected.setResult(loop.removeWriter(client)));
        assertTrue(connected.await());
      }
      assertTrue(client.finishConnect());
    });
  }

  @Test
  void readerAndWriterOfOneChannelAreIndependent() throws Exception {
    run(loop -> {
      var server = listen();
      var client = closeLater(SocketChannel.open(server.getLocalAddress()));
      client.configureBlocking(false);
      var peer = closeLater(accept(server));
      loop.addReader(client, () -> trail.add(read(client)));
      loop.addWriter(client, () -> trail.add("room, " + loop.removeWriter(client)));
      Tulip.sleep(ofSeconds(1));
      trail.assertIs("room, true");
      write(peer, "x");
      Tulip.sleep(ofSeconds(1));
      trail.assertIs("room, true", "x");
      assertTrue(loop.removeReader(client));
      assertFalse(loop.removeWriter(client));
    });
  }

  // Replacing and removing.

  @Test
  void aNewReaderReplacesOneThatIsQueuedAlready() throws Exception {
    run(loop -> {
      var first = pipe();
      var second = pipe();
      write(first.sink(), "x");
      write(second.sink(), "y");
      replaceOther(loop, first, second);
      replaceOther(loop, second, first);
      Tulip.sleep(ofSeconds(1));
      assertEquals(2, trail.size());
      assertFalse(trail.marks().get(0).equals(trail.marks().get(1)));
    });
  }

  /// The reader that is called first replaces the other, which is queued at that moment.
  private void replaceOther(EventLoop loop, Pipe mine, Pipe other) throws IOException {
    loop.addReader(
        mine.source(),
        () -> {
          loop.removeReader(mine.source());
          trail.add("old");
          addQuietly(
              loop,
              other,
              () -> {
                loop.removeReader(other.source());
                trail.add("new");
              });
        });
  }

  private static void addQuietly(EventLoop loop, Pipe pipe, Runnable reader) {
    try {
      loop.addReader(pipe.source(), reader);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aReaderThatIsRemovedWhileQueuedIsNotCalled() throws Exception {
    run(loop -> {
      var pipes = new ArrayList<Pipe>();
      for (int i = 0; i < 3; i++) {
        var pair = pipe();
        pipes.add(pair);
        write(pair.sink(), "x");
        loop.addReader(
            pair.source(),
            () -> {
              trail.add("called");
              pipes.forEach(each -> loop.removeReader(each.source()));
            });
      }
      Tulip.sleep(ofSeconds(1));
      trail.assertIs("called");
    });
  }

  @Test
  void aRemovedReaderMayBeAddedAgain() throws Exception {
    run(loop -> {
      var pair = pipe();
      for (int i = 0; i < 3; i++) {
        write(pair.sink(), "x");
        assertEquals("x", readOnce(loop, pair).await());
      }
    });
  }

  @Test
  void aReaderMayBeRemovedAndAddedWithinOneTurn() throws Exception {
    run(loop -> {
      var pair = pipe();
      write(pair.sink(), "x");
      loop.addReader(pair.source(), trail.mark("old"));
      loop.removeReader(pair.source());
      assertEquals("x", readOnce(loop, pair).await());
      trail.assertIs();
    });
  }

  @Test
  void removingWhatWasNeverAddedAnswersFalse() throws Exception {
    run(loop -> {
      var pair = pipe();
      assertFalse(loop.removeReader(pair.source()));
      assertFalse(loop.removeWriter(pair.sink()));
      loop.addWriter(pair.sink(), () -> {});
      assertFalse(loop.removeReader(pair.sink()));
      assertTrue(loop.removeWriter(pair.sink()));
    });
  }

  @Test
  void aClosedChannelIsNoLongerWatchedAndCanBeRemoved() throws Exception {
    run(loop -> {
      var server = listen();
      var client = closeLater(SocketChannel.open(server.getLocalAddress()));
      client.configureBlocking(false);
      fill(client);
      loop.addReader(client, trail.mark("read"));
      loop.addWriter(client, trail.mark("write"));
      client.close();
      Tulip.sleep(ofSeconds(1));
      trail.assertIs();
      assertThrows(ClosedChannelException.class, () -> loop.addReader(client, () -> {}));
      assertTrue(loop.removeReader(client));
      assertTrue(loop.removeWriter(client));
    });
  }

  // Refusals.

  @Test
  void aChannelThatBlocksIsRefused() throws Exception {
    run(loop -> {
      var pair = pipe();
      pair.source().configureBlocking(true);
      assertThrows(
          IllegalBlockingModeException.class, () -> loop.addReader(pair.source(), () -> {}));
      pair.source().configureBlocking(false);
      write(pair.sink(), "x");
      assertEquals("x", readOnce(loop, pair).await());
    });
  }

  @Test
  void aClosedChannelIsRefused() throws Exception {
    run(loop -> {
      var pair = pipe();
      pair.source().close();
      assertThrows(ClosedChannelException.class, () -> loop.addReader(pair.source(), () -> {}));
      assertFalse(loop.removeReader(pair.source()));
    });
  }

  @Test
  void anotherThreadIsRefused() throws Exception {
    run(loop -> {
      var pair = pipe();
      assertRefusedElsewhere(() -> loop.addReader(pair.source(), () -> {}));
      assertRefusedElsewhere(() -> loop.removeReader(pair.source()));
    });
  }

  // Among the others.

  @Test
  void everyReadyChannelIsServed() throws Exception {
    run(loop -> {
      for (int i = 0; i < 50; i++) {
        var pair = pipe();
        int number = i;
        write(pair.sink(), "x");
        loop.addReader(
            pair.source(),
            () -> {
              loop.removeReader(pair.source());
              trail.add(number);
            });
      }
      Tulip.sleep(ofSeconds(1));
      assertEquals(50, trail.marks().stream().distinct().count());
      assertEquals(50, trail.size());
    });
  }

  @Test
  void aBusyChannelDoesNotStarveTheOthers() throws Exception {
    runReal(loop -> {
      var pair = pipe();
      write(pair.sink(), "x");
      loop.addReader(pair.source(), () -> {});
      loop.callSoon(trail.mark("callback"));
      loop.callLater(ofMillis(1), trail.mark("timer"));
      Tulip.sleep(ofMillis(5));
      trail.assertIs("callback", "timer");
      loop.removeReader(pair.source());
    });
  }

  @Test
  void aFailingReaderIsReportedAndStaysAdded() throws Exception {
    run(loop -> {
      var pair = pipe();
      loop.addReader(
          pair.source(),
          () -> {
            throw new IllegalStateException(read(pair.source()));
          });
      write(pair.sink(), "x");
      Tulip.sleep(ofSeconds(1));
      assertEquals("x", takeException().getMessage());
      write(pair.sink(), "y");
      Tulip.sleep(ofSeconds(1));
      assertEquals("y", takeException().getMessage());
      loop.removeReader(pair.source());
    });
  }

  @Test
  void watchingDoesNotHoldUpRealTimers() throws Exception {
    runReal(loop -> {
      var pair = pipe();
      loop.addReader(pair.source(), trail.mark("read"));
      long begin = loop.time();
      Tulip.sleep(ofMillis(3));
      assertTrue(loop.time() - begin >= ofMillis(3).toNanos());
      loop.removeReader(pair.source());
      trail.assertIs();
    });
  }

  @Test
  void aPollerForgetsWhatWasRemoved() throws Exception {
    run(loop -> {
      var pair = pipe();
      loop.addReader(pair.source(), () -> {});
      assertTrue(loop.poller().hasChannels());
      loop.removeReader(pair.source());
      Tulip.sleep(ofSeconds(1));
      assertFalse(loop.poller().hasChannels());
    });
  }

  @Test
  @Needs(Capability.RUN)
  void channelsCanBeAddedBeforeTheRun() throws Exception {
    var loop = newLoop();
    var pair = pipe();
    write(pair.sink(), "x");
    var text = readOnce(loop, pair);
    assertEquals("x", loop.runUntilComplete(text));
  }

  @Test
  @Needs(Capability.RUN)
  void aSleepingLoopIsWokenByAChannel() throws Exception {
    var loop = newLoop(real());
    var pair = pipe();
    var text = readOnce(loop, pair);
    thread(() -> write(pair.sink(), "x"));
    assertEquals("x", loop.runUntilComplete(text));
  }

  @Test
  @Needs(Capability.RUN)
  void closingTheLoopLeavesChannelsOpen() throws Exception {
    var loop = newLoop();
    var pair = pipe();
    loop.addReader(pair.source(), () -> {});
    loop.close();
    assertTrue(pair.source().isOpen());
    write(pair.sink(), "x");
    assertEquals("x", read(pair.source()));
  }

  @Test
  void aClientAndAServerTalkOnOneLoop() throws Exception {
    run(loop -> {
      var server = listen();
      loop.addReader(server, () -> serve(loop, server));
      for (int i = 0; i < 10; i++) {
        var client = closeLater(SocketChannel.open(server.getLocalAddress()));
        client.configureBlocking(false);
        write(client, "message " + i);
        var answer = loop.<String>createFuture();
        loop.addReader(
            client,
            () -> {
              loop.removeReader(client);
              answer.setResult(read(client));
            });
        assertEquals("message " + i, answer.await());
        client.close();
      }
      Tulip.sleep(ofSeconds(1));
      loop.removeReader(server);
    });
  }

  private void serve(EventLoop loop, ServerSocketChannel server) {
    var peer = closeLater(accept(server));
    try {
      loop.addReader(
          peer,
          () -> {
            var text = read(peer);
            if (text.equals("EOF")) {
              loop.removeReader(peer);
            } else {
              write(peer, text);
            }
          });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  // Help.

  private ServerSocketChannel listen() throws IOException {
    var server = closeLater(ServerSocketChannel.open());
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.configureBlocking(false);
    return server;
  }
}
