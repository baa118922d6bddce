// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;

/// What one proxy says about a request that it passed on (RFC 7239). Anybody can send this: believe
/// the elements that your own proxies have added at the end, and no others.
///
/// @param parameters `for`, `by`, `host` and `proto`; names in small letters
public record Forwarded(Map<String, String> parameters) {
  /// Reads all Forwarded fields, the one that the client's proxy sent first.
  ///
  /// @return null if one of them makes no sense: then none says anything
  public static @Nullable List<Forwarded> parse(Headers headers) {
    var all = new ArrayList<Forwarded>();
    for (var element : headers.list(HeaderName.FORWARDED)) {
      var reader = new FieldReader(";" + element); // so that all are parameters alike
      var parameters = reader.parameters();
      if (!reader.isGood()) {
        return null;
      }
      all.add(new Forwarded(parameters));
    }
    return List.copyOf(all);
  }

  /// Who asked the proxy: an address, perhaps in brackets and with a port, or a made-up name.
  public @Nullable String client() {
    return parameters.get("for");
  }

  /// The Host that the proxy was asked for.
  public @Nullable String host() {
    return parameters.get("host");
  }

  /// The scheme that the proxy was asked with.
  public @Nullable String scheme() {
    return parameters.get("proto");
  }
}
