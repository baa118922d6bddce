// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.List;

/// What a [CachingRedis] keeps, and how the server knows of it.
///
/// @param maxEntries how many replies are kept, 10,000; those that were not used for longest go
/// @param tracking how the server knows which keys to tell of
/// @param prefixes for [Tracking#BROADCAST]: how keys begin whose values are kept; none for all
public record CachingOptions(int maxEntries, Tracking tracking, List<String> prefixes) {
  /// How the server knows which keys to tell of.
  public enum Tracking {
    /// It remembers all keys that were read on the connection.
    ALL_READS,
    /// It remembers those of replies that are kept: the client says so with each command.
    OPT_IN,
    /// It remembers nothing, and tells of all keys that anybody changes.
    BROADCAST
  }

  /// 10,000 replies, of whatever is read.
  public static final CachingOptions DEFAULT =
      new CachingOptions(10_000, Tracking.ALL_READS, List.of());

  /// Checks them.
  public CachingOptions {
    prefixes = List.copyOf(prefixes);
    if (maxEntries < 1 || (tracking != Tracking.BROADCAST && !prefixes.isEmpty())) {
      throw new IllegalArgumentException(
          "%d entries; prefixes are for BROADCAST: %s".formatted(maxEntries, prefixes));
    }
  }

  /// The same with another number of replies.
  public CachingOptions withMaxEntries(int maxEntries) {
    return new CachingOptions(maxEntries, tracking, prefixes);
  }

  /// The same saying with each command that its keys are to be remembered.
  public CachingOptions withOptIn() {
    return new CachingOptions(maxEntries, Tracking.OPT_IN, List.of());
  }

  /// The same with a server that tells of all keys that begin so, or of all keys at all.
  public CachingOptions withBroadcast(String... prefixes) {
    return new CachingOptions(maxEntries, Tracking.BROADCAST, List.of(prefixes));
  }

  /// The command that asks the server for it.
  Object[] command() {
    var command = Arguments.of("CLIENT", "TRACKING", "ON");
    switch (tracking) {
      case ALL_READS -> {}
      case OPT_IN -> command.add("OPTIN");
      case BROADCAST -> {
        command.add("BCAST");
        prefixes.forEach(prefix -> command.add("PREFIX", prefix));
      }
    }
    return command.toArray();
  }
}
