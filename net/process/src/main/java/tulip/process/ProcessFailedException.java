// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import java.io.IOException;

/// A program has ended with another exit code than 0.
public final class ProcessFailedException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int SHOWN = 1_000;

  private final transient Completed completed;

  ProcessFailedException(Completed completed) {
    super(describe(completed));
    this.completed = completed;
  }

  private static String describe(Completed completed) {
    var text = completed.stderr().slice(0, Math.min(SHOWN, completed.stderr().length()));
    return completed.process()
        + (completed.signal() > 0
            ? " was ended by signal " + completed.signal()
            : " ended with exit code " + completed.exitCode())
        + (text.isEmpty() ? "" : ": " + text.utf8().strip());
  }

  /// The program and what it wrote.
  public Completed completed() {
    return completed;
  }
}
