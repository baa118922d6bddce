// SPDX-License-Identifier: Apache-2.0
package tulip.core.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/// A task has ended.
@Name("tulip.TaskEnd")
@Label("Task End")
@Description("A task has ended.")
public final class TaskEnd extends TaskEvent {
  /// Not begun.
  public TaskEnd() {}

  /// `finished`, `failed` or `cancelled`.
  @Label("Outcome")
  public @Nullable String outcome;
}
