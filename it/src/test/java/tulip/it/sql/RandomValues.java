// SPDX-License-Identifier: Apache-2.0
package tulip.it.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.postgres.types.BitString;
import tulip.postgres.types.Geometry;
import tulip.postgres.types.Geometry.Point;
import tulip.postgres.types.Inet;
import tulip.postgres.types.Interval;
import tulip.postgres.types.Lsn;
import tulip.postgres.types.Range;
import tulip.postgres.types.Tid;

/// Values of PostgreSQL's types by chance, those at the edges more often than others.
final class RandomValues {
  private static final LocalDate FIRST_DATE = LocalDate.of(-4712, 11, 24);
  private static final LocalDate LAST_DATE = LocalDate.of(5_874_897, 12, 31);
  private static final LocalDateTime FIRST_TIME = FIRST_DATE.atStartOfDay();
  private static final LocalDateTime LAST_TIME = LocalDateTime.of(294_276, 12, 31, 23, 59, 59);
  private static final long DAY_MICROS = 86_400_000_000L;
  private static final String ALPHABET = "ab0 ,{}()[]\"'\\/\n\t%ß漢🌷";

  private final Random random;

  RandomValues(long seed) {
    random = new Random(seed);
  }

  /// A value, or `null` now and then.
  <T> @Nullable T orNull(Supplier<? extends T> value) {
    return random.nextInt(8) == 0 ? null : value.get();
  }

  @SafeVarargs
  private <T> T edge(Supplier<? extends T> usual, T... edges) {
    return random.nextInt(4) == 0 ? edges[random.nextInt(edges.length)] : usual.get();
  }

  boolean bool() {
    return random.nextBoolean();
  }

  short int2() {
    return this.<Short>edge(() -> (short) random.nextInt(), Short.MIN_VALUE, Short.MAX_VALUE);
  }

  int int4() {
    return this.<Integer>edge(
        random::nextInt, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1, random.nextInt(100));
  }

  long int8() {
    return this.<Long>edge(random::nextLong, Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L);
  }

  float float4() {
    return this.<Float>edge(
        () -> nonNan(Float.intBitsToFloat(random.nextInt())),
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.MIN_VALUE,
        Float.MAX_VALUE,
        -0.0f);
  }

  private static float nonNan(float f) {
    return Float.isNaN(f) ? 1.5f : f;
  }

  double float8() {
    return this.<Double>edge(
        this::finite, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE);
  }

  private double finite() {
    double d = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(d) ? d : random.nextGaussian();
  }

  /// A [BigDecimal], or a [Double] for what is no number.
  Object numeric() {
    return this.<Object>edge(
        this::decimal,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        BigDecimal.ZERO,
        new BigDecimal("0.00"),
        BigDecimal.TEN.pow(200),
        new BigDecimal(BigInteger.ONE, 300));
  }

  BigDecimal decimal() {
    var digits = new BigInteger(random.nextInt(1, 300), random);
    return new BigDecimal(bool() ? digits : digits.negate(), random.nextInt(80));
  }

  String text() {
    var text = new StringBuilder();
    for (int left = random.nextInt(20); left > 0; left--) {
      int at = random.nextInt(ALPHABET.codePointCount(0, ALPHABET.length()));
      text.appendCodePoint(ALPHABET.codePointAt(ALPHABET.offsetByCodePoints(0, at)));
    }
    return text.toString();
  }

  Bytes bytes() {
    var bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  LocalDate date() {
    return this.<LocalDate>edge(
        () -> LocalDate.ofEpochDay(between(FIRST_DATE.toEpochDay(), LAST_DATE.toEpochDay())),
        LocalDate.MIN,
        LocalDate.MAX,
        FIRST_DATE,
        LAST_DATE,
        LocalDate.of(0, 12, 31),
        LocalDate.of(1, 1, 1),
        LocalDate.of(2000, 2, 29));
  }

  private long between(long first, long last) {
    return first + (long) (random.nextDouble() * (last - first));
  }

  LocalTime time() {
    return this.<LocalTime>edge(
        () -> LocalTime.ofNanoOfDay(1_000 * between(0, DAY_MICROS)),
        LocalTime.MIDNIGHT,
        LocalTime.of(23, 59, 59, 999_999_000));
  }

  OffsetTime timeWithOffset() {
    return time().atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(-57_599, 57_600)));
  }

  LocalDateTime timestamp() {
    return this.<LocalDateTime>edge(
        this::finiteTimestamp, LocalDateTime.MIN, LocalDateTime.MAX, FIRST_TIME, LAST_TIME);
  }

  private LocalDateTime finiteTimestamp() {
    long first = FIRST_TIME.toEpochSecond(ZoneOffset.UTC);
    long last = LAST_TIME.toEpochSecond(ZoneOffset.UTC);
    return LocalDateTime.ofEpochSecond(
        between(first, last), 1_000 * random.nextInt(1_000_000), ZoneOffset.UTC);
  }

  Instant instant() {
    return this.<Instant>edge(
        () -> finiteTimestamp().toInstant(ZoneOffset.UTC), Instant.MIN, Instant.MAX);
  }

  Interval interval() {
    int years = 178_000_000;
    return this.<Interval>edge(
        () ->
            new Interval(
                random.nextInt(-40, 40),
                random.nextInt(-1_000, 1_000),
                between(-10 * DAY_MICROS, 10 * DAY_MICROS)),
        new Interval(0, 0, 0),
        new Interval(12 * years, 0, 0),
        new Interval(-12 * years, 0, -1),
        new Interval(0, Integer.MAX_VALUE, 1));
  }

  Inet inet() {
    var address = new byte[bool() ? 4 : 16];
    random.nextBytes(address);
    address[0] = (byte) (32 | (address[0] & 0x1F)); // Java takes ::ffff:1.2.3.4 for IPv4
    try {
      int prefix = random.nextInt(8 * address.length + 1);
      return new Inet(InetAddress.getByAddress(address), prefix);
    } catch (UnknownHostException e) {
      throw new AssertionError("it has a right length", e);
    }
  }

  BitString bits() {
    var digits = new StringBuilder();
    for (int left = random.nextInt(40); left > 0; left--) {
      digits.append(bool() ? '1' : '0');
    }
    return new BitString(digits.toString());
  }

  Lsn lsn() {
    return new Lsn(random.nextLong());
  }

  Tid tid() {
    return new Tid(random.nextInt() & 0xFFFF_FFFFL, random.nextInt(1 << 16));
  }

  Point point() {
    return new Point(finite(), finite());
  }

  Geometry.Path path() {
    return new Geometry.Path(bool(), some(1, this::point));
  }

  private <T> List<T> some(int least, Supplier<T> value) {
    return IntStream.range(0, least + random.nextInt(4)).mapToObj(_ -> value.get()).toList();
  }

  /// An array of one dimension, with NULLs.
  <T> List<@Nullable T> list(Supplier<T> value) {
    var list = new ArrayList<@Nullable T>();
    for (int left = random.nextInt(6); left > 0; left--) {
      list.add(orNull(value));
    }
    return list;
  }

  /// An array of two dimensions.
  <T> List<List<@Nullable T>> table(Supplier<T> value) {
    int width = random.nextInt(1, 4);
    var table = new ArrayList<List<@Nullable T>>();
    for (int left = random.nextInt(1, 4); left > 0; left--) {
      var row = new ArrayList<@Nullable T>();
      for (int i = 0; i < width; i++) {
        row.add(orNull(value));
      }
      table.add(row);
    }
    return table;
  }

  /// A range of whole numbers, in the form in which PostgreSQL keeps them.
  Range<Integer> integers() {
    int lower = random.nextInt(-1_000, 1_000);
    int upper = lower + random.nextInt(1, 1_000);
    return this.<Range<Integer>>edge(
        () -> Range.of(lower, upper), Range.empty(), Range.of(null, upper), Range.of(lower, null));
  }

  Range<BigDecimal> decimals() {
    var one = decimal();
    var other = one.add(decimal().abs().add(BigDecimal.ONE));
    return new Range<>(one, other, bool(), bool(), false);
  }

  /// Ranges that do not touch each other.
  List<Range<Integer>> multirange() {
    var ranges = new ArrayList<Range<Integer>>();
    int at = random.nextInt(-1_000, 1_000);
    for (int left = random.nextInt(4); left > 0; left--) {
      int upper = at + random.nextInt(1, 100);
      ranges.add(Range.of(at, upper));
      at = upper + random.nextInt(1, 100);
    }
    return ranges;
  }

  /// The fields of a composite type: a number, a text, an array.
  List<@Nullable Object> fields() {
    return Arrays.asList(orNull(this::int4), orNull(this::text), list(this::text));
  }
}
