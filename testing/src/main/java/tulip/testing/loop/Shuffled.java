// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import java.util.Collections;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;

/// Another order of the cases in each JVM, which the seed on the report card brings back.
final class Shuffled implements MethodOrderer {
  private static final String PROPERTY = Random.RANDOM_SEED_PROPERTY_NAME;
  private static volatile long seed = System.nanoTime();

  Shuffled() {}

  /// The seed that was used last.
  static long seed() {
    return seed;
  }

  @Override
  public void orderMethods(MethodOrdererContext context) {
    context.getConfigurationParameter(PROPERTY).map(Long::valueOf).ifPresent(given -> seed = given);
    var methods = context.getMethodDescriptors();
    methods.sort(Comparator.comparing((MethodDescriptor method) -> method.getMethod().getName()));
    Collections.shuffle(methods, new java.util.Random(seed));
  }
}
