// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Points in time as HTTP writes them (RFC 9110, section 5.6.7).
///
/// The object writes the same second again without any work, as for the Date field of every
/// response; one a loop, not for several threads.
public final class HttpDate {
  // Names by number, since looking them up in the JDK's locales holds a loop up at first.
  private static final Map<Long, String> DAYS =
      numbered("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
  private static final Map<Long, String> LONG_DAYS =
      numbered("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
  private static final Map<Long, String> MONTHS =
      numbered("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private static final DateTimeFormatter FIXED =
      strict(
          day(DAYS)
              .appendPattern(", dd ")
              .appendText(ChronoField.MONTH_OF_YEAR, MONTHS)
              .appendPattern(" uuuu HH:mm:ss 'GMT'"));

  private static final DateTimeFormatter ASCTIME =
      strict(
          day(DAYS)
              .appendLiteral(' ')
              .appendText(ChronoField.MONTH_OF_YEAR, MONTHS)
              .appendPattern(" ppd HH:mm:ss uuuu"));

  /// The form of RFC 850, with a year of two digits: 70 to 99 are of the last century.
  private static final DateTimeFormatter RFC_850 =
      strict(
          day(LONG_DAYS)
              .appendPattern(", dd-")
              .appendText(ChronoField.MONTH_OF_YEAR, MONTHS)
              .appendLiteral('-')
              .appendValueReduced(ChronoField.YEAR, 2, 2, LocalDate.of(1970, 1, 1))
              .appendPattern(" HH:mm:ss 'GMT'"));

  private static final List<DateTimeFormatter> ALL = List.of(FIXED, RFC_850, ASCTIME);

  private long second = Long.MIN_VALUE;
  private String text = "";

  /// Makes one that has written nothing yet.
  public HttpDate() {}

  private static Map<Long, String> numbered(String... names) {
    var map = new HashMap<Long, String>();
    for (var name : names) {
      map.put(map.size() + 1L, name);
    }
    return map;
  }

  private static DateTimeFormatterBuilder day(Map<Long, String> names) {
    return new DateTimeFormatterBuilder().appendText(ChronoField.DAY_OF_WEEK, names);
  }

  private static DateTimeFormatter strict(DateTimeFormatterBuilder builder) {
    return builder.toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
  }

  /// {@return the time to the second, in the form that is to be sent}
  ///
  /// @param epochSecond since 1970
  public String format(long epochSecond) {
    if (epochSecond != second) {
      text = format(Instant.ofEpochSecond(epochSecond));
      second = epochSecond;
    }
    return text;
  }

  /// {@return the time to the second, in the form that is to be sent}
  ///
  /// @param time of the years 0 to 9999
  public static String format(Instant time) {
    return FIXED.format(time.atOffset(ZoneOffset.UTC));
  }

  /// Reads one of the three forms that are to be understood.
  ///
  /// @return null if it is none of them
  public static @Nullable Instant parse(String text) {
    for (var form : ALL) {
      try {
        return LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException _) {
        // the next form
      }
    }
    return null;
  }
}
