// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/// A file, or a line of it, is longer than its reader allows.
public final class FileLimitException extends FileSystemException {
  private static final long serialVersionUID = 1;

  private final long limit;

  FileLimitException(Path file, String what, long limit, String unit) {
    super(file.toString(), null, what + " is longer than the limit of " + limit + " " + unit);
    this.limit = limit;
  }

  /// How many bytes, or characters of a line, were allowed.
  public long limit() {
    return limit;
  }
}
