// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import tulip.bytes.Bytes;

/// A program that has ended, and what it wrote.
///
/// @param process which it was
/// @param exitCode its exit code; 128 and the signal's number if a signal ended it
/// @param stdout what it wrote to its standard output, if that was a pipe
/// @param stderr what it wrote to its standard error, if that was a pipe
public record Completed(String process, int exitCode, Bytes stdout, Bytes stderr) {
  private static final int SIGNALS = 128;

  /// Whether its exit code is 0.
  public boolean succeeded() {
    return exitCode == 0;
  }

  /// The number of the signal that ended it; 0 if none did. A program that exits with such a code
  /// by itself looks the same.
  public int signal() {
    return Math.max(0, exitCode - SIGNALS);
  }

  /// This, if its exit code is 0.
  ///
  /// @throws ProcessFailedException if it is not
  public Completed check() throws ProcessFailedException {
    if (!succeeded()) {
      throw new ProcessFailedException(this);
    }
    return this;
  }
}
