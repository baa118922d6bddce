// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// How a call is stopped, with statements that do as a test says.
class CallTest {
  private interface Cancelling {
    void cancel() throws SQLException;
  }

  private static Statement statement(Cancelling cancelling) {
    return (Statement)
        Proxy.newProxyInstance(
            CallTest.class.getClassLoader(),
            new Class<?>[] {Statement.class},
            (_, _, _) -> {
              cancelling.cancel();
              return null;
            });
  }

  /// Cancels a call on this thread, while it runs on another one.
  private static <T> void stop(Call<T> call) throws InterruptedException {
    call.cancel();
    var stopper = Thread.ofPlatform().start(call::stop);
    stopper.join();
  }

  @Test
  void whatIsCancelledBeforeItBeginsIsNeverDone() {
    var done = new AtomicInteger();
    var call = new Call<>(_ -> done.incrementAndGet());
    call.cancel();
    call.stop();
    assertInstanceOf(SQLException.class, call.run().failure());
    assertEquals(0, done.get());
    assertTrue(call.hasEnded());
    assertFalse(call.hasStrayed());
  }

  /// A driver overlooks a cancellation before it has sent the statement.
  @Test
  void aCancellationIsRepeatedUntilItHits() throws Exception {
    var third = new CountDownLatch(3);
    var statement = statement(third::countDown);
    var began = new CountDownLatch(1);
    var call =
        new Call<>(its -> {
          its.watch(statement);
          began.countDown();
          await(third);
          throw new SQLException("it was cancelled", "57014");
        });
    var thread = Thread.ofPlatform().start(call::run);
    began.await();
    stop(call);
    thread.join();
    assertEquals(0, third.getCount());
    assertFalse(call.hasStrayed());
  }

  @Test
  void aCancellationThatHitsNothingIsRemembered() throws Exception {
    var cancelled = new CountDownLatch(1);
    var statement = statement(cancelled::countDown);
    var began = new CountDownLatch(1);
    var call =
        new Call<>(its -> {
          its.watch(statement);
          began.countDown();
          await(cancelled);
          return "done all the same";
        });
    var thread = Thread.ofPlatform().start(call::run);
    began.await();
    stop(call);
    thread.join();
    assertTrue(call.hasEnded());
    assertTrue(call.hasStrayed());
  }

  /// The next statement begins when the cancellation has passed.
  @Test
  void theEndOfACallWaitsForItsCancellation() throws Exception {
    var cancelling = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    var statement =
        statement(() -> {
          cancelling.countDown();
          await(leave);
        });
    var began = new CountDownLatch(1);
    var call =
        new Call<>(its -> {
          its.watch(statement);
          began.countDown();
          await(cancelling);
          return "done";
        });
    var thread = Thread.ofPlatform().start(call::run);
    began.await();
    call.cancel();
    var stopper = Thread.ofPlatform().start(call::stop);
    cancelling.await();
    assertFalse(call.hasEnded());
    leave.countDown();
    stopper.join();
    thread.join();
    assertTrue(call.hasEnded());
  }

  @Test
  void aDriverThatCannotCancelIsAskedOnce() throws Exception {
    var asked = new AtomicInteger();
    var statement =
        statement(() -> {
          asked.incrementAndGet();
          throw new SQLFeatureNotSupportedException("no");
        });
    var began = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    var call =
        new Call<>(its -> {
          its.watch(statement);
          began.countDown();
          await(leave);
          return "done";
        });
    var thread = Thread.ofPlatform().start(call::run);
    began.await();
    stop(call);
    leave.countDown();
    thread.join();
    assertEquals(1, asked.get());
    assertNull(call.run().value());
  }

  private static void await(CountDownLatch latch) throws SQLException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new SQLException(e);
    }
  }
}
