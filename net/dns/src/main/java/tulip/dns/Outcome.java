// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.time.Duration;

/// How a question ended, for all tasks that asked it.
sealed interface Outcome {
  /// With records.
  record Found(Answer answer) implements Outcome {
    @Override
    public Duration ttl() {
      return answer.ttl();
    }
  }

  /// Without.
  ///
  /// @param ttl for how long that is true
  record Failed(DnsException why, Duration ttl) implements Outcome {}

  /// For how long this may be kept; zero for not at all.
  Duration ttl();
}
