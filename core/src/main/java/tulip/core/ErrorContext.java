// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import org.jspecify.annotations.Nullable;

/// What a loop tells its exception handler.
///
/// @param message what happened, in words
/// @param exception what was thrown, if anything was
/// @param source the future, task or callback that it happened in, if there is one
public record ErrorContext(
    String message, @Nullable Throwable exception, @Nullable Object source) {}
