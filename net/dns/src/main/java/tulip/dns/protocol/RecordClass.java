// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.util.Locale;

/// The class of a record or question, nearly always [#IN].
///
/// @param value 0 to 65535
public record RecordClass(int value) {
  /// The internet.
  public static final RecordClass IN = new RecordClass(1);

  /// Chaos, in which servers tell about themselves: `version.bind`.
  public static final RecordClass CH = new RecordClass(3);

  /// Hesiod.
  public static final RecordClass HS = new RecordClass(4);

  /// None (RFC 2136).
  public static final RecordClass NONE = new RecordClass(254);

  /// Question only: all classes.
  public static final RecordClass ANY = new RecordClass(255);

  /// Checks the range.
  public RecordClass {
    Unsigned.check16(value, "record class");
  }

  /// The class of a name such as `IN`, or of `CLASS1` (RFC 3597, 5), in either case.
  ///
  /// @throws IllegalArgumentException if there is none
  public static RecordClass of(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "IN" -> IN;
      case "CH" -> CH;
      case "HS" -> HS;
      case "NONE" -> NONE;
      case "ANY" -> ANY;
      default -> new RecordClass(Unsigned.parse(name, "CLASS", "record class"));
    };
  }

  /// The name, or `CLASS` and the number.
  @Override
  public String toString() {
    return switch (value) {
      case 1 -> "IN";
      case 3 -> "CH";
      case 4 -> "HS";
      case 254 -> "NONE";
      case 255 -> "ANY";
      default -> "CLASS" + value;
    };
  }
}
