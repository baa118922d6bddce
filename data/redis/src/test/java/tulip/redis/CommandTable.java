// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// All commands that a server documents, and how they are called here.
final class CommandTable {
  /// A command as the server documents it.
  private record Documented(String name, String group, String since, @Nullable String deprecated) {}

  /// Why a command has no method of its own.
  private record Reason(String commands, String text) {
    /// Exactly, or as one of many: `CLUSTER *`.
    boolean covers(String name) {
      return name.equals(commands) || (isGeneral() && name.matches(commands.replace("*", ".*")));
    }

    boolean isGeneral() {
      return commands.contains("*");
    }
  }

  private final Map<String, Documented> commands = new TreeMap<>();
  private final List<Reason> reasons = reasons();

  /// @param docs the reply to COMMAND DOCS
  CommandTable(Reply docs) {
    docs.entries().forEach(entry -> add(entry.key().string(), entry.value()));
  }

  private void add(String name, Reply docs) {
    var facts = docs.map(value -> value);
    var subcommands = facts.get("subcommands");
    if (subcommands != null) {
      subcommands.entries().forEach(entry -> add(entry.key().string(), entry.value()));
      return;
    }
    var written = name.toUpperCase(Locale.ROOT).replace('|', ' ');
    var deprecated = facts.get("deprecated_since");
    commands.put(
        written,
        new Documented(
            written,
            text(facts, "group"),
            text(facts, "since"),
            deprecated == null ? null : deprecated.string()));
  }

  private static String text(Map<String, Reply> facts, String key) {
    return Objects.requireNonNull(facts.get(key)).string();
  }

  private static List<Reason> reasons() {
    try (var in = Objects.requireNonNull(CommandTable.class.getResourceAsStream("untyped.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(": ", 2))
          .map(parts -> new Reason(parts[0], parts[1]))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Set<String> names() {
    return commands.keySet();
  }

  /// What is wrong with the reasons: nobody knows why a command is not typed, or it is.
  List<String> faults(Map<String, Set<String>> methods) {
    var faults = new ArrayList<String>();
    for (var command : commands.values()) {
      boolean typed = methods.containsKey(command.name);
      var reason = reason(command.name);
      if (typed && reason != null && !reason.isGeneral()) {
        faults.add(command.name + " is typed, and has a reason not to be");
      } else if (!typed && reason == null && command.deprecated == null) {
        faults.add(command.name + " is not typed, and has no reason");
      }
    }
    return faults;
  }

  private @Nullable Reason reason(String name) {
    return reasons.stream().filter(reason -> reason.covers(name)).findFirst().orElse(null);
  }

  /// The page.
  ///
  /// @param methods by the commands that they send
  String write(String version, Map<String, Set<String>> methods) {
    var page = new StringBuilder();
    page.append(
        """
        # The commands of Redis

        Made by `CommandTableTest` of the `COMMAND DOCS` of Redis %s; not edited by hand. The methods are called by it
        on a server; in a `Batch` they are noted instead. What has no method is for `call`, unless it says something else.
        """
            .formatted(version));
    for (var group : new TreeSet<>(commands.values().stream().map(Documented::group).toList())) {
      page.append("\n## ").append(group).append("\n\n| command | since | here |\n|---|---|---|\n");
      commands.values().stream()
          .filter(command -> command.group.equals(group))
          .forEach(command -> page.append(row(command, methods)));
    }
    return page.toString();
  }

  private String row(Documented command, Map<String, Set<String>> methods) {
    var typed = methods.getOrDefault(command.name, Set.of());
    var reason = reason(command.name);
    var here =
        typed.isEmpty()
            ? reason == null ? "" : reason.text
            : typed.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    if (command.deprecated != null) {
      here = "deprecated since " + command.deprecated + (here.isEmpty() ? "" : ": ") + here;
    }
    return "| %s | %s | %s |\n".formatted(command.name, command.since, here);
  }
}
