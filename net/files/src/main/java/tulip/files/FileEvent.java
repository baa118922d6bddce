// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.nio.file.Path;

/// Something that happened in a folder that a [Watch] looks at.
///
/// @param kind what
/// @param path to whom, in the folder as it was given to [Watch#add]; the folder itself for
///   [Kind#OVERFLOW] and [Kind#UNWATCHED]
public record FileEvent(Kind kind, Path path) {
  /// What can happen.
  public enum Kind {
    /// A name appeared: something was created there, or moved there.
    CREATED,
    /// A content or its attributes changed.
    MODIFIED,
    /// A name disappeared: something was deleted, or moved away.
    DELETED,
    /// More happened than the system could note down: look at the whole folder.
    OVERFLOW,
    /// The folder itself is gone and is not watched any more.
    UNWATCHED
  }
}
