// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Dates as servers write them into cookies: in any order and with anything between the parts (RFC
/// 6265, section 5.1.1).
final class CookieDate {
  private static final Pattern PART = Pattern.compile("[0-9A-Za-z:\\x7F-\\xFF]+");
  private static final Pattern TIME =
      Pattern.compile("([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[^0-9].*)?");
  private static final Pattern DAY = Pattern.compile("([0-9]{1,2})(?:[^0-9].*)?");
  private static final Pattern YEAR = Pattern.compile("([0-9]{2,4})(?:[^0-9].*)?");
  private static final String MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec";

  private @Nullable LocalTime time;
  private int day;
  private int month;
  private int year;

  private CookieDate() {}

  /// Reads one.
  ///
  /// @return null if a part is missing or out of its range
  static @Nullable Instant parse(String text) {
    var date = new CookieDate();
    try {
      PART.matcher(text).results().forEach(part -> date.read(part.group()));
      return date.toInstant();
    } catch (DateTimeException _) {
      return null;
    }
  }

  /// Takes a part for the first of time, day, month and year that is missing and that it fits.
  private void read(String part) {
    var _ = readTime(part) || readDay(part) || readMonth(part) || readYear(part);
  }

  private boolean readTime(String part) {
    var matcher = TIME.matcher(part);
    boolean taken = time == null && matcher.matches();
    if (taken) {
      time = LocalTime.of(number(matcher, 1), number(matcher, 2), number(matcher, 3));
    }
    return taken;
  }

  private boolean readDay(String part) {
    var matcher = DAY.matcher(part);
    boolean taken = day == 0 && matcher.matches();
    if (taken) {
      day = number(matcher, 1);
    }
    return taken;
  }

  private boolean readMonth(String part) {
    int found =
        part.length() < 3 ? -1 : MONTHS.indexOf(part.substring(0, 3).toLowerCase(Locale.ROOT));
    boolean taken = month == 0 && found >= 0 && found % 4 == 0;
    if (taken) {
      month = found / 4 + 1;
    }
    return taken;
  }

  private boolean readYear(String part) {
    var matcher = YEAR.matcher(part);
    boolean taken = year == 0 && matcher.matches();
    if (taken) {
      int number = number(matcher, 1);
      year = number < 70 ? 2000 + number : number < 100 ? 1900 + number : number;
    }
    return taken;
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private @Nullable Instant toInstant() {
    return time == null || year < 1601
        ? null
        : LocalDate.of(year, month, day).atTime(time).toInstant(ZoneOffset.UTC);
  }
}
