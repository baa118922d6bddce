// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import java.io.Serial;

/// Says that bytes from a peer do not have the shape they should have.
///
/// A message that ends too early, text that is not UTF-8, a number with a letter in it. Checked, so
/// that no codec forgets it: catch it in the one place where a message is parsed and throw the
/// protocol's own error, which knows what to answer.
public final class MalformedException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /// Makes one.
  ///
  /// @param message what is wrong and where, without the peer's text in full
  public MalformedException(String message) {
    super(message);
  }
}
