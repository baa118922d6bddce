// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip;
import tulip.http.fields.Credentials.Login;

/// Users and passwords by host, as a `.netrc` file has them.
public final class Netrc {
  private static final Pattern TOKEN = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");
  private static final Pattern MACRO = Pattern.compile("(?m)^\\s*macdef\\b.*(?:\\R.+)*(?:\\R|\\z)");
  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#.*$");
  private static final String DEFAULT = "";

  private final Map<String, Login> logins = new HashMap<>();

  private Netrc() {}

  /// Reads a file's text.
  ///
  /// @throws IllegalArgumentException if it is none
  public static Netrc parse(String text) {
    var netrc = new Netrc();
    var plain = COMMENT.matcher(MACRO.matcher(text).replaceAll("\n")).replaceAll("");
    var tokens = TOKEN.matcher(plain).results().map(Netrc::unquoted).toList();
    netrc.read(tokens.iterator());
    return netrc;
  }

  private static String unquoted(java.util.regex.MatchResult token) {
    var quoted = token.group(1);
    return quoted == null ? token.group(2) : quoted.replaceAll("\\\\(.)", "$1");
  }

  private void read(Iterator<String> tokens) {
    String host = null;
    var user = "";
    var password = "";
    while (tokens.hasNext()) {
      var token = tokens.next();
      switch (token) {
        case "machine", "default" -> {
          add(host, user, password);
          host = token.equals("default") ? DEFAULT : value(token, tokens);
          user = "";
          password = "";
        }
        case "login" -> user = value(token, tokens);
        case "password" -> password = value(token, tokens);
        case "account" -> value(token, tokens);
        default -> throw new IllegalArgumentException("a .netrc file with an unknown word");
      }
    }
    add(host, user, password);
  }

  private static String value(String word, Iterator<String> tokens) {
    if (!tokens.hasNext()) {
      throw new IllegalArgumentException("a .netrc file that ends behind " + word);
    }
    return tokens.next();
  }

  private void add(@Nullable String host, String user, String password) {
    if (host != null) {
      logins.putIfAbsent(host, new Login(user, password));
    }
  }

  /// Reads a file. Waits, in a task.
  ///
  /// @throws IOException if it cannot be read
  public static Netrc read(Path file) throws IOException {
    return parse(Tulip.blocking(() -> Files.readString(file)));
  }

  /// Reads the file that `NETRC` names, or `.netrc` of the user's home; if there is none, nobody
  /// has a login. Waits, in a task.
  ///
  /// @throws IOException if it cannot be read
  public static Netrc readUsual() throws IOException {
    return readUsual(System::getenv);
  }

  static Netrc readUsual(UnaryOperator<@Nullable String> environment) throws IOException {
    var named = environment.apply("NETRC");
    var file = named == null ? Path.of(System.getProperty("user.home"), ".netrc") : Path.of(named);
    boolean there = Tulip.blocking(() -> Files.exists(file));
    return there ? read(file) : new Netrc();
  }

  /// The login for a host, or null.
  public @Nullable Login login(String host) {
    var own = logins.get(host);
    return own == null ? logins.get(DEFAULT) : own;
  }

  /// {@return for how many hosts, and nothing of what}
  @Override
  public String toString() {
    return "logins for " + List.copyOf(logins.keySet()).size() + " hosts";
  }
}
