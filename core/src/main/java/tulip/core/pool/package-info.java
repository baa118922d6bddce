// SPDX-License-Identifier: Apache-2.0

/// Many calls at once, but not too many: bounded maps with back-pressure.
///
/// ```java
/// try (var pages = Pool.mapOrdered(urls, 8, http::get)) {
///   for (var page : pages) { ... }
/// }
/// ```
///
/// [Pool] works in a task, whose loop it uses then, and in any other thread, for which it runs a
/// loop or uses one that it is given. There is no pool object to start single jobs in: that is a
/// [tulip.core.TaskGroup], with a semaphore where there may be too many.
package tulip.core.pool;
