// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

/// Nothing is left in the channel, and all its senders are closed: the orderly end.
public final class EndOfChannelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  EndOfChannelException(String message) {
    super(message);
  }
}
