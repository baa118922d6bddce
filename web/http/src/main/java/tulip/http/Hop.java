// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.http.fields.Forwarded;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;

/// What one proxy says about whoever asked it.
///
/// @param client where that one is; null if the proxy does not say
/// @param scheme with which it was asked, or null
/// @param host for which it was asked, or null
record Hop(@Nullable InetSocketAddress client, @Nullable String scheme, @Nullable String host) {
  private static final HeaderName PROTO = HeaderName.X_FORWARDED_PROTO;
  private static final HeaderName HOST = HeaderName.X_FORWARDED_HOST;

  /// Reads the fields of a request, the first proxy's word first.
  static List<Hop> read(Headers headers, TrustedProxies.Fields fields) {
    return switch (fields) {
      case NONE -> List.of();
      case FORWARDED -> forwarded(headers);
      case X_FORWARDED -> xForwarded(headers);
    };
  }

  private static List<Hop> forwarded(Headers headers) {
    var elements = Forwarded.parse(headers);
    return elements == null
        ? List.of()
        : elements.stream()
            .map(each -> new Hop(address(each.client()), each.scheme(), each.host()))
            .toList();
  }

  /// Each proxy adds whom it was asked by, but many replace the other two: then they hold for all.
  private static List<Hop> xForwarded(Headers headers) {
    var clients = headers.list(HeaderName.X_FORWARDED_FOR);
    var schemes = headers.list(PROTO);
    var hosts = headers.list(HOST);
    var hops = new ArrayList<Hop>();
    for (int i = 0; i < clients.size(); i++) {
      hops.add(
          new Hop(
              address(clients.get(i)),
              at(i, schemes, clients.size()),
              at(i, hosts, clients.size())));
    }
    return hops;
  }

  private static @Nullable String at(int index, List<String> values, int clients) {
    return values.isEmpty()
        ? null
        : values.size() == clients ? values.get(index) : values.getLast();
  }

  /// Reads an address with or without a port; IPv6 with or without brackets.
  private static @Nullable InetSocketAddress address(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int bracket = text.indexOf(']');
    int colon = text.indexOf(':', Math.max(0, bracket));
    boolean hasPort = colon >= 0 && (bracket >= 0 || text.indexOf(':', colon + 1) < 0);
    var host = hasPort ? text.substring(0, colon) : text;
    try {
      int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : 0;
      return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    } catch (IllegalArgumentException _) {
      return null; // "unknown", a made-up name, or nothing that makes sense
    }
  }
}
