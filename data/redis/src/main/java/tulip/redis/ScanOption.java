// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.List;

/// What a SCAN command is told.
public final class ScanOption implements CommandOption {
  private final List<Object> words;

  private ScanOption(Object... words) {
    this.words = List.of(words);
  }

  /// Only what matches a pattern, in which `*` stands for anything: `user:*`.
  public static ScanOption match(String pattern) {
    return new ScanOption("MATCH", pattern);
  }

  /// About so many are looked at for a page; 10 if nothing else is said.
  public static ScanOption count(long count) {
    return new ScanOption("COUNT", count);
  }

  /// Only keys of a type: `string`, `hash`, `list`, `set`, `zset`, `stream`.
  public static ScanOption type(String type) {
    return new ScanOption("TYPE", type);
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
