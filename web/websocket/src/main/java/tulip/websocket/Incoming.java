// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.core.Scope;
import tulip.net.ByteStream;
import tulip.net.spi.Waiters;
import tulip.websocket.protocol.CloseStatus;
import tulip.websocket.protocol.WebSocketConnection;
import tulip.websocket.protocol.WebSocketEvent;
import tulip.websocket.protocol.WebSocketProtocolException;

/// The reading half of a socket.
///
/// There is no task that reads. Whoever waits for something, be it a message, a pong or the end,
/// reads until it has come, and what comes for others is put aside for them; the others wait until
/// it is their turn to read. Messages that nobody wants yet are received ahead to a limit, so that
/// a peer sends no faster than they are taken.
final class Incoming {
  private static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_PIECES = 256;

  /// Who sends and never receives looks so often what has come.
  private static final long LOOK_AFTER = Duration.ofMillis(200).toNanos();

  private final ByteStream stream;
  private final WebSocketConnection connection;
  private final Outgoing outgoing;
  private final EventLoop loop = EventLoop.current();
  private final ArrayDeque<WebSocketEvent.Data> pieces = new ArrayDeque<>(1);
  private final Waiters others = new Waiters(this::toString);
  private int queued;
  private boolean reading;

  /// Nobody wants messages any more; what there is no room for is dropped, and all behind it.
  private boolean unwanted;

  private boolean dropped;

  /// A server's socket is closed when the server ends while nothing has come for it.
  private boolean soft;

  private long lookedAt = loop.time();
  private long heardAt = lookedAt;
  private @Nullable Duration latency;
  private long lastPing;
  private long lastPong;
  private boolean ended;
  private @Nullable IOException failure;

  Incoming(Link link, Outgoing outgoing) {
    this.stream = link.stream();
    this.connection = link.connection();
    this.outgoing = outgoing;
    this.soft = connection.isServer();
  }

  // Waiting.

  /// The next piece of a message.
  ///
  /// @return null at the end
  WebSocketEvent.@Nullable Data next() {
    await(() -> !pieces.isEmpty());
    boolean full = isFull();
    var piece = pieces.poll();
    if (piece != null) {
      queued -= piece.bytes().length();
      if (full) {
        others.wakeAll();
      }
    }
    return piece;
  }

  /// Asks whether the peer lives, and waits for the answer or the end.
  ///
  /// @return whether it has answered
  boolean ping() throws IOException {
    long start = loop.time();
    long number = ++lastPing;
    outgoing.ping(Bytes.ofAscii(Long.toString(number)));
    await(() -> lastPong >= number);
    if (lastPong < number) {
      return false;
    }
    latency = Duration.ofNanos(loop.time() - start);
    return true;
  }

  /// Waits for the end.
  void awaitEnd() {
    unwanted = true;
    others.wakeAll();
    await(() -> false);
  }

  private void await(BooleanSupplier condition) {
    while (!ended && !condition.getAsBoolean()) {
      if (reading || (isFull() && !unwanted)) {
        others.await();
      } else {
        read();
      }
    }
  }

  // Reading.

  private void read() {
    reading = true;
    try {
      if (!receive()) {
        fill();
      }
    } catch (IOException e) {
      end(broken("the connection broke: " + e.getMessage(), e));
    } finally {
      reading = false;
      others.wakeAll();
    }
  }

  private void fill() throws IOException {
    var more = soft ? softFill() : Boolean.valueOf(stream.fill());
    heard(Boolean.TRUE.equals(more));
    if (more == null) { // the server ends: the peer is told, and may finish what it says
      soft = false;
      outgoing.close(CloseStatus.GOING_AWAY);
    } else if (!more) {
      end(broken("the connection ended without a close frame", null));
    }
  }

  /// @return null if the server ends
  private @Nullable Boolean softFill() throws IOException {
    if (Scope.isEnding()) { // also if there is always something to be read
      return null;
    }
    return new Scope().soft(true).run(() -> stream.fill());
  }

  private void heard(boolean more) {
    lookedAt = loop.time();
    heardAt = more ? lookedAt : heardAt;
  }

  /// Takes what has come while nobody waited, from time to time: before something is sent.
  void look() {
    if (reading || ended || loop.time() - lookedAt < LOOK_AFTER) {
      return;
    }
    try {
      boolean more;
      do {
        while (!isFull() && receive()) {}
        more = !isFull() && !ended && stream.tryFill();
        heard(more);
      } while (more);
    } catch (IOException e) {
      end(broken("the connection broke: " + e.getMessage(), e));
    }
  }

  /// Deals with the next event.
  ///
  /// @return whether there was one
  private boolean receive() throws IOException {
    try {
      return receive(connection.receive(stream.input()));
    } catch (WebSocketProtocolException e) {
      end(
          new WebSocketClosedException(
              e.status(), "the peer broke the protocol: " + e.getMessage(), e));
      outgoing.close(e.status());
      return true;
    }
  }

  private boolean receive(WebSocketEvent event) throws IOException {
    switch (event) {
      case WebSocketEvent.Data data -> add(data);
      case WebSocketEvent.Ping ping -> outgoing.pong(ping.payload());
      case WebSocketEvent.Pong pong -> addPong(pong.payload());
      case WebSocketEvent.Close close -> closed(close.status());
      case WebSocketEvent.Signal _ -> {
        return false;
      }
    }
    return true;
  }

  private void add(WebSocketEvent.Data data) {
    dropped |= unwanted && isFull();
    if (!dropped) {
      pieces.add(data);
      queued += data.bytes().length();
    }
  }

  private void addPong(Bytes payload) {
    try {
      long number = Long.parseLong(payload.ascii());
      lastPong = number <= lastPing ? Math.max(lastPong, number) : lastPong;
    } catch (NumberFormatException _) {
      // a sign of life, and no answer
    }
  }

  // The end.

  private void closed(CloseStatus status) throws IOException {
    boolean ours = connection.closeSent() != null;
    end(
        ours || status.isOrderly()
            ? null
            : new WebSocketClosedException(
                status, "the peer has closed the connection: " + status, null));
    outgoing.close(status);
  }

  private static WebSocketClosedException broken(String how, @Nullable IOException cause) {
    return new WebSocketClosedException(CloseStatus.ABNORMAL, how, cause);
  }

  /// Nothing more will come.
  ///
  /// @param why null if that is in order
  void end(@Nullable IOException why) {
    if (!ended) {
      ended = true;
      failure = why;
      connection.end();
      others.wakeAll();
    }
  }

  boolean isEnded() {
    return ended;
  }

  /// Fails if nothing more comes, and that is not in order.
  void throwFailure() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  /// Why nothing more comes; null if that is in order, or more may come.
  @Nullable IOException failure() {
    return failure;
  }

  // Looking.

  /// How long the last answer to a ping took; null if there was none.
  @Nullable Duration latency() {
    return latency;
  }

  /// When something came, or the socket was made.
  long heardAt() {
    return heardAt;
  }

  /// Whether nothing is read before messages are taken.
  boolean isFull() {
    return queued >= MOST_BYTES || pieces.size() >= MOST_PIECES;
  }

  @Override
  public String toString() {
    return "what comes from " + stream;
  }
}
