// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import tulip.core.EventLoop;
import tulip.core.Future;

/// Short reads and writes on channels that do not block.
final class Ends {
  private static final int ENOUGH = 1024;

  private Ends() {}

  /// Writes a short text.
  static void write(WritableByteChannel channel, String text) {
    try {
      channel.write(US_ASCII.encode(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes until the channel takes no more.
  static void fill(WritableByteChannel channel) {
    try {
      var block = ByteBuffer.allocate(64 * ENOUGH);
      while (channel.write(block.clear()) > 0) {
        // there is room still
      }
      block.limit(1);
      while (channel.write(block.position(0)) > 0) {
        // a byte at a time, to the last
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads the text that is there; `EOF` at the end of the stream.
  static String read(ReadableByteChannel channel) {
    try {
      var buffer = ByteBuffer.allocate(ENOUGH);
      return channel.read(buffer) < 0 ? "EOF" : US_ASCII.decode(buffer.flip()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads until nothing is left.
  static void drain(ReadableByteChannel channel) {
    try {
      var buffer = ByteBuffer.allocate(64 * ENOUGH);
      while (channel.read(buffer.clear()) > 0) {
        // there is more
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Accepts a connection that is there.
  static SocketChannel accept(ServerSocketChannel server) {
    try {
      var peer = Objects.requireNonNull(server.accept());
      peer.configureBlocking(false);
      return peer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The next text that a loop reads from a pipe.
  static Future<String> readOnce(EventLoop loop, Pipe pipe) throws IOException {
    var text = loop.<String>createFuture();
    loop.addReader(
        pipe.source(),
        () -> {
          loop.removeReader(pipe.source());
          text.setResult(read(pipe.source()));
        });
    return text;
  }
}
