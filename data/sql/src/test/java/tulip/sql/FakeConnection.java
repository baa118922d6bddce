// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip;
import tulip.pool.Connector;
import tulip.sql.spi.Cursor;
import tulip.sql.spi.DriverConnection;

/// A connection that writes down what it is asked for, and fails or hangs where a test says so.
final class FakeConnection implements DriverConnection {
  final List<String> log = new ArrayList<>();
  private final Function<String, @Nullable Exception> answer;
  private boolean inTransaction;

  /// @param answer what a step fails with, `null` for nothing; a step that begins with `hang` never
  ///   ends
  FakeConnection(Function<String, @Nullable Exception> answer) {
    this.answer = answer;
  }

  /// Opens this connection, once.
  Connector<FakeConnection> connector() {
    return new Connector<>() {
      @Override
      public FakeConnection connect() {
        return FakeConnection.this;
      }

      @Override
      public void abort(FakeConnection connection) {
        connection.abort();
      }

      @Override
      public Verdict judge(FakeConnection connection, boolean cut) {
        return inTransaction ? Verdict.RESET : Verdict.REUSE;
      }

      @Override
      public void reset(FakeConnection connection) throws IOException {
        step("reset");
        inTransaction = false;
      }
    };
  }

  private void step(String what) throws IOException {
    log.add(what);
    Tulip.yield();
    if (what.startsWith("hang")) {
      Tulip.sleepForever();
    }
    switch (answer.apply(what)) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Exception e -> throw new AssertionError(e);
    }
  }

  @Override
  public Result execute(String sql, @Nullable Object... arguments) throws IOException {
    step(sql);
    return new Result(Columns.NONE, List.of(), 1, sql);
  }

  @Override
  public long executeMany(String sql, Iterable<@Nullable Object[]> rows) throws IOException {
    step(sql);
    return 1;
  }

  @Override
  public void executeScript(String script) throws IOException {
    step(script);
  }

  @Override
  public Description describe(String sql) throws IOException {
    step(sql);
    return new Description(List.of(), Columns.NONE);
  }

  @Override
  public Cursor openCursor(String sql, @Nullable Object... arguments) throws IOException {
    step("open");
    return new Cursor() {
      @Override
      public Columns columns() {
        return Columns.NONE;
      }

      @Override
      public @Nullable Row next() throws IOException {
        step(sql);
        return Row.of(Columns.NONE);
      }

      @Override
      public void close() throws IOException {
        step("close");
      }
    };
  }

  @Override
  public void begin(TransactionOptions options) throws IOException {
    inTransaction = true;
    step("begin");
  }

  @Override
  public void commit() throws IOException {
    step("commit");
    inTransaction = false;
  }

  @Override
  public void rollback() throws IOException {
    step("rollback");
    inTransaction = false;
  }

  @Override
  public boolean isInTransaction() {
    return inTransaction;
  }

  @Override
  public void markChanged() {
    log.add("changed");
  }

  @Override
  public void abort() {
    log.add("abort");
  }
}
