// SPDX-License-Identifier: Apache-2.0
package tulip.core.spi;

/// Something to do once when all turns of an iteration were given: for streams, which gather what
/// the tasks of an iteration write, and hand it over in one piece.
///
/// Asked for with [tulip.core.EventLoop#callLast].
public interface LastCall {
  /// The time has come: is there still something to do? Called on the loop's bare thread, where it
  /// must neither take a lock nor wait. If not, all is over, for a switch less.
  boolean isWanted();

  /// Does it. Called as a callback of the loop: it must not wait.
  void run();
}
