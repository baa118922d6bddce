// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import java.util.ArrayList;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.http.Handler;
import tulip.http.Middleware;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.coding.ContentCoding;
import tulip.http.coding.ContentCodings;
import tulip.http.fields.CacheControl;
import tulip.http.fields.MediaType;
import tulip.http.fields.Preferences;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Status;

/// Compresses responses for clients that accept it: what is of a type that gets smaller, large
/// enough, and not forbidden by `Cache-Control: no-transform`.
///
/// A page that shows a secret of its user and, beside it, text from the address betrays the secret
/// by its size when it is compressed (the BREACH attack): leave such pages out by `no-transform`,
/// or have the secret change with each answer.
///
/// @param codings that are offered, the favourite first
/// @param least what is smaller, in bytes, is left as it is
public record Compression(ContentCodings codings, long least) implements Middleware {
  /// gzip and deflate, from 1 KiB on.
  public static final Compression DEFAULT = new Compression(ContentCodings.DEFAULT, 1024);

  private static final String IDENTITY = "identity";

  /// Besides text, JSON, and what is XML.
  private static final Set<String> SMALLER =
      Set.of(
          "application/javascript",
          "application/manifest+json",
          "application/vnd.ms-fontobject",
          "application/wasm",
          "application/xml",
          "font/otf",
          "font/ttf",
          "image/bmp",
          "image/vnd.microsoft.icon");

  /// Checks the size.
  public Compression {
    if (least < 0) {
      throw new IllegalArgumentException("from " + least + " bytes on");
    }
  }

  @Override
  public Response handle(Request request, Handler next) throws Exception {
    var response = next.handle(request);
    if (!isWorthIt(response)) {
      return response;
    }
    var coding = chosen(request.headers());
    return coding == null ? response.vary(HeaderName.ACCEPT_ENCODING) : response.encoded(coding);
  }

  private boolean isWorthIt(Response response) {
    var headers = response.headers();
    long length = response.length();
    return (length < 0 || length >= Math.max(1, least))
        && !response.status().isWithoutBody()
        && !response.status().equals(Status.PARTIAL_CONTENT)
        && !headers.contains(HeaderName.CONTENT_ENCODING)
        && !headers.contains(HeaderName.CONTENT_RANGE)
        && !CacheControl.of(headers).has("no-transform")
        && getsSmaller(headers);
  }

  private static boolean getsSmaller(Headers headers) {
    var text = headers.first(HeaderName.CONTENT_TYPE);
    var type = text == null ? null : MediaType.parse(text);
    return type != null
        && (type.type().equals("text")
            || type.isJson()
            || type.subtype().endsWith("+xml")
            || SMALLER.contains(type.type() + "/" + type.subtype()));
  }

  private @Nullable ContentCoding chosen(Headers headers) {
    if (!headers.contains(HeaderName.ACCEPT_ENCODING)) {
      return null; // everything would be welcome, but who knows nothing of codings says nothing
    }
    var offered = new ArrayList<String>();
    codings.all().forEach(each -> offered.add(each.name()));
    offered.add(IDENTITY);
    var best = Preferences.of(headers, HeaderName.ACCEPT_ENCODING).bestOf(offered);
    return best == null || best.equals(IDENTITY) ? null : codings.find(best);
  }
}
