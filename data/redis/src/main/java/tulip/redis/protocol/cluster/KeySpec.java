// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol.cluster;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// Where some keys of a command stand: one of the key specifications that servers give in `COMMAND`
/// since Redis 7.
///
/// Redis documentation, "Command key specifications".
///
/// @param start where the search begins
/// @param keys which arguments from there on are keys
record KeySpec(Start start, Keys keys) {
  /// Some arguments, all of them keys, and perhaps others between them.
  ///
  /// @param first the place of the first key in the command
  /// @param last of the last one; before `first` if there is none
  /// @param step from key to key
  record Range(int first, int last, int step) {}

  /// Where the search begins.
  sealed interface Start {
    /// At a place that is always the same.
    record At(int index) implements Start {}

    /// Behind a word.
    ///
    /// @param from where the word may stand first; if negative, it is looked for backwards from
    ///   there, as counted from the end
    record Behind(String word, int from) implements Start {}
  }

  /// Which arguments are keys, from the start of the search on.
  sealed interface Keys {
    /// Those up to a place.
    ///
    /// @param last counted from the start, or from the end of the command if negative
    /// @param limit if `last` is -1, which part of what is left are keys: half of it for 2; 0 and 1
    ///   for all
    record UpTo(int last, int step, int limit) implements Keys {}

    /// As many as an argument says.
    ///
    /// @param count where that stands, counted from the start
    /// @param first where the first key stands, counted from the start
    record Counted(int count, int first, int step) implements Keys {}
  }

  /// Reads what a server says.
  ///
  /// @return `null` if it says that it does not know, or not all, or something else
  static @Nullable KeySpec of(Reply reply) {
    var spec = reply.map(part -> part);
    var flags = spec.get("flags");
    if (flags == null || flags.list(Reply::string).contains("incomplete")) {
      return null;
    }
    var start = start(part(spec, "begin_search"));
    var keys = keys(part(spec, "find_keys"));
    return start == null || keys == null ? null : new KeySpec(start, keys);
  }

  private static Map<String, Reply> part(Map<String, Reply> spec, String name) {
    var part = spec.get(name);
    return part == null ? Map.of() : part.map(value -> value);
  }

  private static @Nullable Start start(Map<String, Reply> search) {
    var numbers = part(search, "spec");
    return switch (type(search)) {
      case "index" -> new Start.At(number(numbers, "index"));
      case "keyword" ->
          new Start.Behind(part(numbers, "keyword", ""), number(numbers, "startfrom"));
      default -> null;
    };
  }

  private static @Nullable Keys keys(Map<String, Reply> find) {
    var numbers = part(find, "spec");
    int step = Math.max(1, number(numbers, "keystep"));
    return switch (type(find)) {
      case "range" -> new Keys.UpTo(number(numbers, "lastkey"), step, number(numbers, "limit"));
      case "keynum" ->
          new Keys.Counted(number(numbers, "keynumidx"), number(numbers, "firstkey"), step);
      default -> null;
    };
  }

  private static String type(Map<String, Reply> part) {
    return part(part, "type", "");
  }

  private static String part(Map<String, Reply> part, String name, String otherwise) {
    var value = part.get(name);
    return value == null ? otherwise : value.string();
  }

  private static int number(Map<String, Reply> part, String name) {
    var value = part.get(name);
    return value == null ? 0 : (int) value.integer();
  }

  // Searching.

  /// Finds the keys in a command.
  ///
  /// @return `null` if there are none, or the command is wrong
  @Nullable Range find(Object... command) {
    int at = begin(command);
    if (at < 0 || at >= command.length) {
      return null;
    }
    var range =
        switch (keys) {
          case Keys.UpTo(int last, int step, int limit) ->
              new Range(at, last(at, last, limit, command.length), step);
          case Keys.Counted(int count, int first, int step) -> {
            int number = at + count < command.length ? count(command[at + count]) : 0;
            yield new Range(at + first, at + first + (number - 1) * step, step);
          }
        };
    return range.last < range.first || range.last >= command.length ? null : range;
  }

  private int begin(Object... command) {
    return switch (start) {
      case Start.At(int index) -> index;
      case Start.Behind(String word, int from) when from >= 0 -> {
        int at = from;
        while (at < command.length && !isWord(word, command[at])) {
          at++;
        }
        yield at + 1;
      }
      case Start.Behind(String word, int from) -> {
        int at = command.length + from;
        while (at > 0 && !isWord(word, command[at])) {
          at--;
        }
        yield at > 0 ? at + 1 : -1;
      }
    };
  }

  private static boolean isWord(String word, Object argument) {
    return argument instanceof String text && text.toUpperCase(Locale.ROOT).equals(word);
  }

  private static int last(int at, int last, int limit, int length) {
    if (last >= 0) {
      return at + last;
    }
    return last == -1 && limit > 1 ? at + (length - at) / limit - 1 : length + last;
  }

  private static int count(Object argument) {
    try {
      return argument instanceof Number number
          ? number.intValue()
          : Integer.parseInt(argument.toString());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /// The first and last of legacy descriptions, which all servers give.
  static KeySpec fixed(int first, int last, int step) {
    return new KeySpec(
        new Start.At(first), new Keys.UpTo(last < 0 ? last : last - first, Math.max(1, step), 0));
  }

  /// Whether nothing but keys, and what belongs to each, stands from a fixed place on.
  boolean isRest() {
    return start instanceof Start.At
        && keys instanceof Keys.UpTo(int last, _, int limit)
        && last < 0
        && limit < 2;
  }
}
