// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What happened, in order: code leaves marks, and the test says at the end what they should be.
///
/// ```java
/// var trail = new Trail();
/// loop.callSoon(trail.mark("first"));
/// loop.callSoon(trail.mark("second"));
/// loop.runOnce(Duration.ZERO);
/// trail.assertIs("first", "second");
/// ```
///
/// Any thread may leave marks.
public final class Trail {
  private final Queue<String> marks = new ConcurrentLinkedQueue<>();

  /// A trail without marks.
  public Trail() {}

  /// Leaves a mark.
  public void add(Object mark) {
    marks.add(String.valueOf(mark));
  }

  /// Leaves a mark whenever it is run.
  public Runnable mark(Object mark) {
    return () -> add(mark);
  }

  /// The marks so far.
  public List<String> marks() {
    return List.copyOf(marks);
  }

  /// How many marks there are.
  public int size() {
    return marks.size();
  }

  /// Checks that these are the marks, and no others.
  ///
  /// @throws AssertionError if they are not
  public void assertIs(Object... expected) {
    assertIs(Arrays.asList(expected));
  }

  /// Checks that these are the marks, and no others.
  ///
  /// @throws AssertionError if they are not
  public void assertIs(List<?> expected) {
    var wanted = expected.stream().map(String::valueOf).toList();
    var found = marks();
    if (!found.equals(wanted)) {
      throw new AssertionError("expected the trail " + wanted + " but found " + found);
    }
  }
}
