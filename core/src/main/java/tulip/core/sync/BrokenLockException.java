// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

/// The task that held a lock has ended without releasing it.
///
/// What the lock guards is in an unknown state. The lock stays broken: make a new one, once the
/// state is known again, and find out who should have released this one.
public final class BrokenLockException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  BrokenLockException(String message) {
    super(message);
  }
}
