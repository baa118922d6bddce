// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

/// Two ends of a way from tasks that send to tasks that receive: trio's memory channel.
///
/// ```java
/// var lines = Channel.<String>open(10);
/// for (var file : files) {
///   var sender = lines.sender().clone();           // one for each producer
///   group.start(() -> {
///     try (sender) {
///       read(file, sender);
///     }
///   });
/// }
/// lines.sender().close();
/// for (var line : lines.receiver()) { ... }       // until the last producer has closed its own
/// ```
///
/// A channel knows when nobody is left at its other side: without a sender the receivers' iteration
/// ends, without a receiver sending fails. That is what a [Queue] cannot do; what it can do and a
/// channel cannot is [Queue#join].
///
/// @param sender the end that items go into
/// @param receiver the end that they come out of
/// @param <T> the items
public record Channel<T>(SendChannel<T> sender, ReceiveChannel<T> receiver) {
  /// The capacity of a channel that grows as long as there is memory.
  public static final int UNBOUNDED = Queue.UNBOUNDED;

  /// A channel at a moment.
  ///
  /// @param size how many items are in it
  /// @param capacity how many can be
  /// @param openSenders how many ends for sending are open
  /// @param openReceivers how many ends for receiving are open
  /// @param waitingSenders how many tasks wait for room or a receiver
  /// @param waitingReceivers how many tasks wait for an item
  public record Statistics(
      int size,
      int capacity,
      int openSenders,
      int openReceivers,
      int waitingSenders,
      int waitingReceivers) {}

  /// Opens a channel. Anywhere: the first operation ties it to a loop.
  ///
  /// @param capacity how many items may be on the way; 0 has a sender wait until a receiver has
  ///   taken its item, [#UNBOUNDED] means no limit
  public static <T> Channel<T> open(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("a channel has no room for " + capacity + " items");
    }
    var pipe = new Pipe<T>(capacity);
    return new Channel<>(new SendChannel<>(pipe), new ReceiveChannel<>(pipe));
  }
}
