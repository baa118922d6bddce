// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tulip.http.fields.Challenge;
import tulip.http.fields.Credentials.Login;
import tulip.http.fields.FieldParameters;
import tulip.http.fields.Origin;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Status;

/// Logs in by Digest (RFC 7616): the password does not leave, and the connection need not be
/// encrypted for that.
///
/// ```java
/// var options = ClientOptions.DEFAULT.with(new DigestAuth("anna", "secret"));
/// ```
///
/// For the first origin that is asked through it, and what that names as belonging to it; others
/// learn nothing. Once it is known what the server wants, further requests say it at once. A body
/// that can be sent once alone is not sent again after a challenge: ask for something else before.
///
/// For one loop.
public final class DigestAuth implements ClientMiddleware {
  private final Login login;
  private @Nullable Origin origin;
  private @Nullable DigestSession session;

  /// A user and a password.
  public DigestAuth(String user, String password) {
    login = new Login(user, password);
  }

  @Override
  public ClientResponse handle(ClientRequest request, Next next) throws IOException {
    if (origin == null) {
      origin = request.url().origin();
    }
    if (request.header(HeaderName.AUTHORIZATION) != null || !isMeant(request.url())) {
      return next.send(request);
    }
    var known = session;
    var response = next.send(known == null ? request : known.authorize(request));
    var challenged = challenged(request, response, known);
    if (challenged == null) {
      learn(response);
      return response;
    }
    session = challenged;
    response.close();
    var second = next.send(challenged.authorize(request));
    learn(second);
    return second;
  }

  private boolean isMeant(Url url) {
    return url.origin().equals(origin) || (session != null && session.includes(url));
  }

  /// What is to be tried next, or null if that would be of no use.
  private @Nullable DigestSession challenged(
      ClientRequest request, ClientResponse response, @Nullable DigestSession known) {
    if (response.status().code() != Status.UNAUTHORIZED.code()
        || !request.payload().isRepeatable()) {
      return null;
    }
    var next =
        Challenge.parse(response.headers(), HeaderName.WWW_AUTHENTICATE).stream()
            .filter(challenge -> challenge.scheme().equals("digest"))
            .map(challenge -> DigestSession.of(challenge, login, request))
            .filter(found -> found != null)
            .max(Comparator.comparingInt(DigestSession::strength))
            .orElse(null);
    boolean refused = known != null && next != null && !next.isNewerThan(known);
    return refused ? null : next;
  }

  /// The server may name the nonce to be used next.
  private void learn(ClientResponse response) {
    var info = response.header(HeaderName.AUTHENTICATION_INFO);
    var next = info == null ? null : FieldParameters.parse(info).get("nextnonce");
    if (next != null && session != null) {
      session.renew(next);
    }
  }

  /// {@return the user alone}
  @Override
  public String toString() {
    return "Digest for " + login.user();
  }
}
