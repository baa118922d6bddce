// SPDX-License-Identifier: Apache-2.0
package tulip.http.session;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// Values by names, each of which ends after a time: what [StoredSessions] need of a database. The
/// methods may wait.
public interface ValueStore {
  /// The value of a name.
  ///
  /// @param name 43 letters, digits, `-` and `_`
  /// @return null if there is none, or not any more
  /// @throws IOException if the store cannot be asked
  @Nullable Bytes get(String name) throws IOException;

  /// Gives a name a value, in place of another one.
  ///
  /// @param life after which it ends; positive
  /// @throws IOException if the store cannot be told
  void put(String name, Bytes value, Duration life) throws IOException;

  /// Removes a value, if there is one.
  ///
  /// @throws IOException if the store cannot be told
  void remove(String name) throws IOException;
}
