// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The statements that a connection keeps, the least recently used of which go first.
///
/// If none may be kept at the server, what it has said about them is kept here all the same: they
/// are parsed anew each time, but nobody waits for their description.
final class StatementCache {
  /// How many descriptions are kept of statements that the server does not keep.
  private static final int DESCRIPTIONS = 256;

  /// Longer ones are not kept: they were put together by a program, and will not come again.
  private static final int LONGEST = 16 * 1024;

  private final boolean named;
  private final int capacity;
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);

  /// Names of statements that the server need not keep any more.
  private final List<String> dropped = new ArrayList<>();

  private long count;

  /// @param capacity how many the server keeps; 0 for none
  StatementCache(int capacity) {
    named = capacity > 0;
    this.capacity = named ? capacity : DESCRIPTIONS;
  }

  @Nullable PreparedStatement find(String sql) {
    return statements.get(sql);
  }

  /// Makes a statement for a text that has none.
  PreparedStatement add(String sql) {
    boolean kept = sql.length() <= LONGEST;
    var statement = new PreparedStatement(named && kept ? "t" + ++count : "", sql);
    if (kept) {
      statements.put(sql, statement);
      if (statements.size() > capacity) {
        evictEldest();
      }
    }
    return statement;
  }

  private void evictEldest() {
    var eldest = statements.values().iterator().next();
    statements.remove(eldest.sql);
    drop(eldest);
  }

  /// Forgets a statement: it could not be prepared, or is no more what it was.
  void remove(PreparedStatement statement) {
    if (statements.remove(statement.sql, statement)) {
      drop(statement);
    }
  }

  /// Those that were never prepared may be closed all the same.
  private void drop(PreparedStatement statement) {
    if (!statement.name.isEmpty()) {
      dropped.add(statement.name);
    }
  }

  /// The names of those that the server may forget.
  List<String> dropped() {
    return dropped;
  }

  /// The server was told so.
  void clearDropped() {
    dropped.clear();
  }

  /// The server will not answer any more.
  void lost() {
    statements.values().forEach(statement -> statement.answered.set());
    statements.clear();
  }
}
