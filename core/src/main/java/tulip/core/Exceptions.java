// SPDX-License-Identifier: Apache-2.0
package tulip.core;

/// Throwing what the compiler cannot follow.
final class Exceptions {
  private Exceptions() {}

  /// Throws anything as if it were unchecked; write `throw sneak(e)`. For failures whose type the
  /// public signature declares by a type variable, and for errors.
  static RuntimeException sneak(Throwable e) {
    Exceptions.<RuntimeException>raise(e);
    throw new AssertionError("thrown above");
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> void raise(Throwable e) throws X {
    throw (X) e;
  }
}
