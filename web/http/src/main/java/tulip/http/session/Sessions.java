// SPDX-License-Identifier: Apache-2.0
package tulip.http.session;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tulip.http.Handler;
import tulip.http.HttpError;
import tulip.http.Middleware;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.fields.SetCookie;
import tulip.http.protocol.HeaderName;

/// The layer that gives handlers their [Session]s.
///
/// ```java
/// app.use(Sessions.of(EncryptedCookies.of(key)));
/// app.get("/", request -> {
///   var session = Session.of(request);
///   session.put("visits", ...);
/// });
/// ```
///
/// @param store where sessions are kept
/// @param cookie name and attributes of the cookie; Max-Age is added, and Secure if the client's
///   connection is encrypted
/// @param maxAge how long a session lasts from its beginning
/// @param clock what time it is
public record Sessions(SessionStore store, SetCookie cookie, Duration maxAge, InstantSource clock)
    implements Middleware {
  private static final SetCookie COOKIE =
      SetCookie.of("session", "").with("Path", "/").with("HttpOnly").with("SameSite", "Lax");

  /// Checks the age.
  public Sessions {
    if (!maxAge.isPositive()) {
      throw new IllegalArgumentException("sessions of " + maxAge);
    }
  }

  /// Sessions of two weeks, in a cookie `session` that scripts cannot read and that is not sent
  /// along with what pages of others ask for.
  public static Sessions of(SessionStore store) {
    return new Sessions(store, COOKIE, Duration.ofDays(14), InstantSource.system());
  }

  /// The same with another cookie. Its value does not matter.
  public Sessions withCookie(SetCookie cookie) {
    return new Sessions(store, cookie, maxAge, clock);
  }

  /// The same with another age.
  public Sessions withMaxAge(Duration maxAge) {
    return new Sessions(store, cookie, maxAge, clock);
  }

  /// The same with another clock: for tests.
  public Sessions withClock(InstantSource clock) {
    return new Sessions(store, cookie, maxAge, clock);
  }

  @Override
  public Response handle(Request request, Handler next) throws Exception {
    var slot = new SessionSlot(this, request);
    request.set(SessionSlot.ATTRIBUTE, slot);
    try {
      return tell(next.handle(request), slot, slot.save());
    } catch (HttpError e) {
      var saved = slot.save();
      throw e.with(response -> tell(response, slot, saved));
    }
  }

  private static Response tell(Response response, SessionSlot slot, @Nullable SetCookie saved) {
    var told = saved == null ? response : response.cookie(saved);
    return slot.wasAsked() ? told.vary(HeaderName.COOKIE) : told;
  }
}
