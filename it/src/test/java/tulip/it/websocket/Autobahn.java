// SPDX-License-Identifier: Apache-2.0
package tulip.it.websocket;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Autobahn's test suite for WebSockets, version 0.6 for Python 2: it comes as a Maven plugin, of
/// which only the Python part is used here, and runs under Jython in a JVM of its own.
final class Autobahn {
  /// What the suite calls the one that it tests.
  static final String AGENT = "tulip";

  /// All that takes a moment.
  static final String SHORT = "1.*,2.*,3.*,4.*,5.*,6.*,7.*,10.*";

  /// Large messages and many of them.
  static final String LONG = "9.*";

  private static final String CLIENT =
      """
      import sys
      from autobahntestsuite import fuzzing
      from twisted.internet import reactor
      url, cases, folder = sys.argv[1:]
      fuzzing.startClient({
          'options': {'failByDrop': False}, 'outdir': folder, 'cases': cases.split(','),
          'exclude-cases': [], 'exclude-agent-cases': {},
          'servers': [{'agent': 'tulip', 'url': url}]})
      reactor.run()
      """;

  private static final String SERVER =
      """
      import sys
      from autobahntestsuite import fuzzing
      from twisted.internet import reactor
      url, webport, cases, folder = sys.argv[1:]
      fuzzing.startServer({
          'options': {'failByDrop': False}, 'outdir': folder, 'cases': cases.split(','),
          'exclude-cases': [], 'exclude-agent-cases': {},
          'url': url, 'webport': int(webport)})
      reactor.run()
      """;

  private static final Pattern CASE =
      Pattern.compile("\"([0-9]+(?:\\.[0-9]+)+)\"\\s*:\\s*\\{([^}]*)\\}");
  private static final Pattern BEHAVIOUR =
      Pattern.compile("\"(behavior|behaviorClose)\"\\s*:\\s*\"([^\"]*)\"");

  private Autobahn() {}

  /// The command that tests a server.
  ///
  /// @param folder gets the reports
  static List<String> client(String url, String cases, Path folder) {
    return jython(CLIENT, url, cases, folder.toString());
  }

  /// The command that tests clients.
  ///
  /// @param webPort a port that is free, for pages that nobody reads
  static List<String> server(String url, int webPort, String cases, Path folder) {
    return jython(SERVER, url, Integer.toString(webPort), cases, folder.toString());
  }

  private static List<String> jython(String program, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", jar("jython-standalone") + File.pathSeparator + jar("autobahn")));
    command.addAll(List.of("org.python.util.jython", "-c", program));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String jar(String name) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> Path.of(path).getFileName().toString().startsWith(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not on the class path"));
  }

  /// What became of each case: its behaviour, and how it closed if that is another.
  static Map<String, String> results(Path folder) throws IOException {
    var results = new TreeMap<String, String>();
    var cases = CASE.matcher(Files.readString(folder.resolve("index.json")));
    while (cases.find()) {
      var found = new TreeMap<String, String>();
      var behaviours = BEHAVIOUR.matcher(cases.group(2));
      while (behaviours.find()) {
        found.put(behaviours.group(1), behaviours.group(2));
      }
      results.put(cases.group(1), String.join(", ", new TreeSet<>(found.values())));
    }
    return results;
  }
}
