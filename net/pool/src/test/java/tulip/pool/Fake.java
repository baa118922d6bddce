// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip;

/// A server as a pool sees it: it counts its connections, and can be slow, refuse and forget.
final class Fake implements Connector<Fake.Connection> {
  /// One connection.
  static final class Connection {
    final int number;
    boolean alive = true;

    /// Set by its user for the time of an exchange.
    boolean busy;

    String end = "";

    Connection(int number) {
      this.number = number;
    }

    /// Asks and gets an answer, which takes so long.
    void exchange(Duration time) {
      if (busy) {
        throw new AssertionError("two users of connection " + number);
      }
      busy = true;
      Tulip.sleep(time); // a cancelled one stays busy: its reply is owed
      busy = false;
    }

    @Override
    public String toString() {
      return "connection " + number;
    }
  }

  final List<Connection> opened = new ArrayList<>();
  final Set<Connection> open = new HashSet<>();
  final Queue<IOException> refusals = new ArrayDeque<>();
  final List<String> log = new ArrayList<>();
  Duration connectTime = Duration.ZERO;
  Duration checkTime = Duration.ZERO;
  Duration resetTime = Duration.ZERO;
  Duration closeTime = Duration.ZERO;
  @Nullable IOException checkFailure;
  @Nullable IOException resetFailure;
  Verdict verdict = Verdict.REUSE;
  boolean knowsWhatIsOwed;
  boolean hangsUp;
  int connecting;
  int most;

  private int numbers;

  @Override
  public Connection connect() throws IOException {
    connecting++;
    most = Math.max(most, open.size() + connecting);
    try {
      Tulip.sleep(connectTime);
    } finally {
      connecting--;
    }
    var refusal = refusals.poll();
    if (refusal != null) {
      throw refusal;
    }
    var connection = new Connection(++numbers);
    connection.alive = !hangsUp;
    opened.add(connection);
    open.add(connection);
    return connection;
  }

  @Override
  public boolean isAlive(Connection connection) {
    return connection.alive;
  }

  @Override
  public void check(Connection connection) throws IOException {
    log.add("check " + connection.number);
    Tulip.sleep(checkTime);
    if (checkFailure != null) {
      throw checkFailure;
    }
  }

  @Override
  public Verdict judge(Connection connection, boolean cut) {
    boolean bad = knowsWhatIsOwed ? connection.busy : cut;
    return bad ? Verdict.DISCARD : verdict;
  }

  @Override
  public void reset(Connection connection) throws IOException {
    log.add("reset " + connection.number);
    Tulip.sleep(resetTime);
    if (resetFailure != null) {
      throw resetFailure;
    }
  }

  @Override
  public void close(Connection connection) {
    Tulip.sleep(closeTime);
    end(connection, "closed");
  }

  @Override
  public void abort(Connection connection) {
    end(connection, "aborted");
  }

  private void end(Connection connection, String how) {
    if (!open.remove(connection)) {
      throw new AssertionError(connection + " was " + connection.end + " already");
    }
    connection.end = how;
  }

  /// How each connection that there was has ended, in the order in which they were opened.
  List<String> ends() {
    return opened.stream().map(connection -> connection.end).toList();
  }
}
