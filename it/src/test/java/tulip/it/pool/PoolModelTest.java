// SPDX-License-Identifier: Apache-2.0
package tulip.it.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.Explorer;
import tulip.core.Explorer.How;
import tulip.core.Explorer.Play;
import tulip.core.LoopOptions.Engine;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.pool.ConnectionPool;
import tulip.pool.Connector;
import tulip.pool.PoolClosedException;
import tulip.pool.PoolOptions;

/// A pool in every order of its tasks, those in the background included, and with a cancellation at
/// every moment: never more connections than allowed, never two users of one, none lost.
class PoolModelTest {
  private final Explorer carrier = Explorer.on(Engine.CARRIER);

  /// What a task does with the pool. Each step takes a turn of its own.
  private enum Role {
    USE {
      @Override
      void perform(ConnectionPool<Model.Connection> pool) throws IOException {
        pool.run(Model.Connection::exchange);
      }
    },
    LEASE {
      @Override
      void perform(ConnectionPool<Model.Connection> pool) throws IOException {
        try (var lease = pool.acquire()) {
          lease.get().exchange();
        }
      }
    },
    BREAK {
      @Override
      void perform(ConnectionPool<Model.Connection> pool) throws IOException {
        try (var lease = pool.acquire()) {
          lease.get().exchange();
          lease.markBroken();
        }
      }
    },
    TAKE_TWO {
      @Override
      void perform(ConnectionPool<Model.Connection> pool) throws IOException {
        try (var one = pool.acquire();
            var two = pool.acquire()) {
          one.get().exchange();
          two.get().exchange();
        } catch (IllegalStateException e) {
          assertTrue(e.toString().contains("would wait for ever"), e::toString);
        }
      }
    },
    EXPIRE {
      @Override
      void perform(ConnectionPool<Model.Connection> pool) throws IOException {
        pool.run(connection -> {
          pool.expireAll();
          connection.exchange();
        });
      }
    };

    abstract void perform(ConnectionPool<Model.Connection> pool) throws IOException;
  }

  /// A server, and the rules.
  private static final class Model implements Connector<Model.Connection> {
    static final class Connection {
      boolean busy;

      void exchange() {
        assertFalse(busy, "lent to somebody else, or before its reply has come");
        busy = true;
        Tulip.yield();
        busy = false;
      }
    }

    private final Set<Connection> open = new HashSet<>();
    private final int max;
    private int connecting;
    private int refusals;
    private @Nullable ConnectionPool<Connection> pool;
    private boolean ownerLeaves;

    Model(int max, int refusals) {
      this.max = max;
      this.refusals = refusals;
    }

    @Override
    public Connection connect() throws IOException {
      connecting++;
      try {
        Tulip.yield();
      } finally {
        connecting--;
      }
      if (refusals > 0) {
        refusals--;
        throw new IOException("refused");
      }
      var connection = new Connection();
      open.add(connection);
      return connection;
    }

    @Override
    public void abort(Connection connection) {
      assertTrue(open.remove(connection), "ended twice");
    }

    @Override
    public Verdict judge(Connection connection, boolean cut) {
      return connection.busy ? Verdict.DISCARD : Verdict.REUSE;
    }

    void perform(Role role, ConnectionPool<Connection> shared) {
      try {
        role.perform(shared);
      } catch (PoolClosedException e) {
        assertTrue(ownerLeaves, e::getMessage);
      } catch (IOException e) {
        assertEquals("refused", e.getMessage());
      }
    }

    /// The explorer itself has the pool: the orders are those of its users.
    void begin(Play play, List<Role> roles) {
      var shared = open();
      for (int i = 0; i < roles.size(); i++) {
        var role = roles.get(i);
        play.task(i + "-" + role, () -> perform(role, shared));
      }
      play.always(this::checkTurn);
      play.atEnd(() -> {
        assertEquals(0, shared.statistics().inUse());
        shared.close();
        checkEnd();
      });
    }

    /// A task has the pool, and closes it in every order with its user.
    void beginOwned(Play play, Role role) {
      play.task("owner", () -> own(play, role));
      play.always(this::checkTurn);
      play.atEnd(this::checkEnd);
    }

    private void own(Play play, Role role) {
      try (var shared = open()) {
        awaitDone(play.task("user", () -> perform(role, shared)));
      }
      pool = null;
    }

    private ConnectionPool<Connection> open() {
      var opened =
          ConnectionPool.open(this, PoolOptions.DEFAULT.withSize(0, max).withMaxOpening(1));
      pool = opened;
      Tulip.yield(); // the task in the background waits
      return opened;
    }

    private void awaitDone(Task<?> user) {
      try {
        user.awaitDone();
      } finally {
        ownerLeaves = true;
      }
    }

    void checkTurn() {
      assertTrue(open.size() + connecting <= max, "too many connections");
      if (pool != null) {
        var now = pool.statistics();
        assertTrue(now.size() <= max, now::toString);
        assertTrue(now.idle() == 0 || now.waiting().isEmpty(), "somebody waits beside an idle one");
        boolean moving = now.inUse() + now.opening() + now.closing() > 0;
        assertTrue(moving || now.waiting().isEmpty(), "somebody waits for nothing");
      }
    }

    void checkEnd() {
      assertEquals(Set.of(), open);
      assertEquals(0, connecting);
    }
  }

  private static int explore(Explorer explorer, int max, int refusals, List<Role> roles)
      throws Exception {
    try {
      return explorer.explore(play -> new Model(max, refusals).begin(play, roles));
    } catch (AssertionError e) {
      throw new AssertionError(roles + ": " + e.getMessage(), e);
    }
  }

  /// Every pair of roles.
  ///
  /// @return how many schedules there were
  private static int exploreAll(Explorer explorer, int max, int refusals) throws Exception {
    int runs = 0;
    for (var first : Role.values()) {
      for (var second : Role.values()) {
        if (first.compareTo(second) <= 0) {
          runs += explore(explorer, max, refusals, List.of(first, second));
        }
      }
    }
    return runs;
  }

  @Test
  @Timeout(120)
  void twoTasksShareOneConnection() throws Exception {
    assertTrue(exploreAll(carrier.cancelling(1, How.REQUEST), 1, 0) > 5_000);
  }

  @Test
  @Timeout(120)
  void twoTasksShareTwoConnections() throws Exception {
    assertTrue(exploreAll(carrier, 2, 0) > 3_000);
  }

  @Test
  @Timeout(120)
  void theServerRefusesAtFirst() throws Exception {
    assertTrue(exploreAll(carrier, 1, 1) > 100);
  }

  @ParameterizedTest
  @EnumSource(How.class)
  @Timeout(120)
  void theOwnerOrTheUserIsCancelled(How how) throws Exception {
    var explorer = carrier.cancelling(1, how);
    assertTrue(explorer.explore(play -> new Model(1, 0).beginOwned(play, Role.USE)) > 500);
  }

  @Test
  @Timeout(120)
  void onTheOtherEngine() throws Exception {
    var baton = Explorer.on(Engine.BATON).cancelling(1, How.REQUEST);
    assertTrue(explore(baton, 1, 0, List.of(Role.USE, Role.LEASE)) > 300);
  }

  @Test
  @Tag("long")
  @Timeout(1_000)
  void twoTasksShareTwoConnectionsAndOneIsCancelled() throws Exception {
    assertTrue(exploreAll(carrier.cancelling(1, How.SCOPE), 2, 0) > 50_000);
  }

  @Test
  @Tag("long")
  @Timeout(1_000)
  void threeTasksShareOneConnectionAndOneIsCancelled() throws Exception {
    var explorer = carrier.cancelling(1, How.REQUEST);
    assertTrue(explore(explorer, 1, 0, List.of(Role.USE, Role.BREAK, Role.TAKE_TWO)) > 5_000);
  }
}
