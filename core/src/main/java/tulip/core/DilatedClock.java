// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import tulip.core.spi.LoopClock;

/// Time that passes faster or slower than real time, and may change its pace while it passes.
///
/// A clock serves one loop.
public final class DilatedClock implements LoopClock {
  private double pace;
  private long realBase = System.nanoTime();
  private long base = realBase;

  /// A clock on which `pace` seconds pass in a real one.
  public DilatedClock(double pace) {
    this.pace = check(pace);
  }

  /// How many seconds pass on this clock in a real one.
  public double pace() {
    return pace;
  }

  /// Changes the pace from now on. On the loop.
  public void pace(double pace) {
    check(pace);
    long real = System.nanoTime();
    base = timeAt(real);
    realBase = real;
    this.pace = pace;
  }

  @Override
  public long time() {
    return timeAt(System.nanoTime());
  }

  @Override
  public long waitFor(long deadline, Outside outside) {
    if (deadline == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    }
    return Math.max(0, (long) Math.ceil((deadline - time()) / pace));
  }

  private long timeAt(long real) {
    return base + (long) ((real - realBase) * pace);
  }

  private static double check(double pace) {
    if (!(pace > 0 && pace < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the pace must be positive and finite: " + pace);
    }
    return pace;
  }
}
