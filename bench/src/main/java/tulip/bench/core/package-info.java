// SPDX-License-Identifier: Apache-2.0

/// The loop, its tasks and timers.
///
/// A class with benchmarks is a case, and each of its methods is a peer: `Switch.kotlin`.
@NullMarked
package tulip.bench.core;

import org.jspecify.annotations.NullMarked;
