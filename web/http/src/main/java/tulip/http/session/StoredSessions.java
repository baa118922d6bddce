// SPDX-License-Identifier: Apache-2.0
package tulip.http.session;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// Sessions in a database, for all servers that share it. The modules `tulip.http.session.redis`
/// and `tulip.http.session.memcached` bring two; another one is a [ValueStore].
///
/// The cookie says nothing but a name made up by chance. In the database its hash stands for it
/// (SHA-256), so that who reads the database can take over no session. A session ends in the
/// database when it ends for its user. Of two requests of one session at the same time the later
/// one's values stay.
public final class StoredSessions implements SessionStore {
  private static final int CHANCE = 24; // bytes
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{32}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ValueStore values;
  private final InstantSource clock;

  private StoredSessions(ValueStore values, InstantSource clock) {
    this.values = values;
    this.clock = clock;
  }

  /// Sessions in a database.
  public static StoredSessions in(ValueStore values) {
    return in(values, InstantSource.system());
  }

  /// Sessions in a database, with another clock: for tests.
  public static StoredSessions in(ValueStore values, InstantSource clock) {
    return new StoredSessions(values, clock);
  }

  @Override
  public @Nullable SessionData load(String token) throws IOException {
    var value = isToken(token) ? values.get(name(token)) : null;
    return value == null ? null : SessionText.read(value);
  }

  @Override
  public String save(SessionData data, @Nullable String token) throws IOException {
    var saved = token == null ? newToken() : token;
    var left = Duration.between(clock.instant(), data.expires());
    if (left.isPositive()) {
      values.put(name(saved), SessionText.write(data), left);
    } else {
      values.remove(name(saved));
    }
    return saved;
  }

  @Override
  public void delete(String token) throws IOException {
    if (isToken(token)) {
      values.remove(name(token));
    }
  }

  /// The database is not bothered with what was never given out.
  private static boolean isToken(String token) {
    return TOKEN.matcher(token).matches();
  }

  private static String newToken() {
    byte[] chance = new byte[CHANCE];
    RANDOM.nextBytes(chance);
    return TokenText.encode(chance);
  }

  private static String name(String token) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return TokenText.encode(digest.digest(Bytes.ofAscii(token).toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "sessions in " + values;
  }
}
