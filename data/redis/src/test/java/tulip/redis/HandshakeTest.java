// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.Task;
import tulip.net.ByteStream;
import tulip.testing.TulipTest;

/// What is said first, to servers of all ages.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class HandshakeTest {
  @SuppressWarnings("NullAway.Init")
  private ByteStream near;

  @SuppressWarnings("NullAway.Init")
  private ScriptedServer server;

  @BeforeEach
  void open() throws IOException {
    var pair = ScriptedServer.pair();
    near = pair.near();
    server = new ScriptedServer(pair.far());
  }

  private Task<RedisConnection> connect(Login login) {
    var options = ScriptedServer.OPTIONS.withLogin(login);
    return EventLoop.current().createTask(() -> RedisConnection.over(near, options));
  }

  private static RedisConnectionException failure(Task<?> task) {
    var e = assertThrows(CompletionException.class, task::await);
    return assertInstanceOf(RedisConnectionException.class, e.getCause());
  }

  private void closeAll(RedisConnection connection) {
    connection.abort();
    server.stream.abort();
  }

  @TulipTest
  void everythingIsSaid() throws Exception {
    var login = Login.ANONYMOUS.withUser("ann", "secret").withDatabase(3).withClientName("reports");
    var task = connect(login);
    server.expect("HELLO 3 AUTH ann secret");
    server.reply("%0\r\n");
    server.expect("CLIENT SETINFO LIB-NAME tulip", "CLIENT SETNAME reports", "SELECT 3");
    server.reply("+OK\r\n+OK\r\n+OK\r\n");
    var connection = task.await();
    assertEquals(3, connection.protocol());
    assertFalse(login.toString().contains("secret"));
    closeAll(connection);
  }

  @TulipTest
  void anOldServerIsSpokenToInTheOldVersion() throws Exception {
    var task = connect(Login.ANONYMOUS.withPassword("secret"));
    server.expect("HELLO 3 AUTH default secret");
    server.reply("-ERR unknown command 'HELLO'\r\n");
    server.expect("AUTH secret");
    server.reply("+OK\r\n");
    server.expect("CLIENT SETINFO LIB-NAME tulip");
    server.reply("-ERR unknown\r\n");
    var connection = task.await();
    assertEquals(2, connection.protocol());
    closeAll(connection);
  }

  @TulipTest
  void versionTwoIsSpokenIfItIsAskedFor() throws Exception {
    var task = connect(Login.ANONYMOUS.withProtocol(2).withUser("ann", "secret"));
    server.expect("AUTH ann secret");
    server.reply("+OK\r\n");
    server.expect("CLIENT SETINFO LIB-NAME tulip");
    server.reply("-ERR unknown\r\n");
    closeAll(task.await());
  }

  @TulipTest
  void aServerThatWantsAPasswordSaysSoInTheOldVersionToo() throws Exception {
    var task = connect(Login.ANONYMOUS.withProtocol(2));
    server.expect("CLIENT SETINFO LIB-NAME tulip");
    server.reply("-NOAUTH Authentication required.\r\n");
    server.expect("end");
    assertTrue(String.valueOf(failure(task).getMessage()).contains("wants a password"));
    server.stream.abort();
  }

  @TulipTest
  void aRefusalSaysWhyAndClosesTheStream() throws Exception {
    var task = connect(Login.ANONYMOUS);
    server.expect("HELLO 3");
    server.reply("-NOAUTH HELLO must be called with the client already authenticated\r\n");
    var e = failure(task);
    assertTrue(String.valueOf(e.getMessage()).contains("wants a password"), e::toString);
    server.expect("end");
    server.stream.abort();
  }

  @TulipTest
  void aDatabaseThatDoesNotExistIsRefused() throws Exception {
    var task = connect(Login.ANONYMOUS.withDatabase(99));
    server.expect("HELLO 3");
    server.reply("%0\r\n");
    server.expect("CLIENT SETINFO LIB-NAME tulip", "SELECT 99");
    server.reply("-ERR unknown\r\n-ERR DB index is out of range\r\n");
    var e = failure(task);
    assertTrue(String.valueOf(e.getMessage()).contains("database 99"), e::toString);
    server.expect("end");
    server.stream.abort();
  }

  @TulipTest
  void whoIsCancelledLeavesNothingOpen() throws IOException {
    var task = connect(Login.ANONYMOUS);
    server.expect("HELLO 3");
    task.cancel();
    server.expect("end");
    server.stream.abort();
  }
}
