// SPDX-License-Identifier: Apache-2.0
import static java.time.Duration.ofMillis;

import module tulip.bytes;
import module tulip.core;
import module tulip.net;
import module tulip.process;

/// Runs programs: `./tulip run examples/Run.java COMMAND...` runs that one, with this program's own
/// streams, and ends as it does; without a command some are shown.
void main(String[] words) throws Exception {
  int code =
      Tulip.run(() -> {
        if (words.length > 0) {
          return runAsIs(Command.of(words));
        }
        output();
        conversation();
        pipeline();
        tooLate();
        return 0;
      });
  if (code != 0) {
    System.exit(code);
  }
}

int runAsIs(Command command) throws IOException {
  try (var process = Subprocess.start(command.withStdin(Stdio.INHERIT).withStdout(Stdio.INHERIT))) {
    return process.waitFor();
  }
}

/// All that a program writes, and how it ended.
void output() throws IOException {
  var done = Subprocess.run(Command.of("seq", "3"), 1000).check();
  IO.println(done.stdout().utf8().lines().toList());
  IO.println("false ends with " + Subprocess.run(Command.of("false"), 0).exitCode());
}

/// Line by line with a program that answers.
void conversation() throws IOException {
  try (var sed = Subprocess.start(Command.of("sed", "-u", "s/$/, said sed/"))) {
    for (var word : List.of("hello", "goodbye")) {
      sed.stdin().write(word + "\n");
      IO.println(sed.stdout().readLine());
    }
  }
}

/// `yes` would go on for ever, if anybody read it.
void pipeline() throws IOException {
  try (var pipeline = Pipeline.start(Command.of("yes", "again"), Command.of("head", "-n", "2"))) {
    pipeline.stdout().lines().forEach(IO::println);
  }
}

/// What is late is ended, and has ended when this goes on.
void tooLate() throws IOException {
  try {
    Tulip.timeout(ofMillis(50), () -> Subprocess.run(Command.of("sleep", "1000"), 0));
  } catch (TimeoutException e) {
    IO.println("too late");
  }
}
