// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

/// What could make something of a loop ready, besides its tasks.
///
/// @param ready how many tasks and callbacks ran or stood in the queue
/// @param timers how many callbacks, sleeps and deadlines waited for their time
/// @param channels whether any channel was watched
/// @param jobs how many jobs were under way in executors
/// @param foreign how many tasks and callbacks waited in foreign code
public record WakeSources(int ready, int timers, boolean channels, int jobs, int foreign) {
  /// Nothing at all.
  public static final WakeSources NONE = new WakeSources(0, 0, false, 0, 0);
}
