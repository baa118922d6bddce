// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.redis.ScriptedServer.Connected;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;
import tulip.testing.Tasks;
import tulip.testing.TulipTest;

/// One connection, and every way in which a reply could go astray.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class RedisConnectionTest {
  private static void assertLost(Task<?> task, boolean maybeExecuted) {
    assertTrue(task.isDone());
    var failure = assertThrows(RedisConnectionException.class, () -> rethrow(task));
    assertEquals(maybeExecuted, failure.mayHaveBeenExecuted(), failure::toString);
  }

  private static void rethrow(Task<?> task) throws Throwable {
    var failure = task.exception();
    if (failure != null) {
      throw failure;
    }
  }

  private static <T> Task<T> start(Callable<T> code) {
    return EventLoop.current().createTask(code);
  }

  @TulipTest
  void commandsOfManyTasksLeaveBeforeTheFirstReply() throws Exception {
    try (var pair = ScriptedServer.connected();
        var group = TaskGroup.open()) {
      var tasks = new ArrayList<Task<?>>();
      for (int i = 0; i < 3; i++) {
        int number = i;
        tasks.add(group.start(() -> pair.client().get("k" + number)));
      }
      pair.server().expect("GET k0", "GET k1", "GET k2");
      pair.server().reply("$2\r\nv0\r\n$-1\r\n$2\r\nv2\r\n");
      group.join();
      assertEquals("v0", tasks.get(0).result());
      assertNull(tasks.get(1).result());
      assertEquals("v2", tasks.get(2).result());
    }
  }

  @TulipTest
  void theReplyOfWhoWasCancelledGoesToNobody() throws Exception {
    try (var pair = ScriptedServer.connected()) {
      var cancelled = start(() -> pair.client().get("a"));
      var other = start(() -> pair.client().get("b"));
      pair.server().expect("GET a", "GET b");
      cancelled.cancel();
      Tasks.awaitAllBlocked();
      assertTrue(cancelled.isCancelled());
      pair.server().reply("$7\r\nfor ");
      Tasks.awaitAllBlocked();
      pair.server().reply("you\r\n$1\r\nb\r\n");
      assertEquals("b", other.await());
      assertEquals(0, pair.client().pending());
    }
  }

  @TulipTest
  void aLateReplyGoesToNobody() throws Exception {
    var options = ScriptedServer.OPTIONS.withCommandTimeout(ofSeconds(3));
    try (var pair = ScriptedServer.connected(options)) {
      var late = start(() -> pair.client().get("a"));
      pair.server().expect("GET a");
      Tulip.sleep(ofSeconds(2));
      var other = start(() -> pair.client().get("b"));
      pair.server().expect("GET b");
      assertFalse(late.isDone());
      Tulip.sleep(ofSeconds(2));
      assertLost(late, true);
      assertFalse(other.isDone());
      pair.server().reply("$1\r\na\r\n$1\r\nb\r\n");
      assertEquals("b", other.await());
      assertTrue(pair.client().isOpen());
      var last = start(() -> pair.client().get("c"));
      pair.server().expect("GET c");
      Tulip.sleep(ofSeconds(4));
      assertLost(last, true);
    }
  }

  @TulipTest
  void aTaskThatGaveUpIsNotWokenFromWhatItWaitsForNext() throws Exception {
    try (var pair = ScriptedServer.connected()) {
      var slept = new ArrayList<Long>();
      var task =
          start(() -> {
            boolean inTime = Tulip.moveOnAfter(ofSeconds(1), () -> pair.client().get("a"));
            long begin = EventLoop.current().time();
            Tulip.sleep(ofSeconds(10));
            slept.add(EventLoop.current().time() - begin);
            return inTime;
          });
      pair.server().expect("GET a");
      Tulip.sleep(ofSeconds(2));
      pair.server().reply("$1\r\na\r\n");
      assertEquals(false, task.await());
      assertEquals(List.of(ofSeconds(10).toNanos()), slept);
    }
  }

  @TulipTest
  void allThatWaitLearnOfALoss() throws Exception {
    try (var pair = ScriptedServer.connected()) {
      var first = start(() -> pair.client().incr("a"));
      var second = start(() -> pair.client().incr("a"));
      pair.server().expect("INCR a", "INCR a");
      pair.server().reply(":1\r\n");
      assertEquals(1L, first.await());
      pair.server().stream.close();
      Tasks.awaitAllBlocked();
      assertLost(second, true);
      assertFalse(pair.client().isOpen());
      var later = assertThrows(RedisConnectionException.class, () -> pair.client().incr("a"));
      assertFalse(later.mayHaveBeenExecuted());
    }
  }

  @TulipTest
  void whatHasNotLeftWasNotExecuted() throws Exception {
    try (var pair = ScriptedServer.connected()) {
      var large = start(() -> pair.client().call("SET", "k", new byte[1 << 20]));
      var small = start(() -> pair.client().get("k"));
      Tasks.awaitAllBlocked();
      pair.client().abort();
      Tasks.awaitAllBlocked();
      assertLost(large, false);
      assertLost(small, false);
    }
  }

  @TulipTest
  void aServerThatTakesNothingIsGivenUpAtTheDeadline() throws Exception {
    var options = ScriptedServer.OPTIONS.withCommandTimeout(ofSeconds(3));
    try (var pair = ScriptedServer.connected(options)) {
      var large = start(() -> pair.client().call("SET", "k", new byte[1 << 20]));
      Tulip.sleep(ofSeconds(4));
      assertLost(large, false);
      assertFalse(pair.client().isOpen());
    }
  }

  @TulipTest
  void aCommandThatWasBegunIsSentWholeThoughItsTaskIsCancelled() throws Exception {
    try (var pair = ScriptedServer.connected()) {
      var large = start(() -> pair.client().call("ECHO", "x".repeat(1 << 20)));
      Tasks.awaitAllBlocked();
      large.cancel();
      Tasks.awaitAllBlocked();
      assertEquals("ECHO".length() + 1 + (1 << 20), pair.server().next().length());
      pair.server().reply("$1\r\nx\r\n");
      var next = start(() -> pair.client().get("a"));
      pair.server().expect("GET a");
      pair.server().reply("$1\r\na\r\n");
      assertEquals("a", next.await());
      assertTrue(large.isCancelled());
    }
  }

  @TulipTest
  void commandsBeyondTheLimitWaitUnsent() throws Exception {
    var options = ScriptedServer.OPTIONS.withMaxPending(2);
    try (var pair = ScriptedServer.connected(options)) {
      var tasks = new ArrayList<Task<String>>();
      for (var key : List.of("a", "b", "c", "d")) {
        tasks.add(start(() -> pair.client().call("GET", key).string()));
      }
      pair.server().expect("GET a", "GET b");
      Tasks.awaitAllBlocked();
      assertTrue(pair.server().stream.input().isEmpty());
      tasks.get(2).cancel();
      pair.server().reply("$1\r\na\r\n");
      pair.server().expect("GET d");
      pair.server().reply("$1\r\nb\r\n$1\r\nd\r\n");
      assertEquals("d", tasks.get(3).await());
      assertTrue(tasks.get(2).isCancelled());
    }
  }

  @TulipTest
  void waitingForRoomEndsToo() throws Exception {
    var options = ScriptedServer.OPTIONS.withMaxPending(1).withCommandTimeout(ofSeconds(3));
    try (var pair = ScriptedServer.connected(options)) {
      var sent = start(() -> pair.client().get("a"));
      var unsent = start(() -> pair.client().get("b"));
      Tulip.sleep(ofSeconds(4));
      assertLost(sent, true);
      assertLost(unsent, false);
      pair.server().expect("GET a");
      assertTrue(pair.server().stream.input().isEmpty());
    }
  }

  @TulipTest
  void onlyASilentServerIsAskedForASignOfLife() throws Exception {
    try (var pair = ScriptedServer.connected()) {
      pair.client().check(); // the login was one
      var ping = EventLoop.current().createTask(pair.client()::check);
      pair.server().expect("PING");
      pair.server().reply("+PONG\r\n");
      ping.await();
      assertEquals(0, pair.client().pending());
    }
  }

  @TulipTest
  void closingDoesNotWaitForEver() throws Exception {
    try (var pair = ScriptedServer.connected()) {
      var task = start(() -> pair.client().ask(ofSeconds(0), "BLPOP", "q", 0));
      Tasks.awaitAllBlocked();
      pair.client().close();
      Tasks.awaitAllBlocked();
      assertLost(task, true);
    }
  }

  @TulipTest
  void anErrorIsForItsCommandAlone() throws Exception {
    try (var pair = ScriptedServer.connected()) {
      var wrong = start(() -> pair.client().get("a"));
      var right = start(() -> pair.client().get("b"));
      pair.server().expect("GET a", "GET b");
      pair.server().reply("-WRONGTYPE no\r\n$1\r\nb\r\n");
      assertEquals("b", right.await());
      var e = assertThrows(RedisException.class, wrong::await);
      assertEquals("WRONGTYPE", e.code());
    }
  }

  @TulipTest
  void pushesGoToTheListenerAndToNoCommand() throws Exception {
    try (var pair = ScriptedServer.connected()) {
      var pushes = new ArrayList<String>();
      pair.client().onPush(push -> pushes.add(push.kind()));
      var task = start(() -> pair.client().get("a"));
      pair.server().expect("GET a");
      pair.server()
          .reply(">2\r\n+invalidate\r\n*0\r\n$1\r\na\r\n>1\r\n+other\r\n>0\r\n>1\r\n:1\r\n");
      assertEquals("a", task.await());
      Tasks.awaitAllBlocked();
      assertEquals(List.of("invalidate", "other", "", ""), pushes);
    }
  }

  @TulipTest
  void whatIsNoRedisIsLeft() throws Exception {
    for (var garbage : List.of("HTTP/1.1 200 OK\r\n", ":7\r\n")) {
      try (var pair = ScriptedServer.connected()) {
        pair.server().reply(garbage);
        assertThrows(IOException.class, pair.client()::awaitLost);
        assertFalse(pair.client().isOpen());
      }
    }
  }

  @TulipTest
  void aPipelineHasItsErrorsInPlace() throws Exception {
    try (var pair = ScriptedServer.connected()) {
      var task =
          start(() -> pair.client().pipeline(batch -> batch.call("INCR", "a").call("GET", "b")));
      pair.server().expect("INCR a", "GET b");
      pair.server().reply("-ERR no number\r\n$1\r\nb\r\n");
      assertEquals(new Reply.Failure("ERR no number"), task.await().getFirst());
      assertEquals("b", task.result().getLast().string());
      assertEquals(List.of(), pair.client().pipeline(_ -> {}));
    }
  }

  @TulipTest
  void aTransactionIsExecutedRefusedOrOvertaken() throws Exception {
    try (var pair = ScriptedServer.connected()) {
      var sent = new String[] {"MULTI", "INCR a", "EXEC"};
      var executed = start(() -> pair.client().multi(batch -> batch.call("INCR", "a")));
      pair.server().expect(sent);
      pair.server().reply("+OK\r\n+QUEUED\r\n*1\r\n:4\r\n");
      assertEquals(List.of(new Reply.Int(4)), executed.await());

      var overtaken = start(() -> pair.client().multi(batch -> batch.call("INCR", "a")));
      pair.server().expect(sent);
      pair.server().reply("+OK\r\n+QUEUED\r\n_\r\n");
      assertNull(overtaken.await());

      var refused = start(() -> pair.client().multi(batch -> batch.call("INCR", "a")));
      pair.server().expect(sent);
      pair.server().reply("+OK\r\n-ERR arguments\r\n-EXECABORT discarded\r\n");
      var e = assertThrows(RedisException.class, refused::await);
      assertEquals("EXECABORT", e.code());
      assertEquals("ERR arguments", e.getSuppressed()[0].getMessage());
    }
  }

  @TulipTest
  void whatHasNotOneReplyIsRefusedUnsent() throws Exception {
    try (var pair = ScriptedServer.connected()) {
      for (var name : List.of("SUBSCRIBE", "monitor", "Quit")) {
        assertThrows(IllegalArgumentException.class, () -> pair.client().call(name, "x"));
      }
      assertThrows(
          IllegalArgumentException.class, () -> pair.client().call("CLIENT", "reply", "OFF"));
      assertThrows(IllegalArgumentException.class, () -> pair.client().call("SET", "k", true));
      assertThrows(
          IllegalArgumentException.class,
          () -> pair.client().pipeline(batch -> batch.call("BLPOP", "a", 0)));
      Tasks.awaitAllBlocked();
      assertTrue(pair.server().stream.input().isEmpty());
      assertEquals(0, pair.client().pending());
    }
  }

  @TulipTest
  void closingWaitsForWhatIsOwed() throws Exception {
    try (var pair = ScriptedServer.connected()) {
      var task = start(() -> pair.client().get("a"));
      pair.server().expect("GET a");
      var closing = EventLoop.current().createTask(pair.client()::close);
      Tasks.awaitAllBlocked();
      assertFalse(closing.isDone());
      assertThrows(RedisConnectionException.class, () -> pair.client().get("b"));
      pair.server().reply("$1\r\na\r\n");
      assertEquals("a", task.await());
      closing.await();
      pair.server().expect("end");
    }
  }

  @TulipTest
  void aCancelledTaskGetsItsReplyIfItWasThereBefore() throws Exception {
    try (var pair = ScriptedServer.connected()) {
      var task = start(() -> pair.client().get("a"));
      pair.server().expect("GET a");
      pair.server().reply("$1\r\na\r\n");
      pair.client().onPush(_ -> task.cancel());
      pair.server().reply(">1\r\n+now\r\n");
      Tasks.awaitAllBlocked();
      assertEquals("a", task.result());
    }
  }

  /// Cancels one of several tasks at each of the moments that there are, and looks whether the
  /// others get their own.
  @TulipTest
  void cancelledAtEveryMoment() throws Exception {
    for (int moment = 0; moment < 12; moment++) {
      try (var pair = ScriptedServer.connected()) {
        cancelAt(moment, pair);
      }
    }
  }

  private static void cancelAt(int moment, Connected pair) throws Exception {
    var echo =
        EventLoop.current()
            .createTask(() -> {
              for (var command = pair.server().next();
                  !command.equals("end");
                  command = pair.server().next()) {
                var text = command.substring("ECHO ".length());
                pair.server().reply("$" + text.length() + "\r\n" + text + "\r\n");
              }
            });
    var victim = start(() -> echoMany("victim", pair.client()));
    var other = start(() -> echoMany("other", pair.client()));
    for (int i = 0; i < moment; i++) {
      Tulip.yield();
    }
    victim.cancel();
    assertEquals(5, other.await());
    assertThrows(CancellationException.class, victim::await);
    assertEquals("still", pair.client().echo("still"));
    pair.client().abort();
    echo.await();
  }

  private static int echoMany(String name, RedisConnection client) throws IOException {
    int count = 0;
    for (int i = 0; i < 5; i++) {
      assertEquals(name + i, client.echo(name + i));
      Tulip.yield();
      count++;
    }
    if (name.equals("victim")) {
      Tulip.sleepForever();
    }
    return count;
  }
}
