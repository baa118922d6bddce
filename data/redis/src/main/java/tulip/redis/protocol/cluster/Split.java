// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tulip.redis.protocol.Reply;

/// A command with keys of several slots, as one command for each slot.
public final class Split {
  private final List<Object[]> commands = new ArrayList<>();
  private final Map<Integer, List<Integer>> keysBySlot = new LinkedHashMap<>();
  private final int keys;
  private final ResponsePolicy response;

  /// @param range its keys, behind each of which stands what belongs to it
  Split(Object[] command, KeySpec.Range range, ResponsePolicy response) {
    this.response = response;
    int key = 0;
    for (int at = range.first(); at <= range.last(); at += range.step()) {
      keysBySlot.computeIfAbsent(Slot.of(command[at]), _ -> new ArrayList<>()).add(key++);
    }
    keys = key;
    keysBySlot.values().forEach(some -> commands.add(part(command, range, some)));
  }

  private static Object[] part(Object[] command, KeySpec.Range range, List<Integer> keys) {
    int end = Math.min(command.length, range.last() + range.step());
    var part = new ArrayList<>(Arrays.asList(command).subList(0, range.first()));
    for (int key : keys) {
      int at = range.first() + key * range.step();
      part.addAll(Arrays.asList(command).subList(at, Math.min(end, at + range.step())));
    }
    part.addAll(Arrays.asList(command).subList(end, command.length));
    return part.toArray();
  }

  /// The commands, each for one slot.
  public List<Object[]> commands() {
    return commands;
  }

  /// The slots of the commands, in the same order.
  public List<Integer> slots() {
    return List.copyOf(keysBySlot.keySet());
  }

  /// Makes one reply of the replies to the commands. Values of keys get the places of the keys.
  public Reply merge(List<Reply> replies) {
    var merged = response.merge(replies);
    boolean inOrder = response == ResponsePolicy.JOINED && merged instanceof Reply.Array;
    return inOrder ? inOrder(merged.list()) : merged;
  }

  private Reply inOrder(List<Reply> joined) {
    if (joined.size() != keys) {
      throw new IllegalStateException(joined.size() + " values for " + keys + " keys");
    }
    var values = new Reply[keys];
    var next = joined.iterator();
    keysBySlot.values().forEach(some -> some.forEach(key -> values[key] = next.next()));
    return new Reply.Array(List.of(values));
  }
}
