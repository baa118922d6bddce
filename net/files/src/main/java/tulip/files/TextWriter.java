// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.core.spi.ResourceTracker;
import tulip.core.sync.Lock;

/// Text that is written to a file, a block of it in one hop to the pool.
///
/// ```java
/// try (var report = TextWriter.open(path)) {
///   report.writeLine("name,size");
///   ...
/// }
/// ```
///
/// A text is taken whole, and what waits then is the block that it has filled up: a cancelled
/// [#write] has written its text all the same, and nothing twice. After a failure nothing more can
/// be written. All methods are for tasks of one loop.
public final class TextWriter implements AutoCloseable {
  private final ResourceTracker tracker = EventLoop.currentTracker();
  private final Path path;
  private final FileChannel channel;
  private final TextEncoder encoder;
  private final int blockSize;
  private final Lock turn = new Lock();
  private final StringBuilder text = new StringBuilder();
  private @Nullable Throwable failure;
  private boolean closed;

  private TextWriter(Path path, FileChannel channel, TextOptions options) {
    this.path = path;
    this.channel = channel;
    encoder = new TextEncoder(channel, options);
    blockSize = options.blockSize();
    tracker.opened(this);
  }

  /// Opens a file for UTF-8, and creates or empties it.
  ///
  /// @throws IOException what `FileChannel.open` throws
  public static TextWriter open(Path path) throws IOException {
    return open(path, TextOptions.DEFAULT);
  }

  /// Opens a file.
  ///
  /// @param open how, as for `Files.newBufferedWriter`; none means to create or empty it
  /// @throws IOException what `FileChannel.open` throws
  public static TextWriter open(Path path, TextOptions options, OpenOption... open)
      throws IOException {
    var how = WholeFile.toWrite(open);
    return new TextWriter(path, Resources.open(() -> FileChannel.open(path, how)), options);
  }

  /// Writes text; waits only when a block is full.
  ///
  /// @throws java.nio.charset.CharacterCodingException when the charset has no bytes for it, as
  ///   [TextOptions#onError] says; perhaps not before a later call
  public void write(CharSequence more) throws IOException {
    checkOpen();
    text.append(more);
    if (text.length() >= blockSize) {
      turn.run(() -> writeBlock(false));
    }
  }

  /// Writes text and the system's line separator.
  public void writeLine(CharSequence line) throws IOException {
    checkOpen();
    text.append(line);
    write(System.lineSeparator());
  }

  /// Gives the system all that was written so far.
  public void flush() throws IOException {
    checkOpen();
    turn.run(() -> writeBlock(false));
  }

  /// Writes what is left and closes the file, in a cancelled scope too. Does nothing the second
  /// time.
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    tracker.closed(this);
    Tulip.shield(() -> turn.run(this::finish));
  }

  private void finish() throws IOException {
    try (AutoCloseable _ = () -> Resources.close(channel)) {
      if (failure == null) {
        writeBlock(true);
      }
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private void writeBlock(boolean last) throws IOException {
    checkWhole();
    int count = text.length();
    if (!last && count > 0 && Character.isHighSurrogate(text.charAt(count - 1))) {
      count--; // its other half is to come
    }
    var block = CharBuffer.wrap(text.substring(0, count));
    text.delete(0, count);
    Tulip.blocking(() -> {
      try {
        encoder.write(block, last);
      } catch (Throwable t) {
        failure = t; // kept here, for a cancelled task would not be told
        throw t;
      }
    });
  }

  private void checkOpen() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    checkWhole();
  }

  private void checkWhole() throws IOException {
    if (failure != null) {
      throw new IOException("what was written before could not be: " + failure, failure);
    }
  }

  @Override
  public String toString() {
    return (closed ? "closed " : "") + "writer of " + path;
  }
}
