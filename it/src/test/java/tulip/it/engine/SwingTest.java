// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.GraphicsEnvironment;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Tulip;

/// A loop in a window system's thread, with real windows.
class SwingTest {
  private static final String NOT_HEADLESS = "-Djava.awt.headless=false";

  /// A window with a label.
  private record Window(JFrame frame, JLabel label) {
    static Window open() {
      return Tulip.<Window, RuntimeException>onHost(() -> {
        assertTrue(SwingUtilities.isEventDispatchThread());
        var window = new Window(new JFrame("tulip"), new JLabel("nothing yet"));
        window.frame.add(window.label);
        window.frame.pack();
        window.frame.setVisible(true);
        return window;
      });
    }
  }

  @OnEachEngine(jvm = NOT_HEADLESS, screen = true)
  void tasksUpdateWidgetsByTurnsWithTheWindowSystem(LoopOptions options) throws Exception {
    assertFalse(GraphicsEnvironment.isHeadless());
    var loop = new CompletableFuture<EventLoop>();
    var text =
        Tulip.<String>runAsGuest(
            SwingUtilities::invokeLater,
            options,
            () -> {
              loop.complete(EventLoop.current());
              assertFalse(SwingUtilities.isEventDispatchThread());
              var label = Window.open().label;
              for (int i = 0; i < 10; i++) {
                int number = i;
                Tulip.sleep(Duration.ofMillis(1));
                Tulip.onHost(() -> label.setText("number " + number));
              }
              return Tulip.<String, RuntimeException>onHost(label::getText);
            });
    assertEquals("number 9", text.get(20, TimeUnit.SECONDS));
    Patience.until(loop.join()::isClosed);
    SwingUtilities.invokeAndWait(() -> assertTrue(SwingUtilities.isEventDispatchThread()));
  }

  /// `setVisible(true)` of a modal dialog returns when it is closed; it runs the events itself
  /// until then.
  @OnEachEngine(jvm = NOT_HEADLESS, screen = true)
  void aModalDialogSuspendsItsOpenerOnly(LoopOptions options) throws Exception {
    var ticks = new AtomicInteger();
    var answer =
        Tulip.<String>runAsGuest(
            SwingUtilities::invokeLater,
            options,
            () -> {
              var frame = Window.open().frame;
              var dialog =
                  Tulip.<JDialog, RuntimeException>onHost(() -> new JDialog(frame, "modal", true));
              Tulip.createTask(() -> closeAfterTicks(dialog, ticks));
              Tulip.onHost(() -> dialog.setVisible(true));
              return "closed after " + ticks;
            });
    assertEquals("closed after 10", answer.get(20, TimeUnit.SECONDS));
  }

  private static void closeAfterTicks(JDialog dialog, AtomicInteger ticks) {
    while (!Tulip.<Boolean, RuntimeException>onHost(dialog::isShowing)) {
      Tulip.sleep(Duration.ofMillis(5));
    }
    for (int i = 0; i < 10; i++) {
      Tulip.sleep(Duration.ofMillis(2));
      ticks.incrementAndGet();
    }
    Tulip.onHost(dialog::dispose);
  }

  @OnEachEngine(jvm = NOT_HEADLESS, screen = true)
  void anIdleWindowCostsNothingAndWakesUp(LoopOptions options) throws Exception {
    var started = new CompletableFuture<EventLoop>();
    var label = new CompletableFuture<JLabel>();
    var answer =
        Tulip.<String>runAsGuest(
            SwingUtilities::invokeLater,
            options,
            () -> {
              label.complete(Window.open().label);
              started.complete(EventLoop.current());
              Tulip.sleepForever();
              return "";
            });
    var loop = started.get(20, TimeUnit.SECONDS);
    Thread.sleep(500);
    GuestTest.assertIdle(1_000);
    assertEquals(
        "nothing yet",
        loop.submit(() -> Tulip.<String, RuntimeException>onHost(label.join()::getText))
            .get(20, TimeUnit.SECONDS));
    answer.cancel(true);
    Patience.until(loop::isClosed);
  }
}
