// SPDX-License-Identifier: Apache-2.0
package tulip.core.watch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Operations of the JDK that hold up the loop on every engine, by the frames they are known by.
///
/// The page `docs/blocking.md` has the whole list.
final class KnownCalls {
  /// One operation.
  ///
  /// @param type how the name of a class on the stack begins
  /// @param method how its method's name begins; empty for any
  /// @param name what it is, with its article
  /// @param advice what to do instead
  record Call(String type, String method, String name, String advice) {
    private boolean isAt(StackTraceElement frame) {
      return frame.getClassName().startsWith(type) && frame.getMethodName().startsWith(method);
    }
  }

  private static final String MOVE = "Move it to Tulip.blocking.";
  private static final String FILE = "an operation on a file";

  /// The more special ones first: a read of a pipe is a read of a file, too.
  private static final List<Call> ALL =
      List.of(
          hostName("java.net.InetAddress"),
          hostName("java.net.Inet4AddressImpl"),
          hostName("java.net.Inet6AddressImpl"),
          moved("java.lang.System$In", "a read of standard input"),
          moved("java.io.Console", "a read of the console"),
          moved("jdk.internal.io.", "a read of the console"),
          moved("java.lang.Process$PipeInput", "a read of a process's output"),
          moved("java.lang.Process$PipeOutput", "a write to a process's input"),
          moved("java.lang.ProcessImpl", "the start of a process"),
          new Call("sun.nio.ch.FileChannelImpl", "lock", "a lock of a file", MOVE),
          moved("sun.nio.ch.FileChannelImpl", FILE),
          moved("sun.nio.fs.", FILE),
          moved("java.io.File", FILE),
          moved("java.io.UnixFileSystem", FILE),
          moved("java.io.RandomAccessFile", FILE),
          firstUse("java.lang.ClassLoader"),
          firstUse("jdk.internal.loader."));

  private static Call moved(String type, String name) {
    return new Call(type, "", name, MOVE);
  }

  private static Call hostName(String type) {
    return new Call(
        type,
        "",
        "a look-up of a host name",
        "Resolve the name in Tulip.blocking first, and connect by address.");
  }

  private static Call firstUse(String type) {
    return new Call(
        type,
        "",
        "the first use of a library, whose classes are loaded",
        "Use it once before the loop serves anybody.");
  }

  private KnownCalls() {}

  /// The operation that these frames of the JDK belong to, or `null`.
  static @Nullable Call find(List<StackTraceElement> frames) {
    for (var call : ALL) {
      if (frames.stream().anyMatch(call::isAt)) {
        return call;
      }
    }
    return null;
  }
}
