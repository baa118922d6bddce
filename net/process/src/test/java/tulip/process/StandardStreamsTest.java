// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;

/// The standard streams of a process that is a child of this one.
class StandardStreamsTest {
  /// Says its lines back in capitals, and how many there were.
  static final class Shout {
    public static void main(String[] args) throws IOException {
      Tulip.run(
          LoopOptions.DEFAULT.withEngine(Engine.BATON),
          () -> {
            int count = 0;
            try (var in = StandardStreams.stdin();
                var out = StandardStreams.stdout();
                var err = StandardStreams.stderr()) {
              for (var line : in.lines()) {
                out.write(line.toUpperCase(Locale.ROOT) + "\n");
                count++;
              }
              err.write(count + " lines\n");
            }
            System.out.println("still open");
          });
    }
  }

  private static Command shout() throws Exception {
    var path = new StringJoiner(File.pathSeparator);
    path.add(System.getProperty("java.class.path"));
    path.add(System.getProperty("jdk.module.path", ""));
    path.add(testClasses().toString());
    var java = System.getProperty("java.home") + "/bin/java";
    return Command.of(java, "-cp", path.toString(), Shout.class.getName()).withStderr(Stdio.PIPE);
  }

  /// The folder of this class, which in a build is no module's.
  private static Path testClasses() throws Exception {
    var type = StandardStreamsTest.class;
    var file = requireNonNull(type.getResource(type.getSimpleName() + ".class"));
    return Path.of(file.toURI()).resolve("../../..").normalize();
  }

  @Test
  void areStreamsThatStayOpen() throws Exception {
    OnLoop.run(
        Engine.CARRIER,
        () -> {
          var done = Subprocess.run(shout(), Bytes.ofAscii("one\ntwo"), 1000).check();
          assertEquals("ONE\nTWO\nstill open\n", done.stdout().utf8());
          assertEquals("2 lines\n", done.stderr().utf8());
        });
  }

  @Test
  void answerWhileTheyAreAsked() throws Exception {
    OnLoop.run(
        Engine.CARRIER,
        () -> {
          try (var child = Subprocess.start(shout())) {
            child.stdin().write("a\n");
            assertEquals("A", child.stdout().readLine());
            child.stdin().write("b\n");
            assertEquals("B", child.stdout().readLine());
            child.stdin().close();
            assertEquals("2 lines", child.stderr().readLine());
          }
        });
  }
}
