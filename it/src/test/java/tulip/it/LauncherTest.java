// SPDX-License-Identifier: Apache-2.0
package tulip.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// It builds, perhaps on a slow machine.
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class LauncherTest {
  @ParameterizedTest
  @ValueSource(strings = {"run", "test", "bench"})
  void helpsWithEachVerb(String verb) throws Exception {
    assertTrue(Launcher.run("--help").out().contains("\n  " + verb + " "));
    var help = Launcher.run(verb, "--help");
    assertEquals(0, help.status());
    assertTrue(help.out().startsWith("usage: ./tulip " + verb), help::out);
  }

  @Test
  void refusesAVerbItDoesNotKnow() throws Exception {
    var run = Launcher.run("fly");
    assertEquals(2, run.status());
    assertTrue(run.err().startsWith("tulip: there is no verb 'fly'"), run::err);
  }

  @Test
  void refusesAModuleThatIsNotThere() throws Exception {
    var run = Launcher.run("test", "nothing");
    assertEquals(2, run.status());
    assertTrue(run.err().startsWith("tulip: there is no module 'nothing'"), run::err);
  }

  @Test
  void runsAFileWithItsArgumentsAndEveryModuleAtHand(@TempDir Path folder) throws Exception {
    var file = folder.resolve("Program.java");
    Files.writeString(file, program());
    var run = Launcher.run("run", file.toString(), "one", "two words");
    assertEquals(new Launcher.Run(7, "one, two words\n", ""), withoutBuild(run));
  }

  @Test
  void runsTheEchoServerWithSeveralLoopsAndTls() throws Exception {
    var echo = House.ROOT.resolve("examples/EchoServer.java").toString();
    var run = Launcher.run("run", echo, "--workers", "2", "--tls");
    assertEquals(new Launcher.Run(0, "[one, two, three]\n", ""), withoutBuild(run));
  }

  private static String program() throws IOException {
    var imports = new StringBuilder();
    House.descriptors().forEach(it -> imports.append("import module " + it.name() + ";\n"));
    return imports
        + """
        void main(String[] words) {
          IO.println(String.join(", ", words));
          System.exit(7);
        }
        """;
  }

  private static Launcher.Run withoutBuild(Launcher.Run run) {
    return new Launcher.Run(
        run.status(), run.out(), run.err().replaceFirst("tulip: building .*\n", ""));
  }
}
