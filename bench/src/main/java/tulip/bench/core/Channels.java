// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tulip.core.TaskGroup;
import tulip.core.queue.Channel;

/// One task sends, another receives.
@State(Scope.Benchmark)
@OperationsPerInvocation(Work.OPERATIONS)
public class Channels {
  /// How many items the channel has room for.
  @Param({"0", "100"})
  public int capacity;

  @Benchmark
  public void tulip(OnCarrier on) {
    on.run(() -> {
      var channel = Channel.<Integer>open(capacity);
      try (var group = TaskGroup.open()) {
        group.start(() -> {
          for (int i = 0; i < Work.OPERATIONS; i++) {
            channel.sender().send(i);
          }
        });
        group.start(() -> {
          for (int i = 0; i < Work.OPERATIONS; i++) {
            Work.check(channel.receiver().receive() == i);
          }
        });
        group.join();
      }
    });
  }

  @Benchmark
  public void kotlin() {
    Sharing.channel(capacity, Work.OPERATIONS);
  }

  @Benchmark
  public void kotlinDefault() {
    Sharing.channelOnDefault(capacity, Work.OPERATIONS);
  }

  @Benchmark
  @Fork(jvmArgsAppend = Work.ONE_CARRIER)
  public void jox() throws InterruptedException {
    Work.onVirtualThread(this::sendOnJox);
  }

  @Benchmark
  public void joxDefault() throws InterruptedException {
    Work.onVirtualThread(this::sendOnJox);
  }

  private void sendOnJox() throws InterruptedException {
    com.softwaremill.jox.Channel<Integer> channel = Jox.channel(capacity);
    var receiver =
        Work.start(() -> {
          for (int i = 0; i < Work.OPERATIONS; i++) {
            Work.check(channel.receive() == i);
          }
        });
    for (int i = 0; i < Work.OPERATIONS; i++) {
      channel.send(i);
    }
    receiver.join();
  }
}
