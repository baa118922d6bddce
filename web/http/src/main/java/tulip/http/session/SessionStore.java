// SPDX-License-Identifier: Apache-2.0
package tulip.http.session;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Where sessions are kept between requests. The methods may wait. A store that several loops share
/// is called from all of them.
public interface SessionStore {
  /// Finds a session.
  ///
  /// @param token what the client's cookie says: anything
  /// @return null if it is none of this store's
  /// @throws IOException if the store cannot be asked
  @Nullable SessionData load(String token) throws IOException;

  /// Keeps a session.
  ///
  /// @param token under which it was loaded; null for a new one, and for one that changes its
  ///   identity. A store never makes one up from what a client says
  /// @return what the cookie is to say: letters, digits, `-`, `_` and `.`
  /// @throws IOException if the store cannot be asked
  String save(SessionData data, @Nullable String token) throws IOException;

  /// Forgets a session, if there is one.
  ///
  /// @throws IOException if the store cannot be asked
  void delete(String token) throws IOException;
}
