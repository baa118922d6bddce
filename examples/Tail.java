// SPDX-License-Identifier: Apache-2.0
import static java.nio.file.StandardOpenOption.APPEND;

import module tulip.bytes;
import module tulip.core;
import module tulip.files;

/// The end of a file, and what is written to it from then on: `tail -f`.
///
/// `./tulip run examples/Tail.java FILE [--lines N] [--no-follow]`; without a file it watches one
/// of its own.
void main(String[] args) throws Exception {
  var words = new ArrayList<>(List.of(args));
  boolean follow = !words.remove("--no-follow");
  int lines = 10;
  int option = words.indexOf("--lines");
  if (option >= 0) {
    lines = Integer.parseInt(words.remove(option + 1));
    words.remove(option);
  }
  int count = lines;
  Tulip.run(() -> {
    if (words.isEmpty()) {
      demonstrate();
    } else {
      tail(Path.of(words.getFirst()).toAbsolutePath(), count, follow, IO::print);
    }
  });
}

/// Shows the last lines, and then whatever comes.
void tail(Path path, int lines, boolean follow, Consumer<String> show) throws IOException {
  try (var watch = Watch.open(path.getParent());
      var file = AsyncFile.open(path)) {
    file.seek(startOfLast(file, lines));
    showRest(file, show);
    while (follow) {
      var event = watch.events().receive();
      if (event.path().equals(path)) {
        showRest(file, show);
      }
    }
  }
}

void showRest(AsyncFile file, Consumer<String> show) throws IOException {
  var block = file.read(64 * 1024);
  while (!block.isEmpty()) {
    show.accept(block.utf8());
    block = file.read(64 * 1024);
  }
}

/// Looks for line ends backwards, a block at a time.
long startOfLast(AsyncFile file, int lines) throws IOException {
  final int size = 4096;
  long end = file.size();
  int seen = 0;
  for (long begin = end; begin > 0; ) {
    int length = (int) Math.min(size, begin);
    begin -= length;
    var block = file.readAt(begin, length);
    for (int i = block.length() - 1; i >= 0; i--) {
      if (block.byteAt(i) == '\n' && begin + i + 1 < end && ++seen == lines) {
        return begin + i + 1;
      }
    }
  }
  return 0;
}

/// Follows a file that another task writes, until its last line.
void demonstrate() throws IOException {
  try (var folder = TemporaryDirectory.open();
      var group = TaskGroup.open()) {
    var log = folder.path().resolve("log");
    AsyncFiles.writeString(log, "one\ntwo\nthree\nfour\n");
    var shown = new Event();
    var done = new Event();
    var follower =
        group.start(() ->
            tail(
                log,
                2,
                true,
                text -> {
                  IO.print(text);
                  shown.set();
                  if (text.endsWith("end\n")) {
                    done.set();
                  }
                }));
    shown.await();
    AsyncFiles.writeString(log, "five\n", APPEND);
    AsyncFiles.writeString(log, "end\n", APPEND);
    done.await();
    follower.taskScope().cancel();
    group.join();
  }
}
