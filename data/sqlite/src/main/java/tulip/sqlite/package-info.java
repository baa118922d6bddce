// SPDX-License-Identifier: Apache-2.0

/// SQLite for tasks, embedded.
///
/// Each connection has a thread of its own. In WAL mode, which is the default, any number of them
/// read while one writes; who writes is decided by a line of tasks, see [SqliteConnection].
package tulip.sqlite;
