// SPDX-License-Identifier: Apache-2.0
package tulip.core.spi;

/// Told of everything on a loop that somebody has to end: tasks, channels, sockets, files. A test
/// finds out this way what was left behind, and where it came from.
///
/// A resource asks for the tracker when it opens, and keeps it:
///
/// ```java
/// private final ResourceTracker tracker = EventLoop.currentTracker();
///
/// Connection() {
///   tracker.opened(this);
/// }
///
/// public void close() {
///   tracker.closed(this);
/// }
/// ```
///
/// What opens outside of any loop is not tracked. The tracker calls `toString` of what is left when
/// the loop has stopped, and compares resources by identity. Any thread may call it; it must not
/// throw.
public interface ResourceTracker {
  /// Nobody: what a loop has if it is told nothing.
  ResourceTracker NONE =
      new ResourceTracker() {
        @Override
        public void opened(Object resource) {
          // nobody wants to know
        }

        @Override
        public void closed(Object resource) {
          // nobody wants to know
        }
      };

  /// Somebody has to end this now. Called once, by the code that opens it.
  void opened(Object resource);

  /// It has ended. May be called again, and for what was opened before anybody was told.
  void closed(Object resource);
}
