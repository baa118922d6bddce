// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.LoopOptions.Engine.CARRIER;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.Scope;
import tulip.core.Tulip;
import tulip.it.ChildJvm;

/// The first Ctrl-C cancels main, the second ends the process.
class CtrlCTest {
  private static final int STATUS = 130;

  private static ChildJvm.Child start(Class<?> program, Engine engine) throws Exception {
    var jvm = engine == CARRIER ? ChildJvm.withFlag() : ChildJvm.withoutFlag();
    var child = jvm.start(program, engine.name());
    child.awaitLine(engine.name() + " ready");
    return child;
  }

  private static void ready(String[] arguments) {
    System.out.println(EventLoop.current().options().engine() + " ready");
    assertEquals(
        arguments[0].equals("CARRIER") ? "carrier" : "baton", EventLoop.current().engine());
  }

  private static LoopOptions options(String[] arguments) {
    return LoopOptions.DEFAULT.withEngine(Engine.valueOf(arguments[0]));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void theFirstCancelsMain(Engine engine) throws Exception {
    try (var child = start(Obedient.class, engine)) {
      child.signal("INT");
      var run = child.end();
      assertEquals(STATUS, run.status(), run::err);
      assertEquals(
          engine + " ready\nmain: interrupted by Ctrl-C\nother\nhook\n", run.out(), run::err);
    }
  }

  static final class Obedient {
    public static void main(String[] arguments) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
      Tulip.run(
          options(arguments),
          () -> {
            Tulip.createTask(() -> {
              try {
                Tulip.sleepForever();
              } finally {
                System.out.println("other");
              }
            });
            Tulip.yield();
            ready(arguments);
            try {
              Tulip.sleepForever();
            } finally {
              System.out.println("main: " + Scope.current().reason());
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void theSecondEndsTheProcessWithAReport(Engine engine) throws Exception {
    try (var child = start(Stubborn.class, engine)) {
      child.signal("INT");
      child.awaitLine("ignored");
      child.signal("INT");
      var run = child.end();
      assertEquals(STATUS, run.status(), run::err);
      assertTrue(run.err().contains("main waits for "), run::err);
      assertTrue(run.err().contains(Stubborn.class.getName()), run::err);
    }
  }

  static final class Stubborn {
    public static void main(String[] arguments) {
      Tulip.run(
          options(arguments),
          () -> {
            ready(arguments);
            var scope = Scope.current();
            Tulip.shield(() -> {
              while (!scope.isCancelled()) {
                Tulip.sleep(Duration.ofMillis(1));
              }
              System.out.println("ignored");
              Tulip.sleepForever();
            });
          });
    }
  }

  /// A loop that does not even look up is reported with the code that holds it.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void theSecondEndsALoopThatIsBusy(Engine engine) throws Exception {
    try (var child = start(Busy.class, engine)) {
      child.signal("INT");
      Thread.sleep(300); // signals that come too close together are one
      child.signal("INT");
      var run = child.end();
      assertEquals(STATUS, run.status(), run::err);
      assertTrue(run.err().contains("does not answer"), run::err);
      assertTrue(run.err().contains(Patience.class.getName() + ".burn"), run::err);
    }
  }

  static final class Busy {
    public static void main(String[] arguments) {
      Tulip.run(
          options(arguments),
          () -> {
            ready(arguments);
            Patience.burn(60_000);
          });
    }
  }
}
