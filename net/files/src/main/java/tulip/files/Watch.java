// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.core.queue.BrokenChannelException;
import tulip.core.queue.Channel;
import tulip.core.queue.ReceiveChannel;
import tulip.core.queue.SendChannel;
import tulip.core.spi.SideThread;
import tulip.files.FileEvent.Kind;

/// What changes in some folders, as a channel of events: `java.nio.file.WatchService` for tasks.
///
/// ```java
/// try (var watch = Watch.open(folder)) {
///   for (var event : watch.events()) { ... }
/// }
/// ```
///
/// The folders themselves are watched, not those in them. Events wait in the channel, some hundred
/// more of each folder in the system, and what is beyond that is told as [Kind#OVERFLOW]. How soon
/// an event comes, and how many become one, is the system's business.
///
/// A watch has a thread of its own, which waits for the system; [#close] stops it. All methods are
/// for tasks of one loop.
public final class Watch implements AutoCloseable {
  private static final int CAPACITY = 256;

  private final WatchService service;
  private final SideThread thread = new SideThread("tulip-watch");
  private final ReceiveChannel<FileEvent> events;
  private final Task<?> pump;

  private Watch(WatchService service) {
    this.service = service;
    var channel = Channel.<FileEvent>open(CAPACITY);
    events = channel.receiver();
    pump = Tulip.createTask(() -> pump(channel.sender()));
  }

  /// Begins to watch folders of the default file system.
  ///
  /// @throws IOException if one is no folder, or the system watches no more of them
  public static Watch open(Path... folders) throws IOException {
    var watch = new Watch(Resources.open(() -> FileSystems.getDefault().newWatchService()));
    try {
      for (var folder : folders) {
        watch.add(folder);
      }
      return watch;
    } catch (Throwable t) {
      watch.close();
      throw t;
    }
  }

  /// Watches one more folder from now on.
  ///
  /// @throws IOException if it is no folder, or the system watches no more of them
  /// @throws ClosedWatchServiceException if this is closed
  public void add(Path folder) throws IOException {
    Tulip.blocking(() -> folder.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY));
  }

  /// What happens. Iterating ends when the watch is closed.
  public ReceiveChannel<FileEvent> events() {
    return events;
  }

  /// Ends the watch and its thread, in a cancelled scope too. Does nothing the second time.
  @Override
  public void close() throws IOException {
    pump.taskScope().cancel("the watch was closed");
    Tulip.shield(pump::awaitDone);
    if (!pump.isCancelled() && pump.exception() instanceof IOException e) {
      throw e;
    }
  }

  /// Asks for the next events when those before them were sent.
  private void pump(SendChannel<FileEvent> sender) throws IOException {
    try (sender;
        thread) {
      while (true) {
        for (var event : Tulip.await(thread.call(this::take))) {
          sender.send(event);
        }
      }
    } catch (BrokenChannelException e) {
      // nobody wants to know any more
    } finally {
      Resources.close(service);
    }
  }

  /// On the side thread.
  private List<FileEvent> take() throws InterruptedException {
    try {
      return take(service.take());
    } catch (ClosedWatchServiceException e) {
      return List.of(); // the pump has gone too
    }
  }

  private static List<FileEvent> take(WatchKey key) {
    var folder = (Path) key.watchable();
    var taken = new ArrayList<FileEvent>();
    for (var event : key.pollEvents()) {
      taken.add(toFileEvent(folder, event));
    }
    if (!key.reset()) {
      taken.add(new FileEvent(Kind.UNWATCHED, folder));
    }
    return taken;
  }

  private static FileEvent toFileEvent(Path folder, WatchEvent<?> event) {
    @Nullable Object name = event.context();
    var path = name == null ? folder : folder.resolve((Path) name);
    return new FileEvent(kind(event.kind()), path);
  }

  private static Kind kind(WatchEvent.Kind<?> kind) {
    return switch (kind.name()) {
      case "ENTRY_CREATE" -> Kind.CREATED;
      case "ENTRY_MODIFY" -> Kind.MODIFIED;
      case "ENTRY_DELETE" -> Kind.DELETED;
      default -> Kind.OVERFLOW;
    };
  }
}
