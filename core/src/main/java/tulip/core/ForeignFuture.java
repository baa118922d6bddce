// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.Waker;

/// A future whose result comes from outside the loop.
final class ForeignFuture<T extends @Nullable Object> extends Future<T> {
  private final String source;

  /// @param source where the result comes from, for reports
  ForeignFuture(EventLoop loop, String source) {
    super(loop);
    this.source = source;
  }

  @Override
  public Waker waker() {
    return Waker.OUTSIDE;
  }

  @Override
  public String toString() {
    return super.toString() + " of " + source;
  }
}
