// SPDX-License-Identifier: Apache-2.0
package tulip.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Debian's `wrk`, with one thread, whose connections are kept.
///
/// @param url to ask for
/// @param connections how many
/// @param prefix the command that it is an argument of, such as `taskset`; or nothing
/// @param options more of its own
public record Wrk(String url, int connections, List<String> prefix, List<String> options) {
  private static final Pattern RATE = Pattern.compile("Requests/sec: +([\\d.]+)");
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
  private static final Pattern MEDIAN = Pattern.compile("50% +([\\d.]+)(us|ms|s)");
  private static final Pattern SLOWEST = Pattern.compile("99% +([\\d.]+)(us|ms|s)");
  private static final Pattern ERRORS =
      Pattern.compile("(?:connect|read|write|timeout|responses:) (\\d+)");

  /// What it has found.
  ///
  /// @param rate requests a second
  /// @param requests altogether
  /// @param p50 milliseconds that half of them have taken at most
  /// @param p99 milliseconds that all but a hundredth have taken at most
  /// @param errors of connections, and answers that say so
  public record Report(double rate, double requests, double p50, double p99, double errors) {}

  /// Asks for some time.
  public Report load(int seconds) throws IOException, InterruptedException {
    var command = new ArrayList<>(prefix);
    command.addAll(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds, "--latency"));
    command.addAll(List.of("--timeout", "30s"));
    command.addAll(options);
    command.add(url);
    var lines = new ArrayList<String>();
    Child.run(command, lines::add);
    var text = String.join("\n", lines);
    double errors =
        ERRORS.matcher(text).results().mapToDouble(e -> Double.parseDouble(e.group(1))).sum();
    return new Report(
        number(RATE, text),
        number(REQUESTS, text),
        milliseconds(MEDIAN, text),
        milliseconds(SLOWEST, text),
        errors);
  }

  private static double number(Pattern pattern, String text) throws IOException {
    var found = pattern.matcher(text);
    if (!found.find()) {
      throw new IOException("wrk says: " + text);
    }
    return Double.parseDouble(found.group(1));
  }

  private static double milliseconds(Pattern pattern, String text) throws IOException {
    var found = pattern.matcher(text);
    if (!found.find()) {
      throw new IOException("wrk says: " + text);
    }
    double value = Double.parseDouble(found.group(1));
    return switch (found.group(2)) {
      case "us" -> value / 1_000;
      case "s" -> value * 1_000;
      default -> value;
    };
  }
}
