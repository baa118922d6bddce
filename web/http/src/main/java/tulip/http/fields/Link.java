// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;

/// A link to another resource (RFC 8288).
///
/// @param target a URI reference, relative to the page's
/// @param parameters such as `rel`; names in small letters
public record Link(String target, Map<String, String> parameters) {
  /// Reads all Link fields. What is no link is left out.
  public static List<Link> parse(Headers headers) {
    var links = new ArrayList<Link>();
    for (var value : headers.all(HeaderName.LINK)) {
      var reader = new FieldReader(value);
      while (!reader.blanks().atEnd()) {
        var target = reader.expect('<').upTo('>');
        var parameters = reader.parameters();
        if (!reader.blanks().atEnd()) {
          reader.expect(',');
        }
        if (reader.hasFailed()) {
          break;
        }
        links.add(new Link(target, parameters));
      }
    }
    return List.copyOf(links);
  }

  /// Whether it has this relation, such as `next`; one link may have several.
  public boolean hasRelation(String relation) {
    var relations = parameters.getOrDefault("rel", "");
    return List.of(relations.split(" +")).stream().anyMatch(relation::equalsIgnoreCase);
  }

  /// {@return as it is sent}
  @Override
  public String toString() {
    return "<" + target + ">" + FieldWriter.parameters(parameters);
  }
}
