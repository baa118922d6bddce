// SPDX-License-Identifier: Apache-2.0
package tulip.sasl;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// The other side has not kept to its part of an authentication: it says something that cannot be,
/// or does not know the password either. Do not go on with it.
public final class SaslException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  SaslException(String message) {
    this(message, null);
  }

  SaslException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
