// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

/// This end of a channel was closed: by its user, who goes on using it.
public final class ChannelClosedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ChannelClosedException(String message) {
    super(message);
  }
}
