// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.it.ChildJvm;

/// Which engine runs, and what is said about it.
class EngineChoiceTest {
  private static final String FLAG = "--add-opens java.base/java.lang=tulip.core";

  @Test
  void takesTheCarrierWhenItMayAndSaysNothing() throws Exception {
    var run = ChildJvm.withFlag().run(TwoLoops.class, "AUTO");
    assertEquals(new ChildJvm.Run(0, "carrier\ncarrier\n", ""), run);
  }

  @Test
  void fallsBackToTheBatonAndNamesTheFlagOnce() throws Exception {
    var run = ChildJvm.withoutFlag().run(TwoLoops.class, "AUTO");
    assertEquals("baton\nbaton\n", run.out(), run::err);
    assertEquals(0, run.status());
    assertEquals(1, run.err().lines().filter(line -> line.contains(FLAG)).count(), run::err);
    assertTrue(run.err().lines().count() <= 2, run::err); // the logger's own line is the other
  }

  @Test
  void theBatonAloneSaysNothing() throws Exception {
    var run = ChildJvm.withoutFlag().run(TwoLoops.class, "BATON");
    assertEquals(new ChildJvm.Run(0, "baton\nbaton\n", ""), run);
  }

  @Test
  void refusesTheCarrierWithoutTheFlag() throws Exception {
    var run = ChildJvm.withoutFlag().run(TwoLoops.class, "CARRIER");
    assertEquals(1, run.status());
    assertTrue(run.err().contains("IllegalStateException: no carrier engine: "), run::err);
    assertTrue(run.err().contains(FLAG), run::err);
  }

  /// As `java -cp` does it; the flag for another module is the wrong one then.
  @Test
  void namesTheFlagForTheClassPath() throws Exception {
    var run =
        ChildJvm.onClassPath()
            .options("--add-opens", "java.base/java.lang=ALL-UNNAMED")
            .run(TwoLoops.class, "AUTO");
    assertEquals(new ChildJvm.Run(0, "carrier\ncarrier\n", ""), run);
    run = ChildJvm.onClassPath().run(TwoLoops.class, "AUTO");
    assertEquals("baton\nbaton\n", run.out(), run::err);
    assertTrue(run.err().contains("--add-opens java.base/java.lang=ALL-UNNAMED"), run::err);
  }

  static final class TwoLoops {
    public static void main(String[] arguments) {
      var options = LoopOptions.DEFAULT.withEngine(Engine.valueOf(arguments[0]));
      for (int i = 0; i < 2; i++) {
        System.out.println(
            Tulip.<String, RuntimeException>run(
                options, () -> Tulip.createTask(() -> EventLoop.current().engine()).await()));
      }
    }
  }

  /// The carrier cannot live on a virtual thread, so that the run has a thread of its own.
  @OnEachEngine
  void runsWhenAVirtualThreadAsks(LoopOptions options) throws Exception {
    var answer = new CompletableFuture<List<String>>();
    Thread.startVirtualThread(() -> {
      try {
        answer.complete(
            Tulip.run(
                options,
                () ->
                    Tulip.gather(
                        List.of("a", "b"),
                        name -> {
                          Tulip.yield();
                          return name;
                        })));
      } catch (Throwable t) {
        answer.completeExceptionally(t);
      }
    });
    assertEquals(List.of("a", "b"), answer.get(20, TimeUnit.SECONDS));
  }
}
