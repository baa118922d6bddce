// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

/// A task by its number and its name.
///
/// @param id the number of the task on its loop: later tasks have higher ones
/// @param name what it was given, or `Task-N`
public record TaskRef(long id, String name) {
  @Override
  public String toString() {
    return name;
  }
}
