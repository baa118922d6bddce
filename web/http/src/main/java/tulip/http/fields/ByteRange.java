// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a resource (RFC 9110, section 14).
///
/// @param first the offset of its first byte
/// @param last the offset of its last byte, which belongs to it
public record ByteRange(long first, long last) {
  /// How many ranges one request may name; one that names more gets all of the resource. Many small
  /// ranges cost a server more than they cost whoever asks.
  private static final int MOST = 16;

  private static final int DIGITS = 18;

  /// Checks the order.
  ///
  /// @throws IllegalArgumentException if it is empty or begins before 0
  public ByteRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("no range: " + first + " to " + last);
    }
  }

  /// Reads the value of a Range field.
  ///
  /// @param text such as `bytes=0-499,-100`
  /// @param length of the resource
  /// @return the parts that are there, cut to the length; none if the answer is 416; null if the
  ///   field is to be passed over, since it is of another unit or makes no sense
  public static @Nullable List<ByteRange> parse(String text, long length) {
    var ranges = new ArrayList<ByteRange>();
    if (!text.regionMatches(true, 0, "bytes=", 0, 6)) {
      return null;
    }
    var parts = text.substring(6).split(",", MOST + 1);
    if (parts.length > MOST) {
      return null;
    }
    for (var part : parts) {
      var spec = part.strip();
      int dash = spec.indexOf('-');
      if (!isSpec(spec, dash)) {
        return null;
      }
      add(spec, dash, length, ranges);
    }
    return List.copyOf(ranges);
  }

  private static boolean isSpec(String spec, int dash) {
    return dash >= 0
        && spec.length() > 1
        && isNumber(spec, 0, dash)
        && isNumber(spec, dash + 1, spec.length())
        && (dash == 0
            || dash == spec.length() - 1
            || number(spec, 0, dash) <= number(spec, dash + 1, spec.length()));
  }

  /// Digits, or nothing.
  private static boolean isNumber(String text, int from, int to) {
    return to - from <= DIGITS
        && text.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static long number(String text, int from, int to) {
    return Long.parseLong(text, from, to, 10);
  }

  private static void add(String spec, int dash, long length, List<ByteRange> ranges) {
    int end = spec.length();
    long first = dash == 0 ? Math.max(0, length - number(spec, 1, end)) : number(spec, 0, dash);
    boolean open = dash == 0 || dash == end - 1;
    long last = open ? length - 1 : Math.min(length - 1, number(spec, dash + 1, end));
    if (first <= last) {
      ranges.add(new ByteRange(first, last));
    }
  }

  /// {@return how many bytes it has}
  public long length() {
    return last - first + 1;
  }

  /// {@return the value of a Content-Range field}
  ///
  /// @param length of the resource
  public String contentRange(long length) {
    return "bytes " + first + "-" + last + "/" + length;
  }
}
