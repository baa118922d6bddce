// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.core.LoopVar;
import tulip.http.Handler;
import tulip.http.HttpError;
import tulip.http.Middleware;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.protocol.Status;

/// Limits how often each client may ask; who asks more often gets 429 and hears when to try again.
/// A client that was idle may make all its requests at once. Each loop counts for itself.
public final class RateLimit implements Middleware {
  private static final int IPV6_NETWORK = 8;
  private static final int DEFAULT_CLIENTS = 100_000;

  private final int requests;
  private final Duration time;
  private final int clients;
  private final Function<Request, @Nullable String> client;
  private final LoopVar<Buckets> buckets = LoopVar.of("rate limit");

  private RateLimit(
      int requests, Duration time, int clients, Function<Request, @Nullable String> client) {
    if (requests < 1 || !time.isPositive() || clients < 1) {
      throw new IllegalArgumentException(
          requests + " requests in " + time + " for " + clients + " clients");
    }
    this.requests = requests;
    this.time = time;
    this.clients = clients;
    this.client = client;
  }

  /// So many requests in this time for each address, and for each network of IPv6 of 64 bits. Who
  /// has no address is not limited. Remembers 100,000 clients.
  public static RateLimit of(int requests, Duration time) {
    return new RateLimit(requests, time, DEFAULT_CLIENTS, RateLimit::address);
  }

  /// The same for clients that are told apart otherwise: by their keys or names.
  ///
  /// @param client gives null for those that are not limited
  public RateLimit by(Function<Request, @Nullable String> client) {
    return new RateLimit(requests, time, clients, client);
  }

  /// The same remembering so many clients; those that asked last.
  public RateLimit remembering(int clients) {
    return new RateLimit(requests, time, clients, client);
  }

  private static @Nullable String address(Request request) {
    if (!(request.remoteAddress() instanceof InetSocketAddress inet) || inet.isUnresolved()) {
      return null;
    }
    var address = inet.getAddress();
    return address instanceof Inet6Address
        ? Bytes.wrap(Arrays.copyOf(address.getAddress(), IPV6_NETWORK)).hex()
        : address.getHostAddress();
  }

  @Override
  public Response handle(Request request, Handler next) throws Exception {
    var who = client.apply(request);
    if (who != null) {
      var mine = buckets.getOrSet(() -> new Buckets(requests, time.toNanos(), clients));
      long wait = mine.take(who, EventLoop.current().time());
      if (wait > 0) {
        long seconds = Duration.ofNanos(wait).plusNanos(999_999_999).toSeconds();
        throw new HttpError(Status.TOO_MANY_REQUESTS).header("Retry-After", Long.toString(seconds));
      }
    }
    return next.handle(request);
  }
}
