// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

import java.util.List;
import java.util.stream.IntStream;

/// The keys that are asked for at once.
final class MemcachedKeys {
  static final List<String> MANY =
      IntStream.range(0, Operations.WIDTH).mapToObj(i -> "key" + i).toList();

  private MemcachedKeys() {}
}
