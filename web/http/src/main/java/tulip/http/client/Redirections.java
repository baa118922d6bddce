// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.http.client.ClientMiddleware.Next;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Method;

/// Follows redirections (RFC 9110, section 15.4), with cookies and credentials for each hop.
final class Redirections {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int SHORT = 16 * 1024;

  private final ClientOptions options;
  private final HttpTransport transport;
  private final Hops hops;

  Redirections(ClientOptions options, CookieJar cookies, HttpTransport transport) {
    this.options = options;
    this.transport = transport;
    hops = new Hops(options, cookies);
  }

  ClientResponse follow(ClientRequest asked) throws IOException {
    var request = asked.resolved(options.baseUrl());
    var timeouts = request.timeouts() == null ? options.timeouts() : request.timeouts();
    var next = layers(new Deadline(timeouts));
    int most =
        request.redirects() == ClientRequest.UNSAID ? options.redirects() : request.redirects();
    var history = new ArrayList<ClientResponse.Hop>();
    boolean crossed = false;
    while (true) {
      var response = next.send(hops.prepare(request, crossed));
      hops.store(response);
      var target = most == 0 ? null : target(response);
      if (target == null) {
        var last = response.after(history);
        return request.isRaising(options.isRaising()) ? last.raiseForStatus() : last;
      }
      leave(response, target);
      history.add(new ClientResponse.Hop(response.request(), response.head()));
      if (history.size() > most) {
        throw new RedirectException(asked + ": more than " + most + " redirections");
      }
      crossed |= !target.origin().equals(request.url().origin());
      request = redirected(request, response, target);
      if (crossed) {
        request = request.headers(Hops.withoutSecrets(request.headers()));
      }
    }
  }

  private Next layers(Deadline deadline) {
    Next next = request -> transport.perform(request, deadline);
    for (var layer : options.middleware().reversed()) {
      var inside = next;
      next = request -> layer.handle(request, inside);
    }
    return next;
  }

  /// Where a response leads to, or null if nowhere.
  private static @Nullable Url target(ClientResponse response) throws RedirectException {
    var location = response.header(HeaderName.LOCATION);
    boolean redirects =
        switch (response.status().code()) {
          case 301, 302, 303, 307, 308 -> location != null;
          default -> false;
        };
    if (!redirects || location == null) {
      return null;
    }
    var from = response.url();
    try {
      return from.withoutLogin().resolve(Locations.decode(location)).orFragment(from.fragment());
    } catch (IllegalArgumentException e) {
      response.close();
      throw new RedirectException(
          response.request() + " redirects to where nobody can go: " + e.getMessage(), e);
    }
  }

  /// The body of a redirection is short, and the connection is worth to wait for it for a moment.
  private void leave(ClientResponse response, Url target) {
    transport.events().tell(() -> new ClientEvent.Redirected(response.request(), target));
    try (response) {
      Tulip.moveOnAfter(PATIENCE, () -> passOver(response.body()));
    } catch (IOException _) {
      // where it leads to has been said
    }
  }

  private static void passOver(ResponseBody body) throws IOException {
    int passed = 0;
    for (Bytes piece; passed < SHORT && (piece = body.read()) != null; ) {
      passed += piece.length();
    }
  }

  /// What is asked next: 303 always means GET, and 301 and 302 do so for POST, as everybody has it.
  private static ClientRequest redirected(
      ClientRequest request, ClientResponse response, Url target) throws RedirectException {
    var next = request.url(target);
    var method = request.method();
    int code = response.status().code();
    boolean get =
        code == 303 ? !method.equals(Method.HEAD) : method.equals(Method.POST) && code < 303;
    if (get) {
      return next.method(Method.GET).body(Payload.NONE).headers(Hops.withoutBody(next.headers()));
    }
    if (!request.payload().isRepeatable()) {
      throw new RedirectException(
          request
              + " is redirected with "
              + response.status()
              + ", and its body cannot be sent again");
    }
    return next;
  }
}
