// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.EOFException;
import tulip.bytes.Bytes;

/// The stream ended in the middle of what was to be read.
public final class IncompleteReadException extends EOFException {
  private static final long serialVersionUID = 1;

  private final transient Bytes partial;

  IncompleteReadException(String wanted, Bytes partial) {
    super("the stream ended after " + partial.length() + " bytes of " + wanted);
    this.partial = partial;
  }

  /// What was there before the end; it counts as read.
  public Bytes partial() {
    return partial;
  }
}
