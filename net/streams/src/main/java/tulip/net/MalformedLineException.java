// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;

/// A CR or LF stood where the line may have none: see [LineEnding#CRLF].
public final class MalformedLineException extends IOException {
  private static final long serialVersionUID = 1;

  MalformedLineException(String message) {
    super(message);
  }
}
