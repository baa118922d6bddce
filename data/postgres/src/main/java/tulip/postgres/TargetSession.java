// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.util.Locale;

/// Which of several servers is wanted: `target_session_attrs`.
public enum TargetSession {
  /// Whichever answers first.
  ANY,
  /// One that takes changes, by default.
  READ_WRITE,
  /// One that takes none, by default.
  READ_ONLY,
  /// One that is no standby.
  PRIMARY,
  /// One that is a standby.
  STANDBY,
  /// A standby if there is one, else whichever answers.
  PREFER_STANDBY;

  /// The one of this name: `read-write`.
  ///
  /// @throws IllegalArgumentException if there is none
  public static TargetSession parse(String name) {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "target_session_attrs is any, read-write, read-only, primary, standby or"
              + " prefer-standby, not "
              + name,
          e);
    }
  }

  boolean accepts(boolean readOnly, boolean standby) {
    return switch (this) {
      case ANY -> true;
      case READ_WRITE -> !readOnly;
      case READ_ONLY -> readOnly;
      case PRIMARY -> !standby;
      case STANDBY, PREFER_STANDBY -> standby;
    };
  }
}
