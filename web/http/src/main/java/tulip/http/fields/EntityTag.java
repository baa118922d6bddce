// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What tells versions of a resource apart (RFC 9110, section 8.8.3).
///
/// @param tag without the quotes
/// @param weak whether versions that do the same service may share it
public record EntityTag(String tag, boolean weak) {
  /// Checks the tag.
  ///
  /// @throws IllegalArgumentException if it has blanks, quotes or control characters
  public EntityTag {
    if (!tag.chars().allMatch(EntityTag::isAllowed)) {
      throw new IllegalArgumentException("a tag with a blank, a quote or a control character");
    }
  }

  private static boolean isAllowed(int c) {
    return c > ' ' && c != '"' && c != 0x7F && c <= 0xFF;
  }

  /// Reads one tag.
  ///
  /// @return null if it is none
  public static @Nullable EntityTag parse(String text) {
    boolean weak = text.startsWith("W/");
    int from = weak ? 3 : 1;
    int to = text.length() - 1;
    boolean quoted = to >= from && text.charAt(from - 1) == '"' && text.charAt(to) == '"';
    if (!quoted || !text.substring(from, to).chars().allMatch(EntityTag::isAllowed)) {
      return null;
    }
    return new EntityTag(text.substring(from, to), weak);
  }

  /// Reads tags that commas part; what is none is left out. A tag may have commas of its own.
  static List<EntityTag> parseList(List<String> elements) {
    var tags = new ArrayList<EntityTag>();
    for (var element : elements) {
      var tag = parse(element);
      if (tag != null) {
        tags.add(tag);
      }
    }
    return tags;
  }

  /// Whether both are the same version byte for byte.
  public boolean matchesStrongly(EntityTag other) {
    return !weak && !other.weak && tag.equals(other.tag);
  }

  /// Whether both do the same service.
  public boolean matchesWeakly(EntityTag other) {
    return tag.equals(other.tag);
  }

  /// {@return as it is sent}
  @Override
  public String toString() {
    return (weak ? "W/\"" : "\"") + tag + '"';
  }
}
