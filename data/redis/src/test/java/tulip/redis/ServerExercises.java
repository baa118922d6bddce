// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofMinutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.redis.Exercise.present;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tulip.redis.protocol.Reply;

/// The server, its connections and users.
final class ServerExercises {
  private ServerExercises() {}

  static void server(RedisCommands redis) throws IOException {
    assertTrue(redis.time().isAfter(Instant.EPOCH));
    redis.set("k", 1);
    assertEquals(1, redis.dbsize());
    assertTrue(redis.info("server").contains("redis_version"));
    assertTrue(redis.info().contains("# Memory"));
    redis.configSet("maxmemory", 0);
    assertEquals(Map.of("maxmemory", "0"), redis.configGet("maxmemory"));
    redis.flushdb();
    redis.flushall();
    assertEquals(0, redis.dbsize());
    redis.set("k", 1);
    redis.swapdb(0, 3);
    assertEquals(0, redis.dbsize());
    redis.swapdb(0, 3);
    assertEquals("master", redis.role().getFirst().string());
    var saved = redis.lastsave();
    while (redis.info("persistence").contains("rdb_bgsave_in_progress:1")) {
      redis.ping();
    }
    redis.bgsave();
    assertFalse(redis.lastsave().isBefore(saved));
    assertTrue(redis.commandCount() > 200);
    assertTrue(redis.commandList().contains("get"));
    assertEquals(List.of("a", "b"), redis.commandGetkeys("MSET", "a", 1, "b", 2));
  }

  static void looking(RedisCommands redis) throws IOException {
    redis.configResetstat();
    redis.set("k", 1);
    assertTrue(present(redis.memoryUsage("k")) > 0);
    assertNull(redis.memoryUsage("none"));
    assertTrue(redis.memoryStats().containsKey("peak.allocated"));
    assertFalse(redis.memoryDoctor().isEmpty());
    redis.memoryPurge();
    redis.slowlogReset();
    redis.configSet("slowlog-log-slower-than", 0);
    redis.ping();
    redis.configSet("slowlog-log-slower-than", 10_000);
    assertEquals(List.of("PING"), redis.slowlogGet(1).getFirst().command());
    assertTrue(redis.slowlogLen() >= 2);
    redis.configSet("latency-monitor-threshold", 1);
    redis.call("DEBUG", "SLEEP", 0.01);
    assertTrue(redis.latencyLatest().stream().anyMatch(event -> event.name().equals("command")));
    assertFalse(redis.latencyDoctor().isEmpty());
    assertTrue(redis.latencyReset() > 0);
    redis.configSet("latency-monitor-threshold", 0);
  }

  static void connections(RedisCommands redis) throws IOException {
    redis.ping();
    assertEquals("hello", redis.echo("hello"));
    assertTrue(redis.clientList().contains("id=" + redis.clientId()));
    assertNull(redis.clientGetname());
    assertTrue(redis.clientInfo().contains("id=" + redis.clientId()));
    assertEquals(0, redis.clientKill(999_999));
    assertFalse(redis.clientUnblock(999_999));
    redis.clientPause(ofMinutes(1));
    redis.clientUnpause();
    redis.set("k", 1);
  }

  static void pubSub(RedisCommands redis) throws IOException {
    assertEquals(0, redis.publish("nobody", "x"));
    assertEquals(0, redis.spublish("nobody", "x"));
    assertEquals(List.of(), redis.pubsubChannels());
    assertEquals(List.of(), redis.pubsubChannels("n*"));
    assertEquals(Map.of("nobody", 0L), redis.pubsubNumsub("nobody"));
    assertEquals(0, redis.pubsubNumpat());
    assertEquals(List.of(), redis.pubsubShardchannels());
    assertEquals(Map.of("nobody", 0L), redis.pubsubShardnumsub("nobody"));
  }

  static void acl(RedisCommands redis) throws IOException {
    assertEquals("default", redis.aclWhoami());
    redis.aclSetuser("ann", "on", ">secret", "~cache:*", "+@read");
    assertTrue(redis.aclUsers().contains("ann"));
    assertEquals(2, redis.aclList().size());
    assertTrue(present(redis.aclGetuser("ann")).containsKey("commands"));
    assertNull(redis.aclGetuser("none"));
    assertNull(redis.aclDryrun("ann", "GET", "cache:1"));
    assertNotNull(redis.aclDryrun("ann", "SET", "cache:1", 2));
    assertEquals(1, redis.aclDeluser("ann", "none"));
    assertTrue(redis.aclCat().contains("geo"));
    assertTrue(redis.aclCat("geo").contains("geoadd"));
    assertEquals(64, redis.aclGenpass().length());
    assertEquals(List.of(), redis.aclLog());
  }

  static void cluster(RedisCommands redis) throws IOException {
    assertEquals("16384", present(redis.clusterInfo().get("cluster_slots_assigned")));
    assertTrue(redis.clusterNodes().startsWith(redis.clusterMyid()));
    assertEquals(
        List.of(0L, 16_383L),
        present(redis.clusterShards().getFirst().get("slots")).list(Reply::integer));
    int slot = redis.clusterKeyslot("{user}1");
    assertEquals(5474, slot);
    redis.set("{user}1", 1);
    assertEquals(1, redis.clusterCountkeysinslot(slot));
    assertEquals(List.of("{user}1"), redis.clusterGetkeysinslot(slot, 10));
  }
}
