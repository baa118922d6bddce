// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/// Points in time as others, and as what a text says. Nothing is made up: a date and time without a
/// zone is no [Instant].
final class Times {
  private Times() {}

  /// The point in time as another one; null if there is no way.
  static @Nullable Object convert(Object value, Class<?> type) {
    return switch (value) {
      case Instant instant -> fromInstant(instant, type);
      case OffsetDateTime time when type == Instant.class -> time.toInstant();
      case OffsetDateTime time when type == ZonedDateTime.class -> time.toZonedDateTime();
      case ZonedDateTime time when type == Instant.class -> time.toInstant();
      case ZonedDateTime time when type == OffsetDateTime.class -> time.toOffsetDateTime();
      case String text -> parse(text, type);
      default -> null;
    };
  }

  private static @Nullable Object fromInstant(Instant instant, Class<?> type) {
    if (type == OffsetDateTime.class) {
      return instant.atOffset(ZoneOffset.UTC);
    }
    return type == ZonedDateTime.class ? instant.atZone(ZoneOffset.UTC) : null;
  }

  /// A text as ISO 8601 has it, or with a blank for the `T` as SQL has it.
  private static @Nullable Object parse(String text, Class<?> type) {
    if (type == LocalDate.class) {
      return LocalDate.parse(text);
    } else if (type == LocalTime.class) {
      return LocalTime.parse(text);
    } else if (type == LocalDateTime.class) {
      return LocalDateTime.parse(text.replace(' ', 'T'));
    } else if (type == Instant.class) {
      return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
    } else if (type == OffsetDateTime.class) {
      return OffsetDateTime.parse(text.replace(' ', 'T'));
    } else if (type == ZonedDateTime.class) {
      return ZonedDateTime.parse(text.replace(' ', 'T'));
    }
    return type == Duration.class ? Duration.parse(text) : null;
  }
}
