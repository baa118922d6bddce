// SPDX-License-Identifier: Apache-2.0
package tulip.http.session;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.http.Request;

/// What an application remembers of one user: names and values. It is saved behind the handler, if
/// it was changed; not if the handler failed otherwise than by an [tulip.http.HttpError], and not
/// for what is changed while a response is streamed.
///
/// For the task that handles the request.
public final class Session {
  private final Instant created;
  private final Map<String, String> values;
  private final boolean isNew;
  private boolean changed;
  private boolean renewed;

  /// A session that begins.
  Session(Instant now) {
    created = now;
    values = new HashMap<>();
    isNew = true;
  }

  /// A session that goes on.
  Session(SessionData data) {
    created = data.created();
    values = new HashMap<>(data.values());
    isNew = false;
  }

  /// The session of a request's user; a new one, without values, if there is none.
  ///
  /// @throws IOException if the store cannot be asked
  /// @throws IllegalStateException if no [Sessions] stand around the handler
  public static Session of(Request request) throws IOException {
    var slot = request.attribute(SessionSlot.ATTRIBUTE);
    if (slot == null) {
      throw new IllegalStateException("no sessions: app.use(Sessions.of(store)) is missing");
    }
    return slot.session();
  }

  /// A value, or null.
  public @Nullable String get(String name) {
    return values.get(name);
  }

  /// Remembers a value.
  public void put(String name, String value) {
    changed |= !value.equals(values.put(name, value));
  }

  /// Forgets a value.
  public void remove(String name) {
    changed |= values.remove(name) != null;
  }

  /// The names that have values.
  public Set<String> names() {
    return Set.copyOf(values.keySet());
  }

  /// Ends the session: all values go, and the cookie with them. What is put into it from here on
  /// has another identity.
  public void invalidate() {
    renewed |= !isNew;
    values.clear();
  }

  /// Gives the session another identity: whenever its user gets more rights, as by logging in. Else
  /// somebody who made the user come with a known identity would have these rights too.
  public void renew() {
    renewed = true;
  }

  /// Whether there was none before this request.
  public boolean isNew() {
    return isNew;
  }

  /// When it began.
  public Instant created() {
    return created;
  }

  /// Whether it is to be saved.
  public boolean isChanged() {
    return changed || renewed;
  }

  boolean isRenewed() {
    return renewed;
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  SessionData data(Instant expires) {
    return new SessionData(created, expires, values);
  }

  /// {@return the names alone: values may be secrets}
  @Override
  public String toString() {
    return "session with " + values.keySet();
  }
}
