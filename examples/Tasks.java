// SPDX-License-Identifier: Apache-2.0
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;

import module tulip.core;

/// Tasks, groups, deadlines and failures: the few ideas that all the rest is made of.
void main() throws Exception {
  Tulip.run(() -> {
    sideBySide();
    allOf();
    beforeADeadline();
    withoutLosingAFailure();
  });
}

/// Two tasks take turns: each wait gives the turn to the other.
void sideBySide() {
  try (var group = TaskGroup.open()) {
    group.start(() -> count("tick", 20));
    group.start(() -> count("tock", 30));
    group.join();
  }
}

void count(String word, int millis) {
  for (int i = 1; i <= 2; i++) {
    Tulip.sleep(ofMillis(millis));
    IO.println(word + " " + i);
  }
}

/// Many calls at once, and their results in order.
void allOf() {
  IO.println(Tulip.gather(List.of(3, 1, 2), this::slowSquare));
}

int slowSquare(int number) {
  Tulip.sleep(ofMillis(10L * number));
  return number * number;
}

/// What is late is cancelled: it stops where it waits, and its `finally` runs.
void beforeADeadline() {
  try {
    Tulip.timeout(ofMillis(20), this::takeForever);
  } catch (TimeoutException e) {
    IO.println("too late: " + e.getMessage());
  }
}

void takeForever() {
  try {
    Tulip.sleep(ofHours(1));
  } finally {
    IO.println("cleaned up");
  }
}

/// When a task of a group fails, the others are cancelled, and the group tells what went wrong.
void withoutLosingAFailure() {
  try (var group = TaskGroup.open()) {
    group.start(this::takeForever);
    group.start(() -> Integer.parseInt("twelve"));
    group.join();
  } catch (ExceptionGroup e) {
    e.exceptions().forEach(IO::println);
  }
}
