// SPDX-License-Identifier: Apache-2.0
package tulip.core.threads;

/// Failures that cross from one thread to the other as they are.
final class Failures {
  private Failures() {}

  /// What a block has thrown, to be thrown: an error or its `X`.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller declares X
  static <X extends Exception> X thrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (X) failure;
  }
}
