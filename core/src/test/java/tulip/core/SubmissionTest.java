// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.ExecutionException;
import tulip.core.LoopOptions.Engine;

/// Tasks that other threads ask for.
class SubmissionTest {
  @BothEngines
  void theResultComesToTheThread(Engine engine) throws Exception {
    try (var runner = Runner.open(OnLoop.options(engine))) {
      assertEquals(1, runner.loop().submit(() -> 1).get());
    }
  }

  @BothEngines
  void nobodyWaitsForATaskThatAClosedLoopNeverBegan(Engine engine) {
    var loop = EventLoop.create(OnLoop.options(engine));
    var outcome = loop.submit(() -> 1);
    loop.close();
    var e = assertThrows(ExecutionException.class, outcome::get);
    assertInstanceOf(LoopClosedException.class, e.getCause());
  }
}
