// SPDX-License-Identifier: Apache-2.0
package tulip.core.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/// A task has waited: it was parked, and resumed.
@Name("tulip.TaskWait")
@Label("Task Wait")
@Description("A task has waited: it was parked, and resumed.")
@Threshold("20 ms")
public final class TaskWait extends TaskEvent {
  /// Not begun.
  public TaskWait() {}

  /// What for.
  @Label("Waits For")
  public @Nullable String waitsFor;
}
