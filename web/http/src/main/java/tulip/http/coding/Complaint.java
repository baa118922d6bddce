// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

import java.io.IOException;
import tulip.bytes.MalformedException;

/// Says that a body is not as it should be: an answer of 400 on a server, a failed response in a
/// client.
@FunctionalInterface
public interface Complaint {
  /// Throws it.
  void raise(MalformedException why) throws IOException;
}
