// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.core.EventLoop;
import tulip.core.Future;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.core.queue.EndOfChannelException;
import tulip.core.spi.OsSignal;

class SignalsTest {
  /// Sends a signal to this very process.
  private static void raise(String name) throws Exception {
    var kill = Command.of("/bin/sh", "-c", "kill -s $0 $PPID", name);
    Subprocess.run(kill, 0).check();
  }

  @BothEngines
  void receivesSignalsByName(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var receiver = Signals.receive("USR2", "WINCH")) {
            raise("WINCH");
            assertEquals("WINCH", receiver.signals().receive());
            raise("USR2");
            assertEquals("USR2", receiver.signals().receive());
          }
        });
  }

  @BothEngines
  void callsBackOnTheLoop(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          Future<String> came = loop.createFuture();
          try (var _ = Signals.handle("USR2", name -> came.setResult(name + loop.inLoop()))) {
            raise("USR2");
            assertEquals("USR2true", came.await());
          }
        });
  }

  @BothEngines
  void everybodyWhoAskedIsTold(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var one = Signals.receive("USR2")) {
            try (var two = Signals.receive("USR2")) {
              raise("USR2");
              assertEquals("USR2", one.signals().receive());
              assertEquals("USR2", two.signals().receive());
            }
            raise("USR2");
            assertEquals("USR2", one.signals().receive());
          }
        });
  }

  @BothEngines
  void closingEndsTheIterationAndBringsTheHandlerBack(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var trail = new ArrayList<String>();
          var signal = requireNonNull(OsSignal.of("USR2"));
          var before = requireNonNull(signal.handle(() -> trail.add("theirs")));
          try {
            var receiver = Signals.receive("USR2");
            var task =
                Tulip.createTask(() -> {
                  for (var name : receiver.signals()) {
                    trail.add(name);
                  }
                });
            raise("USR2");
            while (trail.isEmpty()) {
              Tulip.yield();
            }
            receiver.close();
            receiver.close();
            task.await();
            assertThrows(EndOfChannelException.class, () -> receiver.signals().receive());
            raise("USR2");
            while (trail.size() < 2) {
              Tulip.yield();
            }
            assertEquals(List.of("USR2", "theirs"), trail);
          } finally {
            signal.restore(before);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "STOP", "QUIT", "SEGV", "NOSUCH"})
  void whatOthersKeepIsRefused(String name) throws Exception {
    OnLoop.run(
        Engine.BATON,
        () -> {
          var error =
              assertThrows(IllegalArgumentException.class, () -> Signals.receive("USR2", name));
          assertTrue(error.toString().contains(name), error::toString);
          var signal = requireNonNull(OsSignal.of("USR2"));
          var old = requireNonNull(signal.handle(() -> {}));
          signal.restore(old);
          assertTrue(OsSignal.isTheJvms(old), "USR2 was not given back");
        });
  }

  @BothEngines
  void aSignalAfterTheLoopIsNobodysBusiness(Engine engine) throws Exception {
    var left = new ArrayList<Signals.Subscription>();
    OnLoop.run(
        engine,
        () -> {
          left.add(Signals.handle("USR2", _ -> {}));
        });
    OnLoop.run(
        engine,
        () -> {
          try (var receiver = Signals.receive("USR2")) {
            raise("USR2");
            assertEquals("USR2", receiver.signals().receive());
          }
          assertFalse(EventLoop.current().isClosed());
        });
    left.forEach(Signals.Subscription::close); // or it would be there in the other tests
  }

  @BothEngines
  void aSignalThatIsNamedTwiceComesOnce(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var receiver = Signals.receive("USR2", "USR2", "WINCH")) {
            raise("USR2");
            raise("WINCH");
            assertEquals("USR2", receiver.signals().receive());
            assertEquals("WINCH", receiver.signals().receive());
          }
          var signal = requireNonNull(OsSignal.of("USR2"));
          var old = requireNonNull(signal.handle(() -> {}));
          signal.restore(old);
          assertTrue(OsSignal.isTheJvms(old), "USR2 was not given back");
        });
  }

  @BothEngines
  void nothingToReceiveIsRefused(Engine engine) throws Exception {
    OnLoop.run(engine, () -> assertThrows(IllegalArgumentException.class, Signals::receive));
  }

  @BothEngines
  void aCallbackThatFailsIsReportedAndCalledAgain(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var trail = new ArrayList<String>();
          loop.setExceptionHandler(error -> trail.add("reported"));
          try (var _ =
              Signals.handle(
                  "USR2",
                  name -> {
                    trail.add(name);
                    throw new IllegalStateException("on purpose");
                  })) {
            for (int count = 2; count <= 4; count += 2) {
              raise("USR2");
              while (trail.size() < count) {
                Tulip.yield();
              }
            }
          }
          assertEquals(List.of("USR2", "reported", "USR2", "reported"), trail);
        });
  }

  @BothEngines
  void aCallbackMayGiveItsSignalBack(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var came = new ArrayList<String>();
          var mine = new Signals.Subscription[1];
          try (var all = Signals.receive("USR2")) {
            mine[0] =
                Signals.handle(
                    "USR2",
                    name -> {
                      came.add(name);
                      mine[0].close();
                    });
            for (int i = 0; i < 3; i++) {
              raise("USR2");
              all.signals().receive();
            }
          }
          assertEquals(List.of("USR2"), came);
        });
  }

  @BothEngines
  void whoDoesNotReadIsNotFlooded(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var receiver = Signals.receive("USR2", "WINCH")) {
            var flood = "i=0; while [ $i -lt 200 ]; do kill -s USR2 $PPID; i=$((i+1)); done";
            Subprocess.run(Command.shell(flood), 0).check();
            assertEquals("USR2", receiver.signals().receive());
            var seen = new HashSet<String>();
            while (!seen.contains("WINCH")) {
              raise("WINCH"); // and again, if it came while too many waited
              int count = 0;
              String name;
              while ((name = receiver.signals().tryReceive()) != null) {
                seen.add(name);
                count++;
              }
              assertTrue(count <= 64, count + " signals");
            }
          }
        });
  }

  @BothEngines
  void whoAsksForCtrlCGetsIt(Engine engine) throws Exception {
    assumeFalse(isIgnored(2), "whoever started this JVM has it ignore INT, and it goes on so");
    OnLoop.run(
        engine,
        () -> {
          try (var receiver = Signals.receive("INT")) {
            raise("INT");
            assertEquals("INT", receiver.signals().receive());
          }
        });
  }

  private static boolean isIgnored(int signal) throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("SigIgn:")) {
        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> (signal - 1) & 1) == 1;
      }
    }
    return false;
  }

  @Test
  void onlyALoopIsCalledBack() {
    assertThrows(IllegalStateException.class, () -> Signals.handle("USR2", _ -> {}));
    assertThrows(IllegalStateException.class, () -> Signals.receive("USR2"));
    var signal = requireNonNull(OsSignal.of("USR2"));
    var old = requireNonNull(signal.handle(() -> {}));
    signal.restore(old);
    assertTrue(OsSignal.isTheJvms(old), "USR2 was not given back");
  }
}
