// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import org.jspecify.annotations.Nullable;

/// Thrown out of a wait that was cancelled.
///
/// It is an error so that `catch (Exception e)` does not take it by accident. Let it pass: the
/// scope that was cancelled catches it. Code that must clean up does so in `finally`, and shields
/// what it has to wait for there with [Tulip#shield].
///
/// Cancellation of a scope is level-triggered: who swallows this exception gets it again from the
/// next wait. Cancellation by [Task#cancel] is an edge, as in asyncio: it comes once a request.
public final class Cancelled extends Error {
  private static final long serialVersionUID = 1;

  private final transient @Nullable Scope scope;
  private final String reason;

  Cancelled(@Nullable Scope scope, String reason) {
    super(reason);
    this.scope = scope;
    this.reason = reason;
  }

  /// The scope that was cancelled, or `null` when the request was [Task#cancel].
  public @Nullable Scope scope() {
    return scope;
  }

  /// Why, in the words of whoever cancelled; empty when nothing was said.
  public String reason() {
    return reason;
  }
}
