// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Future;
import tulip.core.Tulip;
import tulip.core.spi.ResourceTracker;
import tulip.files.LineDecoder.Batch;

/// The text of a file, line by line.
///
/// ```java
/// try (var lines = TextReader.open(path)) {
///   for (var line : lines) { ... }
/// }
/// ```
///
/// A block is read and decoded in one hop to the pool, and the next one while the lines of this one
/// are used. After each block all other tasks of the loop have a turn.
///
/// A cancelled wait loses no line: the next one returns it. All methods are for tasks of one loop.
public final class TextReader implements Iterable<String>, AutoCloseable {
  private final EventLoop loop = EventLoop.current();
  private final ResourceTracker tracker = EventLoop.currentTracker();
  private final Path path;
  private final FileChannel channel;
  private final LineDecoder decoder;
  private Batch batch = Batch.NONE;
  private int used;
  private @Nullable Future<Batch> ahead;
  private boolean closed;

  private TextReader(Path path, FileChannel channel, TextOptions options) {
    this.path = path;
    this.channel = channel;
    decoder = new LineDecoder(path, channel, options);
    tracker.opened(this);
  }

  /// Opens a file of UTF-8, with the limits of [TextOptions#DEFAULT].
  ///
  /// @throws IOException what `FileChannel.open` throws
  public static TextReader open(Path path) throws IOException {
    return open(path, TextOptions.DEFAULT);
  }

  /// Opens a file.
  ///
  /// @throws IOException what `FileChannel.open` throws
  public static TextReader open(Path path, TextOptions options) throws IOException {
    return new TextReader(path, Resources.open(() -> FileChannel.open(path)), options);
  }

  /// The next line, without its end; `null` at the end of the file.
  ///
  /// @throws java.nio.charset.CharacterCodingException if the bytes are no text, as
  ///   [TextOptions#onError] says
  /// @throws FileLimitException if a line is too long
  public @Nullable String readLine() throws IOException {
    checkOpen();
    while (used == batch.lines().size()) {
      if (batch.last()) {
        return null;
      }
      nextBatch();
    }
    return batch.lines().get(used++);
  }

  private void nextBatch() throws IOException {
    var job = ahead == null ? readAhead() : ahead;
    if (job.isDone()) {
      Tulip.yield(); // or a loop over lines would give nobody else a turn
    }
    job.awaitDone();
    checkOpen();
    throwIfFailed(job);
    if (job.equals(ahead)) { // and no other task has been quicker
      batch = job.result();
      used = 0;
      ahead = null;
      if (!batch.last()) {
        readAhead();
      }
    }
  }

  private Future<Batch> readAhead() {
    Future<Batch> job = loop.runInExecutor(null, decoder::next);
    ahead = job;
    return job;
  }

  private static void throwIfFailed(Future<Batch> job) throws IOException {
    switch (job.exception()) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IOException(e);
    }
  }

  /// The lines that are left; the iterator waits, and throws `UncheckedIOException`.
  @Override
  public Iterator<String> iterator() {
    return new Pulled<>(this::readLine);
  }

  /// Closes the file, in a cancelled scope too. Does nothing the second time.
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    tracker.closed(this);
    batch = Batch.NONE;
    used = 0;
    var job = ahead;
    if (job != null) {
      Tulip.shield(job::awaitDone);
      var _ = job.exception(); // nobody has asked for those lines
    }
    Resources.close(channel);
  }

  private void checkOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public String toString() {
    return (closed ? "closed " : "") + "reader of " + path;
  }
}
