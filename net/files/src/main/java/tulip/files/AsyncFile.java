// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.Action;
import tulip.core.Block;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.core.spi.ResourceTracker;
import tulip.core.sync.Lock;

/// An open file: aiofiles' file of bytes, on a `FileChannel`.
///
/// ```java
/// try (var file = AsyncFile.open(path, READ, WRITE)) {
///   var header = file.readExactly(16);
///   file.writeAt(8, Bytes.ofAscii("seen"));
/// }
/// ```
///
/// Operations of several tasks are made one after the other, first come, first served; one that
/// still waits for its turn can be cancelled and has done nothing then. An operation that fails or
/// is cancelled leaves the position where it was. It is for what can be read at any position: files
/// and block devices, but not FIFOs and terminals.
///
/// All methods are for tasks of one loop; those that say so do not wait.
public final class AsyncFile implements AutoCloseable {
  private final ResourceTracker tracker = EventLoop.currentTracker();
  private final Path path;
  private final FileChannel channel;
  private final boolean appending;
  private final Lock turn = new Lock();
  private long position;
  private boolean closed;

  AsyncFile(Path path, FileChannel channel, boolean appending) {
    this.path = path;
    this.channel = channel;
    this.appending = appending;
    tracker.opened(this);
  }

  /// Opens a file.
  ///
  /// @param options as `FileChannel.open` takes them; none means to read
  /// @throws IOException what `FileChannel.open` throws
  public static AsyncFile open(Path path, OpenOption... options) throws IOException {
    return open(path, Set.copyOf(Arrays.asList(options)));
  }

  /// Opens a file, and creates it with these attributes if the options say so.
  ///
  /// @throws IOException what `FileChannel.open` throws
  public static AsyncFile open(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    var channel = Resources.open(() -> FileChannel.open(path, options, attributes));
    return new AsyncFile(path, channel, options.contains(StandardOpenOption.APPEND));
  }

  // Looking.

  /// What was opened.
  public Path path() {
    return path;
  }

  /// Whether [#close] was not called yet. Does not wait.
  public boolean isOpen() {
    return !closed;
  }

  /// Where the next read or write begins, in bytes. Does not wait.
  public long position() {
    return position;
  }

  /// Moves the position; beyond the end of the file too, where a write leaves a hole. Does not
  /// wait.
  ///
  /// @return this file
  public AsyncFile seek(long to) throws ClosedChannelException {
    checkOpen();
    position = checkPosition(to);
    return this;
  }

  /// How many bytes are in the file.
  public long size() throws IOException {
    return inTurn(() -> Tulip.blocking(channel::size));
  }

  /// For threads of the pool.
  FileChannel channel() {
    return channel;
  }

  // Reading.

  /// Reads as much as there is room for, but no more than 1 MiB, and moves the position.
  ///
  /// @return how many bytes; -1 at the end of the file
  public int read(ByteBuffer target) throws IOException {
    return inTurn(() -> {
      int count = readSome(target, position);
      position += Math.max(0, count);
      return count;
    });
  }

  /// Reads some bytes, and moves the position.
  ///
  /// @param max how many at most; of more than 1 MiB, that
  /// @return fewer only if the file ends; none at its end
  public Bytes read(int max) throws IOException {
    return inTurn(() -> {
      var bytes = readSome(max, position);
      position += bytes.length();
      return bytes;
    });
  }

  /// Reads just so many bytes, and moves the position.
  ///
  /// @throws EOFException if the file ends before
  public Bytes readExactly(int count) throws IOException {
    return inTurn(() -> {
      var bytes = ByteBuffer.allocate(count);
      while (bytes.hasRemaining()) {
        if (readSome(bytes, position + bytes.position()) < 0) {
          throw new EOFException(
              "%s ends %d bytes into the %d that were to be read at %d"
                  .formatted(path, bytes.position(), count, position));
        }
      }
      position += count;
      return Bytes.wrap(bytes.array());
    });
  }

  /// Reads from the position to the end of the file, and moves the position there.
  ///
  /// @param limit how many bytes at most
  /// @throws FileLimitException if there are more
  public Bytes readAll(int limit) throws IOException {
    return inTurn(() -> {
      long begin = position;
      var bytes = new Whole(path, limit);
      bytes.expect(Tulip.blocking(channel::size) - begin);
      while (readSome(bytes.room(), begin + bytes.size()) >= 0) {
        bytes.check();
      }
      position += bytes.size();
      return bytes.toBytes();
    });
  }

  /// Reads somewhere, and leaves the position alone.
  ///
  /// @return how many bytes: as much as there is room for, but no more than 1 MiB; -1 at the end of
  ///   the file
  public int readAt(long where, ByteBuffer target) throws IOException {
    checkPosition(where);
    return inTurn(() -> readSome(target, where));
  }

  /// Reads somewhere, and leaves the position alone.
  ///
  /// @param max how many at most; of more than 1 MiB, that
  /// @return fewer only if the file ends; none at its end
  public Bytes readAt(long where, int max) throws IOException {
    checkPosition(where);
    return inTurn(() -> readSome(max, where));
  }

  private Bytes readSome(int max, long where) throws IOException {
    var bytes = ByteBuffer.allocate(Math.min(max, Slices.HOP));
    int count = Math.max(0, readSome(bytes, where));
    var array = bytes.array();
    return Bytes.wrap(count == array.length ? array : Arrays.copyOf(array, count));
  }

  /// One hop. The caller's buffer has moved only if this returns.
  private int readSome(ByteBuffer target, long where) throws IOException {
    var view = target.duplicate();
    int count = Tulip.blocking(() -> Slices.read(channel, view, where));
    target.position(view.position());
    return count;
  }

  // Writing.

  /// Writes all bytes, and moves the position; appends them if the file was opened so.
  ///
  /// A task that is cancelled meanwhile may have written a part.
  public void write(Bytes bytes) throws IOException {
    write(bytes.asByteBuffer());
  }

  /// Writes all that remains in a buffer, and moves the position; appends it if the file was opened
  /// so.
  public void write(ByteBuffer source) throws IOException {
    inTurn(() -> {
      writeWhole(source);
      return null;
    });
  }

  /// Writes several pieces, one after the other, and nobody else's between them.
  public void writeAll(List<Bytes> pieces) throws IOException {
    inTurn(() -> {
      long before = position;
      try {
        for (var piece : pieces) {
          writeWhole(piece.asByteBuffer());
        }
      } catch (Throwable t) {
        position = before;
        throw t;
      }
      return null;
    });
  }

  /// Writes all bytes somewhere, and leaves the position alone.
  ///
  /// @throws IllegalStateException if the file is open to append: the system knows no other place
  ///   then
  public void writeAt(long where, Bytes bytes) throws IOException {
    checkPosition(where);
    if (appending) {
      throw new IllegalStateException(path + " is open to append: open it with WRITE alone");
    }
    inTurn(() -> {
      var source = bytes.asByteBuffer();
      writeHops(source, () -> Slices.write(channel, source, where + source.position()));
      return null;
    });
  }

  private void writeWhole(ByteBuffer source) throws IOException {
    var view = source.duplicate();
    if (appending) {
      writeHops(view, () -> Slices.append(channel, view));
      position = Tulip.blocking(() -> channel.position());
    } else {
      long begin = position - view.position();
      writeHops(view, () -> Slices.write(channel, view, begin + view.position()));
      position = begin + view.position();
    }
    source.position(view.position());
  }

  private static void writeHops(ByteBuffer source, Action<IOException> hop) throws IOException {
    while (source.hasRemaining()) {
      Tulip.blocking(hop);
    }
  }

  // The file as a whole.

  /// Cuts the file off here, if it is longer. A position beyond becomes this.
  public void truncate(long size) throws IOException {
    checkPosition(size);
    inTurn(() -> {
      Tulip.blocking(() -> channel.truncate(size));
      position = Math.min(position, size);
      return null;
    });
  }

  /// Waits until what was written is on the device. What Python calls `flush` is not needed: there
  /// is no buffer of our own.
  ///
  /// @param metaData whether the time of change and the like also
  public void force(boolean metaData) throws IOException {
    inTurn(() -> {
      Tulip.blocking(() -> channel.force(metaData));
      return null;
    });
  }

  /// Locks the whole file against other processes, when nobody else has it locked.
  ///
  /// @see #lock(long, long, boolean)
  public FileRegionLock lock() throws IOException {
    return lock(0, Long.MAX_VALUE, false);
  }

  /// Locks a region of the file against other processes, when nobody else has it locked.
  ///
  /// The system cannot be asked to tell when that is, so this asks again and again, every quarter
  /// of a second at last. It is for processes that all ask; a lock keeps nobody from writing.
  ///
  /// @param shared whether others may have shared locks at the same time
  public FileRegionLock lock(long begin, long size, boolean shared) throws IOException {
    return FileRegionLock.await(() -> tryLock(begin, size, shared));
  }

  /// Locks the whole file against other processes if nobody else has it locked.
  ///
  /// @return `null` if somebody has, be it in this process
  public @Nullable FileRegionLock tryLock() throws IOException {
    return tryLock(0, Long.MAX_VALUE, false);
  }

  /// Locks a region of the file against other processes if nobody else has it locked.
  ///
  /// @return `null` if somebody has, be it in this process
  public @Nullable FileRegionLock tryLock(long begin, long size, boolean shared)
      throws IOException {
    return inTurn(() -> FileRegionLock.attempt(channel, begin, size, shared));
  }

  /// Closes the file when the operations that were asked for before are done; in a cancelled scope
  /// too. Does nothing the second time.
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    tracker.closed(this);
    Tulip.shield(() -> turn.run(() -> Resources.close(channel)));
  }

  // Turns.

  private <T extends @Nullable Object> T inTurn(Block<T, IOException> operation)
      throws IOException {
    checkOpen();
    return turn.run(operation);
  }

  private void checkOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  private static long checkPosition(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("a file has no position " + position);
    }
    return position;
  }

  @Override
  public String toString() {
    return (closed ? "closed file " : "file ") + path;
  }
}
