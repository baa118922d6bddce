// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;
import tulip.redis.protocol.cluster.CommandInfo.Request;

/// The commands of a server, and where each goes in a cluster.
public final class CommandTable {
  private final Map<String, CommandInfo> commands;

  private CommandTable(Map<String, CommandInfo> commands) {
    this.commands = commands;
  }

  /// Reads the reply to `COMMAND`.
  ///
  /// @throws IllegalStateException if it is no such reply
  public static CommandTable of(Reply commands) {
    return new CommandTable(CommandInfo.all(commands));
  }

  /// Where a command goes.
  ///
  /// @throws IllegalArgumentException if it has keys of several slots and cannot be split, or it
  ///   means something else on each node
  public Route route(Object... command) {
    var info = info(command);
    if (info == null) {
      return new Route.ToWhereKeysAre(false);
    }
    return switch (info.request()) {
      case ALL_SHARDS, ALL_NODES -> toAll(info);
      case SPECIAL -> throw ofOneNode(info);
      case ONE, MULTI_SHARD -> toKeys(info, command);
    };
  }

  private @Nullable CommandInfo info(Object... command) {
    var info = commands.get(word(command, 0));
    return info == null || info.subcommands().isEmpty()
        ? info
        : info.subcommands().getOrDefault(word(command, 1), info);
  }

  private static String word(Object[] command, int at) {
    return at < command.length && command[at] instanceof String word
        ? word.toLowerCase(Locale.ROOT)
        : "";
  }

  private static Route toAll(CommandInfo info) {
    if (info.response() == ResponsePolicy.SPECIAL) {
      throw ofOneNode(info);
    }
    return new Route.ToAll(info.request() == Request.ALL_NODES, info.response());
  }

  private static IllegalArgumentException ofOneNode(CommandInfo info) {
    return new IllegalArgumentException(
        info.name() + " is about one node of the cluster: call it on each of masters()");
  }

  private static Route toKeys(CommandInfo info, Object... command) {
    var specs = info.keys();
    if (specs == null) {
      return new Route.ToWhereKeysAre(info.readOnly());
    }
    var keys = keys(specs, command);
    if (info.request() == Request.MULTI_SHARD && specs.size() == 1 && specs.getFirst().isRest()) {
      var range = specs.getFirst().find(command);
      if (range != null && keys.stream().mapToInt(Slot::of).distinct().count() > 1) {
        return new Route.ToSlots(new Split(command, range, info.response()));
      }
    }
    return Route.toKeys(info.name(), keys, info.readOnly());
  }

  private static List<Object> keys(List<KeySpec> specs, Object... command) {
    var keys = new ArrayList<Object>();
    for (var spec : specs) {
      var range = spec.find(command);
      if (range != null) {
        for (int at = range.first(); at <= range.last(); at += range.step()) {
          keys.add(command[at]);
        }
      }
    }
    return keys;
  }
}
