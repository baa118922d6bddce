// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import tulip.bytes.Bytes;

/// Sends everything back.
final class Echo extends Recorder {
  @Override
  public void dataReceived(Bytes data) throws Exception {
    super.dataReceived(data);
    transport().write(data);
  }
}
