// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import tulip.core.EventLoop;
import tulip.core.Future;
import tulip.core.TaskGroup;

/// Two tasks hand a value to and fro, each time through a new future: each operation is one
/// hand-over.
@OperationsPerInvocation(Work.OPERATIONS)
public class HandOver {
  private static final class Table {
    Future<Integer> ping;
    Future<Integer> pong;

    Table(EventLoop loop) {
      ping = loop.createFuture();
      pong = loop.createFuture();
    }
  }

  private static void handOver(EventLoop loop) {
    int rounds = Work.OPERATIONS / 2;
    var table = new Table(loop);
    try (var group = TaskGroup.open()) {
      group.start(() -> {
        for (int round = 0; round < rounds; round++) {
          table.ping.setResult(round);
          int back = table.pong.await();
          table.pong = loop.createFuture();
          Work.check(back == round);
        }
      });
      group.start(() -> {
        for (int round = 0; round < rounds; round++) {
          int given = table.ping.await();
          table.ping = loop.createFuture();
          table.pong.setResult(given);
        }
      });
      group.join();
    }
  }

  @Benchmark
  public void tulip(OnCarrier on) {
    on.run(() -> handOver(on.loop()));
  }

  /// The turn alone, without a value.
  @Benchmark
  public void bare() {
    new Bare().ring(2, Work.OPERATIONS);
  }

  /// A flag and a parked thread.
  @Benchmark
  @Fork(jvmArgsAppend = Work.ONE_CARRIER)
  public void jdk() throws InterruptedException {
    int rounds = Work.OPERATIONS / 2;
    Work.onVirtualThread(() -> {
      var ping = new AtomicBoolean();
      var pong = new AtomicBoolean();
      var self = Thread.currentThread();
      var other =
          Thread.startVirtualThread(() -> {
            for (int round = 0; round < rounds; round++) {
              await(ping);
              give(pong, self);
            }
          });
      for (int round = 0; round < rounds; round++) {
        give(ping, other);
        await(pong);
      }
      other.join();
    });
  }

  private static void await(AtomicBoolean flag) {
    while (!flag.compareAndSet(true, false)) {
      LockSupport.park();
    }
  }

  private static void give(AtomicBoolean flag, Thread to) {
    flag.set(true);
    LockSupport.unpark(to);
  }

  @Benchmark
  public void kotlin() {
    Coroutines.handOver(Work.OPERATIONS / 2);
  }
}
