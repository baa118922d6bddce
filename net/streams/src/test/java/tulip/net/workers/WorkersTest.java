// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Timeout;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.ExceptionGroup;
import tulip.core.LoopOptions.Engine;
import tulip.core.Scope;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.net.ServerOptions;
import tulip.net.SharedPort;
import tulip.net.workers.WorkerEvent.Crashed;
import tulip.net.workers.Works.Signal;

@Timeout(30)
class WorkersTest {
  private static final int CONNECTIONS = 64;

  /// Serves so that each connection begins with the index of its worker.
  private static Workers.Main echo(SharedPort port) {
    return worker -> worker.serve(port, ServerOptions.DEFAULT, stream -> echo(worker, stream));
  }

  private static void echo(Worker worker, ByteStream stream) throws IOException {
    stream.write(worker.index() + "\n");
    stream.transferTo(stream);
  }

  @BothEngines
  void eachWorkerHasALoopOfItsOwn(Engine engine) throws Exception {
    var works = new Works(engine);
    Set<EventLoop> loops = ConcurrentHashMap.newKeySet();
    works.run(() -> {
      loops.add(EventLoop.current());
      try (var workers = Workers.open(works.options(3), _ -> loops.add(EventLoop.current()))) {
        workers.join();
      }
      assertEquals(List.of("Ended", "Ended", "Ended"), works.nextEvents(3));
    });
    assertEquals(4, loops.size());
    assertEquals(
        Set.of(engine.name().toLowerCase(Locale.ROOT)),
        loops.stream().map(EventLoop::engine).collect(toSet()));
  }

  @BothEngines
  void theSystemGivesEachAShareOfTheConnections(Engine engine) throws Exception {
    var works = new Works(engine);
    works.run(() -> {
      try (var port = Works.openPort();
          var workers = Workers.open(works.options(2), echo(port))) {
        workers.awaitReady();
        var seen = new HashSet<String>();
        for (int i = 0; i < CONNECTIONS; i++) {
          try (var stream = Works.connect(port)) {
            seen.add(stream.readLine());
          }
        }
        assertEquals(Set.of("0", "1"), seen);
        var statistics = workers.statistics();
        assertEquals(CONNECTIONS, statistics.stream().mapToLong(WorkerStatistics::served).sum());
        assertEquals(
            List.of(WorkerStatistics.State.READY, WorkerStatistics.State.READY),
            statistics.stream().map(WorkerStatistics::state).toList());
      }
    });
  }

  @BothEngines
  void closingFinishesWhatIsInFlight(Engine engine) throws Exception {
    var works = new Works(engine);
    var asked = new Signal();
    works.run(() -> {
      try (var port = Works.openPort()) {
        ByteStream stream;
        try (var workers =
            Workers.open(
                works.options(1),
                worker ->
                    worker.serve(port, ServerOptions.DEFAULT, open -> answerLate(open, asked)))) {
          workers.awaitReady();
          stream = Works.connect(port);
          stream.write("question\n");
          asked.await();
        }
        assertEquals("answer", stream.readLine());
        stream.close();
      }
      assertEquals(List.of("Ready", "Ended"), works.nextEvents(2));
    });
  }

  private static void answerLate(ByteStream stream, Signal asked) throws IOException {
    stream.readLine();
    asked.give();
    new Scope().soft(true).run(Tulip::sleepForever); // until the server is being closed
    Tulip.yield();
    stream.write("answer\n");
  }

  @BothEngines
  void whatCrashedIsStartedAgain(Engine engine) throws Exception {
    var works = new Works(engine);
    var crash = new Signal();
    var error = new StackOverflowError("as told");
    works.run(() -> {
      try (var port = Works.openPort();
          var workers =
              Workers.open(
                  works.options(1),
                  worker -> {
                    try (var group = TaskGroup.open()) {
                      group.start(() -> echo(port).run(worker));
                      if (worker.restarts() == 0) {
                        crash.await();
                        throw error;
                      }
                      group.join();
                    }
                  })) {
        workers.awaitReady();
        crash.give();
        assertEquals("Ready", works.nextEvent());
        assertSame(error, assertInstanceOf(Crashed.class, works.events.get()).cause());
        assertEquals(List.of("Restarting", "Ready"), works.nextEvents(2));
        try (var stream = Works.connect(port)) {
          assertEquals("0", stream.readLine());
        }
        assertEquals(1, workers.statistics().getFirst().restarts());
      }
      assertEquals("Ended", works.nextEvent());
    });
  }

  @BothEngines
  void whatCrashesTooOftenFailsAll(Engine engine) throws Exception {
    var works = new Works(engine);
    var options = works.options(2);
    var policy = options.restarts().withLimit(2);
    works.run(() -> {
      var failure =
          assertThrows(
              ExceptionGroup.class,
              () -> {
                try (var workers =
                    Workers.open(
                        options.withRestarts(policy),
                        worker -> {
                          if (worker.index() == 1) {
                            throw new IOException("no luck");
                          }
                          Tulip.sleepForever();
                        })) {
                  workers.join();
                }
              });
      var given = assertInstanceOf(WorkersFailedException.class, failure.getCause());
      assertEquals("no luck", assertInstanceOf(IOException.class, given.getCause()).getMessage());
      assertEquals(
          List.of("Crashed", "Restarting", "Crashed", "Restarting", "Crashed", "GivenUp", "Ended"),
          works.nextEvents(7));
    });
  }

  @BothEngines
  void aListenerThatFailsHurtsNobody(Engine engine) throws Exception {
    var works = new Works(engine);
    var failing =
        works
            .options(1)
            .withListener(event -> {
              throw new IllegalStateException(event.message());
            });
    works.run(() -> {
      try (var workers = Workers.open(failing, Worker::ready)) {
        workers.join();
      }
      assertEquals(
          List.of(
              "the listener of the workers failed at: worker 0 is ready",
              "the listener of the workers failed at: worker 0 has ended"),
          works.errors.stream().map(ErrorContext::message).toList());
      works.errors.clear();
    });
  }

  @BothEngines
  void whatDoesNotStopInTimeIsLeftBehind(Engine engine) throws Exception {
    var works = new Works(engine);
    var release = new Signal();
    works.run(() -> {
      try (var workers =
          Workers.open(
              works.options(1).withStopLimit(Duration.ZERO),
              worker -> {
                worker.ready();
                Tulip.shield(release::await);
              })) {
        workers.awaitReady();
      }
      assertEquals(List.of("Ready", "Abandoned"), works.nextEvents(2));
      release.give();
    });
  }

  @BothEngines
  void whoIsCancelledWhileWorkersStartLeavesNone(Engine engine) throws Exception {
    var works = new Works(engine);
    works.run(() -> {
      Tulip.moveOnAfter(
          Duration.ZERO,
          () -> {
            try (var workers = Workers.open(works.options(2), _ -> Tulip.sleepForever())) {
              workers.join();
            }
          });
    });
    assertTrue(works.events.isEmpty() || works.nextEvent().equals("Ended"));
  }
}
