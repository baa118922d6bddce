// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.List;

/// Words of a command that can be left out.
interface CommandOption {
  List<Object> words();
}
