// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.sync.Event;

/// A protocol that writes down how it is called. What comes in several pieces counts as one.
class Recorder implements Protocol {
  final List<String> events = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private @Nullable Transport transport;
  private @Nullable Throwable cause;
  private boolean keepsOpen;
  private Event change = new Event();

  /// Goes on when the peer has ended its side.
  Recorder keepingOpen() {
    keepsOpen = true;
    return this;
  }

  Transport transport() {
    return Objects.requireNonNull(transport);
  }

  /// What `connectionLost` was told.
  @Nullable Throwable cause() {
    return cause;
  }

  String text() {
    return text.toString();
  }

  void record(String event) {
    events.add(event);
    changed();
  }

  private void changed() {
    change.set();
    change = new Event();
  }

  @Override
  public void connectionMade(Transport made) throws Exception {
    transport = made;
    record("made");
  }

  @Override
  public void dataReceived(Bytes data) throws Exception {
    text.append(data.latin1());
    if (events.getLast().equals("data")) {
      changed();
    } else {
      record("data");
    }
  }

  @Override
  public boolean eofReceived() throws Exception {
    record("eof");
    return keepsOpen;
  }

  @Override
  public void pauseWriting() throws Exception {
    record("pause");
  }

  @Override
  public void resumeWriting() throws Exception {
    record("resume");
  }

  @Override
  public void connectionLost(@Nullable Throwable why) throws Exception {
    cause = why;
    record("lost");
  }

  void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      change.await();
    }
  }

  void await(String event) {
    await(() -> events.contains(event));
  }

  void awaitText(String wanted) {
    await(() -> text.length() >= wanted.length());
  }

  void awaitLength(int wanted) {
    await(() -> text.length() >= wanted);
  }
}
