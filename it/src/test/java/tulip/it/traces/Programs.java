// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import java.io.IOException;
import java.util.List;
import tulip.bytes.Bytes;
import tulip.core.sync.Event;
import tulip.process.Command;
import tulip.process.Signals;
import tulip.process.Stdio;
import tulip.process.Subprocess;

/// asyncio's subprocesses and signal handlers.
final class Programs extends Scenarios {
  private static final Bytes MUCH = Bytes.wrap(new byte[1_000_000]);
  private static final int LIMIT = 2 * MUCH.length();

  @Scenario
  void aConversation() throws Exception {
    try (var cat = Subprocess.start(Command.of("cat"))) {
      for (var line : List.of("one\n", "two\n")) {
        cat.stdin().write(line);
        trace(cat.stdout().readLine());
      }
      cat.stdin().close();
      trace(cat.stdout().read() == null ? "True" : "False");
      trace("exit code " + cat.waitFor());
    }
  }

  @Scenario
  void inputAndOutputAtOnce() throws Exception {
    var done = Subprocess.run(Command.shell("cat; echo ready; exit 3"), MUCH, LIMIT);
    trace(done.stdout().length());
    trace("exit code " + done.exitCode());
  }

  @Scenario
  void inputThatNobodyWants() throws Exception {
    var done = Subprocess.run(Command.shell("exec <&-; echo no; sleep 0.05"), MUCH, LIMIT);
    trace(done.stdout().ascii().strip());
    trace("exit code " + done.exitCode());
  }

  @Scenario
  void errorsGoWithTheOutput() throws Exception {
    var command = Command.shell("echo a; echo b >&2; echo c").withStderr(Stdio.MERGE);
    var words = Subprocess.run(command, LIMIT).stdout().ascii().strip().split("\n", -1);
    trace("['" + String.join("', '", words) + "']");
  }

  @Scenario
  void whatWasSaidBeforeTheEnd() throws Exception {
    try (var program = Subprocess.start(Command.shell("echo 1; read x; echo 2; exit 4"))) {
      trace(program.stdout().readLine());
      program.stdin().write("\n");
      trace("exit code " + program.waitFor());
      trace(program.stdout().readLine());
    }
  }

  @Scenario
  void aProgramThatIsKilled() throws Exception {
    try (var sleep = Subprocess.start(Command.of("sleep", "1000"))) {
      var wait = start(sleep::waitFor);
      settle();
      trace(outcome(wait));
      sleep.kill();
      trace("signal " + (wait.await() - 128));
    }
  }

  @Scenario
  void cancellingWhoWaitsLeavesTheProgram() throws Exception {
    try (var cat = Subprocess.start(Command.of("cat"))) {
      var wait = start(cat::waitFor);
      settle();
      wait.cancel();
      join(wait);
      trace(outcome(wait));
      trace(cat.exitCode() == null ? "runs" : "has ended");
      cat.stdin().close();
      trace("exit code " + cat.waitFor());
    }
  }

  @Scenario
  void aProgramThatIsNotThere() {
    try {
      Subprocess.start(Command.of("/no/such/program")).close();
    } catch (IOException e) {
      trace("none");
    }
  }

  @Scenario
  void signalsComeWhileTheyAreWanted() throws Exception {
    var came = new Event();
    try (var _ =
        Signals.handle(
            "WINCH",
            _ -> {
              trace("came");
              came.set();
            })) {
      for (int i = 0; i < 2; i++) {
        raiseSignal();
        came.await();
        came.clear();
      }
    }
    raiseSignal();
    settle();
    trace("no more");
  }

  private static void raiseSignal() throws IOException {
    Subprocess.run(Command.shell("kill -s WINCH $PPID"), 0).check();
  }
}
