// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A value of a row cannot be what the program wants it to be.
public final class ConversionException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  ConversionException(String message) {
    this(message, null);
  }

  ConversionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
