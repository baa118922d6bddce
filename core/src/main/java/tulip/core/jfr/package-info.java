// SPDX-License-Identifier: Apache-2.0

/// The events that the flight recorder gets. They know nothing of loops and tasks, and cannot be
/// loaded where the module `jdk.jfr` is missing.
///
/// Those of tasks are off until a recording asks for them: a busy loop makes millions a second.
package tulip.core.jfr;
