// SPDX-License-Identifier: Apache-2.0
package tulip.http.session;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sessions in the memory of this process, for all of its loops. They end with it.
public final class MemorySessions implements SessionStore {
  private static final int MOST = 100_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final InstantSource clock;
  private final Map<String, SessionData> sessions;

  /// Keeps at most 100,000 sessions: those that were used last.
  public MemorySessions() {
    this(MOST, InstantSource.system());
  }

  /// Keeps at most so many.
  ///
  /// @param clock tells which have expired
  public MemorySessions(int most, InstantSource clock) {
    if (most < 1) {
      throw new IllegalArgumentException("at most " + most + " sessions");
    }
    this.clock = clock;
    sessions =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, SessionData> eldest) {
            return size() > most || isOver(eldest.getValue());
          }
        };
  }

  private boolean isOver(SessionData data) {
    return !clock.instant().isBefore(data.expires());
  }

  @Override
  public @Nullable SessionData load(String token) {
    return locked(() -> sessions.get(token));
  }

  @Override
  public String save(SessionData data, @Nullable String token) {
    var id = token == null ? UUID.randomUUID().toString() : token; // 122 bits of chance
    locked(() -> sessions.put(id, data));
    return id;
  }

  @Override
  public void delete(String token) {
    locked(() -> sessions.remove(token));
  }

  /// How many there are; some may have expired.
  public int size() {
    return locked(sessions::size);
  }

  private <T extends @Nullable Object> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
