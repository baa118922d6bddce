// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import java.time.Duration;
import tulip.core.sync.Event;

/// What a [FaultProxy] does to the bytes that go in one direction, of every connection, those that
/// exist and those to come. All methods are for the proxy's loop, and may be called while bytes
/// pass.
public final class Faults {
  /// What may happen to a connection once so many bytes have passed.
  public enum Fault {
    /// Nothing more passes this way, and nobody is told.
    STALL,
    /// The connection ends, in both directions, behind the bytes that have passed.
    CUT,
    /// The connection is reset, on both sides.
    RESET
  }

  private Duration delay = Duration.ZERO;
  private boolean split;
  private long point = Long.MAX_VALUE;
  private Fault fault = Fault.STALL;
  private Event healed = new Event();
  private Event stalled = new Event();

  Faults() {}

  /// Keeps each piece back for so long. What comes meanwhile waits behind it.
  public Faults delay(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("a delay of " + delay);
    }
    this.delay = delay;
    return this;
  }

  /// Sends each byte by itself.
  public Faults split() {
    split = true;
    return this;
  }

  /// Lets so many bytes of each connection pass, and then strikes. For a connection on which more
  /// have passed it strikes with the next bytes.
  public Faults after(long bytes, Fault fault) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a fault after " + bytes + " bytes");
    }
    point = bytes;
    stalled = new Event();
    this.fault = fault;
    return this;
  }

  /// Swallows nothing and lets nothing pass, until [#heal].
  public Faults stall() {
    return after(0, Fault.STALL);
  }

  /// Ends all of this: from now on bytes pass as they come, those that were stalled in front.
  public void heal() {
    delay = Duration.ZERO;
    split = false;
    point = Long.MAX_VALUE;
    healed.set();
    healed = new Event();
    stalled = new Event();
  }

  /// Waits until a connection has come to its stall, and this way nothing moves any more.
  public void awaitStall() {
    stalled.await();
  }

  // For connections.

  Duration delay() {
    return delay;
  }

  /// How many of `size` bytes go on in one piece, after so many.
  int piece(long passed, int size) {
    return (int) Math.min(split ? 1 : size, point - passed);
  }

  boolean strikes(long passed) {
    return passed >= point;
  }

  Fault fault() {
    return fault;
  }

  void awaitHealed() {
    stalled.set();
    healed.await();
  }
}
