// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.redis.ScriptedServer.Connected;
import tulip.redis.protocol.RedisException;
import tulip.testing.TulipTest;

/// Typed commands that are noted instead of sent.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class BatchTest {
  @SuppressWarnings("NullAway.Init")
  private Connected pair;

  private final Batch batch = new Batch();

  @BeforeEach
  void open() throws IOException {
    pair = ScriptedServer.connected();
  }

  @AfterEach
  void close() {
    pair.close();
  }

  @TulipTest
  void resultsAreThereWhenThePipelineIs() throws Exception {
    var missing = batch.queue(c -> c.get("a"));
    batch.add(c -> c.set("b", 1, SetOption.NX)).call("PING");
    var sum = batch.queue(c -> 100 + c.incrby("b", 2));
    assertEquals(4, batch.size());
    assertThrows(IllegalStateException.class, sum::result);
    var task = EventLoop.current().createTask(() -> pair.client().pipeline(batch));
    pair.server().expect("GET a", "SET b 1 NX", "PING", "INCRBY b 2");
    pair.server().reply("_\r\n+OK\r\n+PONG\r\n:3\r\n");
    assertEquals("PONG", task.await().get(2).string());
    assertNull(missing.result());
    assertEquals(103, sum.result());
  }

  @TulipTest
  void resultsOfATransactionAreThoseOfExec() throws Exception {
    var sum = batch.queue(c -> c.incr("a"));
    var wrong = batch.queue(c -> c.llen("a"));
    var group = batch.queue(c -> c.xgroupCreate("s", "g", "0"));
    var task = EventLoop.current().createTask(() -> pair.client().multi(batch));
    pair.server().expect("MULTI", "INCR a", "LLEN a", "XGROUP CREATE s g 0 MKSTREAM", "EXEC");
    pair.server().reply("+OK\r\n+QUEUED\r\n+QUEUED\r\n+QUEUED\r\n");
    pair.server().reply("*3\r\n:1\r\n-WRONGTYPE no list\r\n-BUSYGROUP exists\r\n");
    task.await();
    assertEquals(1, sum.result());
    assertEquals("WRONGTYPE", assertThrows(RedisException.class, wrong::result).code());
    assertEquals(false, group.result());
  }

  @TulipTest
  void anOvertakenTransactionHasNoResults() throws Exception {
    var sum = batch.queue(c -> c.incr("a"));
    var task = EventLoop.current().createTask(() -> pair.client().multi(batch));
    pair.server().expect("MULTI", "INCR a", "EXEC");
    pair.server().reply("+OK\r\n+QUEUED\r\n_\r\n");
    assertNull(task.await());
    assertThrows(IllegalStateException.class, sum::result);
    assertThrows(IllegalStateException.class, () -> pair.client().multi(batch));
    assertEquals(0, pair.client().pending());
  }

  @TulipTest
  void whatCannotBeQueuedIsRefusedAndAddsNothing() {
    assertThrows(IllegalArgumentException.class, () -> batch.add(_ -> {}));
    assertThrows(IllegalArgumentException.class, () -> batch.queue(c -> c.scan("*")));
    assertThrows(
        IllegalArgumentException.class, () -> batch.queue(c -> c.blpop(Duration.ZERO, "a")));
    assertThrows(IllegalArgumentException.class, () -> batch.queue(c -> c.lpush("a", true)));
    assertThrows(IllegalArgumentException.class, () -> batch.add(c -> c.call("MULTI")));
    assertEquals(0, batch.size());
    assertEquals(0, batch.buffer().remaining());
  }
}
