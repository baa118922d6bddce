// SPDX-License-Identifier: Apache-2.0
package tulip.core;

/// A future was asked for a result that it does not have yet, or was given a second one.
public final class InvalidStateException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  InvalidStateException(String message) {
    super(message);
  }
}
