// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import tulip.core.TaskGroup;
import tulip.net.ByteStream;
import tulip.net.StreamLimits;
import tulip.pipelining.PipelineLimits;
import tulip.redis.protocol.Reply;
import tulip.redis.protocol.RespDecoder;
import tulip.redis.protocol.RespFormatException;

/// The far end of a connection in memory, which answers as a test says.
final class ScriptedServer {
  static final RedisOptions OPTIONS = RedisOptions.parse("redis://memory");

  /// A client and the server that it is connected to.
  record Connected(RedisConnection client, ScriptedServer server) implements AutoCloseable {
    @Override
    public void close() {
      client.abort();
      server.stream.abort();
    }
  }

  final ByteStream stream;
  private final RespDecoder decoder = new RespDecoder();

  ScriptedServer(ByteStream stream) {
    this.stream = stream;
  }

  /// A connection whose login is over.
  static Connected connected() throws IOException {
    return connected(OPTIONS);
  }

  static Connected connected(RedisOptions options) throws IOException {
    var pair = pair();
    var server = new ScriptedServer(pair.far());
    try (var group = TaskGroup.open()) {
      group.start(server::welcome);
      return new Connected(RedisConnection.over(pair.near(), options), server);
    }
  }

  /// The near end is fit for a client.
  static ByteStream.Pair pair() throws IOException {
    var pair = ByteStream.pair(StreamLimits.DEFAULT.withInput(1 << 24));
    var near = new ByteStream(pair.near().detach(), PipelineLimits.stream(1 << 24));
    return new ByteStream.Pair(near, pair.far());
  }

  private void welcome() throws IOException {
    expect("HELLO 3");
    reply("%1\r\n+proto\r\n:3\r\n");
    expect("CLIENT SETINFO LIB-NAME tulip");
    reply("-ERR unknown subcommand\r\n");
  }

  /// The next command, its parts with blanks between; or `end`.
  String next() throws IOException {
    try {
      Reply reply;
      while ((reply = decoder.decode(stream.input())) == null) {
        if (!stream.fill()) {
          return "end";
        }
      }
      return String.join(" ", reply.list(Reply::string));
    } catch (RespFormatException e) {
      throw new AssertionError("no command", e);
    }
  }

  /// Reads commands, which must be these.
  void expect(String... commands) throws IOException {
    for (var command : commands) {
      var next = next();
      if (!next.equals(command)) {
        throw new AssertionError("expected " + command + ", but got " + next);
      }
    }
  }

  void reply(String bytes) throws IOException {
    stream.write(bytes);
  }
}
