// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tulip.core.Action;
import tulip.core.ErrorContext;
import tulip.core.LoopOptions;
import tulip.core.Runner;
import tulip.core.VirtualClock;
import tulip.core.spi.ResourceTracker;

/// Runs test code on a loop under the virtual clock, and fails for errors that nobody caught, and
/// for resources and descriptors that nobody closed.
final class OnLoop {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private OnLoop() {}

  static void run(LoopOptions.Engine engine, Action<Exception> test) throws Exception {
    var options =
        LoopOptions.DEFAULT
            .withEngine(engine)
            .withClock(VirtualClock.autojump())
            .withInterruptible(false);
    var errors = new ArrayList<ErrorContext>();
    var open = new OpenResources();
    try (var runner = Runner.open(options)) {
      runner.loop().setResourceTracker(open);
      runner.run(() -> runner.loop().setExceptionHandler(errors::add));
      runner.run(test);
    }
    assertEquals(List.of(), errors);
    assertEquals(Set.of(), open.resources);
  }

  /// What was opened and not closed yet.
  private static final class OpenResources implements ResourceTracker {
    private final Set<Object> resources = ConcurrentHashMap.newKeySet();

    @Override
    public void opened(Object resource) {
      resources.add(resource);
    }

    @Override
    public void closed(Object resource) {
      resources.remove(resource);
    }
  }

  /// As [#run], for tests that open files only in this folder.
  static void run(LoopOptions.Engine engine, Path folder, Action<Exception> test) throws Exception {
    run(engine, test);
    assertEquals(List.of(), openIn(folder));
  }

  /// The open files of this process in a folder.
  static List<String> openIn(Path folder) throws IOException {
    var open = new TreeSet<String>();
    try (var descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
      for (var descriptor : descriptors) {
        try {
          var file = Files.readSymbolicLink(descriptor);
          if (file.startsWith(folder)) {
            open.add(file.toString());
          }
        } catch (NoSuchFileException e) {
          // it was that of the folder of descriptors itself
        }
      }
    }
    return List.copyOf(open);
  }
}
