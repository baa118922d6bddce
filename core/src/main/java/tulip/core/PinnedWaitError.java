// SPDX-License-Identifier: Apache-2.0
package tulip.core;

/// A task waited where its thread could not leave the loop: below a class initialiser or a native
/// frame.
///
/// The wait would have held up the loop, and with it whatever could have ended the wait, for ever.
/// The stack trace shows the frame that pins. Wait outside of it, or move the work into
/// [Tulip#blocking].
public final class PinnedWaitError extends Error {
  private static final long serialVersionUID = 1;

  PinnedWaitError(String message) {
    super(message);
  }
}
