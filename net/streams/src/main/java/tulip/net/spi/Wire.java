// SPDX-License-Identifier: Apache-2.0
package tulip.net.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import tulip.net.Attribute;

/// What a [tulip.net.ByteStream] reads from and writes to: a socket, a pipe, a serial line, TLS
/// over another wire.
///
/// A wire moves bytes and says when it can move more; buffers, limits, lines and back-pressure are
/// the stream's. So [#read] and [#write] never wait, and what waits does nothing else. Reading is
/// for one task at a time, which the stream sees to.
///
/// All methods are called on the loop, those that say so in a task.
public interface Wire {
  /// Reads what is there.
  ///
  /// @param target has room for at least one byte
  /// @return how many bytes, at least 1; 0 if there are none at the moment; -1 at the end
  /// @throws IOException if the connection is broken
  int read(ByteBuffer target) throws IOException;

  /// Waits until [#read] may have something to say, and not at all if it has already: a stream
  /// whose last read found little asks here first. May return for no reason. In a task.
  ///
  /// @throws IOException if the wire was closed meanwhile
  /// @throws tulip.core.Cancelled if the task was cancelled; nothing is lost
  void awaitReadable() throws IOException;

  /// Writes as much as there is room for.
  ///
  /// @param source its position moves on
  /// @return how many bytes, perhaps 0
  /// @throws IOException if the connection is broken
  int write(ByteBuffer source) throws IOException;

  /// Writes a part of a file without taking it into memory, as much as there is room for.
  ///
  /// @return how many bytes, perhaps 0; -1 if this wire cannot: then the stream reads the file
  /// @throws IOException if the connection is broken or the file cannot be read
  default long sendFile(FileChannel file, long position, long count) throws IOException {
    return -1;
  }

  /// Calls back once, on the loop and not at once, when [#write] may have room again or the wire is
  /// broken or closed. A callback asked for earlier is replaced.
  void whenWritable(Runnable callback);

  /// Hands on what [#write] has taken and keeps: TLS has records, a pipe's thread its block.
  ///
  /// @return whether the system has everything; if not, it wants to be called again [#whenWritable]
  /// @throws IOException if the connection is broken
  default boolean flush() throws IOException {
    return true;
  }

  /// Writes nothing more: the peer reads an end. A wire whose medium knows no half-close does
  /// nothing.
  ///
  /// @return whether that is done; if not, it wants to be called again [#whenWritable]
  /// @throws IOException if the connection is broken
  boolean shutdownOutput() throws IOException;

  /// Says goodbye as the medium wants it: TLS has a word for it, and a socket is closed with
  /// nothing unread. Called once all was written, before [#close].
  ///
  /// @return whether that is done; if not, it wants to be called again [#whenWritable]
  /// @throws IOException if the connection is broken
  default boolean sayGoodbye() throws IOException {
    return true;
  }

  /// Closes at once; a task that waits for bytes fails. Does nothing the second time.
  void close();

  /// A fact about the connection, or `null` if this wire does not know it.
  <T> @Nullable T attribute(Attribute<T> which);
}
