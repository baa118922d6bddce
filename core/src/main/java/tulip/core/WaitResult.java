// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What [Tulip#wait] found.
///
/// @param <T> the futures' type
/// @param done those that are done, in the order in which they became so
/// @param pending those that are not
public record WaitResult<T extends @Nullable Object>(
    Set<Future<? extends T>> done, Set<Future<? extends T>> pending) {}
