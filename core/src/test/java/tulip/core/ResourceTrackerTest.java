// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tulip.core.LoopOptions.Engine;
import tulip.core.queue.Channel;
import tulip.core.spi.ResourceTracker;

class ResourceTrackerTest {
  private final List<String> told = new ArrayList<>();

  private final ResourceTracker tracker =
      new ResourceTracker() {
        @Override
        public void opened(Object resource) {
          told.add("+ " + resource);
        }

        @Override
        public void closed(Object resource) {
          told.add("- " + resource);
        }
      };

  @BothEngines
  void tasksAreToldOf(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          loop.setResourceTracker(tracker);
          var first = loop.createTask("first", () -> 1);
          loop.createEagerTask(() -> 2).await();
          first.await();
          loop.setResourceTracker(ResourceTracker.NONE);
          loop.createTask(() -> 3).await();
        });
    assertEquals(List.of("+ task first", "+ task Task-3", "- task Task-3", "- task first"), told);
  }

  @BothEngines
  void aChannelIsOpenUntilOneSideIsClosed(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          EventLoop.current().setResourceTracker(tracker);
          var left = Channel.<Integer>open(1);
          var twin = left.sender().clone();
          left.sender().close();
          assertEquals(1, told.size());
          twin.close();
          assertEquals(2, told.size());
          var right = Channel.<Integer>open(Channel.UNBOUNDED);
          right.receiver().close();
          EventLoop.current().setResourceTracker(ResourceTracker.NONE);
        });
    assertEquals(
        List.of("+ channel with 0/1", "- channel with 0/1", "+ channel with 0", "- channel with 0"),
        told);
  }

  @Test
  void outsideOfLoopsNobodyIsTold() {
    assertSame(ResourceTracker.NONE, EventLoop.currentTracker());
  }
}
