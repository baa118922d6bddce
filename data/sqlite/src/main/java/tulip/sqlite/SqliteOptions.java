// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a database is opened.
///
/// @param file the database; `null` for one that nobody else sees, and that is gone at the end
/// @param readOnly whether the file is not to be changed; it must be there then
/// @param busyTimeout how long a task waits for the write lock at most, for others of this program
///   and for other programs each
/// @param pragmas what each connection is set to, in order
/// @param functions by their names in statements
public record SqliteOptions(
    @Nullable Path file,
    boolean readOnly,
    Duration busyTimeout,
    Map<String, String> pragmas,
    Map<String, SqliteFunction> functions) {
  private static final Pattern NAME = Pattern.compile("[a-z_]+");
  private static final Pattern VALUE = Pattern.compile("[-+.\\w]+");
  private static final String MEMORY_NAME = ":memory:";

  /// A database that nobody else sees.
  public static final SqliteOptions MEMORY =
      new SqliteOptions(null, false, Duration.ofSeconds(5), defaults(), Map.of());

  /// Checks and copies them.
  public SqliteOptions {
    if (busyTimeout.isNegative() || busyTimeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("nobody waits for " + busyTimeout);
    }
    pragmas.forEach(SqliteOptions::check);
    pragmas = Collections.unmodifiableMap(new LinkedHashMap<>(pragmas));
    functions = Map.copyOf(functions);
  }

  /// They become part of statements.
  private static void check(String name, String value) {
    if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("no pragma: " + name + "=" + value);
    }
  }

  private static Map<String, String> defaults() {
    var defaults = new LinkedHashMap<String, String>();
    defaults.put("journal_mode", "wal");
    defaults.put("foreign_keys", "on");
    return defaults;
  }

  /// A database in a file, which is made if it is not there: with WAL and foreign keys; 5 s for the
  /// write lock.
  public static SqliteOptions of(Path file) {
    return new SqliteOptions(file, false, MEMORY.busyTimeout, MEMORY.pragmas, Map.of());
  }

  /// Reads a URL: `sqlite:path`, `sqlite:///path` or `sqlite::memory:`, and after `?` options with
  /// `&` between: `mode=ro` to only read, and any pragma, such as `synchronous=normal`,
  /// `busy_timeout=5000` (in milliseconds).
  ///
  /// @throws IllegalArgumentException if it is none
  public static SqliteOptions parse(String url) {
    var parts = url.split("\\?", 2);
    var place = parts[0].replaceFirst("^(?i)sqlite:(//(?=/))?", "");
    if (place.isEmpty() || place.length() == parts[0].length()) {
      throw new IllegalArgumentException("a URL is sqlite:path or sqlite::memory:, not " + url);
    }
    var options = place.equals(MEMORY_NAME) ? MEMORY : of(Path.of(place));
    return parts.length == 1 || parts[1].isEmpty() ? options : options.withParameters(parts[1]);
  }

  private SqliteOptions withParameters(String parameters) {
    var options = this;
    for (var parameter : parameters.split("&", -1)) {
      var nameAndValue = parameter.split("=", 2);
      if (nameAndValue.length == 1) {
        throw new IllegalArgumentException("an option of a URL is name=value, not " + parameter);
      }
      options = options.withParameter(nameAndValue[0], nameAndValue[1]);
    }
    return options;
  }

  private SqliteOptions withParameter(String name, String value) {
    return switch (name) {
      case "mode" ->
          switch (value) {
            case "ro" -> withReadOnly(true);
            case "rw", "rwc" -> this;
            default -> throw new IllegalArgumentException("mode is ro, rw or rwc, not " + value);
          };
      case "busy_timeout" -> withBusyTimeout(Duration.ofMillis(Long.parseLong(value)));
      default -> withPragma(name, value);
    };
  }

  /// The same, only reading or not.
  public SqliteOptions withReadOnly(boolean readOnly) {
    return new SqliteOptions(file, readOnly, busyTimeout, pragmas, functions);
  }

  /// The same with another time to wait for the write lock.
  public SqliteOptions withBusyTimeout(Duration busyTimeout) {
    return new SqliteOptions(file, readOnly, busyTimeout, pragmas, functions);
  }

  /// The same with a pragma that each connection is set to: `synchronous`, `normal`.
  ///
  /// @throws IllegalArgumentException if it is none
  public SqliteOptions withPragma(String name, String value) {
    var more = new LinkedHashMap<>(pragmas);
    more.put(name, value);
    return new SqliteOptions(file, readOnly, busyTimeout, more, functions);
  }

  /// The same with a function that statements may call.
  public SqliteOptions withFunction(String name, SqliteFunction function) {
    var more = new LinkedHashMap<>(functions);
    more.put(name, function);
    return new SqliteOptions(file, readOnly, busyTimeout, pragmas, more);
  }

  @Override
  public String toString() {
    return "sqlite:" + (file == null ? MEMORY_NAME : file);
  }
}
