// SPDX-License-Identifier: Apache-2.0
import module tulip.core;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import tulip.core.sync.Lock;

/// What a log line says about the request it belongs to: a bridge from context variables to a
/// *mapped diagnostic context*, the thread's notes that SLF4J and Log4j call MDC.
///
/// A task is a virtual thread, so that its thread-locals are its own already; but they do not come
/// along into the tasks that it starts, nor onto the threads that run its blocking calls. Context
/// variables do. So the notes live in one, and the logging side reads them there.
void main() {
  logToTheScreen(record -> "[" + Notes.get("request") + "] " + record.getMessage());
  Tulip.run(() -> {
    try (var group = TaskGroup.open()) {
      for (var request : List.of("r1", "r2")) {
        group.start(() -> serve(request));
      }
      group.join();
    }
    log("no request");
  });
  Tulip.run(this::withAnMdcThatCannotBeReplaced);
}

final Lock oneAtATime = new Lock();

void serve(String request) {
  try (var _ = Notes.put("request", request)) {
    log("begins");
    oneAtATime.run(() -> {
      Tulip.createTask(() -> log("looks in the cache")).await();
      Tulip.blocking(() -> log("looks on the disk"));
    });
    log("ends");
  }
}

/// The notes of a task: what an `MDCAdapter` on Tulip does.
static final class Notes {
  private static final ContextVar<Map<String, String>> ALL = ContextVar.of("notes", Map.of());

  static String get(String key) {
    return ALL.get().getOrDefault(key, "-");
  }

  /// Seen here and in all that is started from now on, until it is closed.
  static ContextVar.Token put(String key, String value) {
    var more = new HashMap<>(ALL.get());
    more.put(key, value);
    return ALL.set(Map.copyOf(more));
  }
}

/// Where a library reads its own thread-local, that is filled at the start of each task: the code
/// that a task is started with is wrapped, once, where the program starts its tasks.
void withAnMdcThatCannotBeReplaced() {
  logToTheScreen(record -> "{" + ForeignMdc.get() + "} " + record.getMessage());
  try (var _ = Notes.put("request", "r3");
      var group = TaskGroup.open()) {
    group.start(() -> log("without its notes"));
    group.start(withNotes(() -> log("with its notes")));
    group.join();
  }
}

Action<RuntimeException> withNotes(Action<RuntimeException> code) {
  return () -> {
    ForeignMdc.set(Notes.get("request"));
    try {
      code.run();
    } finally {
      ForeignMdc.clear(); // a thread of a pool would take it to the next call
    }
  };
}

/// Stands for a logging library's.
static final class ForeignMdc {
  private static final ThreadLocal<String> REQUEST = new ThreadLocal<>();

  static String get() {
    return REQUEST.get() == null ? "-" : REQUEST.get();
  }

  static void set(String request) {
    REQUEST.set(request);
  }

  static void clear() {
    REQUEST.remove();
  }
}

static final Logger LOGGER = Logger.getLogger("example");

void log(String message) {
  LOGGER.info(message);
}

void logToTheScreen(Function<LogRecord, String> layout) {
  LOGGER.setUseParentHandlers(false);
  for (var handler : LOGGER.getHandlers()) {
    LOGGER.removeHandler(handler);
  }
  LOGGER.addHandler(
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          IO.println(layout.apply(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      });
}
