// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

/// All receivers of the channel are closed: nobody would ever take the item.
public final class BrokenChannelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BrokenChannelException(String message) {
    super(message);
  }
}
