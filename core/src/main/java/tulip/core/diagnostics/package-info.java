// SPDX-License-Identifier: Apache-2.0

/// What runs on a loop, what holds it up, and how late it is: immutable data for monitors and
/// reports.
///
/// Nothing in this package calls a loop: all arrows point from `tulip.core` to here.
package tulip.core.diagnostics;
