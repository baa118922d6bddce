// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

/// A call that a [CallbackRunner] makes, so that it may take locks as a task may.
///
/// Any other [Ready] takes its turn on the loop's bare thread.
public abstract class Callback extends Ready {
  /// For subclasses.
  protected Callback() {}
}
