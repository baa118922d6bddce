// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import org.jspecify.annotations.Nullable;

/// A range of values.
///
/// @param <T> the values
/// @param lower where it begins; `null` if it has no beginning
/// @param upper where it ends; `null` if it has no end
/// @param lowerInclusive whether the first value belongs to it
/// @param upperInclusive whether the last one does
/// @param isEmpty whether there is nothing in it
public record Range<T extends @Nullable Object>(
    @Nullable T lower,
    @Nullable T upper,
    boolean lowerInclusive,
    boolean upperInclusive,
    boolean isEmpty) {
  /// From the first value to before the last one, as PostgreSQL has ranges of what can be counted.
  public static <T> Range<T> of(@Nullable T lower, @Nullable T upper) {
    return new Range<>(lower, upper, lower != null, false, false);
  }

  /// From the first value to the last one.
  public static <T> Range<T> closed(T lower, T upper) {
    return new Range<>(lower, upper, true, true, false);
  }

  /// Nothing.
  public static <T> Range<T> empty() {
    return new Range<>(null, null, false, false, true);
  }

  /// As PostgreSQL prints it: `[1,5)`.
  @Override
  public String toString() {
    return isEmpty
        ? "empty"
        : (lowerInclusive ? "[" : "(")
            + (lower == null ? "" : lower)
            + ","
            + (upper == null ? "" : upper)
            + (upperInclusive ? "]" : ")");
  }
}
