// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import tulip.core.ExceptionGroup;
import tulip.core.LoopOptions.Engine;
import tulip.net.ByteStream;
import tulip.net.ServerOptions;
import tulip.net.SharedPort;
import tulip.net.workers.WorkerEvent.Stuck;
import tulip.net.workers.WorkerStatistics.State;
import tulip.net.workers.Works.Signal;

@Timeout(30)
class StuckWorkerTest {
  private static final int CONNECTIONS = 32;

  private final Signal stuck = new Signal();
  private final Signal release = new Signal();

  @AfterEach
  void releaseWhatATestThatFailedHasLeft() {
    release.give();
  }

  /// Serves so that each connection begins with how often its worker was started again; a line
  /// `stick` makes the loop stand still.
  private Workers.Main sticking(SharedPort port) {
    return worker -> worker.serve(port, ServerOptions.DEFAULT, stream -> serve(worker, stream));
  }

  private void serve(Worker worker, ByteStream stream) throws IOException {
    stream.write(worker.restarts() + "\n");
    if ("stick".equals(stream.readLine())) {
      stuck.give();
      release.awaitWithTheTurn();
      stream.write("free\n");
    }
  }

  @BothEngines
  void anotherTakesItsPlaceAndItsConnections(Engine engine) throws Exception {
    var works = new Works(engine);
    works.run(() -> {
      try (var port = Works.openPort();
          var workers = Workers.open(works.options(1), sticking(port))) {
        workers.awaitReady();
        assertEquals("Ready", works.nextEvent());
        try (var first = Works.connect(port)) {
          assertEquals("0", first.readLine());
          first.write("stick\n");
          stuck.await();

          var event = assertInstanceOf(Stuck.class, works.advanceToEvent());
          assertTrue(event.silence().compareTo(works.options(1).stuckAfter()) >= 0);
          assertTrue(event.message().contains("StuckWorkerTest.serve"), event::message);
          assertEquals(List.of("Restarting", "Ready"), works.nextEvents(2));
          for (int i = 0; i < CONNECTIONS; i++) {
            try (var stream = Works.connect(port)) {
              assertEquals("1", stream.readLine());
            }
          }

          release.give();
          assertEquals("free", first.readLine());
          assertEquals(List.of("Recovered", "Ended"), works.nextEvents(2));
        }
        assertEquals(State.READY, workers.statistics().getFirst().state());
      }
      assertEquals("Ended", works.nextEvent());
    });
  }

  @BothEngines
  void itIsLeftBehindAtTheEnd(Engine engine) throws Exception {
    var works = new Works(engine);
    works.run(() -> {
      try (var port = Works.openPort();
          var workers = Workers.open(works.options(1), sticking(port))) {
        workers.awaitReady();
        assertEquals("Ready", works.nextEvent());
        var stream = Works.connect(port);
        stream.write("stick\n");
        stuck.await();
        stream.abort();
        assertInstanceOf(Stuck.class, works.advanceToEvent());
        assertEquals(List.of("Restarting", "Ready"), works.nextEvents(2));
      }
      assertEquals(List.of("Ended", "Abandoned"), works.nextEvents(2));
      release.give();
    });
  }

  @BothEngines
  void thereIsALimitOfLoopsThatStandStill(Engine engine) throws Exception {
    var works = new Works(engine);
    var options = works.options(1);
    var once = options.withRestarts(options.restarts().withLimit(0));
    works.run(() -> {
      var failure =
          assertThrows(
              ExceptionGroup.class,
              () -> {
                try (var workers =
                    Workers.open(
                        once,
                        _ -> {
                          stuck.give();
                          release.awaitWithTheTurn();
                        })) {
                  stuck.await();
                  works.advanceToEvent();
                  workers.join();
                }
              });
      assertInstanceOf(WorkersFailedException.class, failure.getCause());
      assertEquals(List.of("GivenUp", "Abandoned"), works.nextEvents(2));
      release.give();
    });
  }
}
