// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;
import tulip.redis.protocol.Reply;
import tulip.redis.protocol.Reply.Failure;

/// Where commands go, and what comes back, without any server.
class RouteTest {
  private static final NodeAddress HERE = new NodeAddress("10.0.0.1", 7000);

  private static Reply reply(Object value) {
    return switch (value) {
      case Integer number -> new Reply.Int(number);
      case String text -> new Reply.Bulk(Bytes.ofUtf8(text));
      case List<?> list -> new Reply.Array(list.stream().map(RouteTest::reply).toList());
      default -> throw new AssertionError(value);
    };
  }

  /// An entry of COMMAND as servers before Redis 7 have it, or later ones if there is a tail.
  private static Reply entry(String name, List<String> flags, List<Integer> keys, Object... tail) {
    var parts = new ArrayList<Object>(List.of(name, -1, flags));
    parts.addAll(keys);
    parts.add(List.of());
    parts.addAll(Arrays.asList(tail));
    return reply(parts);
  }

  private static CommandTable table(Reply... entries) {
    return CommandTable.of(new Reply.Array(List.of(entries)));
  }

  @Test
  void oldServersSayLess() {
    var table =
        table(
            entry("get", List.of("readonly"), List.of(1, 1, 1)),
            entry("mset", List.of("write"), List.of(1, -1, 2)),
            entry("eval", List.of("movablekeys"), List.of(0, 0, 0)),
            entry("ping", List.of(), List.of(0, 0, 0)));
    assertEquals(new Route.ToSlot(Slot.of("a"), true), table.route("get", "a"));
    assertEquals(new Route.ToSlot(Slot.of("a"), false), table.route("MSET", "a", 1, "{a}", "x"));
    assertThrows(IllegalArgumentException.class, () -> table.route("MSET", "a", 1, "b", 2));
    assertEquals(new Route.ToWhereKeysAre(false), table.route("EVAL", "", 1, "a"));
    assertEquals(new Route.ToWhereKeysAre(false), table.route("SOMETHING", "a"));
    assertEquals(new Route.ToAny(), table.route("PING"));
    assertEquals(new Route.ToAny(), table.route("GET"));
  }

  private static Reply spec(Object search, Object find, String... flags) {
    return reply(List.of("flags", List.of(flags), "begin_search", search, "find_keys", find));
  }

  private static final Object AT_1 = List.of("type", "index", "spec", List.of("index", 1));

  private static Object behind(int from) {
    return List.of("type", "keyword", "spec", List.of("keyword", "KEYS", "startfrom", from));
  }

  private static Object upTo(int last, int step, int limit) {
    return List.of(
        "type", "range", "spec", List.of("lastkey", last, "keystep", step, "limit", limit));
  }

  private static Object counted(int count, int first) {
    return List.of(
        "type", "keynum", "spec", List.of("keynumidx", count, "firstkey", first, "keystep", 1));
  }

  private static List<Object> keys(Reply spec, Object... command) {
    var found = KeySpec.of(spec);
    var range = found == null ? null : found.find(command);
    var keys = new ArrayList<Object>();
    for (int at = range == null ? 1 : range.first();
        range != null && at <= range.last();
        at += range.step()) {
      keys.add(command[at]);
    }
    return keys;
  }

  @Test
  void keysAreFoundAsSpecified() {
    assertEquals(List.of("a"), keys(spec(AT_1, upTo(0, 1, 0)), "x", "a", "b"));
    assertEquals(List.of("a", "c"), keys(spec(AT_1, upTo(-1, 2, 0)), "x", "a", "b", "c", "d"));
    assertEquals(List.of("a", "b"), keys(spec(AT_1, upTo(-2, 1, 0)), "x", "a", "b", "path"));
    var half = spec(behind(1), upTo(-1, 1, 2));
    assertEquals(List.of("a", "b"), keys(half, "x", 1, "keys", "a", "b", 0, 0));
    assertEquals(List.of(), keys(half, "x", 1, 2));
    var backwards = spec(behind(-2), upTo(-1, 1, 0));
    assertEquals(List.of("a"), keys(backwards, "x", "KEYS", "y", "KEYS", "a"));
    assertEquals(List.of(), keys(backwards, "x"));
    var number = spec(AT_1, counted(0, 1));
    assertEquals(List.of("a", "b"), keys(number, "x", 2, "a", "b", "c"));
    assertEquals(List.of("a"), keys(number, "x", "1", "a"));
    assertEquals(List.of(), keys(number, "x", 0));
    assertEquals(List.of(), keys(number, "x", 9, "a"));
    assertEquals(List.of(), keys(number, "x", "many", "a"));
    assertEquals(List.of(), keys(number, "x"));
    var unknown = List.of("type", "unknown", "spec", List.of());
    assertNull(KeySpec.of(spec(unknown, upTo(0, 1, 0))));
    assertNull(KeySpec.of(spec(AT_1, unknown)));
    assertNull(KeySpec.of(spec(AT_1, upTo(0, 1, 0), "RW", "incomplete")));
  }

  @Test
  void aSplitPutsValuesWhereTheirKeysStand() {
    var range = new KeySpec.Range(1, 4, 1);
    var command = new Object[] {"MGET", "a", "b", "{a}", "{b}", "path"};
    var split = new Split(command, range, ResponsePolicy.JOINED);
    assertEquals(List.of(Slot.of("a"), Slot.of("b")), split.slots());
    assertEquals(List.of("MGET", "a", "{a}", "path"), Arrays.asList(split.commands().getFirst()));
    assertEquals(List.of("MGET", "b", "{b}", "path"), Arrays.asList(split.commands().getLast()));
    var merged = split.merge(List.of(reply(List.of(1, 3)), reply(List.of(2, 4))));
    assertEquals(reply(List.of(1, 2, 3, 4)), merged);
    var failure = new Failure("ERR no");
    assertEquals(failure, split.merge(List.of(reply(List.of(1, 3)), failure)));
    assertThrows(
        IllegalStateException.class,
        () -> split.merge(List.of(reply(List.of(1)), reply(List.of(2, 4)))));
  }

  @Test
  void repliesAreMergedAsServersSay() {
    var numbers = List.of(reply(3), reply(1), reply(2));
    assertEquals(reply(6), ResponsePolicy.AGG_SUM.merge(numbers));
    assertEquals(reply(1), ResponsePolicy.AGG_MIN.merge(numbers));
    assertEquals(reply(3), ResponsePolicy.AGG_MAX.merge(numbers));
    var answers = List.of(reply(List.of(1, 0, 1)), reply(List.of(1, 1, 0)));
    assertEquals(reply(List.of(1, 0, 0)), ResponsePolicy.AGG_LOGICAL_AND.merge(answers));
    assertEquals(reply(List.of(1, 1, 1)), ResponsePolicy.AGG_LOGICAL_OR.merge(answers));
    var failure = new Failure("ERR no");
    var mixed = List.of(failure, reply(1));
    assertEquals(failure, ResponsePolicy.ALL_SUCCEEDED.merge(mixed));
    assertEquals(failure, ResponsePolicy.AGG_SUM.merge(mixed));
    assertEquals(reply(1), ResponsePolicy.ONE_SUCCEEDED.merge(mixed));
    assertEquals(failure, ResponsePolicy.ONE_SUCCEEDED.merge(List.of(failure, failure)));
    assertEquals(reply("k"), ResponsePolicy.JOINED.merge(List.of(new Reply.Null(), reply("k"))));
    var uneven = List.of(reply(List.of(1)), reply(List.of(1, 2)));
    assertThrows(IllegalStateException.class, () -> ResponsePolicy.AGG_SUM.merge(uneven));
  }

  @ParameterizedTest
  @CsvSource({
    "MOVED 3999 10.0.0.2:7001, true, 3999, 10.0.0.2, 7001",
    "ASK 1 ::1:7001, false, 1, ::1, 7001",
    "MOVED 0 :7002, true, 0, 10.0.0.1, 7002"
  })
  void redirections(String message, boolean lasting, int slot, String host, int port) {
    var expected = new Redirection(lasting, slot, new NodeAddress(host, port));
    assertEquals(expected, Redirection.of(new Failure(message), HERE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERR no",
        "MOVED",
        "MOVED 1",
        "MOVED 1 x",
        "MOVED x h:1",
        "ASK 16384 h:1",
        "ASK -1 h:1",
        "ASK 1 h:"
      })
  void whatIsNoRedirection(String message) {
    assertNull(Redirection.of(new Failure(message), HERE));
  }

  @Test
  void aTopologyIsWhatOneNodeSaysAndOthersCorrect() {
    var slots =
        List.of(
            List.of(0, 99, List.of("", 7000, "id"), List.of("10.0.0.2", 7001, "id")),
            List.of(100, 199, List.of("?", 7002, "id"), List.of("10.0.0.4", 7003, "id")),
            List.of(300, 399, List.of("10.0.0.1", 7000, "id"), List.of("10.0.0.2", 7001, "id")));
    var topology = Topology.of(reply(slots), HERE);
    var first = new Shard(HERE, List.of(new NodeAddress("10.0.0.2", 7001)));
    assertEquals(first, topology.shard(0));
    assertEquals(first, topology.shard(399));
    assertNull(topology.shard(200));
    assertEquals(List.of(0, 100), topology.slots());
    assertEquals(2, topology.shards().size());
    assertEquals(4, topology.nodes().size());
    topology.moved(0, new NodeAddress("10.0.0.1", 7002));
    assertEquals(topology.shard(100), topology.shard(0));
    topology.moved(200, new NodeAddress("10.0.0.9", 7009));
    assertEquals(3, topology.shards().size());
  }

  @Test
  void whatIsNoTopologyIsRefused() {
    var beyond = List.of(List.of(0, 16384, List.of("h", 1)));
    assertThrows(IllegalStateException.class, () -> Topology.of(reply(beyond), HERE));
    var nobody = List.of(List.of(0, 1));
    assertThrows(IllegalStateException.class, () -> Topology.of(reply(nobody), HERE));
    assertThrows(IllegalStateException.class, () -> Topology.of(reply("x"), HERE));
    assertInstanceOf(Topology.class, Topology.of(reply(List.of()), HERE));
  }
}
