// SPDX-License-Identifier: Apache-2.0
package tulip.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// Without its flag the preferred engine is not there, and all tests would run on the other one.
class EngineFlagTest {
  @Test
  void theBuildGivesTheFlagToItsChildren() {
    var arguments = ManagementFactory.getRuntimeMXBean().getInputArguments();
    assertTrue(
        arguments.contains("--add-opens=java.base/java.lang=ALL-UNNAMED"), arguments::toString);
  }
}
