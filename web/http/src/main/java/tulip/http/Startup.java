// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import org.jspecify.annotations.Nullable;

/// The beginning and the end of something that an application needs while it serves.
@FunctionalInterface
public interface Startup {
  /// Begins. In the task that serves; it may wait.
  ///
  /// @return what ends it when the last request has been answered, or null if nothing is to be
  ///   done; not asked for if this throws
  /// @throws Exception to have nothing served
  @Nullable AutoCloseable start() throws Exception;
}
