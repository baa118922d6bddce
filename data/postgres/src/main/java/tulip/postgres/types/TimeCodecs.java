// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import tulip.bytes.ByteWriter;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;

/// Dates, times and spans. PostgreSQL counts days and microseconds from the beginning of 2000, and
/// has the infinities at both ends of the numbers: here these are `MIN` and `MAX` of each class.
/// Nanoseconds are cut off, not rounded: so nothing moves to the next day.
final class TimeCodecs {
  /// From 1970 to 2000.
  private static final int EPOCH_DAYS = 10_957;

  private static final long EPOCH_SECONDS = EPOCH_DAYS * 86_400L;
  private static final long MICROS = 1_000_000;
  private static final long DAY = 86_400 * MICROS;

  static final TypeCodec DATE =
      TypeCodec.of(
          TimeCodecs::date, (value, out) -> putDate(Values.as(LocalDate.class, value), out));

  static final TypeCodec TIME =
      TypeCodec.of(
          in -> timeOfDay(in.takeLong()),
          (value, out) -> out.putLong(Values.as(LocalTime.class, value).toNanoOfDay() / 1_000));

  /// On the wire the offset is counted to the west.
  static final TypeCodec TIMETZ =
      TypeCodec.of(
          in -> OffsetTime.of(timeOfDay(in.takeLong()), ZoneOffset.ofTotalSeconds(-in.takeInt())),
          (value, out) -> {
            var time = Values.as(OffsetTime.class, value);
            out.putLong(time.toLocalTime().toNanoOfDay() / 1_000)
                .putInt(-time.getOffset().getTotalSeconds());
          });

  static final TypeCodec TIMESTAMP =
      TypeCodec.of(
          TimeCodecs::timestamp,
          (value, out) -> putTimestamp(Values.as(LocalDateTime.class, value), out));

  static final TypeCodec TIMESTAMPTZ =
      TypeCodec.of(TimeCodecs::instant, (value, out) -> putInstant(toInstant(value), out));

  static final TypeCodec INTERVAL =
      TypeCodec.of(
          in -> {
            long microseconds = in.takeLong();
            int days = in.takeInt();
            return new Interval(in.takeInt(), days, microseconds);
          },
          (value, out) -> {
            var interval = toInterval(value);
            out.putLong(interval.microseconds()).putInt(interval.days()).putInt(interval.months());
          });

  private TimeCodecs() {}

  private static LocalDate date(BackendReader in) throws PostgresFormatException {
    int days = in.takeInt();
    return switch (days) {
      case Integer.MAX_VALUE -> LocalDate.MAX;
      case Integer.MIN_VALUE -> LocalDate.MIN;
      default -> LocalDate.ofEpochDay((long) days + EPOCH_DAYS);
    };
  }

  private static void putDate(LocalDate date, ByteWriter out) {
    if (date.equals(LocalDate.MAX)) {
      out.putInt(Integer.MAX_VALUE);
    } else if (date.equals(LocalDate.MIN)) {
      out.putInt(Integer.MIN_VALUE);
    } else {
      out.putInt((int) (date.toEpochDay() - EPOCH_DAYS));
    }
  }

  /// PostgreSQL has the hour 24, which is the last moment of the day here.
  private static LocalTime timeOfDay(long micros) throws PostgresFormatException {
    if (micros < 0 || micros > DAY) {
      throw new PostgresFormatException(micros + " is no time of a day");
    }
    return micros == DAY ? LocalTime.MAX : LocalTime.ofNanoOfDay(micros * 1_000);
  }

  private static LocalDateTime timestamp(BackendReader in) throws PostgresFormatException {
    long micros = in.takeLong();
    if (micros == Long.MAX_VALUE) {
      return LocalDateTime.MAX;
    } else if (micros == Long.MIN_VALUE) {
      return LocalDateTime.MIN;
    }
    return LocalDateTime.ofEpochSecond(seconds(micros), nanos(micros), ZoneOffset.UTC);
  }

  @SuppressWarnings("JavaLocalDateTimeGetNano") // the seconds are beside them
  private static void putTimestamp(LocalDateTime time, ByteWriter out) {
    if (time.equals(LocalDateTime.MAX)) {
      out.putLong(Long.MAX_VALUE);
    } else if (time.equals(LocalDateTime.MIN)) {
      out.putLong(Long.MIN_VALUE);
    } else {
      out.putLong(micros(time.toEpochSecond(ZoneOffset.UTC), time.getNano()));
    }
  }

  private static Instant instant(BackendReader in) throws PostgresFormatException {
    long micros = in.takeLong();
    if (micros == Long.MAX_VALUE) {
      return Instant.MAX;
    } else if (micros == Long.MIN_VALUE) {
      return Instant.MIN;
    }
    return Instant.ofEpochSecond(seconds(micros), nanos(micros));
  }

  private static void putInstant(Instant instant, ByteWriter out) {
    if (instant.equals(Instant.MAX)) {
      out.putLong(Long.MAX_VALUE);
    } else if (instant.equals(Instant.MIN)) {
      out.putLong(Long.MIN_VALUE);
    } else {
      out.putLong(micros(instant.getEpochSecond(), instant.getNano()));
    }
  }

  private static long seconds(long micros) {
    return EPOCH_SECONDS + Math.floorDiv(micros, MICROS);
  }

  private static int nanos(long micros) {
    return (int) Math.floorMod(micros, MICROS) * 1_000;
  }

  private static long micros(long seconds, int nanos) {
    try {
      return Math.addExact(Math.multiplyExact(seconds - EPOCH_SECONDS, MICROS), nanos / 1_000);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a time that PostgreSQL does not have", e);
    }
  }

  private static Instant toInstant(Object value) {
    return switch (value) {
      case Instant instant -> instant;
      case OffsetDateTime time -> time.toInstant();
      case ZonedDateTime time -> time.toInstant();
      default -> throw Values.unfit(value, "point in time (Instant)");
    };
  }

  private static Interval toInterval(Object value) {
    return switch (value) {
      case Interval interval -> interval;
      case Duration duration -> Interval.of(duration);
      case Period period -> Interval.of(period);
      default -> throw Values.unfit(value, "span of time (Interval, Duration, Period)");
    };
  }
}
