// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.core.Future;
import tulip.core.Task;
import tulip.core.TimerHandle;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.dns.protocol.Header;
import tulip.dns.protocol.Message;
import tulip.net.ByteStream;
import tulip.net.Tcp;
import tulip.net.TcpOptions;

/// A connection to one server, on which many queries may be under way (RFC 7766, 6.2.1.1).
///
/// A task of its own connects and reads, so that no query's cancellation breaks the others. It ends
/// when nobody has asked for a while.
final class TcpLink {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(3);
  private static final int MAX_QUERIES = 1000;

  /// How an answer was read.
  private record Arrival(@Nullable Message message, @Nullable IOException failure) {}

  private record Query(Message message, Future<Arrival> arrival) {}

  private final EventLoop loop;
  private final InetSocketAddress server;
  private final Event connected = new Event();
  private final Task<?> reader;

  /// By id. Those whose task has gone stay until their answer comes, so that the id is not used
  /// again before.
  private final Map<Integer, Query> queries = new HashMap<>();

  private @Nullable ByteStream stream;
  private @Nullable IOException end;
  private @Nullable TimerHandle idle;
  private int lastId;
  private int waiting;

  TcpLink(EventLoop loop, InetSocketAddress server) {
    this.loop = loop;
    this.server = server;
    reader = loop.createTask("dns over tcp to " + server, this::run);
  }

  /// Whether it may be asked: it has not ended, and not too many answers are owed on it.
  boolean isUsable() {
    return end == null && queries.size() < MAX_QUERIES;
  }

  void close() {
    reader.taskScope().cancel("the resolver was closed");
  }

  // Asking.

  /// Sends a query, under an id of this connection, and waits for its answer. In a task.
  Message ask(Message query) throws IOException {
    waiting++;
    stopIdling();
    try {
      connected.await();
      return answer(query);
    } finally {
      waiting--;
      if (waiting == 0 && end == null) {
        idle = loop.callLater(IDLE, this::close);
      }
    }
  }

  private void stopIdling() {
    if (idle != null) {
      idle.cancel();
      idle = null;
    }
  }

  private Message answer(Message query) throws IOException {
    var out = stream;
    if (end != null || out == null) {
      throw new IOException("no connection to " + server, end);
    }
    var sent = new Query(withId(query, newId()), loop.createFuture());
    queries.put(sent.message().header().id(), sent);
    out.write(frame(sent.message().encode()));
    var arrival = sent.arrival().await();
    if (arrival.message() == null) {
      throw again(arrival.failure());
    }
    return arrival.message();
  }

  private int newId() throws IOException {
    if (queries.size() >= MAX_QUERIES) {
      throw new IOException(MAX_QUERIES + " queries wait for an answer of " + server);
    }
    do {
      lastId = (lastId + 1) & 0xFFFF;
    } while (queries.containsKey(lastId));
    return lastId;
  }

  private static Message withId(Message query, int id) {
    var header =
        new Header(id, query.header().flags(), query.header().opcode(), query.header().code());
    return new Message(
        header,
        query.questions(),
        query.answers(),
        query.authorities(),
        query.additionals(),
        query.edns());
  }

  private static Bytes frame(Bytes message) {
    return new ByteWriter(2 + Message.MAX_SIZE).putShort(message.length()).put(message).toBytes();
  }

  /// The failure for one of several tasks, whose stack it has.
  private IOException again(@Nullable IOException failure) {
    if (failure instanceof ProtocolException) {
      var copy = new ProtocolException(failure.getMessage());
      copy.initCause(failure);
      return copy;
    }
    return new IOException("the connection to " + server + " ended", failure);
  }

  // Reading.

  private @Nullable Void run() {
    try {
      connect();
      while (true) {
        receive(stream());
      }
    } catch (IOException e) {
      end(e);
    } catch (TimeoutException e) {
      end(new IOException("connecting to " + server + ": " + e.getMessage(), e));
    } finally {
      end(new IOException("closed"));
    }
    return null;
  }

  private void connect() throws IOException, TimeoutException {
    stream = Tulip.timeout(CONNECT, () -> Tcp.connect(server, TcpOptions.DEFAULT));
    connected.set();
  }

  private ByteStream stream() {
    return Objects.requireNonNull(stream);
  }

  private void receive(ByteStream in) throws IOException {
    int length = unsignedShort(in.readExactly(2));
    if (length < Header.SIZE) {
      throw new ProtocolException("a message of " + length + " bytes from " + server);
    }
    var bytes = in.readExactly(length);
    var query = queries.remove(unsignedShort(bytes));
    if (query == null) {
      throw new ProtocolException("an answer of " + server + " to nothing that was asked");
    }
    query.arrival().setResult(arrival(query.message(), bytes));
  }

  private static int unsignedShort(Bytes bytes) {
    return (bytes.byteAt(0) & 0xFF) << 8 | (bytes.byteAt(1) & 0xFF);
  }

  private static Arrival arrival(Message query, Bytes bytes) {
    try {
      var reply = Reply.match(query, bytes);
      return reply != null
          ? new Arrival(reply, null)
          : new Arrival(null, new ProtocolException("an answer to another question"));
    } catch (ProtocolException e) {
      return new Arrival(null, e);
    }
  }

  /// All that wait fail; does nothing the second time.
  private void end(IOException why) {
    if (end != null) {
      return;
    }
    end = why;
    stopIdling();
    if (stream != null) {
      stream.abort();
    }
    connected.set();
    queries.values().forEach(query -> query.arrival().setResult(new Arrival(null, why)));
    queries.clear();
  }

  @Override
  public String toString() {
    return "tcp link to " + server + ", " + queries.size() + " queries";
  }
}
