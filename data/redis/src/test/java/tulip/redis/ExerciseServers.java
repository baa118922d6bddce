// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import tulip.net.testing.RealServer;

/// The servers for exercises: one alone, and one that is all of a cluster.
record ExerciseServers(RealServer alone, RealServer clustered) implements AutoCloseable {
  static ExerciseServers start() throws IOException {
    return new ExerciseServers(
        RedisServer.start("--enable-debug-command", "yes"),
        RedisServer.start("--cluster-enabled", "yes"));
  }

  /// A client of a server with nothing in it.
  Redis open(Exercise exercise, int protocol) throws IOException {
    var redis = open(exercise.clustered(), protocol);
    if (exercise.clustered() && "fail".equals(redis.clusterInfo().get("cluster_state"))) {
      redis.call("CLUSTER", "ADDSLOTSRANGE", 0, 16_383);
      while (!"ok".equals(redis.clusterInfo().get("cluster_state"))) {
        redis.ping();
      }
    }
    return redis;
  }

  Redis open(boolean clustered, int protocol) throws IOException {
    var server = clustered ? this.clustered : alone;
    var login = Login.ANONYMOUS.withProtocol(protocol);
    var redis = Redis.open(RedisServer.options(server).withLogin(login));
    redis.flushall();
    return redis;
  }

  @Override
  public void close() {
    alone.close();
    clustered.close();
  }
}
