// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.List;

/// What SORT is told besides a key.
public final class SortOption implements CommandOption {
  /// By letters; else elements are numbers.
  public static final SortOption ALPHA = new SortOption("ALPHA");

  /// The largest first.
  public static final SortOption DESC = new SortOption("DESC");

  private final List<Object> words;

  private SortOption(Object... words) {
    this.words = List.of(words);
  }

  /// By the value of the key that a pattern names, with the element for its `*`; or of a field, as
  /// in `weight_*->field`. A pattern without `*` leaves the order as it is.
  public static SortOption by(String pattern) {
    return new SortOption("BY", pattern);
  }

  /// Returns the value of the key that a pattern names, in place of the element, which `#` stands
  /// for.
  public static SortOption get(String pattern) {
    return new SortOption("GET", pattern);
  }

  /// Only so many, behind the first `offset`.
  public static SortOption limit(long offset, long count) {
    return new SortOption("LIMIT", offset, count);
  }

  @Override
  public List<Object> words() {
    return words;
  }

  @Override
  public String toString() {
    return words.toString();
  }
}
