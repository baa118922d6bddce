// SPDX-License-Identifier: Apache-2.0
package tulip.core;

/// A block that was not to wait has waited, or was about to: see [Tulip#noWait].
public final class NoWaitError extends Error {
  private static final long serialVersionUID = 1;

  NoWaitError(String message) {
    super(message);
  }
}
