// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tulip.bytes.MalformedException;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;

/// The content codings that are understood, the favourite first.
///
/// @param all of different names
public record ContentCodings(List<ContentCoding> all) {
  /// Those that are provided as services, such as Zstandard and Brotli, if there are any; gzip and
  /// deflate.
  public static final ContentCodings DEFAULT = ProvidedCodings.find();

  /// None: bodies stay as they are.
  public static final ContentCodings NONE = new ContentCodings(List.of());

  /// Nobody codes a body more often for good reason.
  private static final int MOST = 3;

  /// Copies the list.
  public ContentCodings {
    all = List.copyOf(all);
  }

  /// The same with a favourite more.
  public ContentCodings with(ContentCoding favourite) {
    var more = new ArrayList<ContentCoding>();
    more.add(favourite);
    more.addAll(all);
    return new ContentCodings(more);
  }

  /// Finds one by its name.
  ///
  /// @param name in any case; `x-gzip` is gzip
  public @Nullable ContentCoding find(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    var wanted = lower.equals("x-gzip") ? "gzip" : lower;
    return all.stream().filter(each -> each.name().equals(wanted)).findFirst().orElse(null);
  }

  /// {@return the names, for Accept-Encoding}
  public String names() {
    return all.stream().map(ContentCoding::name).collect(Collectors.joining(", "));
  }

  /// How the body of a message is coded: to be undone in this order.
  ///
  /// @return empty if it is not coded; null if it is in a way that is not among these
  /// @throws MalformedException if it is coded over and over
  public @Nullable List<ContentCoding> of(Headers headers) throws MalformedException {
    if (!headers.contains(HeaderName.CONTENT_ENCODING)) {
      return List.of();
    }
    var names = headers.list(HeaderName.CONTENT_ENCODING);
    if (names.size() > MOST) {
      throw new MalformedException("a body that is coded " + names.size() + " times");
    }
    var codings = new ArrayList<ContentCoding>();
    for (var name : names.reversed()) {
      var coding = find(name);
      if (coding != null) {
        codings.add(coding);
      } else if (!name.equalsIgnoreCase("identity")) {
        return null;
      }
    }
    return codings;
  }
}
