// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip;
import tulip.core.sync.Event;

/// A server with state in its connections, as a session sees it. It drops them, refuses and is
/// slow.
final class Broker implements Connector<Broker.Connection> {
  /// One connection.
  final class Connection {
    final int number;
    final List<String> made = new ArrayList<>();
    boolean alive = true;
    String end = "";
    private final Event dropped = new Event();
    private String why = "";

    Connection(int number) {
      this.number = number;
    }

    /// Makes a piece of state.
    void make(String what) throws IOException {
      Tulip.sleep(makeTime);
      if (what.equals(refused)) {
        throw new IOException("refused: " + what);
      }
      made.add(what);
    }
  }

  final List<Connection> opened = new ArrayList<>();
  final Queue<IOException> refusals = new ArrayDeque<>();
  Duration connectTime = Duration.ofMillis(0);
  Duration checkTime = Duration.ZERO;
  Duration makeTime = Duration.ZERO;
  @Nullable IOException checkFailure;
  String refused = "";
  boolean knowsWhatIsOwed;
  int checks;

  @Override
  public Connection connect() throws IOException {
    Tulip.sleep(connectTime);
    var refusal = refusals.poll();
    if (refusal != null) {
      throw refusal;
    }
    var connection = new Connection(opened.size() + 1);
    opened.add(connection);
    return connection;
  }

  @Override
  public boolean isAlive(Connection connection) {
    return connection.alive;
  }

  @Override
  public Verdict judge(Connection connection, boolean cut) {
    return cut && !knowsWhatIsOwed ? Verdict.DISCARD : Verdict.REUSE;
  }

  @Override
  public void check(Connection connection) throws IOException {
    checks++;
    Tulip.sleep(checkTime);
    if (checkFailure != null) {
      throw checkFailure;
    }
  }

  @Override
  public void awaitLost(Connection connection) throws IOException {
    connection.dropped.await();
    throw new IOException(connection.why);
  }

  @Override
  public void close(Connection connection) {
    end(connection, "closed");
  }

  @Override
  public void abort(Connection connection) {
    end(connection, "aborted");
  }

  private static void end(Connection connection, String how) {
    if (!connection.end.isEmpty()) {
      throw new AssertionError("ended twice: " + connection.end + ", " + how);
    }
    connection.end = how;
    connection.alive = false;
  }

  /// The network fails.
  void dropAll(String why) {
    for (var connection : opened) {
      connection.alive = false;
      connection.why = why;
      connection.dropped.set();
    }
  }

  /// How each connection that there was has ended.
  List<String> ends() {
    return opened.stream().map(connection -> connection.end).toList();
  }
}
