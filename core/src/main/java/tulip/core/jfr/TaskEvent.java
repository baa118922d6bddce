// SPDX-License-Identifier: Apache-2.0
package tulip.core.jfr;

import jdk.jfr.Category;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import org.jspecify.annotations.Nullable;

/// What all events of tasks say.
@Category("Tulip")
@Enabled(false)
public abstract sealed class TaskEvent extends Event permits TaskEnd, TaskStart, TaskWait {
  /// The loop, as it calls itself.
  @Label("Loop")
  public @Nullable String loop;

  /// The task's name.
  @Label("Task")
  public @Nullable String task;

  /// The task's number on its loop.
  @Label("Task Id")
  public long taskId;

  TaskEvent() {}
}
