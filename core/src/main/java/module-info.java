// SPDX-License-Identifier: Apache-2.0

/// The heart of Tulip: event loop, futures, tasks, cancel scopes and task groups.
///
/// Reading order: [tulip.core.Tulip] is what programs call, [tulip.core.EventLoop] is the contract,
/// [tulip.core.Task] and [tulip.core.Scope] are what runs and what stops it. How a task gets its
/// turn is the business of the hidden package `tulip.core.engine`.
@org.jspecify.annotations.NullMarked
module tulip.core {
  requires static transitive org.jspecify;
  requires static java.management;
  requires static jdk.jfr;
  requires jdk.unsupported;

  exports tulip.core;
  exports tulip.core.diagnostics;
  exports tulip.core.pool;
  exports tulip.core.queue;
  exports tulip.core.spi;
  exports tulip.core.sync;
  exports tulip.core.threads;
}
