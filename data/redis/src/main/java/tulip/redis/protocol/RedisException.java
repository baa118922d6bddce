// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol;

import java.io.Serial;

/// The server has answered a command with an error. The connection is as good as before.
public final class RedisException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /// The first word of the error, such as `WRONGTYPE`.
  private final String code;

  /// Makes one, whose stack is that of the task that asked.
  public RedisException(Reply.Failure failure) {
    super(failure.message());
    code = failure.code();
  }

  /// The error as the server has sent it.
  public Reply.Failure failure() {
    return new Reply.Failure(String.valueOf(getMessage()));
  }

  /// The first word of the error: `ERR`, `WRONGTYPE`, `NOAUTH`, `BUSY`, `READONLY` ...
  public String code() {
    return code;
  }
}
