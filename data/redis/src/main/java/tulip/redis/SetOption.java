// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What SET is told besides a key and a value.
public final class SetOption implements CommandOption {
  /// Only if the key does not exist.
  public static final SetOption NX = new SetOption("NX");

  /// Only if the key exists.
  public static final SetOption XX = new SetOption("XX");

  /// The expiry of the key stays as it is.
  public static final SetOption KEEPTTL = new SetOption("KEEPTTL");

  private final List<Object> words;

  private SetOption(Object... words) {
    this.words = List.of(words);
  }

  /// The key expires after a time of at least a millisecond.
  public static SetOption px(Duration expiry) {
    return new SetOption("PX", expiry.toMillis());
  }

  /// The key expires at a time.
  public static SetOption pxat(Instant when) {
    return new SetOption("PXAT", when.toEpochMilli());
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
