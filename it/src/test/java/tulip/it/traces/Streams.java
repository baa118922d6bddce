// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Objects;
import tulip.bytes.Bytes;
import tulip.net.Attribute;
import tulip.net.ByteStream;
import tulip.net.IncompleteReadException;
import tulip.net.LimitOverrunException;
import tulip.net.ListenOptions;
import tulip.net.StreamLimits;
import tulip.net.Tcp;
import tulip.net.TcpOptions;

/// asyncio's streams.
final class Streams extends Scenarios {
  private static final Bytes SEMICOLON = Bytes.ofAscii(";");
  private static final int MUCH = 20_000_000;

  /// A scenario with both ends of a connection.
  @FunctionalInterface
  private interface Conversation {
    void hold(ByteStream here, ByteStream there) throws Exception;
  }

  private static void withPair(Conversation conversation) throws Exception {
    withPair(StreamLimits.DEFAULT, conversation);
  }

  private static void withPair(StreamLimits limits, Conversation conversation) throws Exception {
    var free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var listener = Tcp.listen(free, ListenOptions.DEFAULT);
        var here =
            Tcp.connect(
                (InetSocketAddress) listener.address(), TcpOptions.DEFAULT.withLimits(limits));
        var there = listener.accept()) {
      conversation.hold(here, there);
    }
  }

  @Scenario
  void aLineArrivesInPieces() throws Exception {
    withPair((here, there) -> {
      var line = start(() -> here.readLine());
      for (var piece : List.of("he", "llo\nre", "st")) {
        there.write(piece);
        settle();
      }
      trace(line.await());
      there.close();
      trace(here.readLine());
      traceTruth(here.readLine() == null);
    });
  }

  /// As Python writes it.
  private void traceTruth(boolean value) {
    trace(value ? "True" : "False");
  }

  @Scenario
  void theEndInTheMiddleOfWhatIsWanted() throws Exception {
    withPair((here, there) -> {
      there.write("1234567");
      there.close();
      try {
        here.readExactly(10);
      } catch (IncompleteReadException e) {
        trace("only " + e.partial().ascii());
      }
      traceTruth(here.isAtEnd());
    });
  }

  @Scenario
  void theEndBeforeASeparator() throws Exception {
    withPair((here, there) -> {
      there.write("key=value;rest");
      there.close();
      trace(here.readUntil(SEMICOLON).ascii());
      try {
        here.readUntil(SEMICOLON);
      } catch (IncompleteReadException e) {
        trace("only " + e.partial().ascii());
      }
    });
  }

  @Scenario
  void whatIsTooLongCanBeReadOtherwise() throws Exception {
    withPair(
        StreamLimits.DEFAULT.withInput(8),
        (here, there) -> {
          there.write("0123456789;");
          try {
            here.readUntil(SEMICOLON);
          } catch (LimitOverrunException e) {
            trace("too long");
          }
          trace(here.readExactly(11).ascii());
        });
  }

  @Scenario
  void aCancelledReadTakesNothing() throws Exception {
    withPair((here, there) -> {
      for (var piece : List.of("01234", "56789")) {
        var read = start(() -> here.readExactly(11));
        there.write(piece);
        settle();
        read.cancel();
        join(read);
        trace(outcome(read));
      }
      there.write("x");
      trace(here.readExactly(11).ascii());
    });
  }

  @Scenario
  void aSecondReaderIsRefused() throws Exception {
    withPair((here, there) -> {
      var first = start(() -> here.readLine());
      settle();
      try {
        here.readLine();
      } catch (IllegalStateException e) {
        trace("refused");
      }
      there.write("for the first\n");
      trace(first.await());
    });
  }

  @Scenario
  void oneSideEndsAndStillHears() throws Exception {
    withPair((here, there) -> {
      var answer =
          start(() -> {
            trace("asked " + there.readAll(100).ascii());
            there.write("answer");
            there.close();
          });
      here.write("question");
      here.closeOutput();
      trace("heard " + here.readAll(100).ascii());
      answer.await();
    });
  }

  @Scenario
  void whoWritesMuchWaitsForTheReader() throws Exception {
    withPair((here, there) -> {
      var write =
          start(() -> {
            here.write(new byte[MUCH]);
            trace("written");
          });
      settle();
      trace("reading");
      int count = there.readExactly(MUCH).length();
      write.await();
      trace(count);
    });
  }

  @Scenario(
      difference = "who reads and who closes are one program: it is told what it did",
      trace = "closed")
  void closingEndsTheReadersWait() throws Exception {
    withPair((here, there) -> {
      var read =
          start(() -> {
            try {
              here.read(1);
            } catch (ClosedChannelException e) {
              trace("closed");
            }
          });
      settle();
      here.close();
      read.await();
    });
  }

  @Scenario
  void aResetIsTold() throws Exception {
    withPair((here, there) -> {
      var read =
          start(() -> {
            try {
              here.read(1);
            } catch (IOException e) {
              trace(Objects.equals(e.getMessage(), "Connection reset") ? "reset" : e);
            }
          });
      settle();
      var socket = Objects.requireNonNull(there.attribute(Attribute.SOCKET));
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      there.abort();
      read.await();
    });
  }
}
