// SPDX-License-Identifier: Apache-2.0
package tulip.http.raw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Tables of cases, a line each: name, what is expected, what is sent, with bars between. An arrow
/// ` => ` in what is sent waits for the answer. Lines that begin with `#` are for readers.
public final class RawTable {
  private RawTable() {}

  /// Http11Probe's list.
  public static List<RawCase> probe() {
    return read("http11probe.txt");
  }

  /// What other servers had to publish advisories about.
  public static List<RawCase> advisories() {
    return read("advisories.txt");
  }

  private static List<RawCase> read(String resource) {
    try (var in = Objects.requireNonNull(RawTable.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(RawTable::caseOf)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RawCase caseOf(String line) {
    String[] columns = line.split("\\|", 3);
    if (columns.length < 3) {
      throw new IllegalArgumentException("not three columns: " + line);
    }
    var expected = new String(RawText.parse(columns[1].strip()), StandardCharsets.ISO_8859_1);
    var steps = Stream.of(columns[2].strip().split(" => ", -1)).map(RawText::parse).toList();
    return new RawCase(columns[0].strip(), expected, steps);
  }
}
