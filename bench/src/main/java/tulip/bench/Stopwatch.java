// SPDX-License-Identifier: Apache-2.0
package tulip.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// Wall time and processor time of the whole process since its making.
public final class Stopwatch {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final long wall = System.nanoTime();
  private final long cpu = SYSTEM.getProcessCpuTime();

  /// Starts it.
  public Stopwatch() {}

  /// What has passed, for each of so many operations.
  public Figure figure(String peer, String name, long operations) {
    return new Figure(peer, name, wall(operations), cpu(operations));
  }

  /// Wall time for each of so many operations.
  public double wall(long operations) {
    return (double) (System.nanoTime() - wall) / operations;
  }

  private double cpu(long operations) {
    return (double) (SYSTEM.getProcessCpuTime() - cpu) / operations;
  }
}
