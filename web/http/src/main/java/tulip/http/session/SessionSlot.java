// SPDX-License-Identifier: Apache-2.0
package tulip.http.session;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tulip.http.Request;
import tulip.http.fields.SetCookie;
import tulip.net.Attribute;

/// The session of one request: loaded when it is asked for, saved at the end.
final class SessionSlot {
  static final Attribute<SessionSlot> ATTRIBUTE = new Attribute<>("session", SessionSlot.class);

  private final Sessions sessions;
  private final Request request;
  private @Nullable String token;
  private @Nullable Session session;

  SessionSlot(Sessions sessions, Request request) {
    this.sessions = sessions;
    this.request = request;
  }

  Session session() throws IOException {
    if (session == null) {
      session = load();
    }
    return session;
  }

  private Session load() throws IOException {
    var now = sessions.clock().instant();
    var sent = request.cookie(sessions.cookie().cookie().name());
    var data = sent == null || sent.isEmpty() ? null : sessions.store().load(sent);
    if (data == null || !now.isBefore(data.expires())) {
      return new Session(now);
    }
    token = sent;
    return new Session(data);
  }

  /// Whether the answer may depend on it.
  boolean wasAsked() {
    return session != null;
  }

  /// Saves it, if it was changed.
  ///
  /// @return what the client is to be told; null for nothing
  @Nullable SetCookie save() throws IOException {
    if (session == null || !session.isChanged()) {
      return null;
    }
    return session.isEmpty() ? end() : keep(session);
  }

  private @Nullable SetCookie end() throws IOException {
    if (token == null) {
      return null;
    }
    sessions.store().delete(token);
    return cookie("", 0);
  }

  private SetCookie keep(Session session) throws IOException {
    var store = sessions.store();
    Instant expires = session.created().plus(sessions.maxAge());
    var saved = store.save(session.data(expires), session.isRenewed() ? null : token);
    if (session.isRenewed() && token != null) {
      store.delete(token);
    }
    long left = expires.getEpochSecond() - sessions.clock().instant().getEpochSecond();
    return cookie(saved, Math.max(0, left));
  }

  private SetCookie cookie(String value, long seconds) {
    var template = sessions.cookie();
    var cookie = SetCookie.of(template.cookie().name(), value);
    for (var attribute : template.attributes().entrySet()) {
      cookie = cookie.with(attribute.getKey(), attribute.getValue());
    }
    cookie = cookie.with("Max-Age", Long.toString(seconds));
    return request.isSecure() ? cookie.with("Secure") : cookie;
  }
}
