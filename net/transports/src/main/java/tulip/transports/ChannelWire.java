// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.net.Attribute;
import tulip.net.spi.ChannelWatch;
import tulip.net.spi.Wire;

/// One end of a [Pipe], which only reads or only writes.
final class ChannelWire implements Wire {
  private final SelectableChannel channel;
  private final Pipe.@Nullable SourceChannel source;
  private final Pipe.@Nullable SinkChannel sink;
  private final ChannelWatch watch;

  private ChannelWire(
      SelectableChannel channel,
      Pipe.@Nullable SourceChannel source,
      Pipe.@Nullable SinkChannel sink)
      throws IOException {
    this.channel = channel;
    this.source = source;
    this.sink = sink;
    channel.configureBlocking(false);
    watch = new ChannelWatch(EventLoop.current(), channel);
  }

  static ChannelWire reading(Pipe.SourceChannel source) throws IOException {
    return new ChannelWire(source, source, null);
  }

  static ChannelWire writing(Pipe.SinkChannel sink) throws IOException {
    return new ChannelWire(sink, null, sink);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return source == null ? 0 : source.read(target);
  }

  /// An end that only writes waits until it is closed: the JDK does not tell when its reader goes.
  @Override
  public void awaitReadable() throws IOException {
    watch.awaitReadable();
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    if (sink == null) {
      throw new IOException(this + " cannot be written to");
    }
    return sink.write(bytes);
  }

  @Override
  public void whenWritable(Runnable callback) {
    watch.whenWritable(callback);
  }

  /// The end of what is written to a pipe is its closing, and there is nothing else to it.
  @Override
  public boolean shutdownOutput() throws IOException {
    if (sink != null) {
      sink.close();
    }
    return true;
  }

  @Override
  public void close() {
    watch.close();
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger("tulip.transports").log(System.Logger.Level.DEBUG, "closing " + this, e);
    }
  }

  @Override
  public <T> @Nullable T attribute(Attribute<T> which) {
    return null;
  }

  @Override
  public String toString() {
    return source == null ? "writing end of a pipe" : "reading end of a pipe";
  }
}
