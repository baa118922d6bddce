// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.ErrorContext;
import tulip.testing.TulipTest.Leak;

/// Something that a test has left behind.
///
/// @param what in words
/// @param trace where it comes from, or where it is
record Leftover(Leak kind, String what, @Nullable Throwable trace) {
  /// A stack trace to be shown, that nobody has thrown.
  static final class Trace extends Throwable {
    private static final long serialVersionUID = 1;

    Trace(String message, StackTraceElement[] frames) {
      super(message, null, false, true);
      setStackTrace(frames);
    }
  }

  /// An error that nobody was told of but the exception handler.
  static Leftover of(ErrorContext error) {
    var exception = error.exception();
    var what = "an error: " + error.message() + (exception == null ? "" : ": " + exception);
    return new Leftover(Leak.ERROR, what, exception);
  }

  /// The failure of a test that has left all this.
  static AssertionError error(List<Leftover> all) {
    var text = new StringBuilder("the test has left behind:");
    all.forEach(one -> text.append("\n  - ").append(one.what));
    var error = new AssertionError(text.toString());
    for (var one : all) {
      if (one.trace != null) {
        error.addSuppressed(one.trace);
      }
    }
    error.setStackTrace(new StackTraceElement[0]);
    return error;
  }
}
