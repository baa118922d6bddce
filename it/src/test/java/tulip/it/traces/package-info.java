// SPDX-License-Identifier: Apache-2.0

/// The originals as judges: scenarios that are written twice, in Python for asyncio or trio and in
/// Java for Tulip, and must leave the same trace.
///
/// A topic is a Python file and a Java class side by side, with the same scenarios in the same
/// order: `who_waits_longest` there is `whoWaitsLongest` here. Where Tulip means to differ,
/// [Scenario#difference] says why.
@NullMarked
package tulip.it.traces;

import org.jspecify.annotations.NullMarked;
