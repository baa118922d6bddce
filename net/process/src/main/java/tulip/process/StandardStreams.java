// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import tulip.net.ByteStream;

/// This process's own standard streams.
///
/// Each call makes a new stream over the same descriptor, which stays open when the stream is
/// closed. Keep to one stream of each at a time: two readers share the input as they can, and
/// `System.in` and `System.out` know nothing of either.
///
/// A thread reads the input when somebody waits for it. It cannot be stopped: what comes after the
/// reader has closed its stream in the middle of a wait, up to 64 KiB of it, is lost.
public final class StandardStreams {
  private StandardStreams() {}

  /// The standard input, to read from. On a loop.
  public static ByteStream stdin() {
    return new ByteStream(PipeWire.reading(new FileInputStream(FileDescriptor.in), false, "stdin"));
  }

  /// The standard output, to write to. On a loop.
  public static ByteStream stdout() {
    return new ByteStream(
        PipeWire.writing(new FileOutputStream(FileDescriptor.out), false, "stdout"));
  }

  /// The standard error, to write to. On a loop.
  public static ByteStream stderr() {
    return new ByteStream(
        PipeWire.writing(new FileOutputStream(FileDescriptor.err), false, "stderr"));
  }
}
