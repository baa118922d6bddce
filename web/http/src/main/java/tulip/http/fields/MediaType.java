// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A media type, or a range of them with `*` (RFC 9110, sections 8.3.1 and 12.5.1).
///
/// @param type such as `text`; small letters
/// @param subtype such as `html`; small letters
/// @param parameters such as the charset; names in small letters
public record MediaType(String type, String subtype, Map<String, String> parameters) {
  /// Reads the value of a Content-Type, or one element of an Accept.
  ///
  /// @return null if it is none
  public static @Nullable MediaType parse(String text) {
    var reader = new FieldReader(text);
    var type = reader.lowerToken();
    var subtype = reader.expect('/').lowerToken();
    var parameters = reader.parameters();
    return reader.isGood() ? new MediaType(type, subtype, parameters) : null;
  }

  /// A type without parameters.
  ///
  /// @param type such as `text`
  /// @param subtype such as `html`
  public static MediaType of(String type, String subtype) {
    return new MediaType(type, subtype, Map.of());
  }

  /// Whether this range includes a type: with `*` for any, and with all parameters that it names.
  ///
  /// @param other no range
  public boolean includes(MediaType other) {
    return (type.equals("*") || type.equals(other.type))
        && (subtype.equals("*") || subtype.equals(other.subtype))
        && parameters.entrySet().stream()
            .allMatch(
                each -> each.getValue().equalsIgnoreCase(other.parameters.get(each.getKey())));
  }

  /// Whether it is JSON: `application/json`, or a subtype that ends in `+json` (RFC 6839).
  public boolean isJson() {
    return (type.equals("application") && subtype.equals("json")) || subtype.endsWith("+json");
  }

  /// The charset that is named, or null.
  public @Nullable String charset() {
    return parameters.get("charset");
  }

  /// How much it says: with more, a range goes before one with less.
  int precision() {
    return type.equals("*") ? 0 : subtype.equals("*") ? 1 : 2 + parameters.size();
  }

  /// {@return as it is sent}
  @Override
  public String toString() {
    return type + "/" + subtype + FieldWriter.parameters(parameters);
  }
}
