// SPDX-License-Identifier: Apache-2.0
package tulip.http.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;

/// Sessions in a database.
class StoredSessionsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final SessionData DATA =
      new SessionData(NOW, NOW.plusSeconds(60), Map.of("a", "é=&.", "", "x y"));

  /// A database that notes what it was asked.
  private static final class Database implements ValueStore {
    final Map<String, Bytes> values = new HashMap<>();
    final List<Duration> lives = new ArrayList<>();
    int questions;
    boolean away;

    private void check() throws IOException {
      questions++;
      if (away) {
        throw new IOException("away");
      }
    }

    @Override
    public @Nullable Bytes get(String name) throws IOException {
      check();
      return values.get(name);
    }

    @Override
    public void put(String name, Bytes value, Duration life) throws IOException {
      check();
      values.put(name, value);
      lives.add(life);
    }

    @Override
    public void remove(String name) throws IOException {
      check();
      values.remove(name);
    }
  }

  private final Database database = new Database();
  private final StoredSessions store = StoredSessions.in(database, () -> NOW);

  @Test
  void givesBackWhatItKeeps() throws IOException {
    var token = store.save(DATA, null);
    assertEquals(DATA, store.load(token));
    assertEquals(List.of(Duration.ofMinutes(1)), database.lives);
    var changed = new SessionData(DATA.created(), DATA.expires(), Map.of("a", "b"));
    assertEquals(token, store.save(changed, token));
    assertEquals(changed, store.load(token));
    assertEquals(1, database.values.size());
    store.delete(token);
    assertNull(store.load(token));
    assertEquals(Map.of(), database.values);
  }

  @Test
  void eachSessionHasAnotherNameWhichTheDatabaseDoesNotKnow() throws IOException {
    var token = store.save(DATA, null);
    assertNotEquals(token, store.save(DATA, null));
    assertTrue(token.matches("[A-Za-z0-9_-]{32}"), token);
    for (var name : database.values.keySet()) {
      assertTrue(name.matches("[A-Za-z0-9_-]{43}"), name);
      assertFalse(name.contains(token), name);
      assertNull(store.load(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "a b", "../../../etc"})
  void whatWasNeverGivenOutReachesNoDatabase(String token) throws IOException {
    assertNull(store.load(token));
    store.delete(token);
    assertEquals(0, database.questions);
  }

  @Test
  void whatIsOverIsNotKept() throws IOException {
    var token = store.save(DATA, null);
    store.save(new SessionData(NOW.minusSeconds(60), NOW, Map.of("a", "b")), token);
    assertEquals(Map.of(), database.values);
  }

  @Test
  void whatIsNoSessionIsNone() throws IOException {
    var token = store.save(DATA, null);
    database.values.replaceAll((_, _) -> Bytes.ofHex("00ff"));
    assertNull(store.load(token));
  }

  @Test
  void aDatabaseThatIsAwayIsNoSessionThatIsMissing() throws IOException {
    var token = store.save(DATA, null);
    database.away = true;
    assertThrows(IOException.class, () -> store.load(token));
    assertThrows(IOException.class, () -> store.save(DATA, null));
    assertThrows(IOException.class, () -> store.delete(token));
  }
}
