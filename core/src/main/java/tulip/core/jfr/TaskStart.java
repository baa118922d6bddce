// SPDX-License-Identifier: Apache-2.0
package tulip.core.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/// A task was started, by the thread that the event has.
@Name("tulip.TaskStart")
@Label("Task Start")
@Description("A task was started, by the thread that the event has.")
public final class TaskStart extends TaskEvent {
  /// Not begun.
  public TaskStart() {}
}
