// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import tulip.core.TaskGroup;
import tulip.core.queue.Channel;
import tulip.core.queue.Select;
import tulip.core.queue.SendChannel;

/// One task receives what two send through a channel each, with a select.
@OperationsPerInvocation(Work.OPERATIONS)
public class Selects {
  private static final int ITEMS = Work.OPERATIONS / 2;

  @Benchmark
  public void tulip(OnCarrier on) {
    on.run(() -> {
      var left = Channel.<Integer>open(0);
      var right = Channel.<Integer>open(0);
      try (var group = TaskGroup.open()) {
        group.start(() -> send(left.sender()));
        group.start(() -> send(right.sender()));
        group.start(() -> {
          long sum = 0;
          for (int i = 0; i < Work.OPERATIONS; i++) {
            int item =
                Select.select(
                    left.receiver().onReceive(x -> x), right.receiver().onReceive(x -> x));
            sum += item;
          }
          Work.check(sum == (long) ITEMS * (ITEMS - 1));
        });
        group.join();
      }
    });
  }

  private static void send(SendChannel<Integer> to) {
    for (int i = 0; i < ITEMS; i++) {
      to.send(i);
    }
  }

  @Benchmark
  public void kotlin() {
    Sharing.selects(ITEMS);
  }

  @Benchmark
  @Fork(jvmArgsAppend = Work.ONE_CARRIER)
  public void jox() throws InterruptedException {
    Work.onVirtualThread(Selects::selectOnJox);
  }

  @Benchmark
  public void joxDefault() throws InterruptedException {
    Work.onVirtualThread(Selects::selectOnJox);
  }

  private static void selectOnJox() throws InterruptedException {
    com.softwaremill.jox.Channel<Integer> left = Jox.channel(0);
    com.softwaremill.jox.Channel<Integer> right = Jox.channel(0);
    var one = Work.start(() -> send(left));
    var two = Work.start(() -> send(right));
    long sum = 0;
    for (int i = 0; i < Work.OPERATIONS; i++) {
      sum += Jox.selectFrom(left, right);
    }
    Work.check(sum == (long) ITEMS * (ITEMS - 1));
    one.join();
    two.join();
  }

  private static void send(com.softwaremill.jox.Channel<Integer> to) throws InterruptedException {
    for (int i = 0; i < ITEMS; i++) {
      to.send(i);
    }
  }
}
