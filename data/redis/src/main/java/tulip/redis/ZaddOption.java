// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.List;

/// Which members ZADD changes.
public enum ZaddOption implements CommandOption {
  /// Only those that are new.
  NX,
  /// Only those that are not new.
  XX,
  /// None to a lower score.
  GT,
  /// None to a higher score.
  LT,
  /// All that have another score than before are counted, not only those that are new.
  CH;

  @Override
  public List<Object> words() {
    return List.of(name());
  }
}
