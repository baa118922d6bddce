// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `docs/conformance.md` says what the contract has in store for each loop.
///
/// With `-Dtulip.conformance.write=true` this writes the file instead of checking it.
class ConformanceDocTest {
  private static final Path FILE = Path.of("..", "docs", "conformance.md");
  private static final List<LoopContract> LOOPS =
      List.of(
          new CarrierLoopTest(), new BatonLoopTest(), new GuestLoopTest(), new PumpedLoopTest());

  private static final String HEAD =
      """
      # Conformance

      `LoopContract`, in the module `tulip.testing`, says in tests what a Tulip loop does. Whoever makes
      a loop extends that one class. These are our own loops and the cases that apply to them; the build
      is green only if all of them pass.

      """;

  @Test
  void theDocumentIsUpToDate() throws IOException {
    if (Boolean.getBoolean("tulip.conformance.write")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, document());
    }
    assertEquals(
        document(),
        Files.exists(FILE) ? Files.readString(FILE) : "",
        "docs/conformance.md is out of date: run the tests of testing/ with"
            + " -Dtulip.conformance.write=true, and commit what that writes");
  }

  private static String document() {
    var cards = LOOPS.stream().map(Card::expected).toList();
    var text = new StringBuilder(HEAD);
    text.append(Card.compare(cards));
    text.append(
        """

        What a case needs and a loop lacks:

        """);
    for (var card : cards) {
      text.append("- ").append(card.loop()).append(": ").append(card.lacks()).append('\n');
    }
    text.append(
        """

        *carrier* and *baton* are the two engines on the JDK's selector; *guest* lives in a host that can
        only run something on its thread soon; *pumped* is run a few milliseconds a frame by a program
        with a loop of its own. On the baton engine a wait in foreign code holds up the loop; a loop that
        a host runs cannot be run, stopped and closed by anybody else.

        ## Broken on purpose

        The contract is tested too: each of these loops, made by one small edit of the source, must fail
        the case beside it.

        | what is wrong | the case that says so |
        | --- | --- |
        """);
    for (var mutant : Mutant.ALL) {
      text.append("| ").append(mutant.name()).append(" | `").append(mutant.rejectedBy());
      text.append("` |\n");
    }
    return text.toString();
  }
}
