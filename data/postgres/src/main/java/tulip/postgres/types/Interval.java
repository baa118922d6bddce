// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import java.time.Duration;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.time.temporal.TemporalUnit;
import java.time.temporal.UnsupportedTemporalTypeException;
import java.util.List;

/// A span of time as `interval` has it: months and days differ in length, so they are kept apart.
///
/// @param months whole ones
/// @param days whole ones
/// @param microseconds the rest
public record Interval(int months, int days, long microseconds) implements TemporalAmount {
  /// A duration, which is to have no part of a microsecond.
  ///
  /// @throws IllegalArgumentException if it has, or is too long
  public static Interval of(Duration duration) {
    if (duration.getNano() % 1_000 != 0) {
      throw new IllegalArgumentException(duration + " has a part of a microsecond");
    }
    try {
      long seconds = Math.multiplyExact(duration.getSeconds(), 1_000_000L);
      return new Interval(0, 0, Math.addExact(seconds, duration.getNano() / 1_000));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(duration + " is too long for an interval", e);
    }
  }

  /// A period.
  ///
  /// @throws IllegalArgumentException if it is too long
  @SuppressWarnings("JavaPeriodGetDays") // the months are beside them
  public static Interval of(Period period) {
    try {
      return new Interval(Math.toIntExact(period.toTotalMonths()), period.getDays(), 0);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(period + " is too long for an interval", e);
    }
  }

  /// The duration, if there are neither months nor days.
  ///
  /// @throws IllegalStateException if there are: nobody knows how long they are
  public Duration toDuration() {
    if (months != 0 || days != 0) {
      throw new IllegalStateException("how long " + this + " is depends on when it begins");
    }
    return Duration.of(microseconds, ChronoUnit.MICROS);
  }

  @Override
  public long get(TemporalUnit unit) {
    return switch (unit) {
      case ChronoUnit.MONTHS -> months;
      case ChronoUnit.DAYS -> days;
      case ChronoUnit.MICROS -> microseconds;
      default -> throw new UnsupportedTemporalTypeException("an interval has no " + unit);
    };
  }

  @Override
  public List<TemporalUnit> getUnits() {
    return List.of(ChronoUnit.MONTHS, ChronoUnit.DAYS, ChronoUnit.MICROS);
  }

  @Override
  public Temporal addTo(Temporal temporal) {
    return temporal
        .plus(months, ChronoUnit.MONTHS)
        .plus(days, ChronoUnit.DAYS)
        .plus(microseconds, ChronoUnit.MICROS);
  }

  @Override
  public Temporal subtractFrom(Temporal temporal) {
    return temporal
        .minus(months, ChronoUnit.MONTHS)
        .minus(days, ChronoUnit.DAYS)
        .minus(microseconds, ChronoUnit.MICROS);
  }

  /// As ISO 8601 has it: `P1M2DT3S`.
  @Override
  public String toString() {
    var date = Period.ofMonths(months).plusDays(days);
    if (microseconds == 0) {
      return date.toString();
    }
    var time = Duration.of(microseconds, ChronoUnit.MICROS).toString();
    return date.isZero() ? time : date + time.substring(1);
  }
}
